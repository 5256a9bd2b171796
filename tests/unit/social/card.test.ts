import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CARD_MARGIN, CARD_PIXELS, type CardSize } from '../../../src/social/card.ts';
import { CARD_COLOURS } from '../../../src/social/card-colours.ts';
import type { CardState } from '../../../src/social/card-content.ts';
import { card, drawnBoxes, lay, svgOf } from './sample.ts';

const SIZES: CardSize[] = ['wide', 'square'];

/** How far ink may reach over the edge of its letter's box, as in `j` or `f`. */
const OVERHANG = 12;

async function expectInside(svg: string, size: CardSize) {
  const { width, height } = CARD_PIXELS[size];
  const boxes = drawnBoxes(svg, size);
  expect(boxes.length).toBeGreaterThan(0);
  for (const box of boxes) {
    expect(box.left).toBeGreaterThanOrEqual(CARD_MARGIN - OVERHANG);
    expect(box.right).toBeLessThanOrEqual(width - CARD_MARGIN + OVERHANG);
    expect(box.top).toBeGreaterThanOrEqual(0);
    expect(box.bottom).toBeLessThanOrEqual(height);
  }
}

const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc
    .array(
      fc.constantFrom(
        'W',
        'Wartung ',
        'Überlandleitungsbetriebsgesellschaft',
        'شبكة ',
        'תקלה ',
        '👨‍👩‍👧‍👦',
        '﷽',
        '-',
        '\u00ad',
        'ё ',
      ),
      {
        maxLength: 120,
      },
    )
    .map((parts) => parts.join('')),
  fc.integer({ min: 1, max: 5000 }).map((length) => 'M'.repeat(length)),
);

describe('a card', () => {
  it('leaves out whole sentences that have no room, rather than breaking off in the middle of one', async () => {
    const first = 'The emergency generators did not start, and the battery ran down after eleven minutes.';
    const second = 'An electrician is on site.';
    const long = `${'A third sentence that goes on and on about many things '.repeat(6)}.`;
    const text = `${first} ${second} ${long}`;
    const { lines } = await lay(card({ text }));
    expect(lines.map((line) => line.text).join(' ')).toContain(`${first} ${second}`);
    expect(lines.some((line) => line.text.includes('third') || line.text.includes('…'))).toBe(false);
  });

  it('shows the beginning of a text that is one sentence too long for it', async () => {
    const { lines } = await lay(card({ text: 'one sentence without an end '.repeat(40) }));
    expect(lines.some((line) => line.text.startsWith('one sentence'))).toBe(true);
    expect(lines.some((line) => line.text.endsWith('…'))).toBe(true);
  });

  it('says everything in the order of importance', async () => {
    const { lines } = await lay(card());
    expect(lines.map((line) => line.text)).toEqual([
      'Major outage',
      'Nordhost',
      'Data centre Dresden:',
      'power failure',
      'The emergency generators did not start. An electrician is on site.',
      'Web hosting · Mail',
      'As of 21 Nov 2026, 18:30 CET · Tanja B. · status.nordhost.example',
    ]);
  });

  it.each(SIZES)(
    'never draws beyond its margin, whatever the texts are (%s)',
    { timeout: 120_000 },
    async (size) => {
      await fc.assert(
        fc.asyncProperty(
          fc.record({
            title: anyText,
            text: anyText,
            siteName: anyText,
            stateWord: anyText,
            signature: anyText,
            host: anyText,
            components: fc.array(anyText, { maxLength: 6 }),
            direction: fc.constantFrom('ltr' as const, 'rtl' as const),
            state: fc.constantFrom(...(Object.keys(CARD_COLOURS) as CardState[])),
          }),
          async (texts) => {
            await expectInside(await svgOf(card(texts), size), size);
          },
        ),
        { numRuns: 40, seed: 7 },
      );
    },
  );

  it.each(SIZES)('never lets title or text run into what stands below the line (%s)', async (size) => {
    const words = fc.array(
      fc.constantFrom('Ausfall', 'DNS', 'Überlandleitungsbetriebsgesellschaft', 'g', 'ÅÇ'),
      {
        maxLength: 200,
      },
    );
    await fc.assert(
      fc.asyncProperty(words, words, async (title, text) => {
        const svg = await svgOf(card({ title: title.join(' '), text: text.join(' ') }), size);
        const boxes = drawnBoxes(svg, size);
        const line = boxes.find((box) => box.bottom - box.top === 2 && box.right - box.left > 900);
        expect(line).toBeDefined();
        for (const box of boxes) {
          if (box !== line) expect(box.bottom <= line!.top || box.top >= line!.bottom).toBe(true);
        }
      }),
      { numRuns: 40, seed: 5 },
    );
  });

  it('sets a short title large', async () => {
    const { lines } = await lay(card({ title: 'DNS' }));
    expect(lines.find((line) => line.text === 'DNS')?.size).toBe(72);
  });

  it('shows a title of 200 characters whole, in smaller letters', async () => {
    const title =
      'Some customers in the regions eu-central-1, eu-west-2 and us-east-1 see elevated error rates and delayed delivery of webhooks, password mails and invoices since the deployment of this morning, 07:15 CET';
    expect(title.length).toBeGreaterThanOrEqual(200);
    const { lines } = await lay(card({ title }));
    const set = lines.filter((line) => line.size >= 44);
    expect(set.map((line) => line.text).join(' ')).toBe(title);
  });

  it('cuts a title that is far too long with an ellipsis', async () => {
    const { lines } = await lay(card({ title: 'Everything is slow today. '.repeat(200) }));
    const title = lines.filter((line) => line.size === 44);
    expect(title.length).toBeGreaterThan(3);
    expect(title.at(-1)?.text).toMatch(/…$/);
  });

  it('never cuts through an emoji of several signs', async () => {
    for (let count = 1; count < 40; count++) {
      const { lines } = await lay(card({ siteName: `${'a'.repeat(count)}${'👩🏽‍🚒'.repeat(30)}` }));
      const name = lines[1]!.text;
      expect(name).toMatch(/^a+(👩🏽‍🚒)*…?$/u);
    }
  });

  it('breaks a German compound between syllables rather than shrinking it', async () => {
    const { lines } = await lay(
      card({ language: 'de', title: 'Donaudampfschifffahrtsgesellschaftskapitänsmützenproblem' }),
    );
    expect(lines.slice(2, 4)).toEqual([
      { text: 'Donaudampfschifffahrtsgesell-', size: 72 },
      { text: 'schaftskapitänsmützenproblem', size: 72 },
    ]);
  });

  it('keeps names with digits together', async () => {
    const { lines } = await lay(
      card({ title: 'Errors in us-east-1, us-east-2, eu-central-1 and ap-southeast-2' }),
    );
    for (const line of lines) expect(line.text).not.toMatch(/(us|east|eu|ap|central)-$/);
  });

  it('counts the components that have no room', async () => {
    const components = Array.from({ length: 500 }, (_, index) => `Cluster ${index + 1}`);
    const { lines } = await lay(card({ components }));
    const line = lines.at(-2)!.text;
    const shown = line.split(' · ').length - 1;
    expect(line).toMatch(new RegExp(`^Cluster 1 · .* · \\+${500 - shown}$`));
  });

  it('gives a long address a line of its own', async () => {
    const { lines } = await lay(card({ host: `status.${'long.'.repeat(12)}nordhost.example` }));
    expect(lines.at(-1)?.text).toMatch(/^status\.long/);
    expect(lines.at(-2)?.text).toBe('As of 21 Nov 2026, 18:30 CET · Tanja B.');
  });

  it('says the state large where there is no title', async () => {
    const { lines } = await lay(card({ title: '' }));
    expect(lines.find((line) => line.text === 'Major outage')?.size).toBe(72);
    expect(lines.filter((line) => line.text === 'Major outage')).toHaveLength(1);
  });

  it('says that it is a demonstration', async () => {
    const { lines } = await lay(card({ demonstration: 'Demonstration' }));
    expect(lines.map((line) => line.text).join('\n')).toContain('Demonstration');
  });

  it('sets the square anew, not cropped', async () => {
    const { lines } = await lay(card(), 'square');
    expect(lines.map((line) => line.text)).toEqual([
      'Nordhost',
      'Major outage',
      'Data centre Dresden:',
      'power failure',
      'The emergency generators did not start. An',
      'electrician is on site.',
      'Web hosting · Mail',
      'As of 21 Nov 2026, 18:30 CET',
      'Tanja B. · status.nordhost.example',
    ]);
  });

  it('begins right-to-left cards at the right margin', async () => {
    const content = card({ direction: 'rtl', language: 'he', title: 'תקלה', text: '', stateWord: 'השבתה' });
    const boxes = drawnBoxes(await svgOf(content), 'wide');
    const title = boxes.filter((box) => box.top > 100 && box.bottom < 300);
    expect(Math.max(...title.map((box) => box.right))).toBeGreaterThan(1110);
    expect(Math.min(...title.map((box) => box.left))).toBeGreaterThan(600);
  });

  it('shows markup as text', async () => {
    const { lines } = await lay(card({ title: `<b>"&'</b>`, text: '' }));
    expect(lines[2]?.text).toBe(`<b>"&'</b>`);
    const svg = await svgOf(card({ title: '<script>alert(1)</script>', siteName: ']]>&"' }));
    expect(svg).not.toContain('<script');
    expect(svg).not.toContain('<text');
  });
});
