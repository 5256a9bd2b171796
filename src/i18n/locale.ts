import type { Instant, Update } from '../domain/incident.ts';
import type { Site } from '../domain/site.ts';
import { dateIn } from '../domain/time.ts';
import type { ComponentState, Impact, Kind, Status } from '../domain/words.ts';
import german from './de.json' with { type: 'json' };
import { directionOf } from './direction.ts';
import english from './en.json' with { type: 'json' };
import { lookUp, type TextNode } from './lookup.ts';

/** Forms of one text by plural category, as `Intl.PluralRules` names them. */
interface PluralForms {
  one?: string;
  other: string;
}

/** Paths to the texts of a language file: `page.skip`. A text with plural forms is one text. */
type PathsOf<T> = {
  [K in keyof T & string]: T[K] extends string | PluralForms ? K : `${K}.${PathsOf<T[K]>}`;
}[keyof T & string];

/** Every text of the interface, checked at compile time against the English file. */
export type TextKey = PathsOf<typeof english>;

/** Values for the `{placeholders}` of a text; `count` also chooses the plural form. */
export type Params = Record<string, string | number>;

/** What a reader's language makes of words, numbers and instants. All times are in the one zone it was made for. */
export interface Locale {
  /** The BCP 47 tag asked for, in canonical spelling. */
  language: string;
  /** The BCP 47 tag that its dates and numbers are written by. */
  formats: string;
  direction: 'ltr' | 'rtl';
  /** IANA name of the zone that every time is given in. */
  timezone: string;
  /** A text with its placeholders filled in. It is plain text: escape it where it becomes markup. */
  t(key: TextKey, params?: Params): string;
  /** A text cut where `{name}` stands, so that an element can take that place. */
  around(key: TextKey, name: string, params?: Params): [before: string, after: string];
  /** Word of a status, as it begins a line. */
  status(status: Status): string;
  /** Word of a status inside a line. */
  statusInside(status: Status): string;
  /** Word of a component state, as it begins a line. */
  state(state: ComponentState): string;
  /** Word of a component state inside a line. */
  stateInside(state: ComponentState): string;
  /** The state in a word or two, for a narrow column. */
  stateShort(state: ComponentState): string;
  /** Word of an impact, as it begins a line. */
  impact(impact: Impact): string;
  kind(kind: Kind): string;
  number(value: number): string;
  /** `99.98 %`, of ten-thousandths; a whole number of per cent without digits behind the point. */
  percent(tenThousandths: number): string;
  /** `Web hosting, Mail and API`. */
  list(items: string[]): string;
  /** `18:30`, always 24 hours. */
  time(at: Instant): string;
  /** `21 Nov 2026`. */
  date(at: Instant): string;
  /** `21 November 2026`. */
  longDate(at: Instant): string;
  /** `Sat 21 Nov`, with the year where it is another than that of `near`. */
  weekday(at: Instant, near: Instant): string;
  /** `21 Nov`, with the year where it is another than that of `near`. */
  shortDate(at: Instant, near: Instant): string;
  /** `November 2026`, of a month written `YYYY-MM`. */
  month(month: string): string;
  /** `Nov`: a month written `YYYY-MM`, without its year. */
  monthName(month: string): string;
  /** `16 Nov 2026`: a day written `YYYY-MM-DD`. */
  calendarDay(day: string): string;
  /** `14–16 Nov`: days written `YYYY-MM-DD`, both included. */
  days(from: string, to: string): string;
  /** `18:30` on the day of `near`, else `20 Nov, 18:30`. With precision `day` the date alone. */
  moment(at: Instant, near: Instant, precision?: Update['precision']): string;
  /** `20 Nov, 18:30`, with the year where it is another than that of `near`. */
  dated(at: Instant, near: Instant): string;
  /** `21 Nov 2026, 18:30 CET`. With precision `day` the date alone. */
  full(at: Instant, precision?: Update['precision']): string;
  /** `Tue 24 Nov, 22:00–04:00`: a window, its end dated where it is not within a day of its begin. */
  window(from: Instant, to: Instant, near: Instant): string;
  /** `24 Nov 2026, 22:00 CET to 25 Nov 2026, 04:00 CET`. */
  fullWindow(from: Instant, to: Instant): string;
  /** `2 h 10 min`: the two largest units, whole minutes, never negative. */
  duration(milliseconds: number): string;
  /** `YYYY-MM-DD` of the calendar day. */
  day(at: Instant): string;
  /** The name of a language in that language: `Deutsch`. */
  languageName(tag: string): string;
}

/** What a language file must know to speak to a site's readers. */
export interface LocaleOptions {
  timezone: string;
  address: Site['address'];
}

const FILES: Record<string, TextNode> = { en: english, de: german };

// The English of these pages writes dates as in "21 Nov 2026, 18:30 CET"; plain `en` would format as in the United States.
const FORMAT_OF: Record<string, string> = { en: 'en-GB' };

const MINUTE = 60_000;
const DAY = 86_400_000;

/** Languages that have a file of their own. */
export const TRANSLATED_LANGUAGES: readonly string[] = Object.keys(FILES);

/**
 * The locale of a language. A language without a file of its own gets English words and dates; a single missing
 * text is taken from English. An unreadable tag counts as English, an unknown zone as UTC: nothing throws.
 */
export function locale(language: string, options: LocaleOptions): Locale {
  const key = JSON.stringify([language, options.timezone, options.address]);
  let made = MADE.get(key);
  if (made === undefined) {
    made = makeLocale(canonicalTag(language), knownZone(options.timezone), options.address);
    MADE.set(key, made);
  }
  return made;
}

const MADE = new Map<string, Locale>();

function makeLocale(language: string, timezone: string, address: Site['address']): Locale {
  const own = fileOf(language);
  const file = FILES[own] ?? english;
  // A language without a file reads English sentences: dates in another language would stand oddly inside them.
  const formatTag =
    FORMAT_OF[language] ?? (own === language.split('-')[0] ? language : (FORMAT_OF[own] ?? own));
  const plural = new Intl.PluralRules(own);
  const fallbackPlural = new Intl.PluralRules('en');
  const numbers = new Intl.NumberFormat(formatTag);
  const and = new Intl.ListFormat(formatTag, { type: 'conjunction' });
  const format = (fields: Intl.DateTimeFormatOptions) => {
    const made = new Intl.DateTimeFormat(formatTag, { timeZone: timezone, ...fields });
    return (at: Instant) => made.format(at);
  };
  const time = format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const dayMonth = format({ day: 'numeric', month: 'short' });
  const date = format({ day: 'numeric', month: 'short', year: 'numeric' });
  const weekdayShort = format({ weekday: 'short', day: 'numeric', month: 'short' });
  const weekdayYear = format({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
  const zoneName = new Intl.DateTimeFormat(formatTag, { timeZone: timezone, timeZoneName: 'short' });

  // Days and months that are already named need no zone: they are read and written as UTC.
  const utc = (fields: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(formatTag, { timeZone: 'UTC', ...fields });
  const monthYear = utc({ month: 'long', year: 'numeric' });
  const monthAlone = utc({ month: 'short' });
  const calendarDays = utc({ day: 'numeric', month: 'short' });
  const calendarDate = utc({ day: 'numeric', month: 'short', year: 'numeric' });
  const percent = new Intl.NumberFormat(formatTag, { style: 'percent', minimumFractionDigits: 2 });
  const wholePercent = new Intl.NumberFormat(formatTag, { style: 'percent' });

  const day = (at: Instant) => dateIn(at, timezone);
  const zone = (at: Instant) =>
    zoneName.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? timezone;
  const sameYear = (a: Instant, b: Instant) => day(a).slice(0, 4) === day(b).slice(0, 4);

  const text = (key: string, params: Params): string => {
    const count = typeof params.count === 'number' ? params.count : null;
    const pattern =
      lookUp(file, key, address, count === null ? null : plural.select(count)) ??
      lookUp(english, key, address, count === null ? null : fallbackPlural.select(count)) ??
      key;
    return pattern.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = params[name];
      if (value === undefined) return whole;
      return typeof value === 'number' ? numbers.format(value) : value;
    });
  };

  const result: Locale = {
    language,
    formats: formatTag,
    direction: directionOf(language),
    timezone,
    t: (key, params = {}) => text(key, params),
    around(key, name, params = {}) {
      const whole = text(key, params);
      const mark = `{${name}}`;
      const at = whole.indexOf(mark);
      return at < 0 ? [whole, ''] : [whole.slice(0, at), whole.slice(at + mark.length)];
    },
    status: (status) => capital(text(`words.status.${status}`, {}), language),
    statusInside: (status) => text(`words.status.${status}`, {}),
    state: (state) => capital(text(`words.state.${state}`, {}), language),
    stateInside: (state) => text(`words.state.${state}`, {}),
    stateShort: (state) => text(`stateShort.${state}`, {}),
    impact: (impact) => capital(text(`words.impact.${impact}`, {}), language),
    kind: (kind) => text(`kind.${kind}`, {}),
    number: (value) => numbers.format(value),
    percent: (share) => (share % 100 === 0 ? wholePercent : percent).format(share / 10_000),
    list: (items) => and.format(items),
    time,
    date,
    longDate: format({ day: 'numeric', month: 'long', year: 'numeric' }),
    weekday: (at, near) => (sameYear(at, near) ? weekdayShort(at) : weekdayYear(at)),
    shortDate: (at, near) => (sameYear(at, near) ? dayMonth(at) : date(at)),
    month: (month) => monthYear.format(Date.parse(`${month}-01`)),
    monthName: (month) => monthAlone.format(Date.parse(`${month}-01`)),
    calendarDay: (date) => calendarDate.format(Date.parse(date)),
    days: (from, to) => calendarDays.formatRange(Date.parse(from), Date.parse(to)),
    moment(at, near, precision = 'minute') {
      if (precision === 'day') return result.shortDate(at, near);
      if (day(at) === day(near)) return text('moment.sameDay', { time: time(at) });
      return result.dated(at, near);
    },
    dated: (at, near) => text('moment.otherDay', { date: result.shortDate(at, near), time: time(at) }),
    full(at, precision = 'minute') {
      if (precision === 'day') return date(at);
      return text('moment.full', { date: date(at), time: time(at), zone: zone(at) });
    },
    window(from, to, near) {
      const begin = text('moment.bare', { date: result.weekday(from, near), time: time(from) });
      const end =
        to - from < DAY ? time(to) : text('moment.bare', { date: result.weekday(to, near), time: time(to) });
      return text('moment.range', { from: begin, to: end });
    },
    fullWindow(from, to) {
      const end =
        day(from) === day(to) ? text('moment.clock', { time: time(to), zone: zone(to) }) : result.full(to);
      const begin =
        zone(from) === zone(to)
          ? text('moment.otherDay', { date: date(from), time: time(from) })
          : result.full(from);
      return text('moment.fromTo', { from: begin, to: end });
    },
    duration(milliseconds) {
      const minutes = Math.floor(Math.max(0, milliseconds) / MINUTE);
      if (minutes < 1) return text('duration.less', {});
      const units: [key: string, count: number][] = [
        ['duration.days', Math.floor(minutes / 1440)],
        ['duration.hours', Math.floor((minutes % 1440) / 60)],
        ['duration.minutes', minutes % 60],
      ];
      const first = units.findIndex(([, count]) => count > 0);
      return units
        .slice(first, first + 2)
        .filter(([, count]) => count > 0)
        .map(([unit, count]) => text(unit, { count }))
        .join(' ');
    },
    day,
    languageName(tag) {
      const known = canonicalTag(tag);
      const name = new Intl.DisplayNames([known], { type: 'language' }).of(known) ?? known;
      return capital(name, known);
    },
  };
  return result;
}

/** The language file that serves a tag: its own, that of its language without region, else English. */
function fileOf(tag: string): string {
  const base = tag.split('-')[0] ?? tag;
  if (tag in FILES) return tag;
  return base in FILES ? base : 'en';
}

function canonicalTag(tag: string): string {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? 'en';
  } catch {
    return 'en';
  }
}

function knownZone(timezone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: timezone }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
}

/** The text with its first character as a capital, as its language writes it. */
function capital(text: string, language: string): string {
  const [first = ''] = text;
  return first.toLocaleUpperCase(language) + text.slice(first.length);
}
