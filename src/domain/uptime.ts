import type { Instant } from './incident.ts';
import type { IncidentStatus, StateSpan } from './incident-status.ts';
import { isGroup, type Site, type UptimeRule } from './site.ts';
import { type StateStretch, stateStretches } from './state-stretches.ts';
import type { SiteStatus } from './status.ts';
import { addDays, dateIn, startOfDay } from './time.ts';
import { COMPONENT_STATES, type ComponentState } from './words.ts';

/** The numbers of days that uptime is told for. */
const LENGTHS = [30, 90, 365] as const;

/** How much of a number of days a component or group was up. */
export interface Uptime {
  /** Days of the calendar, whole ones, counted back from the last. */
  days: number;
  /** How many of them are known; the others lie before the first that the site published anything of. */
  known: number;
  /** In ten-thousandths of the known time, rounded down: 10,000 is all of it and nothing less. */
  share: number;
  /** Time in each state but operational, the worst first; states that did not occur are left out. */
  spent: { state: ComponentState; milliseconds: number }[];
}

/** The uptime of a component or group. */
export interface UptimeRecord {
  /** `YYYY-MM-DD`: the last whole day, which all figures end with. */
  to: string;
  /** `YYYY-MM-DD`: the first day that anything is known of. */
  since: string;
  /** 30, 90 and 365 days. */
  figures: Uptime[];
  /** How many incidents of these days touched it for a time that nobody knows to the minute. */
  vague: number;
}

/**
 * The uptime of each component and group, by id; none where not one whole day is known. Up to the end of the last whole
 * day in the site's zone: so figures change once a day, and when the past is told anew, and an open incident counts up
 * to there. Days are as long as they were (23 or 25 hours where the clocks change). A group is at each instant in the
 * worst state of its components. From published incidents; nothing is known of the days before the first one, or
 * before the config's `since`.
 */
export function uptimes(site: Site, status: SiteStatus): Map<string, UptimeRecord> {
  const records = new Map<string, UptimeRecord>();
  const begin = firstKnown(site, status);
  if (begin === null) return records;
  const today = dateIn(status.now, site.timezone);
  const to = startOfDay(today, site.timezone);
  const since = dateIn(begin, site.timezone);
  const known = startOfDay(since, site.timezone);
  if (known >= to) return records;
  const windows = LENGTHS.map((days) => {
    const from = Math.max(known, startOfDay(addDays(today, -days), site.timezone));
    return { days, from };
  });
  const earliest = Math.min(...windows.map(({ from }) => from));
  const spans = spansOfEach(status, earliest);
  const vague = vagueOfEach(status, earliest, to);
  const record = (ids: string[]): UptimeRecord => {
    const stretches = stateStretches(
      ids.flatMap((id) => spans.get(id) ?? []),
      earliest,
      to,
    );
    return {
      to: addDays(today, -1),
      since,
      figures: windows.map(({ days, from }) => ({
        days,
        known: Math.round((to - from) / DAY),
        ...measure(stretches, from, to, site.uptime),
      })),
      vague: new Set(ids.flatMap((id) => vague.get(id) ?? [])).size,
    };
  };
  for (const entry of site.components) {
    if (isGroup(entry)) {
      for (const { id } of entry.components) records.set(id, record([id]));
      records.set(entry.id, record(entry.components.map(({ id }) => id)));
    } else records.set(entry.id, record([entry.id]));
  }
  return records;
}

const DAY = 86_400_000;

/** When the site began to publish what happens; null: it has not. */
function firstKnown(site: Site, { incidents }: SiteStatus): Instant | null {
  const { since } = site.uptime;
  const told = incidents.map((one) =>
    Math.min(one.incident.updates[0]!.at, one.phase === 'upcoming' ? Infinity : one.startedAt),
  );
  const first = told.reduce((a, b) => Math.min(a, b), since ?? Infinity);
  return first === Infinity ? null : first;
}

function spansOfEach({ incidents }: SiteStatus, from: Instant): Map<string, StateSpan[]> {
  const spans = incidents.flatMap((one) => one.spans.filter(({ to }) => to === null || to > from));
  return Map.groupBy(spans, ({ component }) => component);
}

function vagueOfEach({ incidents }: SiteStatus, from: Instant, to: Instant): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const one of incidents) {
    if (one.startedAt < from || one.startedAt >= to || !isVague(one)) continue;
    for (const { id, state } of one.components) {
      if (state === 'operational') continue;
      const slugs = found.get(id);
      if (slugs === undefined) found.set(id, [one.incident.slug]);
      else slugs.push(one.incident.slug);
    }
  }
  return found;
}

function isVague({ phase, status, startedPrecision, endedAt, endedPrecision }: IncidentStatus): boolean {
  if (phase === 'upcoming' || (status === 'cancelled' && endedAt === null)) return false;
  const open = phase === 'open';
  return startedPrecision === 'day' || (!open && (endedAt === null || endedPrecision === 'day'));
}

function measure(
  stretches: StateStretch[],
  from: Instant,
  to: Instant,
  { weights }: UptimeRule,
): Pick<Uptime, 'share' | 'spent'> {
  const time = new Map<ComponentState, number>();
  for (const stretch of stretches) {
    const milliseconds = stretch.to - Math.max(stretch.from, from);
    if (milliseconds > 0) time.set(stretch.state, (time.get(stretch.state) ?? 0) + milliseconds);
  }
  const spent = COMPONENT_STATES.toReversed().flatMap((state) => {
    const milliseconds = time.get(state);
    return milliseconds === undefined ? [] : [{ state, milliseconds }];
  });
  const lost = spent.reduce((sum, { state, milliseconds }) => sum + milliseconds * (1 - weights[state]), 0);
  const whole = to - from;
  // Whole milliseconds: what is counted exactly is rounded once.
  return { share: Math.floor(((whole - Math.round(lost)) * 10_000) / whole), spent };
}
