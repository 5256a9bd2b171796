import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { directionOf, drawable, plain } from '../../../src/social/drawable.ts';
import { cardWarnings, drawingFor } from '../../../src/social/drawing.ts';
import { isInvisible } from '../../../src/social/fonts.ts';
import { card } from './sample.ts';

async function made(text: string) {
  return drawable(text, await drawingFor(card({ title: text })));
}

async function lettersOf(text: string) {
  return (await made(text)).letters.map((letter) => letter.text);
}

describe('a text on a card', () => {
  it.each([
    ['👩🏽‍🚒', 'a profession with a skin tone'],
    ['👨‍👩‍👧‍👦', 'a family'],
    ['🇩🇪', 'a flag of two letters'],
    ['🏴󠁧󠁢󠁥󠁮󠁧󠁿', 'a flag of tags'],
    ['1️⃣', 'a keycap'],
    ['❤️', 'a heart with a variation selector'],
    ['🔥', 'a plain emoji'],
  ])('draws %s, %s, as one picture', async (emoji) => {
    const { letters } = await made(`a${emoji}b`);
    expect(letters.map((letter) => letter.text)).toEqual(['a', emoji, 'b']);
    expect(letters[1]?.picture).toMatch(/^data:image\/svg\+xml;base64,/);
  });

  it('draws digits and signs as text where nothing asks for a picture', async () => {
    const { letters } = await made('7 © ™ → ✓');
    expect(letters.every((letter) => letter.picture === null)).toBe(true);
  });

  it('draws Latin, Greek, Cyrillic, Vietnamese, Arabic and Hebrew', async () => {
    for (const text of [
      'Zażółć gęślą jaźń ſẞ',
      'Ελληνικά ᾧ',
      'Ёжик ґ',
      'Bảo trì thường xuyên',
      'انقطاع',
      'תקלה',
    ]) {
      expect(await made(text)).toMatchObject({ dropped: [], missing: [] });
    }
  });

  it('has a glyph or a picture for every letter, whatever the text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 60 }), async (text) => {
        for (const letter of (await made(text)).letters) {
          if (letter.picture !== null || /^[\u00AD\u200B]$/.test(letter.text)) continue;
          for (const character of letter.text) {
            expect(letter.family?.covers(character.codePointAt(0)!)).toBe(true);
          }
        }
      }),
      { numRuns: 200, seed: 3 },
    );
  });

  it('leaves off a text in a script without a font, as a whole', async () => {
    const { letters, missing } = await made('Störung in 東京');
    expect(letters).toEqual([]);
    expect(missing.map((script) => script.name)).toEqual(['Chinese characters']);
  });

  it('reads fullwidth and ornamental letters as the letters they stand for', async () => {
    expect((await lettersOf('Ｄｏｗｎ 𝗯𝗼𝗹𝗱')).join('')).toBe('Down bold');
  });

  it('drops control characters, lone surrogates and direction marks', async () => {
    expect((await lettersOf('a\u0000b\u202E \uD800c\nd\u2028e')).join('')).toBe('a b c d e');
    expect(plain('\u0000\uDFFF\u0007')).toBe('');
  });

  it('keeps at most three marks on a letter', async () => {
    const [letter] = await lettersOf(`a${'\u0301'.repeat(500)}`);
    expect([...letter!.normalize('NFD')].length).toBeLessThanOrEqual(5);
  });

  it('has the direction of its first letter', () => {
    expect(directionOf('18:30 תקלה', 'ltr')).toBe('rtl');
    expect(directionOf('DNS תקלה', 'rtl')).toBe('ltr');
    expect(directionOf('18:30', 'rtl')).toBe('rtl');
  });

  it('never shows a joiner by itself', () => {
    for (const character of ['\u200D', '\uFE0F', '\u0007', '\u{E0067}'])
      expect(isInvisible(character)).toBe(true);
    expect(isInvisible('a')).toBe(false);
  });
});

describe('what a card leaves out', () => {
  it('is told, with the package that would draw it', async () => {
    const warnings = await cardWarnings(
      card({ title: '東京データセンターの停電', components: ['メール', 'Mail'] }),
    );
    expect(warnings).toEqual([
      {
        code: 'missing-font',
        message: expect.stringContaining('npm install @fontsource/noto-sans-jp'),
      },
    ]);
  });

  it('is told for a single sign, too', async () => {
    const warnings = await cardWarnings(card({ title: 'Private \uE123 sign' }));
    expect(warnings).toEqual([{ code: 'undrawable-character', message: expect.stringContaining('U+E123') }]);
  });

  it('is nothing for a usual card', async () => {
    expect(await cardWarnings(card())).toEqual([]);
  });
});
