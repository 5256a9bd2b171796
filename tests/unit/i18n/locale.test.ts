import { describe, expect, it } from 'vitest';
import { type Locale, locale } from '../../../src/i18n/locale.ts';
import { at } from '../domain/sample.ts';

const berlin = { timezone: 'Europe/Berlin', address: 'Sie' } as const;
const en = locale('en', berlin);
const de = locale('de', berlin);
const evening = at('2026-11-21T17:30:00Z');

/** Intl puts no-break spaces where the eye sees a space. */
const plain = (text: string) => text.replace(/[\u00a0\u202f\u2009]/g, ' ');

describe('a reader’s language', () => {
  const said = (make: (one: Locale) => string, english: string, german: string) => () => {
    expect(plain(make(en))).toBe(english);
    expect(plain(make(de))).toBe(german);
  };

  it(
    'says times with 24 hours',
    said((one) => one.time(evening), '18:30', '18:30'),
  );
  it(
    'says dates',
    said((one) => one.date(evening), '21 Nov 2026', '21. Nov. 2026'),
  );
  it(
    'says dates in full',
    said((one) => one.longDate(evening), '21 November 2026', '21. November 2026'),
  );
  it(
    'says months',
    said((one) => one.month('2026-03'), 'March 2026', 'März 2026'),
  );
  it(
    'joins names',
    said((one) => one.list(['a', 'b', 'c']), 'a, b and c', 'a, b und c'),
  );
  it(
    'groups digits',
    said((one) => one.number(1234567), '1,234,567', '1.234.567'),
  );
  it(
    'names the zone where the time stands alone',
    said((one) => one.full(evening), '21 Nov 2026, 18:30 CET', '21. Nov. 2026, 18:30 Uhr MEZ'),
  );
  it(
    'names the zone that holds at that time',
    said(
      (one) => one.full(at('2026-07-01T10:00:00Z')),
      '1 Jul 2026, 12:00 CEST',
      '1. Juli 2026, 12:00 Uhr MESZ',
    ),
  );
  it(
    'leaves out the date on the day itself',
    said((one) => one.moment(evening, evening + 3_600_000), '18:30', '18:30 Uhr'),
  );
  it(
    'says the date on another day',
    said((one) => one.moment(evening, evening + 86_400_000), '21 Nov, 18:30', '21. Nov., 18:30 Uhr'),
  );
  it(
    'says the year in another year',
    said(
      (one) => one.moment(evening, at('2027-01-02T00:00:00Z')),
      '21 Nov 2026, 18:30',
      '21. Nov. 2026, 18:30 Uhr',
    ),
  );
  it(
    'counts the days of the site’s zone, not of UTC',
    said((one) => one.moment(at('2026-11-21T23:30:00Z'), evening), '22 Nov, 00:30', '22. Nov., 00:30 Uhr'),
  );
  it(
    'names the day of an instant that may be read on another',
    said((one) => one.dated(evening, evening), '21 Nov, 18:30', '21. Nov., 18:30 Uhr'),
  );
  it('shows no time of day that is not known', () => {
    expect(en.moment(evening, evening, 'day')).toBe('21 Nov');
    expect(en.full(evening, 'day')).toBe('21 Nov 2026');
  });
  it(
    'says a window through a night with one date',
    said(
      (one) => one.window(evening, evening + 6 * 3_600_000, evening),
      'Sat 21 Nov, 18:30–00:30',
      'Sa., 21. Nov., 18:30–00:30',
    ),
  );
  it('says a window over days with both dates', () => {
    expect(plain(en.window(evening, evening + 3 * 86_400_000, evening))).toBe(
      'Sat 21 Nov, 18:30–Tue 24 Nov, 18:30',
    );
  });
  it('says a window in full, the zone once', () => {
    expect(plain(en.fullWindow(evening, evening + 3_600_000))).toBe('21 Nov 2026, 18:30 to 19:30 CET');
    expect(plain(en.fullWindow(evening, evening + 86_400_000))).toBe(
      '21 Nov 2026, 18:30 to 22 Nov 2026, 18:30 CET',
    );
  });
  it('names both zones of a window across a clock change', () => {
    expect(plain(en.fullWindow(at('2026-10-24T20:00:00Z'), at('2026-10-25T04:00:00Z')))).toBe(
      '24 Oct 2026, 22:00 CEST to 25 Oct 2026, 05:00 CET',
    );
  });
  it('says days of a calendar', () => {
    expect(plain(en.days('2026-11-14', '2026-11-14'))).toBe('14 Nov');
    expect(plain(en.days('2026-11-14', '2026-11-16'))).toBe('14 – 16 Nov');
  });
  it('names each language in that language', () => {
    expect([en.languageName('de'), en.languageName('pl'), en.languageName('no tag')]).toEqual([
      'Deutsch',
      'Polski',
      'English',
    ]);
  });
});

describe('how long something took', () => {
  const minute = 60_000;
  it.each([
    [0, 'less than 1 min', 'unter 1 Min.'],
    [-5 * minute, 'less than 1 min', 'unter 1 Min.'],
    [37 * minute, '37 min', '37 Min.'],
    [60 * minute, '1 h', '1 Std.'],
    [130 * minute, '2 h 10 min', '2 Std. 10 Min.'],
    [1440 * minute, '1 day', '1 Tag'],
    [1445 * minute, '1 day', '1 Tag'],
    [(2 * 1440 + 65) * minute, '2 days 1 h', '2 Tage 1 Std.'],
  ])('%d ms', (milliseconds, english, german) => {
    expect(plain(en.duration(milliseconds))).toBe(english);
    expect(plain(de.duration(milliseconds))).toBe(german);
  });
});

describe('words', () => {
  it('begin a line with a capital', () => {
    expect([de.status('in progress'), de.state('degraded performance')]).toEqual(['Läuft', 'Beeinträchtigt']);
  });
  it('stay as they are inside a line', () => {
    expect([de.statusInside('in progress'), de.stateInside('major outage')]).toEqual(['läuft', 'Ausfall']);
  });
  it('follow the number', () => {
    expect(en.t('updates.earlier', { count: 1 })).toBe('1 earlier update');
    expect(en.t('updates.earlier', { count: 2 })).toBe('2 earlier updates');
    expect(de.t('headline.more', { count: 1 })).toBe('und eine weitere');
  });
  it('put in what they are given, braces and all', () => {
    expect(en.t('headline.until', { title: '{time} $& x', time: '19:00' })).toBe('{time} $& x, until 19:00');
  });
  it('keep a placeholder that got no value', () => {
    expect(en.t('page.asOf')).toBe('As of {time}.');
  });
  it('can be cut around one placeholder', () => {
    expect(en.around('promise.by', 'time')).toEqual(['Next update by ', '.']);
    expect(en.around('page.skip', 'time')).toEqual(['Skip to content', '']);
  });
});

describe('speaking to readers', () => {
  it('is formal in German, unless the site says "du"', () => {
    expect(de.t('contact')).toBe('Fragen Sie uns:');
    expect(locale('de', { ...berlin, address: 'du' }).t('contact')).toBe('Frag uns:');
  });
  it('is the same either way in English', () => {
    expect(locale('en', { ...berlin, address: 'du' }).t('contact')).toBe(en.t('contact'));
  });
});

describe('a language without a file', () => {
  it('reads English words and dates', () => {
    const polish = locale('pl', berlin);
    expect([polish.language, polish.formats, polish.t('headline.well'), polish.date(evening)]).toEqual([
      'pl',
      'en-GB',
      'Everything works.',
      '21 Nov 2026',
    ]);
  });
  it('takes the file of its language for a region', () => {
    expect(locale('de-AT', berlin).t('headline.well')).toBe('Alles läuft.');
  });
  it('keeps its direction', () => {
    expect([locale('ar', berlin).direction, locale('he', berlin).direction, en.direction]).toEqual([
      'rtl',
      'rtl',
      'ltr',
    ]);
  });
});

describe('what nobody should write', () => {
  it('a tag that is no tag reads English', () => {
    expect(locale('not a tag!', berlin).t('headline.well')).toBe('Everything works.');
  });
  it('an unknown zone reads UTC', () => {
    expect(locale('en', { timezone: 'Mars/Olympus', address: 'Sie' }).time(evening)).toBe('17:30');
  });
});
