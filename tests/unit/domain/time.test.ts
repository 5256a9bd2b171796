import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  dateIn,
  readDuration,
  readLeadingTimestamp,
  readTimestamp,
  startOfDay,
} from '../../../src/domain/time.ts';

const BERLIN = 'Europe/Berlin';

function read(text: string, zone = BERLIN): string {
  const reading = readTimestamp(text, zone);
  return reading.ok
    ? new Date(reading.at).toISOString()
    : `refused: ${reading.suggestion ?? 'no suggestion'}`;
}

function notes(text: string, zone = BERLIN): string[] {
  const reading = readTimestamp(text, zone);
  return reading.ok ? reading.notes.map((note) => note.code) : ['refused'];
}

describe('a timestamp', () => {
  const silently: [string, string][] = [
    ['2026-11-21 18:30', '2026-11-21T17:30:00.000Z'],
    ['2026-11-21T18:30', '2026-11-21T17:30:00.000Z'],
    ['2026-11-21 18:30:05', '2026-11-21T17:30:05.000Z'],
    ['"2026-11-21 18:30"', '2026-11-21T17:30:00.000Z'],
    ["'2026-11-21'", '2026-11-20T23:00:00.000Z'],
    ['  2026-11-21  18:30  ', '2026-11-21T17:30:00.000Z'],
    ['2026-11-21\u00a018:30', '2026-11-21T17:30:00.000Z'],
    ['2026-11-21 18:30Z', '2026-11-21T18:30:00.000Z'],
    ['2026-11-21T18:30:00z', '2026-11-21T18:30:00.000Z'],
    ['2026-11-21 18:30+05:30', '2026-11-21T13:00:00.000Z'],
    ['2026-11-21 18:30 -0800', '2026-11-22T02:30:00.000Z'],
    ['2026-11-21 18:30-00:00', '2026-11-21T18:30:00.000Z'],
    ['2026-07-21', '2026-07-20T22:00:00.000Z'],
    ['2028-02-29', '2028-02-28T23:00:00.000Z'],
  ];
  it.each(silently)('%s is read', (text, at) => {
    expect(read(text)).toBe(at);
    expect(notes(text)).toEqual([]);
  });

  it('knows whether it names a day, a minute or a second', () => {
    const precision = (text: string) => {
      const reading = readTimestamp(text, BERLIN);
      return reading.ok ? reading.precision : 'refused';
    };
    expect(['2026-11-21', '2026-11-21 18:30', '2026-11-21 18:30:00'].map(precision)).toEqual([
      'day',
      'minute',
      'second',
    ]);
  });

  const withWarning: [string, string, string][] = [
    ['2026-11-21 9:05', '2026-11-21 09:05', 'one-digit-hour'],
    ['21.11.2026 18:30', '2026-11-21 18:30', 'german-date'],
    ['1.2.2026', '2026-02-01', 'german-date'],
    ['21.11.2026, 18:30', '2026-11-21 18:30', 'german-date'],
    ['2026-11-21 18:30 Uhr', '2026-11-21 18:30', 'time-word'],
    ['2026–11–21 18:30', '2026-11-21 18:30', 'typographic-time'],
    ['２０２６-11-21 18：30', '2026-11-21 18:30', 'typographic-time'],
    ['2026-11-21T18:30:05.123Z', '2026-11-21 18:30:05Z', 'fraction-of-second'],
  ];
  it.each(withWarning)('%s is read as %s, with a warning', (text, canonical, code) => {
    const reading = readTimestamp(text, BERLIN);
    expect(reading).toMatchObject({ ok: true, canonical });
    expect(notes(text)).toEqual([code]);
    expect(read(canonical)).toBe(read(text));
    expect(notes(canonical)).toEqual([]);
  });

  const refused: [string, string | null][] = [
    ['11/21/2026', '2026-11-21'],
    ['11/21/2026 6:30 PM', '2026-11-21 18:30'],
    ['11/12/2026', null],
    ['2026/11/21 18:30', '2026-11-21 18:30'],
    ['2026.11.21', '2026-11-21'],
    ['2026-1-5', '2026-01-05'],
    ['2026-02-30', null],
    ['2026-13-21 04:15', null],
    ['2026-11-21 24:30', '2026-11-22 00:30'],
    ['2026-12-31 24:00', '2027-01-01 00:00'],
    ['2026-11-21 25:00', null],
    ['2026-11-21 18:60', null],
    ['2026-11-21 18:30:60', null],
    ['2026-11-21 18.30', '2026-11-21 18:30'],
    ['2026-11-21 1830', '2026-11-21 18:30'],
    ['2026-11-21, 18:30', '2026-11-21 18:30'],
    ['2026-11-21 at 18:30', '2026-11-21 18:30'],
    ['2026-11-21 18', '2026-11-21 18:00'],
    ['2026-11-21 18:3', null],
    ['2026-11-21 6:30 pm', '2026-11-21 18:30'],
    ['2026-11-21 12:30 am', '2026-11-21 00:30'],
    ['2026-11-21 18:30 UTC', '2026-11-21 18:30Z'],
    ['2026-11-21 18:30 MEZ', '2026-11-21 18:30+01:00'],
    ['2026-11-21 18:30 EST', null],
    ['2026-11-21 18:30+15:00', null],
    ['18:30', null],
    ['18:30 UTC', null],
    ['24:30', null],
    ['20261121T1730Z', '2026-11-21 17:30Z'],
    ['21 November 2026, 18:30', '2026-11-21 18:30'],
    ['Nov 21, 2026', '2026-11-21'],
    ['21. März 2026', '2026-03-21'],
    ['21.11.26 18:30', '2026-11-21 18:30'],
    ['1969-12-31', null],
    ['2201-01-01', null],
    ['2026-11-21 18:30 or so', '2026-11-21 18:30'],
    ['tomorrow', null],
    ['', null],
    ['1763742600', null],
  ];
  it.each(refused)('%s is refused, the right spelling is %s', (text, suggestion) => {
    const reading = readTimestamp(text, BERLIN);
    expect(reading).toMatchObject({ ok: false, suggestion });
    expect(!reading.ok && reading.message.length).toBeGreaterThan(10);
    if (suggestion !== null) expect(notes(suggestion)).toEqual([]);
  });

  it('says what is wrong in words', () => {
    const message = (text: string) => {
      const reading = readTimestamp(text, BERLIN);
      return reading.ok ? '' : reading.message;
    };
    expect(message('2026-13-21')).toBe('There is no month 13.');
    expect(message('2026-02-30')).toContain('28 days');
    expect(message('2026-11-21 24:30')).toContain('00:30 of the next day');
    expect(message('11/12/2026')).toContain('two readings, 2026-11-12 and 2026-12-11');
  });

  it('in the hour that the clocks skip is moved on, with a warning', () => {
    expect(read('2026-03-29 02:30')).toBe('2026-03-29T01:30:00.000Z');
    expect(notes('2026-03-29 02:30')).toEqual(['skipped-hour']);
    expect(notes('2026-03-29 02:30Z')).toEqual([]);
  });

  it('in the hour that comes twice is the first one, with a warning', () => {
    expect(read('2026-10-25 02:30')).toBe('2026-10-25T00:30:00.000Z');
    expect(notes('2026-10-25 02:30')).toEqual(['repeated-hour']);
    expect(notes('2026-10-25 02:30+01:00')).toEqual([]);
  });

  it('agrees with Temporal in every zone at every hour', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(
          'Europe/Berlin',
          'America/New_York',
          'Australia/Lord_Howe',
          'Asia/Kolkata',
          'America/Havana',
        ),
        fc.integer({ min: Date.UTC(1971, 0), max: Date.UTC(2060, 0) }),
        (zone, moment) => {
          const local = new Date(moment).toISOString().slice(0, 16);
          const expected = Temporal.PlainDateTime.from(local).toZonedDateTime(zone).epochMilliseconds;
          expect(readTimestamp(local, zone)).toMatchObject({ ok: true, at: expected });
        },
      ),
      { numRuns: 300 },
    );
  });

  it('in a zone that does not exist counts as UTC', () => {
    expect(read('2026-11-21 18:30', 'Mars/Olympus')).toBe('2026-11-21T18:30:00.000Z');
    expect(read('2026-11-21', 'Mars/Olympus')).toBe('2026-11-21T00:00:00.000Z');
  });

  it('never makes the reader throw, and what is read is within its years', () => {
    const pieces = fc.array(
      fc.constantFrom(
        '2026',
        '-',
        '11',
        '21',
        ' ',
        'T',
        '18',
        ':',
        '30',
        '.',
        '/',
        '+',
        '01',
        'Z',
        'Uhr',
        'pm',
        '9',
      ),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          pieces.map((all) => all.join('')),
        ),
        (text) => {
          const reading = readTimestamp(text, BERLIN);
          readLeadingTimestamp(text, BERLIN);
          if (!reading.ok) return;
          expect(reading.at).toBeGreaterThan(Date.UTC(1969, 11, 31));
          expect(reading.at).toBeLessThan(Date.UTC(2201, 0, 2));
          expect(readTimestamp(reading.canonical, BERLIN)).toMatchObject({ ok: true, at: reading.at });
        },
      ),
    );
  });
});

describe('a text that begins with a timestamp', () => {
  const taken: [string, string][] = [
    ['2026-11-21 18:30 identified', '2026-11-21 18:30'],
    ['2026-11-21: all good', '2026-11-21'],
    ['2026-11-21 18:30–19:00', '2026-11-21 18:30'],
    ['2026-11-21 3 racks are back', '2026-11-21'],
    ['21.11.2026, 18:30 Uhr: behoben', '21.11.2026, 18:30 Uhr'],
    ['2026-11-21 18:30Z identified', '2026-11-21 18:30Z'],
  ];
  it.each(taken)('%s: takes %s', (text, part) => {
    const reading = readLeadingTimestamp(text, BERLIN);
    expect(reading?.ok === true && text.slice(0, reading.length)).toBe(part);
  });

  const attempts: [string, string | null][] = [
    ['2026-13-21 04:15 monitoring', null],
    ['2026-11-21 6:30pm identified', '2026-11-21 18:30'],
    ['2026-11-21 18:30 UTC resolved', '2026-11-21 18:30Z'],
    ['2026-11-21 **18:30** resolved', '2026-11-21 18:30'],
    ['18:30 identified', null],
    ['11/21/2026 18:30 up', '2026-11-21 18:30'],
  ];
  it.each(attempts)('%s: an attempt that fails', (text, suggestion) => {
    expect(readLeadingTimestamp(text, BERLIN)).toMatchObject({ ok: false, suggestion });
  });

  it.each([
    'What happened',
    '10.0.0.1 is down',
    '2026 in numbers',
    '3 racks',
    'Mayday 3',
    '',
    '1.2.3 release',
  ])('%s: no timestamp', (text) => {
    expect(readLeadingTimestamp(text, BERLIN)).toBeNull();
  });
});

describe('a duration', () => {
  const spans: [string, number | null][] = [
    ['30m', 30],
    ['2h', 120],
    ['1h30m', 90],
    ['1h 30 min', 90],
    ['90 min', 90],
    ['1d', 1440],
    ['2 Stunden', 120],
    ['1,5 h', 90],
    ['30', null],
    ['m', null],
    ['-30m', null],
    ['0m', null],
    ['30m1h', null],
    ['400d', null],
    ['2026-11-21', null],
    ['soon', null],
  ];
  it.each(spans)('%s is %s minutes', (text, minutes) => {
    expect(readDuration(text)).toBe(minutes === null ? null : minutes * 60_000);
  });
});

describe('the calendar', () => {
  it('begins a day at the first moment the clocks show it', () => {
    expect(new Date(startOfDay('2026-11-21', BERLIN)).toISOString()).toBe('2026-11-20T23:00:00.000Z');
    // In Havana the clocks went from midnight to one o'clock.
    expect(dateIn(startOfDay('2026-03-08', 'America/Havana'), 'America/Havana')).toBe('2026-03-08');
  });

  it('finds the day of each moment', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(BERLIN, 'America/New_York', 'Pacific/Auckland', 'America/Havana'),
        fc.integer({ min: Date.UTC(1971, 0), max: Date.UTC(2060, 0) }),
        (zone, at) => {
          const date = dateIn(at, zone);
          expect(startOfDay(date, zone)).toBeLessThanOrEqual(at);
          expect(startOfDay(addDays(date, 1), zone)).toBeGreaterThan(at);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('counts days over months, years and clock changes', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
    expect(addDays('2026-03-28', 2)).toBe('2026-03-30');
  });
});
