import type { Instant, Update } from '../domain/incident.ts';
import type { IncidentStatus } from '../domain/incident-status.ts';
import type { Site } from '../domain/site.ts';
import type { SiteStatus } from '../domain/status.ts';
import { touchedEntries } from '../domain/touched.ts';

/** An update with the date that every feed gives it. */
export interface DatedUpdate {
  one: IncidentStatus;
  update: Update;
  /** Whole seconds, no two alike, never later than now. Null: no time is known that has passed. */
  at: Instant | null;
}

const SECOND = 1000;

/**
 * Every update with the date that feeds give it, newest first. An update later than now is dated a second after the
 * newest past one, so that a date never lies in the future. Where two share a second, the later one moves on.
 */
export function datedUpdates(status: SiteStatus): DatedUpdate[] {
  const now = floor(status.now);
  const all: DatedUpdate[] = status.incidents.flatMap((one) =>
    one.updates.map((update) => ({ one, update, at: floor(update.at) })),
  );
  // Stable: updates of one incident that share a second keep their order.
  all.sort((a, b) => a.at! - b.at! || compare(a.one.incident.slug, b.one.incident.slug));
  const firstAhead = all.findIndex(({ at }) => at! > now);
  const past = firstAhead < 0 ? all : all.slice(0, firstAhead);
  const ahead = firstAhead < 0 ? [] : all.slice(firstAhead);
  let last = -Infinity;
  for (const dated of past) {
    dated.at = Math.max(dated.at!, last + SECOND);
    last = dated.at;
  }
  for (const dated of ahead) {
    dated.at = last === -Infinity ? null : last + SECOND;
    if (dated.at !== null) last = dated.at;
  }
  // Moving on may have led past now.
  let limit = now;
  for (const dated of all.toReversed()) {
    if (dated.at === null) continue;
    if (dated.at <= limit) break;
    dated.at = limit;
    limit -= SECOND;
  }
  return all.reverse();
}

/**
 * For each component and group, by id, the newest `count` of these updates, in their order: all updates of every
 * incident that ever touched it. Without an entry: it was never touched.
 */
export function newestOfEach(site: Site, updates: DatedUpdate[], count: number): Map<string, DatedUpdate[]> {
  const touched = new Map<IncidentStatus, Set<string>>();
  const newest = new Map<string, DatedUpdate[]>();
  for (const dated of updates) {
    let ids = touched.get(dated.one);
    if (ids === undefined) {
      ids = touchedEntries(dated.one.incident, site);
      touched.set(dated.one, ids);
    }
    for (const id of ids) {
      const own = newest.get(id) ?? [];
      if (own.length < count) own.push(dated);
      newest.set(id, own);
    }
  }
  return newest;
}

function floor(at: Instant): Instant {
  return Math.floor(at / SECOND) * SECOND;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
