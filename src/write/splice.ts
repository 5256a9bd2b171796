import { decode } from '../content/decode.ts';
import type { Edit } from '../content/fault.ts';

/**
 * The bytes of a file with edits of its decoded text written in, each in the file's own encoding; every byte outside
 * of them stays as it is. Edits must not overlap; of those at one place the first is written first.
 */
export function splice(bytes: Uint8Array, edits: readonly Edit[]): Uint8Array {
  const { text, encoding } = decode(bytes);
  const place = encoding === 'windows-1252' ? mixedPlace(bytes) : plainPlace(bytes, text, encoding);
  const parts: Uint8Array[] = [];
  let from = 0;
  for (const edit of edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    parts.push(bytes.subarray(from, place(edit.start)), encoded(edit.text, bytes, encoding));
    from = place(edit.end);
  }
  parts.push(bytes.subarray(from));
  return Buffer.concat(parts);
}

type Encoding = ReturnType<typeof decode>['encoding'];

function encoded(text: string, bytes: Uint8Array, encoding: Encoding): Uint8Array {
  if (encoding !== 'utf-16') return Buffer.from(text, 'utf8');
  const units = Buffer.from(text, 'utf16le');
  return bytes[0] === 0xfe ? units.swap16() : units;
}

/** From an offset of the text to one of the bytes. */
function plainPlace(bytes: Uint8Array, text: string, encoding: Encoding): (offset: number) => number {
  if (encoding === 'utf-16') return (offset) => Math.min(2 + 2 * offset, bytes.length);
  const mark = encoding === 'utf-8-bom' ? 3 : 0;
  return (offset) => mark + Buffer.byteLength(text.slice(0, offset), 'utf8');
}

/**
 * The same for a file that mixes UTF-8 with single bytes of another code: line by line, for a line break is the same
 * byte in both.
 */
function mixedPlace(bytes: Uint8Array): (offset: number) => number {
  const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  return (offset) => {
    let line = mark;
    let before = 0;
    while (line < bytes.length) {
      const end = bytes.indexOf(0x0a, line);
      const next = end < 0 ? bytes.length : end + 1;
      const length = decode(guarded(bytes.subarray(line, next))).text.length - 1;
      if (before + length > offset) {
        for (let at = line; at < next; at += 1) {
          const head = decode(guarded(bytes.subarray(line, at))).text.length - 1;
          const tail = decode(guarded(bytes.subarray(at, next))).text.length - 1;
          if (head === offset - before && head + tail === length) return at;
        }
        return next;
      }
      before += length;
      line = next;
    }
    return bytes.length;
  };
}

/** A stretch from inside a file, so that its first bytes are not taken for a byte order mark. */
function guarded(bytes: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from('\n'), bytes]);
}
