import { expect, it } from 'vitest';
import { drawable } from '../../../src/social/drawable.ts';
import { drawingFor } from '../../../src/social/drawing.ts';
import { loadShaper, needsShaper } from '../../../src/social/shaper.ts';
import { card } from './sample.ts';

/** Lowest and highest point of each glyph in em, y upwards, as placed. */
async function heights(text: string, direction: 'ltr' | 'rtl') {
  const drawing = await drawingFor(card({ title: text }));
  const { glyphs, width } = (drawing.shaper ?? (await loadShaper()))(
    drawable(text, drawing).letters,
    600,
    direction,
  );
  const spans = glyphs.map(({ outline, scale, y }) => {
    const ys = [...outline.matchAll(/-?\d+(?:\.\d+)?/g)].map(Number).filter((_, index) => index % 2 === 1);
    return [y + Math.min(...ys) * scale, y + Math.max(...ys) * scale] as const;
  });
  return {
    lowest: Math.min(...spans.map(([low]) => low)),
    highest: Math.max(...spans.map(([, high]) => high)),
    width,
  };
}

it('the dots of an Arabic letter stand on their side of it', async () => {
  const [beh, teh] = [await heights('ب', 'rtl'), await heights('ت', 'rtl')];
  expect(beh.lowest).toBeLessThan(-0.15);
  expect(teh.lowest).toBeGreaterThan(-0.1);
  expect(teh.highest).toBeGreaterThan(beh.highest);
});

it('Arabic letters join: a word is narrower than its letters', async () => {
  const [word, first, second] = [
    await heights('بب', 'rtl'),
    await heights('ب', 'rtl'),
    await heights('ب', 'rtl'),
  ];
  expect(word.width).toBeLessThan(first.width + second.width);
});

it('an accent stands above its letter and a dot below it', async () => {
  const plain = await heights('x', 'ltr');
  const marked = await heights('x\u0301\u0323', 'ltr');
  expect(marked.highest).toBeGreaterThan(plain.highest + 0.1);
  expect(marked.lowest).toBeLessThan(plain.lowest - 0.1);
});

it('usual letters need no shaper', () => {
  expect(needsShaper('Zażółć gęślą, Ελληνικά, Ёжик')).toBe(false);
  expect(needsShaper('في')).toBe(true);
});
