import { promisify } from 'node:util';
import { crc32, deflate } from 'node:zlib';

// Level 9 takes ten times as long as 7 for flat pictures and saves 6 %.
const compress = promisify(deflate);

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/**
 * An opaque picture (RGBA, row by row) as PNG with a palette, without loss and about a third of the size of true colour:
 * flat cards have some sixty colours. Null where there are more than 256.
 */
export async function palettePng(
  pixels: Uint8Array,
  width: number,
  height: number,
): Promise<Uint8Array | null> {
  const colours = new Uint32Array(pixels.buffer, pixels.byteOffset, width * height);
  const indexOf = new Map<number, number>();
  const rows = Buffer.alloc((width + 1) * height);
  let last = -1;
  let index = 0;
  for (let y = 0, from = 0; y < height; y++) {
    // Each row begins with its filter: none.
    let to = y * (width + 1) + 1;
    for (let x = 0; x < width; x++) {
      const colour = colours[from++]!;
      if (colour !== last) {
        const known = indexOf.get(colour);
        if (known === undefined) {
          if (indexOf.size === 256) return null;
          index = indexOf.size;
          indexOf.set(colour, index);
        } else {
          index = known;
        }
        last = colour;
      }
      rows[to++] = index;
    }
  }
  const palette = Buffer.alloc(indexOf.size * 3);
  const bytes = new DataView(new ArrayBuffer(4));
  const littleEndian = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;
  for (const [colour, at] of indexOf) {
    bytes.setUint32(0, colour, littleEndian);
    for (let channel = 0; channel < 3; channel++) palette[at * 3 + channel] = bytes.getUint8(channel);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', palette),
    chunk('IDAT', await compress(rows, { level: 7 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Uint8Array): Buffer {
  const made = Buffer.alloc(12 + data.length);
  made.writeUInt32BE(data.length, 0);
  made.write(type, 4, 'latin1');
  made.set(data, 8);
  made.writeUInt32BE(crc32(made.subarray(4, 8 + data.length)), 8 + data.length);
  return made;
}
