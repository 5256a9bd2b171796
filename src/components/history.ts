import type { Update } from '../domain/incident.ts';
import type { IncidentStatus } from '../domain/incident-status.ts';
import type { Locale } from '../i18n/locale.ts';

/** A month of the site's calendar and what began in it. */
export interface HistoryMonth {
  /** `YYYY-MM` */
  key: string;
  /** Newest first; never empty. */
  entries: IncidentStatus[];
}

/** What the history's first page shows in full, and what it only links to. */
export interface HistoryOverview {
  recent: HistoryMonth[];
  earlier: HistoryMonth[];
}

/** The months in which something began, newest first, without what is only announced. */
export function historyMonths(entries: IncidentStatus[], locale: Locale): HistoryMonth[] {
  const months = new Map<string, IncidentStatus[]>();
  for (const entry of entries) {
    if (entry.phase === 'upcoming') continue;
    const key = locale.day(entry.startedAt).slice(0, 7);
    const known = months.get(key);
    if (known === undefined) months.set(key, [entry]);
    else known.push(entry);
  }
  return [...months]
    .sort(([a], [b]) => (a < b ? 1 : -1))
    .map(([key, found]) => ({ key, entries: found.toSorted((a, b) => b.startedAt - a.startedAt) }));
}

const MOST_MONTHS = 12;
const MOST_ENTRIES = 60;

/**
 * The newest months in full (at most twelve, at most sixty entries, at least one month), the others only as
 * links: ten years fit on a page that one can read.
 */
export function historyOverview(months: HistoryMonth[]): HistoryOverview {
  let shown = 0;
  let entries = 0;
  for (const month of months.slice(0, MOST_MONTHS)) {
    entries += month.entries.length;
    if (shown > 0 && entries > MOST_ENTRIES) break;
    shown += 1;
  }
  return { recent: months.slice(0, shown), earlier: months.slice(shown) };
}

/** The newest of what the months tell; null where they tell nothing. */
export function newestOf(months: HistoryMonth[]): Update | null {
  let newest: Update | null = null;
  for (const { entries } of months) {
    for (const entry of entries) if (newest === null || entry.newest.at > newest.at) newest = entry.newest;
  }
  return newest;
}
