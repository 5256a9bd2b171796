import fc from 'fast-check';
import ICAL from 'ical.js';
import ical from 'node-ical';
import { describe, expect, it } from 'vitest';
import type { Incident } from '../../../src/domain/incident.ts';
import { work } from '../components/given.ts';
import { at, update } from '../domain/sample.ts';
import { calendar, fileOf } from './sample.ts';

/** An event as a reader of calendars understands it. */
interface Read {
  uid: string;
  summary: string;
  description: string;
  from: number;
  to: number;
  stamp: number;
  modified: number;
  sequence: number;
  status: string;
  categories: string[];
  url: string;
}

function readByIcalJs(file: string): Read[] {
  const root = new ICAL.Component(ICAL.parse(file) as unknown[]);
  return root.getAllSubcomponents('vevent').map((component) => {
    const value = (name: string) => component.getFirstPropertyValue(name);
    const time = (name: string) => (value(name) as ICAL.Time).toJSDate().getTime();
    return {
      uid: String(value('uid')),
      summary: String(value('summary')),
      description: String(value('description')),
      from: time('dtstart'),
      to: time('dtend'),
      stamp: time('dtstamp'),
      modified: time('last-modified'),
      sequence: Number(value('sequence')),
      status: String(value('status')),
      categories: (component.getFirstProperty('categories')?.getValues() ?? []).map(String),
      url: String(value('url')),
    };
  });
}

function readByNodeIcal(file: string): Read[] {
  const text = (value: unknown) =>
    typeof value === 'object' && value !== null && 'val' in value ? String(value.val) : String(value);
  return Object.values(ical.sync.parseICS(file)).flatMap((entry) => {
    if (entry?.type !== 'VEVENT') return [];
    return [
      {
        uid: entry.uid,
        summary: text(entry.summary),
        description: text(entry.description),
        from: entry.start.getTime(),
        to: entry.end!.getTime(),
        stamp: entry.dtstamp.getTime(),
        modified: entry.lastmodified!.getTime(),
        sequence: Number(entry.sequence),
        status: String(entry.status),
        categories: entry.categories ?? [],
        url: text(entry.url),
      },
    ];
  });
}

const lines = (file: string) => file.split('\r\n');
const unfolded = (file: string) => lines(file.replaceAll('\r\n ', ''));

describe('a calendar file', () => {
  it('is one that two independent programs read alike', () => {
    const file = fileOf([
      work({ title: 'Core routers, both; "old" \\ new', unknownComponents: ['Fax, phone; telex'] }),
      work({ slug: 'b', window: { from: at('2026-12-01T21:00:00Z'), to: at('2026-12-02T03:00:00Z') } }),
    ]);
    const read = readByIcalJs(file);
    expect(readByNodeIcal(file)).toEqual(read);
    expect(read.map(({ uid, summary, from, to }) => [uid, summary, from, to])).toEqual([
      [
        'router@status.nordhost.example',
        'Nordhost: Core routers, both; "old" \\ new',
        at('2026-11-21T16:00:00Z'),
        at('2026-11-21T22:00:00Z'),
      ],
      [
        'b@status.nordhost.example',
        'Nordhost: Core router swap',
        at('2026-12-01T21:00:00Z'),
        at('2026-12-02T03:00:00Z'),
      ],
    ]);
    expect(read[0]!.categories).toEqual(['API', 'Fax, phone; telex']);
  });

  it('says of itself what it is, whence it comes and how often to look', () => {
    expect(unfolded(fileOf([]))).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Dran//Status page//EN',
      'CALSCALE:GREGORIAN',
      'METHOD:PUBLISH',
      'NAME;LANGUAGE=en:Nordhost: planned work',
      'X-WR-CALNAME:Nordhost: planned work',
      'DESCRIPTION;LANGUAGE=en:Planned work at Nordhost\\, as announced.',
      'X-WR-CALDESC:Planned work at Nordhost\\, as announced.',
      `URL:${calendar.home}`,
      `SOURCE;VALUE=URI:${calendar.self}`,
      'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
      'X-PUBLISHED-TTL:PT1H',
      'END:VCALENDAR',
      '',
    ]);
  });

  it('has times in UTC, a version and no alarm', () => {
    const file = fileOf([work()]);
    expect(unfolded(file)).toEqual(
      expect.arrayContaining([
        'DTSTART:20261121T160000Z',
        'DTEND:20261121T220000Z',
        'DTSTAMP:20261121T160000Z',
        'LAST-MODIFIED:20261121T160000Z',
        'SEQUENCE:1',
        'STATUS:CONFIRMED',
        'TRANSP:TRANSPARENT',
      ]),
    );
    expect(file).not.toContain('VALARM');
  });

  it('says that work is cancelled', () => {
    const cancelled = work({
      status: 'cancelled',
      updates: [update('2026-11-18T09:00:00Z', 'scheduled'), update('2026-11-19T09:00:00Z', 'cancelled')],
    });
    expect(unfolded(fileOf([cancelled]))).toEqual(
      expect.arrayContaining(['STATUS:CANCELLED', 'SEQUENCE:2', 'DTSTAMP:20261119T090000Z']),
    );
  });

  it('is right over a change of the clocks', () => {
    const night = work({
      slug: 'night',
      window: { from: at('2026-10-25T00:30:00+02:00'), to: at('2026-10-25T03:30:00+01:00') },
    });
    expect(unfolded(fileOf([night], { at: at('2026-10-20T12:00:00Z') }))).toEqual(
      expect.arrayContaining(['DTSTART:20261024T223000Z', 'DTEND:20261025T023000Z']),
    );
    expect(fileOf([night], { at: at('2026-10-20T12:00:00Z') })).toContain('00:30 CEST to ');
  });

  it('is the same while nothing is said, whatever the hour', () => {
    const later = work({
      window: { from: at('2026-12-01T21:00:00Z'), to: at('2026-12-02T03:00:00Z') },
    });
    expect(fileOf([later], { at: at('2026-11-30T09:00:00Z') })).toBe(
      fileOf([later], { at: at('2026-11-19T23:59:59Z') }),
    );
  });

  it('folds long words of any script within 75 bytes, and they come out whole', () => {
    const title = `${'Donaudampfschifffahrtsgesellschaftskapitänsmützenüberprüfung '.repeat(4)}👩‍👩‍👧‍👦 ${'数据中心'.repeat(30)}`;
    const file = fileOf([work({ title })]);
    for (const line of lines(file)) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(readByIcalJs(file)[0]!.summary).toBe(`Nordhost: ${title.trim()}`);
    expect(readByNodeIcal(file)[0]!.summary).toBe(`Nordhost: ${title.trim()}`);
  });

  it('keeps a text that holds an end of line of Unicode’s own', () => {
    const one = work({ unknownComponents: ['Fax\u2028phone'] });
    expect(readByNodeIcal(fileOf([one]))[0]!.description).toContain('Affected: API and Fax\nphone.');
  });

  it('lets no text break out of its line', () => {
    const text = 'one\r\nEND:VEVENT\rBEGIN:VALARM\nX:\u0000\u0007y\u2028z';
    const file = fileOf([
      work({ title: text, updates: [update('2026-11-18T09:00:00Z', 'scheduled', { text })] }),
    ]);
    expect(unfolded(file).filter((line) => /^(?:BEGIN|END):/.test(line))).toEqual([
      'BEGIN:VCALENDAR',
      'BEGIN:VEVENT',
      'END:VEVENT',
      'END:VCALENDAR',
    ]);
    expect(lines(file).join('')).not.toMatch(/\p{Cc}/u);
  });
});

const minute = fc
  .date({ min: new Date('2015-01-01'), max: new Date('2035-01-01'), noInvalidDate: true })
  .map((date) => Math.floor(date.getTime() / 60_000) * 60_000);

// One of them takes a backslash at the end of a category, though itself escaped, for the escape of the comma behind it.
const anyName = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
  .filter((name) => !name.includes('\\'));

const anyWork: fc.Arbitrary<Incident> = fc
  .record({
    slug: fc.stringMatching(/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,40}$/u),
    title: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 174 }),
    text: fc.string({ unit: 'grapheme', maxLength: 400 }),
    from: minute,
    length: fc.integer({ min: 1, max: 10_000 }),
    said: fc.array(minute, { minLength: 1, maxLength: 4 }),
    cancelled: fc.boolean(),
    unknownComponents: fc.array(anyName, { maxLength: 3 }),
  })
  .map(({ slug, title, text, from, length, said, cancelled, unknownComponents }) => {
    const updates = [...said]
      .sort((a, b) => a - b)
      .map((time, index, all) =>
        update(
          new Date(time).toISOString(),
          cancelled && index === all.length - 1 ? 'cancelled' : 'scheduled',
          { text },
        ),
      );
    return work({
      slug,
      title,
      updates,
      status: updates.at(-1)!.status,
      unknownComponents,
      window: { from, to: from + length * 60_000 },
    });
  });

describe('whatever the work', () => {
  it('both programs read the same events, and every line keeps to 75 bytes', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(anyWork, { selector: ({ slug }) => slug, maxLength: 4 }),
        minute,
        (all, now) => {
          const file = fileOf(all, { at: now });
          const read = readByIcalJs(file);
          expect(read).toHaveLength(all.length);
          expect(readByNodeIcal(file).map(comparable)).toEqual(read.map(comparable));
          for (const line of lines(file)) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
          expect(file).toBe(fileOf(all.toReversed(), { at: now }));
          for (const { window, updates, slug } of all) {
            const event = read.find(
              ({ uid }) => uid === `${encodeURIComponent(slug)}@status.nordhost.example`,
            )!;
            expect([event.from, event.to]).toEqual([window!.from, window!.to]);
            expect(event.sequence).toBe(updates.length);
            expect(event.stamp).toBe(event.modified);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

// One of them trims texts.
function comparable(event: Read): Read {
  const words = (text: string) => text.replace(/\s+/g, ' ').trim();
  return {
    ...event,
    summary: words(event.summary),
    description: words(event.description),
    categories: event.categories.map(words).filter((name) => name !== ''),
  };
}
