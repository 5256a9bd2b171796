import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type NewIncident, newIncident } from '../../../src/write/new-incident.ts';
import { context, NOW } from '../content/sample.ts';

const PLAIN: NewIncident = {
  kind: 'incident',
  title: 'Halle Nord: größerer Stromausfall',
  status: 'investigating',
  impact: 'critical',
  components: ['web', 'mail'],
  text: 'Wir sind dran.',
  authors: ['ab'],
  next: { span: 30 * 60_000 },
  window: null,
  until: null,
  slug: null,
  language: null,
  at: null,
};

function made(report: Partial<NewIncident> = {}, taken: string[] = []) {
  const result = newIncident({ ...PLAIN, ...report }, taken, context);
  if (!result.ok) throw new Error(result.message);
  return result;
}

describe('a new report', () => {
  it('is a file that says everything that was given, in the order of the documentation', () => {
    expect(made()).toMatchObject({
      path: '2027-05-10-halle-nord-groesserer-stromausfall.md',
      text: '---\ntitle: "Halle Nord: größerer Stromausfall"\nstatus: investigating\nimpact: critical\ncomponents: [web, mail]\nnext-update: 2027-05-10 22:30\n---\n\n## 2027-05-10 22:00 investigating ^ab\n\nWir sind dran.\n',
      reading: { faults: [] },
    });
  });

  it('may be a maintenance with its window', () => {
    const window = { from: NOW + 3_600_000, to: NOW + 7_200_000 };
    const { reading, text } = made({
      kind: 'maintenance',
      status: 'scheduled',
      impact: null,
      next: null,
      window,
    });
    expect(reading.incident).toMatchObject({ kind: 'maintenance', window });
    expect(text).toContain('\nscheduled: { from: 2027-05-10 23:00, to: 2027-05-11 00:00 }\n');
    expect(reading.faults).toEqual([]);
  });

  it('may be a notice with its end, and in another language', () => {
    const until = { at: NOW + 86_400_000, precision: 'minute' as const };
    const { reading } = made({
      kind: 'notice',
      status: 'notice',
      impact: null,
      components: [],
      next: null,
      until,
      language: 'en',
    });
    expect(reading.incident).toMatchObject({ kind: 'notice', until: until.at, language: 'en' });
    expect(reading.faults).toEqual([]);
  });

  it('never takes the name of another one', () => {
    const taken = [
      '2027-05-10-Halle-Nord-groesserer-Stromausfall',
      '2027-05-10-halle-nord-groesserer-stromausfall-2',
    ];
    expect(made({}, taken).path).toBe('2027-05-10-halle-nord-groesserer-stromausfall-3.md');
  });

  it.each([
    ['Strom', 'strom', '2027-05-10-strom.md'],
    ['Strom', '2027-05-09-strom.md', '2027-05-09-strom.md'],
    ['Strom', '../../etc/passwd', '2027-05-10-etc-passwd.md'],
    ['Strom', 'power.en', '2027-05-10-power-en.md'],
    ['停電です', null, '2027-05-10-停電です.md'],
    ['???', null, /^2027-05-10-[0-9a-f]{12}\.md$/],
    [
      'Ein langer Titel, der gar nicht mehr aufhören will und immer weiter geht',
      null,
      '2027-05-10-ein-langer-titel-der-gar-nicht-mehr-aufhoeren-will-und.md',
    ],
  ])('called %j with the name %j is %s', (title, slug, expected) => {
    const { path } = made({ title, slug });
    if (typeof expected === 'string') expect(path).toBe(expected);
    else expect(path).toMatch(expected);
  });

  it('without a title or a text is none', () => {
    expect(newIncident({ ...PLAIN, title: ' ' }, [], context).ok).toBe(false);
    expect(newIncident({ ...PLAIN, text: '\n' }, [], context).ok).toBe(false);
  });
});

describe('whatever is typed', () => {
  const words = fc.oneof(
    fc.string({ minLength: 1, maxLength: 80, unit: 'grapheme' }),
    fc.constantFrom(
      '---',
      '## 2027-05-10 21:00 resolved',
      '```',
      '<!--',
      '"',
      "it's: #1 \\",
      '{{x}}',
      '[a]: b',
      '- [ ] x\n---\n',
      '\ttab',
    ),
  );
  const printable = (text: string) => /[\p{L}\p{N}]/u.test(text);

  it('becomes one file of one update with that title', () => {
    fc.assert(
      fc.property(
        words.filter(printable),
        fc.array(words, { minLength: 1, maxLength: 4 }),
        (title, lines) => {
          const text = lines.join('\n');
          fc.pre(printable(text));
          const { reading, path } = made({ title, text });
          expect(reading.incident.updates).toHaveLength(1);
          expect(reading.incident).toMatchObject({
            readable: true,
            status: 'investigating',
            impact: 'critical',
          });
          expect(path).toMatch(/^2027-05-10-[^/]+\.md$/);
          const seen = title
            .replace(/[\p{Cc}\ufffe\uffff]/gu, '')
            .replace(/\s+/g, ' ')
            .trim();
          expect(reading.incident.title.replace(/\s/g, '')).toBe(seen.replace(/\s/g, ''));
        },
      ),
      { numRuns: 300 },
    );
  });
});
