import { describe, expect, test } from 'vitest';
import { decode, withoutControlCharacters } from '../../../src/content/decode.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const utf16 = (text: string, little: boolean) => {
  const bytes = [...`\ufeff${text}`].flatMap((character) => {
    const code = character.charCodeAt(0);
    return little ? [code & 255, code >> 8] : [code >> 8, code & 255];
  });
  return new Uint8Array(bytes);
};

describe('the bytes of a file', () => {
  test('in UTF-8 are text without a word', () => {
    expect(decode(utf8('Störung 🔥'))).toEqual({ text: 'Störung 🔥', encoding: 'utf-8', problems: [] });
  });

  test('lose a byte order mark without a word', () => {
    expect(decode(utf8('\ufeffStörung'))).toEqual({ text: 'Störung', encoding: 'utf-8-bom', problems: [] });
  });

  test.each([true, false])('in UTF-16 (little endian: %s) are read with a warning', (little) => {
    const { text, encoding, problems } = decode(utf16('Störung\n', little));
    expect(text).toBe('Störung\n');
    expect(encoding).toBe('utf-16');
    expect(problems.map(({ code, level }) => [code, level])).toEqual([['utf-16', 'warning']]);
  });

  test('in UTF-16 with half a character at the end lose only that', () => {
    expect(decode(utf16('Halle', true).subarray(0, -1)).text).toBe('Hall');
  });

  test('in Windows-1252 are read with a warning at the first such character', () => {
    const { text, problems } = decode(new Uint8Array([0x61, 0x0a, 0x62, 0xf6, 0x80, 0x93]));
    expect(text).toBe('a\nbö€“');
    expect(problems).toMatchObject([{ code: 'not-utf-8', level: 'warning', start: 3 }]);
  });

  test('that mix UTF-8 and Windows-1252 keep the part that is right', () => {
    const { text } = decode(new Uint8Array([...utf8('grün '), 0xfc, ...utf8(' süß')]));
    expect(text).toBe('grün ü süß');
  });

  test.each([
    ['an overlong form', [0xc0, 0xaf]],
    ['half a surrogate pair', [0xed, 0xa0, 0x80]],
    ['a cut character', [0xe2, 0x82]],
    ['a code point beyond Unicode', [0xf4, 0x90, 0x80, 0x80]],
  ])('are never read as %s', (_, bytes) => {
    const { text, encoding } = decode(new Uint8Array(bytes));
    expect(encoding).toBe('windows-1252');
    expect(text).toHaveLength(bytes.length);
  });
});

describe('control characters', () => {
  test('are taken out, and later places still point into the file', () => {
    const { text, toDecoded, problems } = withoutControlCharacters('a\u0000b\u0007\u0008c\td');
    expect(text).toBe('abc\td');
    expect([...text].map((_, offset) => toDecoded(offset))).toEqual([0, 2, 5, 6, 7]);
    expect(problems).toMatchObject([
      {
        code: 'control-character',
        fix: [
          { start: 1, end: 2, text: '' },
          { start: 3, end: 5, text: '' },
        ],
      },
    ]);
  });

  test('that end lines or indent stay', () => {
    expect(withoutControlCharacters('a\tb\r\nc').problems).toEqual([]);
  });
});
