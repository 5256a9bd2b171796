import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stampText } from '../../../src/domain/stamp.ts';
import { readTimestamp } from '../../../src/domain/time.ts';
import { readStamp } from '../../../src/import/stamp.ts';

const read = (text: string, zone = 'UTC') => {
  const stamp = readStamp(text, zone);
  return stamp && `${new Date(stamp.at).toISOString().slice(0, 19)} ${stamp.precision}`;
};

describe('a time on a status page', () => {
  it.each([
    ['2024-03-11 09:05:00', '2024-03-11T09:05:00 minute'],
    ['2024-03-11T09:05:07.250Z', '2024-03-11T09:05:07 second'],
    ['2024-03-11T9:05:00-00:00', '2024-03-11T09:05:00 minute'],
    ['2024-03-11T09:05:00+02:00', '2024-03-11T07:05:00 minute'],
    ['2024-03-11 09:05:00 +0000 UTC', '2024-03-11T09:05:00 minute'],
    ['2024-03-11 09h05 UTC', '2024-03-11T09:05:00 minute'],
    ['2024-03-11 - 09:05 UTC', '2024-03-11T09:05:00 minute'],
    ['11th of March 2024 - 19:00 UTC', '2024-03-11T19:00:00 minute'],
    ['Monday, March 11, 2024 at 3:04 PM', '2024-03-11T15:04:00 minute'],
    ['Mar 11 2024 12:10 am', '2024-03-11T00:10:00 minute'],
    ['2024-03-11', '2024-03-11T00:00:00 day'],
  ])('%s is read', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each([
    '2024-02-30',
    '09:05 UTC',
    'Monday 11th',
    '03/11/2024',
    '2024-03-11 13:00 PM',
    '2024-03-11 09:05 EST',
    'soon',
    '',
  ])('"%s" is not guessed at', (text) => {
    expect(read(text)).toBeNull();
  });

  it('without a zone is meant in the zone of the site', () => {
    expect(read('2024-07-11 09:05', 'Europe/Berlin')).toBe('2024-07-11T07:05:00 minute');
  });
});

describe('a time in an incident file', () => {
  it('is written in the zone of the site, with seconds only where there are some', () => {
    const at = Date.UTC(2024, 6, 11, 7, 5);
    expect(stampText({ at, precision: 'minute' }, 'Europe/Berlin')).toBe('2024-07-11 09:05');
    expect(stampText({ at: at + 4000, precision: 'second' }, 'Europe/Berlin')).toBe('2024-07-11 09:05:04');
    expect(stampText({ at, precision: 'day' }, 'Europe/Berlin')).toBe('2024-07-11');
  });

  it('has an offset in the night when the clocks change', () => {
    expect(stampText({ at: Date.UTC(2024, 9, 27, 0, 30), precision: 'minute' }, 'Europe/Berlin')).toBe(
      '2024-10-27 02:30+02:00',
    );
    expect(stampText({ at: Date.UTC(2024, 9, 27, 1, 30), precision: 'minute' }, 'Europe/Berlin')).toBe(
      '2024-10-27 02:30+01:00',
    );
  });

  it('reads as the same moment, without a word of doubt, in every zone', () => {
    const zones = ['UTC', 'Europe/Berlin', 'Asia/Kolkata', 'America/St_Johns', 'Australia/Lord_Howe'];
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(1975, 0) / 1000, max: Date.UTC(2035, 0) / 1000 }),
        fc.constantFrom(...zones),
        (seconds, zone) => {
          const at = seconds * 1000;
          const reading = readTimestamp(stampText({ at, precision: 'second' }, zone), zone);
          expect(reading).toMatchObject({ ok: true, at, notes: [] });
        },
      ),
    );
  });
});
