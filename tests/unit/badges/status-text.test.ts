import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type StatusTextContent, statusText, type ToldEntry } from '../../../src/badges/status-text.ts';
import { en } from '../components/given.ts';

const entry = (more: Partial<ToldEntry> = {}): ToldEntry => ({
  title: 'Power failure',
  line: 'Major outage, cause found, since 21 Nov 2026, 18:05 CET',
  affected: ['Web hosting', 'Mail'],
  said: {
    text: 'The emergency generators did not start. An electrician is on site; we expect first racks back around 19:30.',
    time: '21 Nov 2026, 18:30 CET',
    signature: 'Tanja B.',
  },
  promise: 'Next update by 21 Nov 2026, 19:00 CET.',
  ...more,
});

const content = (more: Partial<StatusTextContent> = {}): StatusTextContent => ({
  siteName: 'Nordhost',
  state: 'Major outage',
  headline: 'Power failure',
  lead: entry(),
  sections: [],
  contacts: 'Ask us: 0351 100 000',
  url: 'https://status.nordhost.example/',
  newest: 'Newest entry: 21 Nov 2026, 18:30 CET.',
  ...more,
});

describe('the state in plain words', () => {
  it('answers in the first line, then says what, since when, who said so and when more comes', () => {
    expect(statusText(content(), en)).toBe(`Nordhost: Major outage.
Power failure
Major outage, cause found, since 21 Nov 2026, 18:05 CET.
Affected: Web hosting and Mail.

21 Nov 2026, 18:30 CET: The emergency generators did not start. An
electrician is on site; we expect first racks back around 19:30.
— Tanja B.

Next update by 21 Nov 2026, 19:00 CET.

Ask us: 0351 100 000
https://status.nordhost.example/
Newest entry: 21 Nov 2026, 18:30 CET.
`);
  });

  it('is four lines when all is well', () => {
    const well = content({ state: null, headline: 'Everything works.', lead: null });
    expect(statusText(well, en)).toBe(`Nordhost: Everything works.

Ask us: 0351 100 000
https://status.nordhost.example/
Newest entry: 21 Nov 2026, 18:30 CET.
`);
  });

  it('names what else there is under its heading, and leaves out headings with nothing below', () => {
    const text = statusText(
      content({
        sections: [
          {
            heading: 'Also open',
            entries: [
              entry({ title: 'Mail is slow', line: 'Degraded', affected: ['Mail'] }),
              entry({ title: 'Backups late', line: 'Degraded', affected: [] }),
            ],
          },
          { heading: 'Coming up', entries: [] },
        ],
      }),
      en,
    );
    expect(text).toContain(
      '\n\nAlso open:\nMail is slow\nDegraded.\nAffected: Mail.\n\nBackups late\nDegraded.\n\n',
    );
    expect(text).not.toContain('Coming up');
  });

  it('keeps lines to 72 characters, whatever is said, and loses no word', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 600 }), (words) => {
        const said = { text: words, time: 'now', signature: '' };
        const text = statusText(content({ lead: entry({ said }) }), en);
        const segmenter = new Intl.Segmenter();
        for (const line of text.split('\n')) {
          const length = [...segmenter.segment(line)].length;
          if (line.includes(' ')) expect(length).toBeLessThanOrEqual(72);
        }
        const squeezed = (one: string) => one.replace(/[\s\p{Cc}]+/gu, '');
        expect(squeezed(text)).toContain(squeezed(words));
      }),
    );
  });

  it('fills a line to its last character, and not beyond', () => {
    const linesOf = (words: string) =>
      statusText(content({ lead: null, state: null, headline: words, siteName: 'N' }), en).split('\n');
    const fits = `${'a'.repeat(34)} ${'b'.repeat(34)}`;
    expect(linesOf(fits)[0]).toBe(`N: ${fits}`);
    expect(linesOf(`${fits}b`).slice(0, 2)).toEqual([`N: ${'a'.repeat(34)}`, 'b'.repeat(35)]);
  });

  it('leaves a long address in one piece, on a line of its own', () => {
    const url = `https://status.nordhost.example/${'a'.repeat(80)}/`;
    expect(statusText(content({ url }), en).split('\n')).toContain(url);
  });
});
