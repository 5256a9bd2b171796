import { describe, expect, it } from 'vitest';
import { ownTime } from '../../../src/reader/own-time.ts';

const at = (text: string) => Date.parse(text);
const evening = at('2026-11-21T18:00:00Z');
const BERLIN = 'Europe/Berlin';
/** Without the thin and unbroken spaces that dates are set with. */
const plain = (text: string) => text.replace(/[\u2009\u202f\u00a0]/g, ' ');

describe('the reader’s own time', () => {
  it('is the time of day where the reader has the same date', () => {
    expect(ownTime(evening, evening, 'en-GB', BERLIN, 'America/New_York')).toBe('13:00');
    expect(ownTime(evening, evening, 'de', BERLIN, 'America/New_York')).toBe('13:00');
  });

  it('has the date where the reader has another one', () => {
    expect(ownTime(evening, evening, 'en-GB', BERLIN, 'Asia/Tokyo')).toBe('22 Nov 2026, 03:00');
    expect(ownTime(evening, evening, 'de', BERLIN, 'Asia/Tokyo')).toBe('22.11.2026, 03:00');
  });

  it('is not said where both clocks show the same, whatever the zones are called', () => {
    expect(ownTime(evening, evening, 'en-GB', BERLIN, BERLIN)).toBe('');
    expect(ownTime(evening, evening, 'en-GB', BERLIN, 'Europe/Vienna')).toBe('');
  });

  it('is that of the instant: in summer London is an hour behind, whatever the season is now', () => {
    const summer = at('2026-07-01T10:00:00Z');
    expect(ownTime(summer, summer, 'en-GB', BERLIN, 'Europe/London')).toBe('11:00');
  });

  it('tells both ends of a window', () => {
    const [from, to] = [at('2026-11-24T21:00:00Z'), at('2026-11-25T03:00:00Z')];
    expect(plain(ownTime(from, to, 'en-GB', BERLIN, 'America/New_York'))).toBe('24 Nov 2026, 16:00–22:00');
    expect(plain(ownTime(from, to, 'en-GB', BERLIN, 'Asia/Tokyo'))).toBe('25 Nov 2026, 06:00–12:00');
    const [noon, later] = [at('2026-11-24T11:00:00Z'), at('2026-11-24T12:30:00Z')];
    expect(plain(ownTime(noon, later, 'en-GB', BERLIN, 'Europe/London'))).toBe('11:00–12:30');
  });
});
