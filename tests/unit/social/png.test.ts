import { inflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { palettePng } from '../../../src/social/png.ts';

const WIDTH = 5;
const HEIGHT = 3;
const COLOURS = [
  [252, 240, 238],
  [165, 27, 22],
  [22, 24, 29],
];

function picture(colourOf: (pixel: number) => number[]): Uint8Array {
  return new Uint8Array(
    Array.from({ length: WIDTH * HEIGHT }, (_, pixel) => [...colourOf(pixel), 255]).flat(),
  );
}

it('keeps every pixel', async () => {
  const png = Buffer.from(
    (await palettePng(
      picture((pixel) => COLOURS[pixel % 3]!),
      WIDTH,
      HEIGHT,
    ))!,
  );
  const chunk = (type: string) => {
    const at = png.indexOf(type, 8, 'latin1');
    return png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4));
  };
  expect([...chunk('IHDR')]).toEqual([0, 0, 0, WIDTH, 0, 0, 0, HEIGHT, 8, 3, 0, 0, 0]);
  const rows = inflateSync(chunk('IDAT'));
  const palette = chunk('PLTE');
  for (let y = 0; y < HEIGHT; y++) {
    expect(rows[y * (WIDTH + 1)]).toBe(0);
    for (let x = 0; x < WIDTH; x++) {
      const index = rows[y * (WIDTH + 1) + 1 + x]!;
      expect([...palette.subarray(index * 3, index * 3 + 3)]).toEqual(COLOURS[(y * WIDTH + x) % 3]);
    }
  }
});

it('gives up on more than 256 colours', async () => {
  const many = new Uint8Array(
    Array.from({ length: 300 }, (_, index) => [index % 256, index >> 8, 0, 255]).flat(),
  );
  expect(await palettePng(many, 30, 10)).toBeNull();
});
