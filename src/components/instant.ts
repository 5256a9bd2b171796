import type { Instant, Update } from '../domain/incident.ts';
import type { Locale } from '../i18n/locale.ts';

/** What a `<time>` element's `datetime` says: the instant in UTC, or the calendar day where only that is known. */
export function datetimeOf(at: Instant, precision: Update['precision'], locale: Locale): string {
  return precision === 'day' ? locale.day(at) : new Date(at).toISOString().replace('.000Z', 'Z');
}
