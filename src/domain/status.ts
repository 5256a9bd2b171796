import type { Incident, Instant, Update, Window } from './incident.ts';
import type { ComponentState, Impact, Indicator, Kind, Status } from './words.ts';

/**
 * Where an incident stands on the page.
 * `open`: an incident that is not over, a maintenance in progress, a notice that holds.
 * `upcoming`: a maintenance that is announced.
 * `closed`: a file says that it is over (or a notice's `until` has passed).
 * `unread`: the file could not be read and its name is dated more than 30 days ago: in the history only.
 */
export type Phase = 'open' | 'upcoming' | 'closed' | 'unread';

/** A stretch of time in which an incident put a component into one state. */
export interface StateSpan {
  component: string;
  state: ComponentState;
  from: Instant;
  /** Null: still so. */
  to: Instant | null;
}

/** What an incident is at one instant. */
export interface IncidentStatus {
  incident: Incident;
  kind: Kind;
  phase: Phase;
  /** The clock's word where the clock decides (a window that runs), else the file's. */
  status: Status;
  /** Never better than the worst state it puts a component into now. */
  impact: Impact;
  /** When trouble (work, the notice) began. For an upcoming maintenance: the window's `from`. */
  startedAt: Instant;
  /** `day`: only the date of `startedAt` is known. */
  startedPrecision: Update['precision'];
  /** When trouble ended; null while it has not, and where the end is not known. */
  endedAt: Instant | null;
  /** The states it puts components into now (open), or the worst it put each into (else). Order of the file. */
  components: { id: string; state: ComponentState }[];
  /** Oldest first, with the ones that the clock made. */
  updates: Update[];
  /** The newest of `updates` that is not later than now, else the oldest. */
  newest: Update;
  /** The promise that still stands: null once the incident is closed, or an update came at or after it. */
  nextUpdate: Instant | null;
  window: Window | null;
  /** The window is over, but nobody reported the work finished. */
  overrun: boolean;
  spans: StateSpan[];
}

/** What a component is like at one instant. */
export interface ComponentStatus {
  id: string;
  state: ComponentState;
  /** Slugs of the open incidents that put it into this state, worst first. */
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
  /** Open incidents, worst first, then newest first. */
  open: IncidentStatus[];
  /** Maintenances in progress, the one that began first at first. */
  maintenance: IncidentStatus[];
  /** Announced maintenances, the next one first; without a window last. */
  upcoming: IncidentStatus[];
  /** Notices that hold, pinned ones first, then newest first. */
  notices: IncidentStatus[];
  /** Incidents and maintenances that ended within the last 14 days, newest first. */
  recent: IncidentStatus[];
  /** When the derived state next changes by the clock alone; null: never. */
  nextChange: Instant | null;
}
