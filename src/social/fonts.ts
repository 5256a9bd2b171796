import { readFile } from 'node:fs/promises';
import { create, type Font } from 'fontkitten';
import { packageFile } from './package-file.ts';
import { scriptOf } from './scripts.ts';

/** The weights that cards are set in. */
export type Weight = 400 | 600;

/** One typeface, or a slice of one, in both weights. */
export interface Family {
  name: string;
  /** The bytes of the font files, as satori takes them. */
  data: Record<Weight, Buffer>;
  /** Height above and depth below the baseline in em. */
  ascent: number;
  descent: number;
  covers(codePoint: number): boolean;
  /** Width of a character in em, kerning not counted: hardly ever less than what is drawn. */
  advance(codePoint: number, weight: Weight): number;
}

/** The typeface of the cards: Latin, Greek, Cyrillic, Vietnamese, arrows and common signs. */
const TYPEFACE = '@expo-google-fonts/source-sans-3';

const loaded = new Map<string, Promise<Family | null>>();
const slices = new Map<string, Promise<Slice[]>>();

/**
 * The families that some texts need, in the order in which they are searched: the card's own typeface first, others
 * only where a text has characters that it lacks and their package is installed. Each file is read once per process.
 */
export async function familiesFor(texts: string[], language: string): Promise<Family[]> {
  const own = await ownTypeface();
  const all = texts.join(' ');
  const lacking = new Set<string>();
  for (const character of all) {
    if (!own.covers(character.codePointAt(0)!) && !isInvisible(character)) lacking.add(character);
  }
  const found = new Map<string, Family>();
  for (const character of lacking) {
    const codePoint = character.codePointAt(0)!;
    for (const name of scriptOf(character).packages(language, all)) {
      const family = await familyWith(name, codePoint);
      if (family !== null) {
        found.set(family.name, family);
        break;
      }
    }
  }
  // Sorted, so that the order does not depend on which character comes first.
  return [own, ...[...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1))];
}

/** Whether a character is never drawn by itself: controls, joiners, variation selectors, tags. */
export function isInvisible(character: string): boolean {
  return /^[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Variation_Selector}]$/u.test(character);
}

function ownTypeface(): Promise<Family> {
  return load(
    'card',
    `${TYPEFACE}/400Regular/SourceSans3_400Regular.ttf`,
    `${TYPEFACE}/600SemiBold/SourceSans3_600SemiBold.ttf`,
  ) as Promise<Family>;
}

/** A part of a typeface as fontsource cuts it: `ranges` says which characters its files hold. */
interface Slice {
  name: string;
  ranges: [first: number, last: number][];
}

async function familyWith(packageName: string, codePoint: number): Promise<Family | null> {
  for (const slice of await slicesOf(packageName)) {
    if (!slice.ranges.some(([first, last]) => codePoint >= first && codePoint <= last)) continue;
    const stem = packageName.slice(packageName.indexOf('/') + 1);
    const file = (weight: Weight) => `${packageName}/files/${stem}-${slice.name}-${weight}-normal.woff`;
    const family = await load(`${stem}-${slice.name}`, file(400), file(600));
    if (family?.covers(codePoint)) return family;
  }
  return null;
}

function slicesOf(packageName: string): Promise<Slice[]> {
  let known = slices.get(packageName);
  if (known === undefined) {
    known = readSlices(packageName);
    slices.set(packageName, known);
  }
  return known;
}

async function readSlices(packageName: string): Promise<Slice[]> {
  const path = packageFile(`${packageName}/unicode.json`);
  if (path === null) return [];
  const named = JSON.parse(await readFile(path, 'utf8')) as Record<string, string>;
  return Object.entries(named).map(([name, ranges]) => ({
    name: name.replace(/[[\]]/g, ''),
    ranges: ranges.split(',').map((range) => {
      const [first = '', last = first] = range.replace(/^U\+/i, '').split('-');
      return [Number.parseInt(first, 16), Number.parseInt(last, 16)];
    }),
  }));
}

function load(name: string, regular: string, bold: string): Promise<Family | null> {
  let family = loaded.get(name);
  if (family === undefined) {
    family = readFamily(name, regular, bold);
    loaded.set(name, family);
  }
  return family;
}

async function readFamily(name: string, regular: string, bold: string): Promise<Family | null> {
  const regularPath = packageFile(regular);
  if (regularPath === null) return null;
  const regularData = await readFile(regularPath);
  // Some packages have one weight only.
  const boldPath = packageFile(bold);
  const boldData = boldPath === null ? regularData : await readFile(boldPath);
  const fonts: Record<Weight, Font> = { 400: fontIn(regularData), 600: fontIn(boldData) };
  const has = new Set(fonts[400].characterSet);
  const both = boldPath === null ? has : new Set(fonts[600].characterSet);
  const advances: Record<Weight, Map<number, number>> = { 400: new Map(), 600: new Map() };
  return {
    name,
    data: { 400: regularData, 600: boldData },
    ascent: fonts[400].ascent / fonts[400].unitsPerEm,
    descent: -fonts[400].descent / fonts[400].unitsPerEm,
    covers: (codePoint) => has.has(codePoint) && both.has(codePoint),
    advance(codePoint, weight) {
      let width = advances[weight].get(codePoint);
      if (width === undefined) {
        const font = fonts[weight];
        width = font.glyphForCodePoint(codePoint).advanceWidth / font.unitsPerEm;
        advances[weight].set(codePoint, width);
      }
      return width;
    },
  };
}

function fontIn(data: Buffer): Font {
  const font = create(data);
  if (font.isCollection) throw new Error('A font file for cards holds a collection of fonts');
  return font;
}
