import { readFile } from 'node:fs/promises';
import { packageFile } from './package-file.ts';

/** Pictures of emoji: SVG as a data URL by grapheme. */
export type EmojiPictures = (grapheme: string) => string | null;

const PACKAGE = '@iconify-json/twemoji';

// A picture is drawn for what emoji fonts show as a picture: emoji by default, with U+FE0F, keycaps, flags, sequences.
const PICTURE = /^(?:\p{RGI_Emoji}|\p{Emoji_Presentation}.*|\p{Emoji}\uFE0F.*|\p{Regional_Indicator}{2})$/sv;

/** Whether a grapheme is meant as a picture, not as text: `☎️` and `🔥` are, `☎`, `©` and `7` are not. */
export function isPicture(grapheme: string): boolean {
  return !grapheme.includes('\uFE0E') && PICTURE.test(grapheme);
}

/** Whether a text could need pictures at all; also true for signs like `☎` that fonts may lack. */
export function mayHaveEmoji(text: string): boolean {
  return /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20E3/u.test(text);
}

interface IconSet {
  width?: number;
  height?: number;
  icons: Record<string, { body: string; width?: number; height?: number }>;
  aliases?: Record<string, { parent: string }>;
}

let pictures: Promise<EmojiPictures> | undefined;

/** The pictures, read once per process. */
export function emojiPictures(): Promise<EmojiPictures> {
  pictures ??= readPictures();
  return pictures;
}

async function readPictures(): Promise<EmojiPictures> {
  const [set, names] = await Promise.all([
    readJson<IconSet>(`${PACKAGE}/icons.json`),
    readJson<Record<string, string>>(`${PACKAGE}/chars.json`),
  ]);
  return (grapheme) => {
    for (const key of keysOf(grapheme)) {
      const name = Object.hasOwn(names, key) ? names[key]! : null;
      const icon =
        name === null ? undefined : (set.icons[name] ?? set.icons[set.aliases?.[name]?.parent ?? '']);
      if (icon === undefined) continue;
      const box = `0 0 ${icon.width ?? set.width ?? 16} ${icon.height ?? set.height ?? 16}`;
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}" width="64" height="64">${icon.body}</svg>`;
      return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
    }
    return null;
  };
}

/** Names to try: the whole sequence, without its skin tones, then its first sign (an unknown family is at least a person). */
function keysOf(grapheme: string): string[] {
  const whole = [...grapheme.replace(/[\uFE0E\uFE0F]/g, '')];
  const toneless = whole.filter((character) => !/\p{Emoji_Modifier}/u.test(character));
  const key = (characters: string[]) =>
    characters.map((character) => character.codePointAt(0)!.toString(16).padStart(4, '0')).join('-');
  // Half of an unknown flag would be a letter.
  const first = /\p{Regional_Indicator}/u.test(grapheme) ? [] : [key(whole.slice(0, 1))];
  return [...new Set([key(whole), key(toneless), ...first])];
}

async function readJson<T>(specifier: string): Promise<T> {
  const path = packageFile(specifier);
  if (path === null) throw new Error(`${PACKAGE} is not installed: run npm ci`);
  return JSON.parse(await readFile(path, 'utf8')) as T;
}
