import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decode } from '../../../src/content/decode.ts';
import { splice } from '../../../src/write/splice.ts';

const piece = fc.oneof(
  fc.constantFrom(
    [0x0a],
    [0x0d, 0x0a],
    [0xe4],
    [0xfc, 0x20],
    [0xc3],
    [0xa4],
    [0xef, 0xbb, 0xbf],
    [0x61, 0x62],
  ),
  fc.string({ maxLength: 4, unit: 'grapheme' }).map((text) => [...Buffer.from(text)]),
);
const anyBytes = fc.array(piece, { maxLength: 30 }).map((parts) => new Uint8Array(parts.flat()));

it('an insertion at any line of any bytes is read where it was put, and takes nothing away', () => {
  fc.assert(
    fc.property(anyBytes, fc.nat(), (bytes, pick) => {
      const { text } = decode(bytes);
      const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
      const at = starts[pick % starts.length]!;
      const spliced = splice(bytes, [{ start: at, end: at, text: '## neu ü 🔥\n' }]);
      const put = Buffer.from('## neu ü 🔥\n');
      const where = Buffer.from(spliced).indexOf(put);
      expect(Buffer.concat([spliced.subarray(0, where), spliced.subarray(where + put.length)])).toEqual(
        Buffer.from(bytes),
      );
      expect(decode(spliced).text).toBe(`${text.slice(0, at)}## neu ü 🔥\n${text.slice(at)}`);
    }),
  );
});

it('several edits are written at once', () => {
  const edits = [
    { start: 3, end: 4, text: 'X' },
    { start: 0, end: 0, text: '1' },
    { start: 0, end: 0, text: '2' },
  ];
  expect(Buffer.from(splice(Buffer.from('äöüß'), edits)).toString()).toBe('12äöüX');
});
