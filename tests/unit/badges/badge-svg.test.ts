import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import type { Badge, BadgeState } from '../../../src/badges/badge.ts';
import { badgeSvg } from '../../../src/badges/badge-svg.ts';
import { BADGE_COLOURS } from '../../../src/badges/colours.ts';
import { COMPONENT_STATES } from '../../../src/domain/words.ts';

/** Every letter as wide as another. */
const widthOf = (text: string) => text.length * 0.6;

const badge = (more: Partial<Badge> = {}): Badge => ({
  label: 'Nordhost status',
  message: 'Works',
  state: 'operational',
  sentence: 'Nordhost status: Works.',
  newest: 'Newest entry: 14 Nov 2026, 11:20 CET.',
  language: 'en',
  ...more,
});

const parser = new XMLParser({ ignoreAttributes: false, parseTagValue: false, trimValues: false });
const read = (svg: string) => parser.parse(svg).svg;
const STATES: BadgeState[] = [...COMPONENT_STATES, 'no effect'];

describe('a badge', () => {
  it('is a picture with a name and a description for those who do not see it', () => {
    const svg = read(badgeSvg(badge(), widthOf));
    expect(svg).toMatchObject({ '@_role': 'img', '@_aria-labelledby': 't', '@_aria-describedby': 'd' });
    expect(svg.title).toEqual({ '#text': 'Nordhost status: Works.', '@_id': 't' });
    expect(svg.desc['#text']).toBe('Newest entry: 14 Nov 2026, 11:20 CET.');
  });

  it('has no description where there is nothing to describe', () => {
    expect(badgeSvg(badge({ newest: null }), widthOf)).not.toMatch(/desc/);
  });

  it('tells each state by its word, a mark of its own and a colour of its own', () => {
    const marks = STATES.map(
      (state) => /fill-rule="evenodd"[^>]* d="([^"]+)"/.exec(badgeSvg(badge({ state }), widthOf))?.[1],
    );
    expect(new Set(marks).size).toBe(STATES.length);
    for (const state of COMPONENT_STATES) {
      const svg = badgeSvg(badge({ state, message: 'Word' }), widthOf);
      expect(svg).toContain(`.s{fill:${BADGE_COLOURS.light[state]}}`);
      expect(svg).toContain(`.s{fill:${BADGE_COLOURS.dark[state]}}`);
      expect(svg).toContain('>Word</text>');
    }
  });

  it('has no mark where there is no state to tell', () => {
    expect(badgeSvg(badge({ state: 'no effect' }), widthOf)).not.toContain('evenodd');
  });

  it('is as wide as its words, which are held to their place whatever the reader’s letters', () => {
    const svg = read(badgeSvg(badge(), widthOf));
    // 8 + 15 letters of 7.2 + 8, then 8 + mark 10 + 4 + 5 letters of 7.2 + 8.
    expect(svg['@_width']).toBe('190');
    expect(svg.text.map((one: Record<string, string>) => one['@_textLength'])).toEqual(['108', '36']);
  });

  it('cuts a label that is too long for a line, and still says it whole by its name', () => {
    const label = 'Donaudampfschifffahrtsgesellschaftskapitänsmützen-Verwaltung';
    const svg = read(badgeSvg(badge({ label, sentence: `${label}: Works.` }), widthOf));
    expect(svg.text[0]['#text']).toMatch(/^Donaudampf.*…$/);
    expect(Number(svg.text[0]['@_textLength'])).toBeLessThanOrEqual(240);
    expect(svg.title['#text']).toContain(label);
  });

  it('begins at the right where its language does', () => {
    const x = (language: string) =>
      read(badgeSvg(badge({ language }), widthOf)).text.map((one: Record<string, string>) =>
        Number(one['@_x']),
      );
    const [label, word] = x('ar');
    expect(label).toBeGreaterThan(word);
    expect(x('en')[0]).toBeLessThan(x('en')[1]);
  });

  it('asks for nothing and runs nothing', () => {
    const svg = badgeSvg(badge(), widthOf).replace('http://www.w3.org/2000/svg', '');
    expect(svg).not.toMatch(/https?:|href|url\(|@import|@font-face|<script|<foreignObject|<image|\son\w+=/i);
  });

  it('is one picture whatever the words', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), (label, message) => {
        const svg = badgeSvg(badge({ label, message, sentence: label }), widthOf);
        expect(XMLValidator.validate(svg)).toBe(true);
        expect(Object.keys(read(svg)).filter((key) => !key.startsWith('@_'))).toEqual(
          expect.arrayContaining(['title', 'desc', 'style', 'rect', 'path', 'text']),
        );
        expect(svg).not.toMatch(/[^\P{Cc}\n\t\r]|\p{Cs}|[\uFFFE\uFFFF]/u);
      }),
    );
  });
});

describe('the colours of badges', () => {
  const tokens = readFileSync(new URL('../../../src/styles/tokens.css', import.meta.url), 'utf8');
  const [light = '', dark = ''] = tokens.split('@media');
  const NAMES: Record<string, string> = {
    paper: 'paper',
    ink: 'ink',
    line: 'line',
    operational: 'operational',
    'under maintenance': 'maintenance',
    'degraded performance': 'degraded',
    'partial outage': 'partial',
    'major outage': 'major',
    'no effect': 'soft',
  };
  const token = (css: string, name: string) =>
    new RegExp(`--${NAMES[name]}: (#[0-9a-f]+);`).exec(css)?.[1]?.replace(/^#(.)(.)(.)$/, '#$1$1$2$2$3$3');

  it.each([
    ['light', light, BADGE_COLOURS.light],
    ['dark', dark, BADGE_COLOURS.dark],
  ] as const)('are those of the pages, %s', (_, css, colours) => {
    for (const [name, colour] of Object.entries(colours))
      expect([name, colour]).toEqual([name, token(css, name)]);
  });

  it('and its marks are drawn as on the pages', () => {
    const symbols = readFileSync(new URL('../../../src/components/Symbols.astro', import.meta.url), 'utf8');
    for (const state of [
      'under maintenance',
      'degraded performance',
      'partial outage',
      'major outage',
    ] as const) {
      const mark = /evenodd"[^>]* d="([^"]+)"/.exec(badgeSvg(badge({ state }), widthOf))?.[1];
      expect(symbols).toContain(`d="${mark}"`);
    }
  });
});
