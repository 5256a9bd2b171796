import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { renderAsync } from '@resvg/resvg-js';
import satori from 'satori';
import { CARD_PIXELS, type CardNode, type CardSize, cardTree } from './card.ts';
import { CARD_COLOURS } from './card-colours.ts';
import type { CardContent } from './card-content.ts';
import { markOf } from './card-mark.ts';
import { type Drawing, drawable } from './drawable.ts';
import { type CardWarning, cardWarnings, drawingFor, textsOf } from './drawing.ts';
import type { Family, Weight } from './fonts.ts';
import { packageFile } from './package-file.ts';
import { palettePng } from './png.ts';

/** A finished picture. */
export interface RenderedCard {
  png: Uint8Array;
  /** What it does not show as written. */
  warnings: CardWarning[];
}

/** Turns a tree into SVG. */
export type Draw = (tree: CardNode, size: CardSize, drawing: Drawing, texts: string[]) => Promise<string>;

/**
 * Draws a card. Equal contents and packages give equal bytes. Nothing in a content makes it fail: what can't be drawn is
 * left out, at worst all but the state, the site's name and its address, at the very worst all but the mark; `warnings`
 * says so.
 */
export async function renderCard(
  content: CardContent,
  size: CardSize,
  draw: Draw = drawWithSatori,
): Promise<RenderedCard> {
  const warnings: CardWarning[] = [];
  const bare: CardContent = { ...content, title: '', text: '', components: [], asOf: '', signature: '' };
  for (const attempt of [content, bare]) {
    try {
      const [drawing, left] = await Promise.all([drawingFor(attempt), cardWarnings(attempt)]);
      const svg = await draw(cardTree(attempt, size, drawing), size, drawing, textsOf(attempt));
      return { png: await toPng(svg), warnings: [...warnings, ...left] };
    } catch (error) {
      warnings.push({
        code: 'card-failed',
        message: `The card "${content.title}" could not be drawn whole: ${error instanceof Error ? error.message : String(error)}`,
      });
    }
  }
  return { png: await toPng(markOnly(content, size)), warnings };
}

const OWN_VERSIONS = [
  'satori',
  '@resvg/resvg-js',
  '@iconify-json/twemoji',
  '@expo-google-fonts/source-sans-3',
];

/**
 * A short hash of what a card shows, for `?v=` and as its cache key: the content, and the packages that draw it. The
 * source of this folder is not part of it.
 */
export async function cardVersion(content: CardContent): Promise<string> {
  const { families } = await drawingFor(content);
  const packages = OWN_VERSIONS.map((name) => versionOf(name));
  const parts = [content, packages, families.map((family) => [family.name, family.data[400].length])];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 12);
}

const versions = new Map<string, string>();

function versionOf(name: string): string {
  let version = versions.get(name);
  if (version === undefined) {
    const path = packageFile(`${name}/package.json`);
    version = path === null ? '' : String(JSON.parse(readFileSync(path, 'utf8')).version);
    versions.set(name, version);
  }
  return version;
}

/** SVG without any text element: every letter is a path or a picture. */
export async function drawWithSatori(
  tree: CardNode,
  size: CardSize,
  drawing: Drawing,
  texts: string[],
): Promise<string> {
  const graphemeImages: Record<string, string> = {};
  for (const { text, picture } of texts.flatMap((one) => drawable(one, drawing).letters)) {
    if (picture !== null) graphemeImages[text] = picture;
  }
  return satori(tree as Parameters<typeof satori>[0], {
    ...CARD_PIXELS[size],
    fonts: drawing.families.flatMap(fontsOf),
    graphemeImages,
  });
}

function fontsOf({ name, data }: Family) {
  return ([400, 600] as const).map((weight: Weight) => ({
    name,
    weight,
    data: data[weight],
    style: 'normal' as const,
  }));
}

async function toPng(svg: string): Promise<Uint8Array> {
  // The fonts of the machine must not matter.
  const image = await renderAsync(svg, { font: { loadSystemFonts: false } });
  return (await palettePng(image.pixels, image.width, image.height)) ?? image.asPng();
}

function markOnly({ state }: CardContent, size: CardSize): string {
  const { width, height } = CARD_PIXELS[size];
  const { paper, state: ink } = CARD_COLOURS[state];
  const sign = markOf(state);
  const mark =
    sign === null
      ? ''
      : `<path transform="translate(${width / 2 - 120} ${height / 2 - 120}) scale(10)" fill="${ink}" fill-rule="evenodd" d="${sign.outline}"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><path fill="${paper}" d="M0 0h${width}v${height}H0z"/>${mark}</svg>`;
}
