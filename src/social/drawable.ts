import { type EmojiPictures, isPicture } from './emoji.ts';
import { type Family, isInvisible, type Weight } from './fonts.ts';
import { type Script, scriptOf } from './scripts.ts';
import type { Shaper } from './shaper.ts';

/** The smallest unit that is drawn: what a reader calls a character. */
export interface Letter {
  text: string;
  /** Width in em by weight; kerning is not counted. */
  em: Record<Weight, number>;
  /** Data URL of the picture that stands for it. */
  picture: string | null;
  /** The family that has its glyphs; null for pictures and for what only allows a break. */
  family: Family | null;
}

/** A text made ready for drawing: every letter has its glyphs or a picture. */
export interface DrawableText {
  letters: Letter[];
  /** Characters that no font here draws and that mean little (signs, private use): left out. */
  dropped: string[];
  /** Scripts whose fonts are not installed: then `letters` is empty, a text with holes would mislead. */
  missing: Script[];
}

/** What decides whether and how wide a letter is drawn. */
export interface Drawing {
  families: Family[];
  pictures: EmojiPictures;
  /** Null where no text needs it. */
  shaper: Shaper | null;
}

/** Longest text that is looked at, in UTF-16 units; far more than any card holds. */
const LONGEST = 2000;

/** Marks over or under one letter; more would climb out of the line. */
const MOST_MARKS = 3;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * A text as data becomes letters: one line, no control characters, no lone surrogates, composed where Unicode has a
 * composed form. Soft hyphens and zero-width spaces stay as letters without width: they allow a break.
 */
export function drawable(text: string, { families, pictures }: Drawing): DrawableText {
  const letters: Letter[] = [];
  const dropped = new Set<string>();
  const missing = new Set<Script>();
  for (const { segment } of graphemes.segment(plain(text))) {
    const picture = isPicture(segment) ? pictures(segment) : null;
    if (picture !== null) {
      letters.push({ text: segment, em: { 400: 1, 600: 1 }, picture, family: null });
      continue;
    }
    const found = glyphsFor(segment, families) ?? glyphsFor(segment.normalize('NFKC'), families);
    if (found !== null) {
      letters.push(...found);
      continue;
    }
    // A sign that fonts lack but emoji have, like a telephone.
    const sign = pictures(segment);
    if (sign !== null) letters.push({ text: segment, em: { 400: 1, 600: 1 }, picture: sign, family: null });
    else if (/[\p{L}\p{N}]/u.test(segment)) missing.add(scriptOf(segment));
    else if (!isInvisible(segment)) dropped.add(segment);
  }
  return missing.size > 0
    ? { letters: [], dropped: [], missing: [...missing] }
    : { letters: trimmed(letters), dropped: [...dropped], missing: [] };
}

/** The text in one line and without what can't be drawn by its nature. */
export function plain(text: string): string {
  return (
    (text.length > LONGEST ? text.slice(0, LONGEST) : text)
      .toWellFormed()
      .normalize('NFC')
      .replace(/\uFFFD/g, '')
      // Fonts for text lack the block that stands for a blacked-out secret.
      .replace(/\u2588/g, '\u25A0')
      // Bidirectional controls: the renderer orders lines by the letters alone.
      .replace(/[\u200E\u200F\u061C\u202A-\u202E\u2066-\u2069\uFEFF]/g, '')
      .replace(/[\s\u0085\p{Cc}]+/gu, (space) => (/^[\u00A0\u202F]$/.test(space) ? '\u00A0' : ' '))
      .trim()
  );
}

/** The letters of a grapheme from the one family that draws it, marks that it lacks left off; null where none draws it. */
function glyphsFor(grapheme: string, families: Family[]): Letter[] | null {
  if (grapheme === '\u00AD' || grapheme === '\u200B') {
    return [{ text: grapheme, em: { 400: 0, 600: 0 }, picture: null, family: null }];
  }
  const characters = [...grapheme].filter((character) => !/[\uFE0E\uFE0F]/.test(character));
  const base = characters.find((character) => !isInvisible(character));
  if (base === undefined) return null;
  const family = families.find((candidate) => candidate.covers(base.codePointAt(0)!));
  if (family === undefined) return null;
  let marks = 0;
  const kept = characters.filter((character) => {
    if (!family.covers(character.codePointAt(0)!)) return false;
    return !/\p{Mn}/u.test(character) || ++marks <= MOST_MARKS;
  });
  const width = (weight: Weight) =>
    kept.reduce(
      (sum, character) =>
        isInvisible(character) ? sum : sum + family.advance(character.codePointAt(0)!, weight),
      0,
    );
  return [{ text: kept.join(''), em: { 400: width(400), 600: width(600) }, picture: null, family }];
}

/** Dropped characters can leave spaces at the ends or side by side. */
function trimmed(letters: Letter[]): Letter[] {
  const kept = letters.filter((letter, index) => letter.text !== ' ' || letters[index - 1]?.text !== ' ');
  while (kept[0]?.text === ' ') kept.shift();
  while (kept.at(-1)?.text === ' ') kept.pop();
  return kept;
}

/** The base direction of a text: that of its first letter with one, else the card's. */
export function directionOf(text: string, otherwise: 'ltr' | 'rtl'): 'ltr' | 'rtl' {
  const first = /\p{L}/u.exec(text)?.[0];
  if (first === undefined) return otherwise;
  return /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u.test(first)
    ? 'rtl'
    : 'ltr';
}
