import type { Edit, Problem } from './fault.ts';

/** The text of a file, as an editor shows it. */
export interface DecodedText {
  /** Without a byte order mark; nothing else is changed. Every offset of a fault or an edit counts in this text. */
  text: string;
  /** How the bytes are written; `check --fix` writes UTF-8 and keeps the mark of a UTF-8 file. */
  encoding: 'utf-8' | 'utf-8-bom' | 'utf-16' | 'windows-1252';
  problems: Problem[];
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads the bytes of a file as text: UTF-8, UTF-16 by its byte order mark, and single bytes that are no UTF-8
 * as Windows-1252 (so a file that mixes both keeps its good part). Never throws.
 * An empty `fix` means: writing the text as it was read, in UTF-8, is all there is to do.
 */
export function decode(bytes: Uint8Array): DecodedText {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return utf16(bytes, 'utf-16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return utf16(bytes, 'utf-16be');
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const content = marked ? bytes.subarray(3) : bytes;
  try {
    return { text: UTF8.decode(content), encoding: marked ? 'utf-8-bom' : 'utf-8', problems: [] };
  } catch {
    return mixed(content);
  }
}

function utf16(bytes: Uint8Array, label: 'utf-16le' | 'utf-16be'): DecodedText {
  const whole = bytes.length - (bytes.length % 2);
  const text = new TextDecoder(label, { ignoreBOM: true }).decode(bytes.subarray(2, whole));
  return {
    text,
    encoding: 'utf-16',
    problems: [
      {
        start: 0,
        end: Math.min(3, text.length),
        level: 'warning',
        code: 'utf-16',
        message: 'This file is written as UTF-16, which other tools may not read. Save it as UTF-8.',
        publishedAs: null,
        transient: false,
        fix: [],
      },
    ],
  };
}

function mixed(bytes: Uint8Array): DecodedText {
  const parts: string[] = [];
  const foreign = new TextDecoder('windows-1252');
  let length = 0;
  let first = -1;
  let from = 0;
  const push = (part: string) => {
    parts.push(part);
    length += part.length;
  };
  for (let i = 0; i < bytes.length; ) {
    const size = sequenceLength(bytes, i);
    if (size > 0) {
      i += size;
      continue;
    }
    push(UTF8.decode(bytes.subarray(from, i)));
    if (first < 0) first = length;
    let to = i + 1;
    while (to < bytes.length && sequenceLength(bytes, to) === 0) to += 1;
    push(foreign.decode(bytes.subarray(i, to)));
    i = to;
    from = to;
  }
  push(UTF8.decode(bytes.subarray(from)));
  return {
    text: parts.join(''),
    encoding: 'windows-1252',
    problems: [
      {
        start: first,
        end: first + 1,
        level: 'warning',
        code: 'not-utf-8',
        message:
          'This character is not written in UTF-8; it is read as Windows-1252. Save the file as UTF-8.',
        publishedAs: null,
        transient: false,
        fix: [],
      },
    ],
  };
}

/** Length of the well-formed UTF-8 sequence that begins at `i`; 0 where there is none (RFC 3629, section 4). */
function sequenceLength(bytes: Uint8Array, i: number): number {
  const a = bytes[i]!;
  if (a < 0x80) return 1;
  const b = bytes[i + 1] ?? 0;
  const tail = (byte: number | undefined) => byte !== undefined && byte >= 0x80 && byte <= 0xbf;
  if (a >= 0xc2 && a <= 0xdf) return tail(b) ? 2 : 0;
  if (a >= 0xe0 && a <= 0xef) {
    const low = a === 0xe0 ? 0xa0 : 0x80;
    const high = a === 0xed ? 0x9f : 0xbf;
    return b >= low && b <= high && tail(bytes[i + 2]) ? 3 : 0;
  }
  if (a >= 0xf0 && a <= 0xf4) {
    const low = a === 0xf0 ? 0x90 : 0x80;
    const high = a === 0xf4 ? 0x8f : 0xbf;
    return b >= low && b <= high && tail(bytes[i + 2]) && tail(bytes[i + 3]) ? 4 : 0;
  }
  return 0;
}

const CONTROL = /(?:(?![\t\n\r\u0085])[\p{Cc}\ufffe\uffff])+/gu;

/** A text without control characters, and the way back to the offsets of the text that it came from. */
export interface CleanText {
  text: string;
  /** From an offset of `text` to one of the decoded text. */
  toDecoded: (offset: number) => number;
  problems: Problem[];
}

/** Takes out characters that no reader sees and that feeds may not hold; reports the first of them. Tabs and line ends stay. */
export function withoutControlCharacters(decoded: string): CleanText {
  const removed: Edit[] = [];
  for (const match of decoded.matchAll(CONTROL)) {
    removed.push({ start: match.index, end: match.index + match[0].length, text: '' });
  }
  const first = removed[0];
  if (first === undefined) return { text: decoded, toDecoded: (offset) => offset, problems: [] };

  // Where each removed run stood in the clean text, and how much was removed up to and with it.
  const at: number[] = [];
  const shift: number[] = [];
  let total = 0;
  for (const edit of removed) {
    at.push(edit.start - total);
    total += edit.end - edit.start;
    shift.push(total);
  }
  const toDecoded = (offset: number) => {
    let low = 0;
    let high = at.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (at[middle]! <= offset) low = middle + 1;
      else high = middle;
    }
    return offset + (low === 0 ? 0 : shift[low - 1]!);
  };
  return {
    text: decoded.replace(CONTROL, ''),
    toDecoded,
    problems: [
      {
        start: first.start,
        end: first.end,
        level: 'warning',
        code: 'control-character',
        message: `${total === 1 ? 'An invisible control character stands' : `${total} invisible control characters stand`} here; not published. Delete ${total === 1 ? 'it' : 'them'}.`,
        publishedAs: null,
        transient: false,
        fix: removed,
      },
    ],
  };
}
