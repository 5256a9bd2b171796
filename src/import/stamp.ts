import type { Stamp } from '../domain/stamp.ts';
import { readTimestamp } from '../domain/time.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?';
const WEEKDAY = '(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\\.?,?\\s+)?';
const SEPARATOR = '(?:\\s*[,T]\\s*|\\s+(?:at\\s+|[-–—]\\s*)?)';
const CLOCK = '(\\d{1,2})[:h](\\d{2})(?::(\\d{2})(?:[.,]\\d+)?)?\\s*([ap]m)?';
const ZONE = '(?:\\s*\\(?(Z|UTC|GMT|[+-]\\d{2}:?\\d{2})\\)?(?:\\s+UTC)?)?';
const TAIL = `(?:${SEPARATOR}${CLOCK}${ZONE})?$`;
const ISO = new RegExp(`^(\\d{4})-(\\d{1,2})-(\\d{1,2})${TAIL}`, 'i');
const DAY_FIRST = new RegExp(
  `^${WEEKDAY}(\\d{1,2})(?:st|nd|rd|th)?(?:\\s+of)?\\s+${MONTH},?\\s+(\\d{4})${TAIL}`,
  'i',
);
const MONTH_FIRST = new RegExp(`^${WEEKDAY}${MONTH}\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})${TAIL}`, 'i');

/**
 * Reads a moment in the spellings that people use on status pages: ISO dates with and without `T`, seconds and
 * offset, `15h50 UTC`, `11th of February 2022 - 19:00 UTC`, `March 3, 2021 at 3:04 PM`. The text must be a moment
 * and nothing else. Null: it is none, it names no year, or it names a zone that has more than one meaning.
 * `timeZone` serves where the text has no zone.
 */
export function readStamp(text: string, timeZone: string): Stamp | null {
  const plain = text.trim().replace(/\s+/g, ' ');
  let parts: string[] | null = null;
  let match = ISO.exec(plain);
  if (match) parts = [match[1]!, match[2]!, match[3]!, ...match.slice(4)];
  match = parts ? null : DAY_FIRST.exec(plain);
  if (match) parts = [match[3]!, monthNumber(match[2]!), match[1]!, ...match.slice(4)];
  match = parts ? null : MONTH_FIRST.exec(plain);
  if (match) parts = [match[3]!, monthNumber(match[1]!), match[2]!, ...match.slice(4)];
  if (!parts) return null;

  const [year, month, day, hour, minute, second, half, zone] = parts;
  const two = (part: string | undefined) => String(part ?? '').padStart(2, '0');
  let written = `${year}-${two(month)}-${two(day)}`;
  if (hour !== undefined) {
    const isHalf = half !== undefined;
    if (isHalf && (Number(hour) < 1 || Number(hour) > 12)) return null;
    const hours = isHalf ? (Number(hour) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0) : Number(hour);
    written += ` ${two(String(hours))}:${minute}${second === undefined ? '' : `:${second}`}${offset(zone)}`;
  }
  const reading = readTimestamp(written, timeZone);
  if (!reading.ok) return null;
  const whole = reading.at % 60_000 === 0;
  return {
    at: reading.at,
    precision: reading.precision === 'second' && whole ? 'minute' : reading.precision,
  };
}

function monthNumber(name: string): string {
  return String(MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1);
}

function offset(zone: string | undefined): string {
  if (zone === undefined) return '';
  return /^[a-z]/i.test(zone) ? 'Z' : zone;
}
