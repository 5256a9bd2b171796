import type { Instant } from './domain/incident.ts';
import { readTimestamp } from './domain/time.ts';

/**
 * The instant that everything is derived for: `STATUS_NOW` of the environment (a timestamp with `Z` or an offset,
 * else UTC), then the site's own `clock`, then the machine's. The only place that reads a clock.
 * Throws an error with a sentence for people where `STATUS_NOW` can't be read.
 */
export function readClock(env: Record<string, string | undefined>, siteClock: Instant | null): Instant {
  const given = env.STATUS_NOW?.trim();
  if (given === undefined || given === '') return siteClock ?? Date.now();
  const reading = readTimestamp(given, 'UTC');
  if (reading.ok) return reading.at;
  const advice = reading.suggestion === null ? '2026-11-21T17:30:00Z' : reading.suggestion;
  throw new Error(`STATUS_NOW can't be read: ${reading.message} Write an instant such as ${advice}.`);
}
