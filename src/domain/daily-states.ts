import type { Instant } from './incident.ts';
import type { StateSpan } from './incident-status.ts';
import { allComponents, type Site } from './site.ts';
import type { SiteStatus } from './status.ts';
import { addDays, dateIn, startOfDay } from './time.ts';
import { type ComponentState, worseState } from './words.ts';

/** What a component was like on one day of the site's calendar. */
export interface Day {
  /** `YYYY-MM-DD` in the site's zone. */
  date: string;
  /** The worst state of the day. */
  state: ComponentState;
  /** Slugs of the incidents that touched it, in the order they began. */
  causes: string[];
}

/**
 * The last `count` days of every component, oldest first, today last, by component id.
 * A day has the worst state that any incident put the component into on it. From published incidents: nothing else is known.
 */
export function dailyStates(site: Site, status: SiteStatus, count: number): Record<string, Day[]> {
  const today = dateIn(status.now, site.timezone);
  const dates = Array.from({ length: count }, (_, index) => addDays(today, index - count + 1));
  const starts = dates.map((date) => startOfDay(date, site.timezone));
  const days: Record<string, Day[]> = Object.create(null);
  for (const { id } of allComponents(site)) {
    days[id] = dates.map((date) => ({ date, state: 'operational', causes: [] }));
  }
  for (const { incident, spans } of status.incidents.toReversed()) {
    for (const span of spans) {
      const line = days[span.component];
      if (!line) continue;
      const { first, last } = daysOf(span, starts, status.now);
      for (let index = first; index <= last; index++) {
        const day = line[index]!;
        day.state = worseState(day.state, span.state);
        if (!day.causes.includes(incident.slug)) day.causes.push(incident.slug);
      }
    }
  }
  return days;
}

/** The days of several components as those of one: each day has the worst state of all, and the causes of any. */
export function worstDays(lines: Day[][]): Day[] {
  const [first = [], ...others] = lines;
  return others.reduce<Day[]>(
    (days, line) =>
      days.map(({ date, state, causes }, index) => {
        const other = line[index]!;
        return {
          date,
          state: worseState(state, other.state),
          causes: [...new Set([...causes, ...other.causes])],
        };
      }),
    first,
  );
}

/** Indices of the days that a span touches; `last` is before `first` where it touches none. Midnight belongs to the new day. */
function daysOf(span: StateSpan, starts: Instant[], now: Instant): { first: number; last: number } {
  const to = span.to ?? now;
  const first = Math.max(0, dayAt(starts, span.from));
  const last = to > span.from ? dayAt(starts, to - 1) : dayAt(starts, to);
  return { first, last };
}

/** The index of the last start that is not later than `at`; -1: before all of them. */
function dayAt(starts: Instant[], at: Instant): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle]! <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
