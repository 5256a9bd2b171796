import { Temporal } from 'temporal-polyfill';
import type { Instant } from './incident.ts';

/** What was read with a word to say about it: a warning, never a refusal. */
export interface TimestampNote {
  code:
    | 'one-digit-hour'
    | 'german-date'
    | 'time-word'
    | 'typographic-time'
    | 'skipped-hour'
    | 'repeated-hour'
    | 'fraction-of-second';
  /** Whole sentences. */
  message: string;
}

/**
 * What a text says about a moment (DESIGN §2, "Timestamps").
 * `canonical` is the right spelling of what was read and reads as the same moment.
 * `length` counts the characters (UTF-16 units) that were taken from the text, spaces before it included.
 * A refusal has the right spelling as `suggestion` where there is one.
 */
export type TimestampReading =
  | {
      ok: true;
      at: Instant;
      precision: 'day' | 'minute' | 'second';
      canonical: string;
      length: number;
      notes: TimestampNote[];
    }
  | { ok: false; message: string; suggestion: string | null };

/** What a refusal leads to, as a sentence that follows its message: the right spelling, or how times are written. */
export function spellingAdvice({
  message,
  suggestion,
}: {
  message: string;
  suggestion: string | null;
}): string {
  if (suggestion !== null) return ` Did you mean "${suggestion}"?`;
  return message.includes(SHAPE) ? '' : ` Times are written ${SHAPE}.`;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const FIRST_YEAR = 1970;
const LAST_YEAR = 2200;
const SHAPE = 'YYYY-MM-DD HH:MM';

const MONTHS: Record<string, number> = {
  january: 1,
  jan: 1,
  januar: 1,
  jänner: 1,
  february: 2,
  feb: 2,
  februar: 2,
  march: 3,
  mar: 3,
  märz: 3,
  mrz: 3,
  april: 4,
  apr: 4,
  may: 5,
  mai: 5,
  june: 6,
  jun: 6,
  juni: 6,
  july: 7,
  jul: 7,
  juli: 7,
  august: 8,
  aug: 8,
  september: 9,
  sep: 9,
  sept: 9,
  october: 10,
  oct: 10,
  oktober: 10,
  okt: 10,
  november: 11,
  nov: 11,
  december: 12,
  dec: 12,
  dezember: 12,
  dez: 12,
};

/** Offsets of zone names that people write and that mean one thing. */
const ZONE_WORDS: Record<string, string> = {
  utc: 'Z',
  gmt: 'Z',
  cet: '+01:00',
  mez: '+01:00',
  cest: '+02:00',
  mesz: '+02:00',
};

const two = (n: number): string => String(n).padStart(2, '0');
const iso = (year: number, month: number, day: number): string =>
  `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;

/** The same text, as long, with the digits, dashes, colons and spaces that a typewriter has. */
function plainCharacters(text: string): string {
  return text
    .replace(/[\uFF10-\uFF19]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replace(/[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]/g, '-')
    .replace(/[\uFF1A\u2236]/g, ':')
    .replace(/[\u00A0\u2000-\u200A\u202F\u205F\u3000\t]/g, ' ');
}

interface Parts {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  precision: 'day' | 'minute' | 'second';
  /** Milliseconds east of UTC; null: the site's zone. */
  offset: number | null;
  /** As written in `canonical`. */
  zone: string;
}

/** The date that a day beyond the month's end, or the next day, falls on. */
function shiftedDate(year: number, month: number, day: number, days: number): string {
  return new Date(Date.UTC(year, month - 1, day + days)).toISOString().slice(0, 10);
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function refuse(message: string, suggestion: string | null = null): TimestampReading {
  return { ok: false, message, suggestion };
}

/** Why a calendar date can't be, or null. */
function dateFault(year: number, month: number, day: number): string | null {
  if (year < FIRST_YEAR || year > LAST_YEAR) {
    return `The year ${year} lies outside ${FIRST_YEAR} to ${LAST_YEAR}.`;
  }
  if (month < 1 || month > 12) return `There is no month ${two(month)}.`;
  const last = daysIn(year, month);
  if (day < 1 || day > last) {
    return `There is no day ${two(day)} in ${String(year)}-${two(month)}: that month has ${last} days.`;
  }
  return null;
}

function spelled(parts: Parts): string {
  const date = iso(parts.year, parts.month, parts.day);
  if (parts.precision === 'day') return date;
  const seconds = parts.precision === 'second' ? `:${two(parts.second)}` : '';
  return `${date} ${two(parts.hour)}:${two(parts.minute)}${seconds}${parts.zone}`;
}

const DATE = /^(?:(\d{4})-(\d{2})-(\d{2})|(\d{1,2})\.(\d{1,2})\.(\d{4}))(?!\d|\p{L}|[./-]\d)/u;
const DATE_THEN_T = /^(\d{4})-(\d{2})-(\d{2})(?=[Tt]\d)/;
const CLOCK = /^(\d{1,2}):(\d{2})(?::(\d{2})([.,]\d{1,9})?)?(?!\d|:\d)/;
const OFFSET = /^ {0,2}(?:([Zz])(?![\p{L}\d])|([+-])(\d{2})(?::?(\d{2}))?(?!\d))/u;
const HALF_OF_DAY = /^ {0,2}([ap])\.?m\b\.?/i;
const ZONE_WORD =
  /^ {1,2}\(?(UTC|GMT|CES?T|MES?Z|WES?T|EES?T|BST|[ECMP][SD]T|IST|JST|AE[SD]T|MSK)\b\)?(?:([+-])(\d{1,2})(?::?(\d{2}))?)?/;
const UHR = /^ {0,2}(?:Uhr|h|hrs)(?![\p{L}\d])\.?/iu;

/** Reads what stands at the very beginning of `text`; null where it is no attempt at a timestamp. */
function readPrefix(original: string, timeZone: string): TimestampReading | null {
  const text = plainCharacters(original);
  const indent = text.length - text.trimStart().length;
  let at = indent;
  const rest = (): string => text.slice(at, at + 80);

  const dateMatch = DATE_THEN_T.exec(rest()) ?? DATE.exec(rest());
  if (!dateMatch) return readAttempt(rest());
  const german = dateMatch[4] !== undefined;
  const year = Number(german ? dateMatch[6] : dateMatch[1]);
  const month = Number(german ? dateMatch[5] : dateMatch[2]);
  const day = Number(german ? dateMatch[4] : dateMatch[3]);
  at += dateMatch[0].length;
  const parts: Parts = {
    year,
    month,
    day,
    hour: 0,
    minute: 0,
    second: 0,
    precision: 'day',
    offset: null,
    zone: '',
  };
  const notes: TimestampNote[] = [];
  const date = iso(year, month, day);
  const fault = dateFault(year, month, day);

  const gap = (german ? /^(?:,? +|,)/ : /^(?:[Tt]| +)/).exec(rest())?.[0] ?? '';
  const clock = gap === '' ? null : CLOCK.exec(text.slice(at + gap.length, at + gap.length + 40));
  if (clock === null) {
    const almost = readAlmostClock(rest(), date);
    if (almost) return fault ? refuse(fault) : almost;
  } else {
    at += gap.length + clock[0].length;
    parts.hour = Number(clock[1]);
    parts.minute = Number(clock[2]);
    parts.precision = clock[3] === undefined ? 'minute' : 'second';
    parts.second = Number(clock[3] ?? 0);
    if (fault) return refuse(fault);
    const half = HALF_OF_DAY.exec(rest());
    if (half) {
      const hour = (parts.hour % 12) + (half[1]?.toLowerCase() === 'p' ? 12 : 0);
      return refuse(
        'Times are written with 24 hours, without am and pm.',
        parts.hour >= 1 && parts.hour <= 12 && parts.minute < 60 ? spelled({ ...parts, hour }) : null,
      );
    }
    if (parts.minute > 59) return refuse(`There is no minute ${two(parts.minute)}.`);
    if (parts.second > 59) return refuse(`There is no second ${two(parts.second)}.`);
    if (parts.hour === 24) {
      const next = shiftedDate(year, month, day, 1);
      const right = `${next} 00:${two(parts.minute)}`;
      return refuse(
        `There is no hour 24: 24:${two(parts.minute)} is 00:${two(parts.minute)} of the next day.`,
        right,
      );
    }
    if (parts.hour > 23) return refuse(`There is no hour ${two(parts.hour)}.`);
    if (clock[4] !== undefined) {
      notes.push({ code: 'fraction-of-second', message: 'Fractions of a second are left out.' });
    }
    if ((clock[1] ?? '').length === 1) {
      notes.push({
        code: 'one-digit-hour',
        message: `An hour has two digits: ${two(parts.hour)}:${two(parts.minute)}.`,
      });
    }
    const uhr = UHR.exec(rest());
    if (uhr) {
      at += uhr[0].length;
      notes.push({ code: 'time-word', message: 'No word stands after the time.' });
    }
    // A dash longer than a hyphen or a minus stands between two times, not before an offset.
    const ranges = /^\s{0,2}[\u2012-\u2015]/.test(original.slice(at, at + 3));
    const offset = ranges ? null : OFFSET.exec(rest());
    if (offset) {
      const hours = Number(offset[3] ?? 0);
      const minutes = Number(offset[4] ?? 0);
      if (hours > 14 || minutes > 59) return refuse(`There is no offset ${offset[0].trim()} from UTC.`);
      at += offset[0].length;
      parts.offset = (offset[2] === '-' ? -1 : 1) * (hours * HOUR + minutes * MINUTE);
      parts.zone = offset[1] === undefined ? `${offset[2]}${two(hours)}:${two(minutes)}` : 'Z';
    } else {
      const word = ZONE_WORD.exec(rest());
      if (word) {
        const known = word[2] === undefined ? ZONE_WORDS[(word[1] ?? '').toLowerCase()] : undefined;
        return refuse(
          `The zone "${word[0].trim()}" can't be read: write Z for UTC or an offset such as +01:00, or leave it out for the site's time zone.`,
          known === undefined ? null : spelled({ ...parts, zone: known }),
        );
      }
    }
  }
  if (fault) return refuse(fault);
  if (german) {
    notes.unshift({ code: 'german-date', message: 'Dates are written year first.' });
  }
  if (text.slice(indent, at) !== original.slice(indent, at).replace(/[\t\u00A0]/g, ' ')) {
    notes.push({
      code: 'typographic-time',
      message: 'A typographic dash, colon, digit or space stands in the time.',
    });
  }

  const naive = Date.UTC(year, month - 1, day, parts.hour, parts.minute, parts.second);
  let instant: Instant;
  if (parts.offset !== null) {
    instant = naive - parts.offset;
  } else if (parts.precision === 'day') {
    instant = startOfDay(date, timeZone);
  } else {
    const local = localInstant(naive, timeZone);
    instant = local.at;
    if (local.change !== null) {
      const right = `${two(parts.hour)}:${two(parts.minute)}`;
      const shown = new Date(instant + offsetAt(instant, timeZone)).toISOString().slice(11, 16);
      notes.push(
        local.change === 'skipped'
          ? {
              code: 'skipped-hour',
              message: `${right} does not exist on that day in ${timeZone}: the clocks go forward. It is read as ${shown}. Add an offset to be exact.`,
            }
          : {
              code: 'repeated-hour',
              message: `${right} comes twice on that day in ${timeZone}: the clocks go back. The first one is taken. Add an offset to be exact.`,
            },
      );
    }
  }
  return { ok: true, at: instant, precision: parts.precision, canonical: spelled(parts), length: at, notes };
}

/** A time of day after a date that is meant, but not written as one; null where something else follows. */
function readAlmostClock(text: string, date: string): TimestampReading | null {
  const match =
    /^(?:[Tt]|[ ,;@/_*-]+|,? *(?:at|um|gegen|ab) +)(\d{1,2})(?:([:.h])(\d{1,2})(?!\d)|(\d{2})(?=$|[^\d\p{L}])|(?= *(?:Uhr|h|[ap]m)\b)|(?=$| *$))/iu.exec(
      text,
    );
  if (!match) return /^[Tt]/.test(text) ? refuse(`A time of day is written ${SHAPE}.`) : null;
  const hour = Number(match[1]);
  const written = match[3] ?? match[4];
  const minute = Number(written ?? 0);
  const later = /^[:.h]?\d* *pm\b/i.test(text.slice(match[0].length));
  const known = hour < 24 && minute < 60 && written?.length !== 1 && !(later && hour > 12);
  return refuse(
    `The time after the date can't be read: it is written ${SHAPE}.`,
    known ? `${date} ${two(later ? (hour % 12) + 12 : hour)}:${two(minute)}` : null,
  );
}

/** Texts that mean a moment in a spelling that is not read. */
function readAttempt(text: string): TimestampReading | null {
  const clock = (tail: string): string => {
    const match = /^[ ,T]*(?:at |um )?(\d{1,2})[:.](\d{2})(?::\d{2})?(?: *([ap])\.?m\b)?/i.exec(tail);
    if (!match) return '';
    const half = match[3]?.toLowerCase();
    const hour = half ? (Number(match[1]) % 12) + (half === 'p' ? 12 : 0) : Number(match[1]);
    return hour < 24 && Number(match[2]) < 60 ? ` ${two(hour)}:${match[2]}` : '';
  };
  const right = (year: number, month: number, day: number, tail: string): TimestampReading => {
    const fault = dateFault(year, month, day);
    if (fault) return refuse(fault);
    return refuse(`Dates are written ${SHAPE}.`, `${iso(year, month, day)}${clock(tail)}`);
  };

  let match = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)/.exec(text);
  if (match) {
    return right(Number(match[1]), Number(match[3]), Number(match[4]), text.slice(match[0].length));
  }
  match = /^(\d{1,2})([/-])(\d{1,2})\2(\d{4})(?!\d)/.exec(text);
  if (match) {
    const [first, second, year] = [Number(match[1]), Number(match[3]), Number(match[4])];
    const tail = text.slice(match[0].length);
    if (first > 12 && second <= 12) return right(year, second, first, tail);
    if (second > 12 && first <= 12) return right(year, first, second, tail);
    if (first === second) return right(year, first, second, tail);
    return refuse(
      first <= 12 && second <= 12
        ? `${match[0]} has two readings, ${iso(year, first, second)} and ${iso(year, second, first)}: write the year first.`
        : `${match[0]} is no date. Dates are written ${SHAPE}.`,
    );
  }
  match = /^(\d{1,2})\.(\d{1,2})\.(\d{2,4})?(?=[ ,]+\d{1,2}[:.]\d{2})/.exec(text);
  if (match) {
    const tail = text.slice(match[0].length);
    if (match[3]?.length === 2)
      return right(2000 + Number(match[3]), Number(match[2]), Number(match[1]), tail);
    if (match[3]?.length === 4) return right(Number(match[3]), Number(match[2]), Number(match[1]), tail);
    return refuse(`The year is missing. Dates are written ${SHAPE}.`);
  }
  match = /^(\d{4})(\d{2})(\d{2})(?:[T ]?(\d{2})(\d{2})(\d{2})?(Z?))?(?![\d\p{L}])/u.exec(text);
  if (match) {
    const date = right(Number(match[1]), Number(match[2]), Number(match[3]), '');
    if (match[4] === undefined || date.ok || date.suggestion === null) return date;
    return refuse(date.message, `${date.suggestion} ${match[4]}:${match[5]}${match[7] ?? ''}`);
  }
  match =
    /^(?:(\d{1,2})(?:st|nd|rd|th|\.)? ?(?:of )?(\p{L}{3,9})\.?,? (\d{4})|(\p{L}{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4}))(?!\d)/iu.exec(
      text,
    );
  if (match) {
    const month = MONTHS[(match[2] ?? match[4] ?? '').toLowerCase()];
    if (month !== undefined) {
      return right(
        Number(match[3] ?? match[6]),
        month,
        Number(match[1] ?? match[5]),
        text.slice(match[0].length),
      );
    }
  }
  if (/^\d{1,2}:\d{2}(?!\d)/.test(text)) {
    return refuse(`The date is missing: a time alone could be any day's. Write ${SHAPE}.`);
  }
  if (/^\d{4}-\d{1,2}-\d{1,2}/.test(text)) return refuse(`Dates and times are written ${SHAPE}.`);
  return null;
}

/**
 * Reads a text that is a timestamp and nothing else; spaces and one pair of quotes around it are passed over.
 * `timeZone` is an IANA name (an unknown one counts as UTC) and serves where the text has no zone of its own.
 */
export function readTimestamp(text: string, timeZone: string): TimestampReading {
  const quoted = /^\s*(["'])(.*)\1\s*$/.exec(text);
  const inner = quoted?.[2] ?? text;
  const reading = readPrefix(inner, timeZone);
  if (reading === null) {
    return refuse(inner.trim() === '' ? 'There is no time.' : `This is no time. Times are written ${SHAPE}.`);
  }
  if (!reading.ok) return reading;
  const left = inner.slice(reading.length).trim();
  if (left !== '') {
    return refuse(
      `What follows the time can't be read: "${[...left].slice(0, 40).join('')}".`,
      reading.canonical,
    );
  }
  return { ...reading, length: text.length };
}

/**
 * Reads the timestamp that a text begins with, spaces before it passed over. Null where the text does not
 * begin with an attempt at a timestamp; a refusal where it does and can't be read (`2026-13-21 04:15 up`).
 */
export function readLeadingTimestamp(text: string, timeZone: string): TimestampReading | null {
  return readPrefix(text.slice(0, 200), timeZone);
}

const UNITS: [RegExp, number][] = [
  [/^(?:d|days?|tage?n?)$/, DAY],
  [/^(?:h|hrs?|hours?|std|stunden?)$/, HOUR],
  [/^(?:m|mins?|minutes?|minuten?)$/, MINUTE],
];

/** Reads how long something may take: seconds such as `30s`, else as `readDuration` does. Null: can't be read. */
export function readLimit(text: string): number | null {
  const seconds = /^([1-9]\d{0,4}) ?s$/i.exec(text.trim())?.[1];
  return seconds === undefined ? readDuration(text) : Number(seconds) * 1000;
}

/** Reads a span such as `30m`, `2h`, `1h30m`, `90 min`, `1d`: milliseconds, more than 0, at most a year. Null: can't be read. */
export function readDuration(text: string): number | null {
  const parts = text
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .match(/^(?:\d{1,5}(?:[.,]\d{1,2})? ?\p{L}{1,8}\.?(?: |, |$)?){1,3}$/u);
  if (!parts) return null;
  let total = 0;
  let before = Number.POSITIVE_INFINITY;
  for (const [, amount, word] of parts[0].matchAll(/(\d+(?:[.,]\d+)?) ?(\p{L}+)/gu)) {
    const unit = UNITS.find(([pattern]) => pattern.test(word ?? ''))?.[1];
    if (unit === undefined || unit >= before) return null;
    before = unit;
    total += Number((amount ?? '').replace(',', '.')) * unit;
  }
  const rounded = Math.round(total / MINUTE) * MINUTE;
  return rounded > 0 && rounded <= 366 * DAY ? rounded : null;
}

interface OffsetSpan {
  from: number;
  to: number;
  offset: number;
}

const zoneSpans = new Map<string, OffsetSpan[]>();

function zoned(at: Instant, timeZone: string): Temporal.ZonedDateTime {
  const instant = Temporal.Instant.fromEpochMilliseconds(at);
  try {
    return instant.toZonedDateTimeISO(timeZone);
  } catch {
    return instant.toZonedDateTimeISO('UTC');
  }
}

/** Milliseconds that clocks in the zone are ahead of UTC at an instant. An unknown zone counts as UTC. */
export function offsetAt(at: Instant, timeZone: string): number {
  let spans = zoneSpans.get(timeZone);
  if (!spans) {
    spans = [];
    zoneSpans.set(timeZone, spans);
  }
  const known = spans.find((span) => span.from <= at && at < span.to);
  if (known) return known.offset;
  const there = zoned(at, timeZone);
  // Seen from one millisecond later, so that a transition at this very instant counts as the previous one.
  const previous = there.add({ milliseconds: 1 }).getTimeZoneTransition('previous');
  const next = there.getTimeZoneTransition('next');
  const span = {
    from: previous?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
    to: next?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
    offset: there.offsetNanoseconds / 1e6,
  };
  spans.push(span);
  return span.offset;
}

/** The instant of a wall clock time, by Temporal's `compatible` reading where the clocks change. */
function localInstant(
  naive: number,
  timeZone: string,
): { at: Instant; change: 'skipped' | 'repeated' | null } {
  const before = offsetAt(naive - DAY, timeZone);
  const after = offsetAt(naive + DAY, timeZone);
  const early = naive - before;
  if (before === after) return { at: early, change: null };
  const late = naive - after;
  const earlyHolds = offsetAt(early, timeZone) === before;
  const lateHolds = offsetAt(late, timeZone) === after;
  if (earlyHolds && lateHolds) return { at: Math.min(early, late), change: 'repeated' };
  if (earlyHolds) return { at: early, change: null };
  if (lateHolds) return { at: late, change: null };
  return { at: early, change: 'skipped' };
}

const dayStarts = new Map<string, Map<string, Instant>>();

/**
 * The first instant of a calendar day in a zone. `date` is `YYYY-MM-DD` of a real day; the answer is kept, so
 * that a calendar of many components asks for it at no cost.
 */
export function startOfDay(date: string, timeZone: string): Instant {
  let starts = dayStarts.get(timeZone);
  if (!starts) {
    starts = new Map();
    dayStarts.set(timeZone, starts);
  }
  const known = starts.get(date);
  if (known !== undefined) return known;
  const day = Temporal.PlainDate.from(date);
  let start: Instant;
  try {
    start = day.toZonedDateTime(timeZone).epochMilliseconds;
  } catch {
    start = day.toZonedDateTime('UTC').epochMilliseconds;
  }
  starts.set(date, start);
  return start;
}

/** The calendar day (`YYYY-MM-DD`) on which an instant falls in a zone. */
export function dateIn(at: Instant, timeZone: string): string {
  return new Date(at + offsetAt(at, timeZone)).toISOString().slice(0, 10);
}

/** The calendar day so many days later (earlier where negative); both `YYYY-MM-DD`. */
export function addDays(date: string, days: number): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return shiftedDate(year, month, day, days);
}
