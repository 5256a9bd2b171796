import type { Instant } from './incident.ts';
import { offsetAt } from './time.ts';

/** A moment as a file gives it: to the day, the minute or the second. */
export interface Stamp {
  at: Instant;
  precision: 'day' | 'minute' | 'second';
}

const HOUR = 3_600_000;

/**
 * The moment in the spelling of an incident file: without an offset in the site's zone, with one where the zone's
 * clocks are just being changed and the time would be doubtful. Reads as the same moment, to the second.
 */
export function stampText({ at, precision }: Stamp, timeZone: string): string {
  const offset = offsetAt(at, timeZone);
  const local = new Date(at + offset).toISOString();
  if (precision === 'day') return local.slice(0, 10);
  const clock = `${local.slice(0, 10)} ${local.slice(11, local.slice(17, 19) === '00' ? 16 : 19)}`;
  const settled =
    offsetAt(at - 3 * HOUR, timeZone) === offset && offsetAt(at + 3 * HOUR, timeZone) === offset;
  return settled ? clock : clock + offsetText(offset);
}

/** The instant to the second as RFC 3339 has it, with the offset of the zone: `2026-11-21T18:31:00+01:00`. */
export function instantText(at: Instant, timeZone: string): string {
  const offset = offsetAt(at, timeZone);
  return new Date(at + offset).toISOString().slice(0, 19) + offsetText(offset);
}

/** The instant to the millisecond, else as `instantText`: `2026-11-21T18:31:00.000+01:00`. */
export function exactInstantText(at: Instant, timeZone: string): string {
  const offset = offsetAt(at, timeZone);
  return new Date(at + offset).toISOString().slice(0, 23) + offsetText(offset);
}

function offsetText(offset: number): string {
  if (offset === 0) return 'Z';
  const minutes = Math.abs(Math.round(offset / 60_000));
  const two = (n: number) => String(n).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
