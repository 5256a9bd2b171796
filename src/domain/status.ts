import type { Incident, Instant } from './incident.ts';
import { deriveIncident, type IncidentStatus, UNREAD_AFTER } from './incident-status.ts';
import { allComponents, isGroup, type Site } from './site.ts';
import {
  COMPONENT_STATES,
  type ComponentState,
  INDICATORS,
  type Indicator,
  impactOfState,
  worseIndicator,
  worseState,
} from './words.ts';

/** What a component is like at one instant. */
export interface ComponentStatus {
  id: string;
  state: ComponentState;
  /** Slugs of the open incidents that touch it, worst first. */
  causes: string[];
}

/** The one truth (law 3): everything that page, feeds, API, badges, images and posts say. */
export interface SiteStatus {
  now: Instant;
  indicator: Indicator;
  /** By component id. */
  components: Record<string, ComponentStatus>;
  /** Worst component state of each group, by group id. */
  groups: Record<string, ComponentState>;
  /** Everything, newest first (by start, then by slug). */
  incidents: IncidentStatus[];
  /** Open incidents (no maintenance, no notice), worst first, then newest first. */
  open: IncidentStatus[];
  /** Maintenances in progress, the one that began first at first. */
  maintenance: IncidentStatus[];
  /** Announced maintenances, the next one first; without a window last. */
  upcoming: IncidentStatus[];
  /** Notices that hold, pinned ones first, then newest first. */
  notices: IncidentStatus[];
  /** Incidents and maintenances that ended within the last 14 days, the latest end first. */
  recent: IncidentStatus[];
  /** When the derived state next changes by the clock alone; null: never. */
  nextChange: Instant | null;
}

const DAY = 86_400_000;
const RECENT = 14 * DAY;

/** Derives everything from (site, incidents, now). Pure: the order of `incidents` does not matter. */
export function deriveStatus(site: Site, incidents: Incident[], now: Instant): SiteStatus {
  const all = incidents.map((incident) => deriveIncident(incident, now)).sort(newestFirst);
  const inPhase = (kind: IncidentStatus['kind'], phase: IncidentStatus['phase']) =>
    all.filter((one) => one.kind === kind && one.phase === phase);

  const open = inPhase('incident', 'open').sort(
    (a, b) => INDICATORS.indexOf(severity(b)) - INDICATORS.indexOf(severity(a)) || newestFirst(a, b),
  );
  const maintenance = inPhase('maintenance', 'open').reverse();
  const upcoming = inPhase('maintenance', 'upcoming').sort(
    (a, b) => (a.window?.from ?? Infinity) - (b.window?.from ?? Infinity) || bySlug(a, b) || 0,
  );
  const notices = inPhase('notice', 'open').sort(
    (a, b) => Number(b.incident.pinned) - Number(a.incident.pinned) || newestFirst(a, b),
  );
  const recent = all
    .filter((one) => one.phase === 'closed' && one.kind !== 'notice' && now - endFor(one) <= RECENT)
    .sort((a, b) => endFor(b) - endFor(a) || bySlug(a, b));

  const components = componentStates(site, [...open, ...maintenance]);
  const groups: Record<string, ComponentState> = Object.create(null);
  for (const entry of site.components) {
    if (isGroup(entry)) {
      groups[entry.id] = entry.components.reduce<ComponentState>(
        (worst, { id }) => worseState(worst, components[id]!.state),
        'operational',
      );
    }
  }
  return {
    now,
    indicator: [...open, ...maintenance].reduce<Indicator>(
      (worst, one) => worseIndicator(worst, severity(one)),
      'none',
    ),
    components,
    groups,
    incidents: all,
    open,
    maintenance,
    upcoming,
    notices,
    recent,
    nextChange: nextChange(all, now),
  };
}

/**
 * What one open incident or running maintenance makes of the page: never better than the worst state it puts a
 * component into, and never green where it names something that nobody knows or could not be read (law 2).
 */
function severity(one: IncidentStatus): Indicator {
  const doubtful = !one.incident.readable || one.incident.unknownComponents.length > 0;
  const least: Indicator =
    one.kind === 'maintenance' ? 'maintenance' : worseIndicator(one.impact, doubtful ? 'minor' : 'none');
  return one.components.reduce<Indicator>(
    (worst, { state }) => worseIndicator(worst, impactOfState(state)),
    least,
  );
}

function componentStates(site: Site, open: IncidentStatus[]): Record<string, ComponentStatus> {
  const components: Record<string, ComponentStatus> = Object.create(null);
  const causes = new Map<string, { slug: string; state: ComponentState }[]>();
  for (const { id } of allComponents(site)) components[id] = { id, state: 'operational', causes: [] };
  for (const one of open) {
    for (const { id, state } of one.components) {
      const component = components[id];
      if (!component) continue;
      component.state = worseState(component.state, state);
      const list = causes.get(id) ?? [];
      list.push({ slug: one.incident.slug, state });
      causes.set(id, list);
    }
  }
  for (const [id, list] of causes) {
    components[id]!.causes = list
      .sort((a, b) => COMPONENT_STATES.indexOf(b.state) - COMPONENT_STATES.indexOf(a.state))
      .map(({ slug }) => slug);
  }
  return components;
}

function nextChange(all: IncidentStatus[], now: Instant): Instant | null {
  let next: Instant | null = null;
  for (const { incident, phase, window, nextUpdate, report } of all) {
    const live = phase === 'open' || phase === 'upcoming';
    const instants = [
      live ? window?.from : null,
      live ? window?.to : null,
      phase === 'open' ? incident.until : null,
      nextUpdate,
      report?.lateFrom,
      !incident.readable && incident.nameDate !== null ? incident.nameDate + UNREAD_AFTER + 1 : null,
    ];
    for (const at of instants) {
      if (at != null && at > now && (next === null || at < next)) next = at;
    }
  }
  return next;
}

function endFor(one: IncidentStatus): Instant {
  return one.endedAt ?? one.newest.at;
}

function newestFirst(a: IncidentStatus, b: IncidentStatus): number {
  return b.startedAt - a.startedAt || bySlug(a, b);
}

function bySlug(a: IncidentStatus, b: IncidentStatus): number {
  return a.incident.slug < b.incident.slug ? -1 : a.incident.slug > b.incident.slug ? 1 : 0;
}
