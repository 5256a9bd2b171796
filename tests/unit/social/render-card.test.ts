import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CARD_PIXELS, type CardSize } from '../../../src/social/card.ts';
import { cardVersion, type Draw, drawWithSatori, renderCard } from '../../../src/social/render-card.ts';
import { card } from './sample.ts';

/** Width and height as the PNG itself says. */
function dimensions(png: Uint8Array) {
  const bytes = Buffer.from(png);
  expect(bytes.subarray(1, 4).toString('latin1')).toBe('PNG');
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

const digest = (png: Uint8Array) => createHash('sha256').update(png).digest('hex');

describe('a drawn card', () => {
  it.each(['wide', 'square'] as CardSize[])('has the size that networks ask for (%s)', async (size) => {
    const { png, warnings } = await renderCard(card(), size);
    expect(dimensions(png)).toEqual(CARD_PIXELS[size]);
    expect(warnings).toEqual([]);
    expect(png.length).toBeLessThan(40_000);
  });

  it('is the same bytes again, whatever was drawn in between', async () => {
    const before = digest((await renderCard(card(), 'wide')).png);
    await renderCard(card({ title: '🔥 انقطاع', language: 'ar', direction: 'rtl', state: 'notice' }), 'wide');
    expect(digest((await renderCard(card(), 'wide')).png)).toBe(before);
  });

  it('differs when a word differs', async () => {
    const one = await renderCard(card(), 'wide');
    const two = await renderCard(card({ title: 'Data centre Dresden: power is back' }), 'wide');
    expect(digest(two.png)).not.toBe(digest(one.png));
    expect(await cardVersion(card({ title: 'x' }))).not.toBe(await cardVersion(card()));
    expect(await cardVersion(card())).toBe(await cardVersion(card()));
  });

  it('comes out for any text at all', { timeout: 120_000 }, async () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.string({ unit: 'grapheme' }),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(hostile, hostile, hostile, async (title, text, language) => {
        const { png, warnings } = await renderCard(
          card({ title, text, components: [text], language }),
          'wide',
        );
        expect(dimensions(png)).toEqual(CARD_PIXELS.wide);
        expect(warnings.filter(({ code }) => code === 'card-failed')).toEqual([]);
      }),
      { numRuns: 30, seed: 11 },
    );
  });
});

describe('a card whose drawing fails', () => {
  it('still shows state, site and address, and says so', async () => {
    const drawn: string[][] = [];
    const failsOnTitle: Draw = (tree, size, drawing, texts) => {
      if (texts.includes('Unlucky')) throw new Error('no such glyph');
      drawn.push(texts.filter((text) => text !== ''));
      return drawWithSatori(tree, size, drawing, texts);
    };
    const { png, warnings } = await renderCard(card({ title: 'Unlucky' }), 'wide', failsOnTitle);
    expect(dimensions(png)).toEqual(CARD_PIXELS.wide);
    expect(drawn).toEqual([['Major outage', 'Nordhost', 'status.nordhost.example']]);
    expect(warnings).toEqual([{ code: 'card-failed', message: expect.stringContaining('no such glyph') }]);
  });

  it('shows at least the mark of the state', async () => {
    const fails: Draw = () => Promise.reject(new Error('broken'));
    const major = await renderCard(card(), 'square', fails);
    const well = await renderCard(card({ state: 'operational' }), 'square', fails);
    expect(dimensions(major.png)).toEqual(CARD_PIXELS.square);
    expect(digest(major.png)).not.toBe(digest(well.png));
    expect(major.warnings).toHaveLength(2);
  });
});
