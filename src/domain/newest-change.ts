import type { Instant, Update } from './incident.ts';
import type { IncidentStatus } from './incident-status.ts';

/** When something was said, and how exactly that is known. */
export type Said = Pick<Update, 'at' | 'precision'>;

/**
 * The newest update of some incidents that is not dated later than `now`, the clock's own among them: the age of what is
 * said about them, which does not change while nothing is said. Null where nothing has been said yet.
 */
export function newestChange(incidents: IncidentStatus[], now: Instant): Said | null {
  let newest: Said | null = null;
  for (const { updates } of incidents) {
    for (const { at, precision } of updates) {
      if (at <= now && (newest === null || at > newest.at)) newest = { at, precision };
    }
  }
  return newest;
}
