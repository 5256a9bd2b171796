import type { Instant } from '../domain/incident.ts';

// Whole numbers by `| 0`: this goes into every page.
const minutes = (from: Instant, now: Instant) => ((now - from) / 6e4) | 0;

/** `12 minutes ago` in a language (BCP 47 tag): in the largest unit, rounded down. Empty within the first minute. */
export function ago(at: Instant, now: Instant, language: string): string {
  const count = minutes(at, now);
  const [size, unit] =
    count < 60 ? ([1, 'minute'] as const) : count < 1440 ? ([60, 'hour'] as const) : ([1440, 'day'] as const);
  return count > 0 ? new Intl.RelativeTimeFormat(language).format(-((count / size) | 0), unit) : '';
}

/**
 * `2 hours, 55 minutes`, from a day on without minutes; rounded down. Empty within the first minute, and where the
 * browser does not know how durations are written.
 */
export function lasting(since: Instant, now: Instant, language: string): string {
  const count = minutes(since, now);
  return count > 0 && Intl.DurationFormat
    ? new Intl.DurationFormat(language, { style: 'long' }).format({
        days: (count / 1440) | 0,
        hours: ((count / 60) % 24) | 0,
        minutes: count < 1440 ? count % 60 : 0,
      })
    : '';
}
