import type { TextWidth } from '../badges/badge-svg.ts';
import { familiesFor, isInvisible } from '../social/fonts.ts';

/** The typeface of the cards is narrower than those that systems have for sans-serif, by about so much. */
const SYSTEM_FACES = 1.1;

/** Width of a character that no installed typeface has, in em: about that of the widest letters, and of an ideograph. */
const UNKNOWN = 1;

/** Measures a text by the typefaces of the cards. */
export async function textWidthOf(texts: string[], language: string): Promise<TextWidth> {
  const families = await familiesFor(texts, language);
  const advance = (character: string, bold: boolean) => {
    const codePoint = character.codePointAt(0)!;
    if (isInvisible(character) || /\p{M}/u.test(character)) return 0;
    const family = families.find((one) => one.covers(codePoint));
    return family === undefined ? UNKNOWN : family.advance(codePoint, bold ? 600 : 400) * SYSTEM_FACES;
  };
  return (text, bold) => [...text].reduce((sum, character) => sum + advance(character, bold), 0);
}
