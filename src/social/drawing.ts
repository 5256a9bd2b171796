import type { CardContent } from './card-content.ts';
import { type Drawing, drawable, plain } from './drawable.ts';
import { emojiPictures, mayHaveEmoji } from './emoji.ts';
import { familiesFor } from './fonts.ts';
import { loadShaper, needsShaper } from './shaper.ts';

/** Every text of a card. */
export function textsOf(content: CardContent): string[] {
  const { stateWord, siteName, title, text, components, asOf, signature, host, demonstration = '' } = content;
  return [stateWord, siteName, title, text, ...components, asOf, signature, host, demonstration];
}

/** What the texts of a card are drawn with: only the fonts and pictures that they need are loaded. */
export async function drawingFor(content: CardContent): Promise<Drawing> {
  const texts = textsOf(content).flatMap((text) => [plain(text), plain(text).normalize('NFKC')]);
  return {
    families: await familiesFor(texts, content.language),
    pictures: texts.some(mayHaveEmoji) ? await emojiPictures() : () => null,
    shaper: texts.some(needsShaper) ? await loadShaper() : null,
  };
}

/** Something that a card could not show as written. */
export interface CardWarning {
  /** Stable: `missing-font` (a text is left off), `undrawable-character`, `card-failed`. */
  code: 'missing-font' | 'undrawable-character' | 'card-failed';
  /** What is missing and what to do; plain English. */
  message: string;
}

/** What a card leaves out, without drawing it. */
export async function cardWarnings(content: CardContent): Promise<CardWarning[]> {
  const drawing = await drawingFor(content);
  const warnings = new Map<string, CardWarning>();
  const all = textsOf(content).join(' ');
  for (const text of textsOf(content)) {
    const { dropped, missing } = drawable(text, drawing);
    for (const script of missing) {
      const [name] = script.packages(content.language, all);
      const advice =
        name === undefined ? 'No font package is known for it.' : `To draw it, run: npm install ${name}`;
      warnings.set(name ?? script.name, {
        code: 'missing-font',
        message: `No font for ${script.name}: "${excerpt(text)}" is left off the card. ${advice}`,
      });
    }
    for (const character of dropped) {
      const codePoint = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
      warnings.set(character, {
        code: 'undrawable-character',
        message: `U+${codePoint} in "${excerpt(text)}" can't be drawn and is left out of the card.`,
      });
    }
  }
  return [...warnings.values()];
}

function excerpt(text: string): string {
  const characters = [...plain(text)];
  return characters.length > 40 ? `${characters.slice(0, 39).join('')}…` : characters.join('');
}
