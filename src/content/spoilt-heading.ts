import { readLeadingTimestamp } from '../domain/time.ts';

/** What may have got before the `#` of a heading, or between it and the time; a backslash is no slip. */
const BEFORE = /^[^#\\\r\n]{0,8}#[^\p{L}\p{N}\r\n]{0,12}/u;
const DATE =
  /^(?:20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])20\d\d)/;
/** Longer than a time with one character too many. */
const HEAD = 20;

/**
 * Whether a line that opens no update was most likely meant to: near its beginning stand a `#` and a time, or a time
 * of which one character was dropped, doubled, swapped with the next or put in.
 */
export function isSpoiltHeading(line: string, timeZone: string): boolean {
  const before = BEFORE.exec(line)?.[0];
  if (before === undefined) return false;
  const rest = line.slice(before.length);
  if (readLeadingTimestamp(rest, timeZone)?.ok) return true;
  const head = rest.slice(0, HEAD);
  const digits = head.replace(/\D/g, '');
  if (digits.length < 7 || !/\d[-.:/\u2010-\u2015]/.test(head) || /^\d{0,2}\p{L}{3}/u.test(head))
    return false;
  return isNearDate(digits);
}

function isNearDate(digits: string): boolean {
  if (DATE.test(digits)) return true;
  for (let at = 0; at <= 8; at += 1) {
    const [head, tail] = [digits.slice(0, at), digits.slice(at)];
    if (DATE.test(head + tail.slice(1))) return true;
    if (tail.length > 1 && DATE.test(head + tail[1]! + tail[0]! + tail.slice(2))) return true;
    for (let digit = 0; digit <= 9; digit += 1) if (DATE.test(`${head}${digit}${tail}`)) return true;
  }
  return false;
}
