import { createRequire } from 'node:module';
import type { Letter } from './drawable.ts';
import type { Family, Weight } from './fonts.ts';
import { packageFile } from './package-file.ts';
import { sfntOf } from './sfnt.ts';

/** A glyph as SVG path data in em (y upwards), and where it stands from the start of the run's left edge and baseline. */
export interface PlacedGlyph {
  outline: string;
  /** Factor from the outline's units to em. */
  scale: number;
  x: number;
  y: number;
}

/** Letters of one run as placed outlines; `width` in em. */
export interface ShapedRun {
  width: number;
  glyphs: PlacedGlyph[];
}

/** Shapes a run of one direction. */
export type Shaper = (letters: Letter[], weight: Weight, direction: 'ltr' | 'rtl') => ShapedRun;

/**
 * Whether letters need more than satori can do: satori 0.63 turns the vertical offsets of marks upside down, so that
 * dots of Arabic letters, vowel points and combining accents land inside or on the wrong side of their letters.
 */
export function needsShaper(text: string): boolean {
  return /\p{M}|[\p{Script_Extensions=Arabic}\p{Script_Extensions=Hebrew}]/u.test(text);
}

interface HarfBuzz {
  createBlob(data: Uint8Array): Disposable;
  createFace(blob: Disposable, index: number): Disposable & { upem: number };
  createFont(face: Disposable): HarfBuzzFont;
  createBuffer(): HarfBuzzBuffer;
  shape(font: HarfBuzzFont, buffer: HarfBuzzBuffer): void;
}

interface Disposable {
  destroy(): void;
}

interface HarfBuzzFont extends Disposable {
  glyphToPath(glyph: number): string;
}

interface HarfBuzzBuffer extends Disposable {
  addText(text: string): void;
  guessSegmentProperties(): void;
  setDirection(direction: 'ltr' | 'rtl'): void;
  json(): { g: number; ax: number; dx: number; dy: number }[];
}

let shaper: Promise<Shaper> | undefined;

/** HarfBuzz, loaded once per process. */
export function loadShaper(): Promise<Shaper> {
  shaper ??= makeShaper();
  return shaper;
}

async function makeShaper(): Promise<Shaper> {
  const path = packageFile('harfbuzzjs');
  if (path === null) throw new Error('harfbuzzjs is not installed: run npm ci');
  // Required by its path: it reads its WebAssembly from beside itself, which a bundle would not have.
  const hb = (await createRequire(import.meta.url)(path)) as HarfBuzz;
  const fonts = new Map<string, { font: HarfBuzzFont; upem: number }>();

  const fontOf = (family: Family, weight: Weight) => {
    const key = `${family.name} ${weight}`;
    let known = fonts.get(key);
    if (known === undefined) {
      const face = hb.createFace(hb.createBlob(sfntOf(family.data[weight])), 0);
      known = { font: hb.createFont(face), upem: face.upem };
      fonts.set(key, known);
    }
    return known;
  };

  return (letters, weight, direction) => {
    const parts = byFamily(letters);
    if (direction === 'rtl') parts.reverse();
    const glyphs: PlacedGlyph[] = [];
    let width = 0;
    for (const { family, text } of parts) {
      const { font, upem } = fontOf(family, weight);
      const buffer = hb.createBuffer();
      buffer.addText(text);
      buffer.guessSegmentProperties();
      buffer.setDirection(direction);
      hb.shape(font, buffer);
      for (const { g, ax, dx, dy } of buffer.json()) {
        const outline = font.glyphToPath(g);
        if (outline !== '') glyphs.push({ outline, scale: 1 / upem, x: width + dx / upem, y: dy / upem });
        width += ax / upem;
      }
      buffer.destroy();
    }
    return { width, glyphs };
  };
}

function byFamily(letters: Letter[]): { family: Family; text: string }[] {
  const parts: { family: Family; text: string }[] = [];
  for (const { text, family } of letters) {
    if (family === null) continue;
    const last = parts.at(-1);
    if (last?.family === family) last.text += text;
    else parts.push({ family, text });
  }
  return parts;
}
