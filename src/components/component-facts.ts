import { type Day, worstDays } from '../domain/daily-states.ts';
import type { IncidentStatus } from '../domain/incident-status.ts';
import type { Component, ComponentGroup } from '../domain/site.ts';
import { isGroup } from '../domain/site.ts';
import type { SiteStatus } from '../domain/status.ts';
import type { UptimeRecord } from '../domain/uptime.ts';
import type { ComponentState } from '../domain/words.ts';
import { type NamedText, titleOf } from './texts.ts';

/** What rows of services show of a status. */
export type ServiceStatus = Pick<SiteStatus, 'components' | 'groups' | 'upcoming'>;

/** All that the page of a component or group says, apart from the words of its language. */
export interface ComponentFacts {
  entry: Component | ComponentGroup;
  /** The group that a component stands in. */
  parent: ComponentGroup | null;
  state: ComponentState;
  /** Of its own components, with the announced work that touches them. */
  status: ServiceStatus;
  /** The last days, today last; of a group the worst of its components. */
  days: Day[];
  /** The last days of each component of a group. */
  daysOfEach: Record<string, Day[]>;
  /** Null: not one whole day is known, or the site does not show it. */
  uptime: UptimeRecord | null;
  /** Open incidents, running work and notices that hold. */
  open: IncidentStatus[];
  /** What is over, newest first: at most `MOST_PAST`. */
  past: IncidentStatus[];
  /** Older ones by the month they began in, `YYYY-MM`, newest first. */
  earlier: { month: string; count: number }[];
}

/** More incidents than this are left to the history. */
export const MOST_PAST = 50;

/**
 * Puts together what a component's page says. `touching`: the incidents that ever touched it, newest first; `days` by
 * component; `monthOf`: the month of the site's calendar that an incident began in.
 */
export function componentFacts(
  entry: Component | ComponentGroup,
  parent: ComponentGroup | null,
  given: {
    status: SiteStatus;
    days: Record<string, Day[]>;
    uptime: UptimeRecord | null;
    touching: IncidentStatus[];
    monthOf: (one: IncidentStatus) => string;
  },
): ComponentFacts {
  const { status, days, uptime, touching, monthOf } = given;
  const members = isGroup(entry) ? entry.components : [entry];
  const ids = members.map(({ id }) => id);
  const over = touching.filter(({ phase }) => phase === 'closed' || phase === 'unread');
  const counts = new Map<string, number>();
  for (const one of over.slice(MOST_PAST)) counts.set(monthOf(one), (counts.get(monthOf(one)) ?? 0) + 1);
  const daysOfEach = Object.fromEntries(ids.map((id) => [id, days[id] ?? []]));
  return {
    entry,
    parent,
    state: (isGroup(entry) ? status.groups[entry.id] : status.components[entry.id]?.state) ?? 'operational',
    status: {
      components: Object.fromEntries(
        ids.flatMap((id) => {
          const component = status.components[id];
          return component === undefined ? [] : [[id, component]];
        }),
      ),
      groups: {},
      upcoming: status.upcoming.filter((one) => touching.includes(one)),
    },
    days: worstDays(Object.values(daysOfEach)),
    daysOfEach: isGroup(entry) ? daysOfEach : {},
    uptime,
    open: touching.filter(({ phase }) => phase === 'open'),
    past: over.slice(0, MOST_PAST),
    earlier: [...counts].map(([month, count]) => ({ month, count })),
  };
}

/** The titles of incidents by slug, in a language where they have one. */
export function titlesOf(incidents: IncidentStatus[], language: string): Record<string, NamedText> {
  return Object.fromEntries(incidents.map(({ incident }) => [incident.slug, titleOf(incident, language)]));
}
