import type { Incident, Instant, ReportPromise, Update, Window } from './incident.ts';
import { clockOf } from './maintenance.ts';
import {
  type ComponentState,
  type Impact,
  isEnded,
  type Kind,
  type Status,
  stateOfImpact,
  worseState,
} from './words.ts';

/**
 * Where an incident stands on the page.
 * `open`: an incident that is not over, a maintenance in progress, a notice that holds.
 * `upcoming`: a maintenance that is announced.
 * `closed`: a file says that it is over (or a notice's `until` has passed).
 * `unread`: the file could not be read and its name is dated more than 30 days ago: in the history only.
 */
export type Phase = 'open' | 'upcoming' | 'closed' | 'unread';

/** A stretch of time in which an incident put a component into one state other than operational. */
export interface StateSpan {
  component: string;
  state: ComponentState;
  from: Instant;
  /** Null: still so. Never before `from`. */
  to: Instant | null;
}

/** What an incident is at one instant. */
export interface IncidentStatus {
  incident: Incident;
  kind: Kind;
  phase: Phase;
  /** The clock's word where the clock decides (a window that runs), else the file's. */
  status: Status;
  /** As the file says. The indicator also looks at the states of the components. */
  impact: Impact;
  /** When trouble (work, the notice) began. For an upcoming maintenance: the window's `from`. */
  startedAt: Instant;
  /** `day`: only the date of `startedAt` is known. */
  startedPrecision: Update['precision'];
  /** When trouble ended, never before `startedAt`; null while it has not, and where the end is not known. */
  endedAt: Instant | null;
  /** `day`: only the date of `endedAt` is known. */
  endedPrecision: Update['precision'];
  /** The states it puts components into now (open) or would (upcoming), else the worst it put each into. Order of the file. */
  components: { id: string; state: ComponentState }[];
  /** Oldest first, with the ones that the clock made. */
  updates: Update[];
  /** The last of `updates`. */
  newest: Update;
  /** The promise that still stands: null once the incident is closed, or an update came at or after it. */
  nextUpdate: Instant | null;
  /** The report that is still owed once the incident is closed; null: none was promised, or it is there. */
  report: (ReportPromise & { late: boolean }) | null;
  window: Window | null;
  /** The window is over, but nobody reported the work finished. */
  overrun: boolean;
  spans: StateSpan[];
}

const DAY = 86_400_000;

/** How long an unreadable file stands on the front page, counted from the date in its name (law 2). */
export const UNREAD_AFTER = 30 * DAY;

/** What one incident is at `now`. Pure. */
export function deriveIncident(incident: Incident, now: Instant): IncidentStatus {
  switch (incident.kind) {
    case 'notice':
      return notice(incident, now);
    case 'maintenance':
      return maintenance(incident, now);
    case 'incident':
      return outage(incident, now);
  }
}

function outage(incident: Incident, now: Instant): IncidentStatus {
  const { status, updates } = incident;
  const unread = !incident.readable && incident.nameDate !== null && now - incident.nameDate > UNREAD_AFTER;
  const phase: Phase = unread ? 'unread' : isEnded(status) ? 'closed' : 'open';
  const { startedAt, startedPrecision } = startOf(incident, updates[0]!);
  const { endedAt, endedPrecision } = phase === 'closed' ? endOf(incident, startedAt) : NO_END;
  const spans =
    phase === 'unread'
      ? []
      : spansOf(
          incident,
          stateOfImpact(incident.impact),
          { from: startedAt, to: closing(phase, endedAt, startedAt) },
          now,
        );
  return {
    ...common(incident, updates, phase, now),
    status,
    startedAt,
    startedPrecision,
    endedAt,
    endedPrecision,
    components: componentsOf(incident, spans, phase),
    spans,
    overrun: false,
  };
}

function maintenance(incident: Incident, now: Instant): IncidentStatus {
  const clock = clockOf(incident, now);
  const { status, updates } = clock;
  const phase: Phase = isEnded(status) ? 'closed' : status === 'scheduled' ? 'upcoming' : 'open';
  const began = updates.find((update) => update.status === 'in progress' || update.status === 'verifying');
  // Work that was called off before it began took no time and touched nothing.
  const happened =
    phase === 'open' || (phase === 'closed' && (status !== 'cancelled' || began !== undefined));
  const first = began ?? (incident.window ? null : updates[0]!);
  const { startedAt, startedPrecision } = first
    ? startOf(incident, first)
    : {
        startedAt: incident.started ?? incident.window!.from,
        startedPrecision: 'minute' as const,
      };
  const { endedAt, endedPrecision } =
    phase === 'closed' && happened ? endOf({ ...incident, updates }, startedAt) : NO_END;
  const spans = happened
    ? spansOf(
        { ...incident, updates },
        'under maintenance',
        { from: startedAt, to: closing(phase, endedAt, startedAt) },
        now,
      )
    : [];
  return {
    ...common(incident, updates, phase, now),
    status,
    startedAt,
    startedPrecision,
    endedAt,
    endedPrecision,
    components:
      phase === 'upcoming'
        ? incident.components.map(({ id }) => ({ id, state: 'operational' }))
        : componentsOf(incident, spans, phase),
    spans,
    overrun: clock.overrun,
  };
}

function notice(incident: Incident, now: Instant): IncidentStatus {
  const { status, updates, until } = incident;
  const over = until !== null && until <= now;
  const phase: Phase = over || isEnded(status) ? 'closed' : 'open';
  const { startedAt, startedPrecision } = startOf(incident, updates[0]!);
  const end = isEnded(status)
    ? endOf(incident, startedAt)
    : { endedAt: until, endedPrecision: 'minute' as const };
  const { endedAt, endedPrecision } =
    phase === 'closed' && end.endedAt !== null && end.endedAt >= startedAt ? end : NO_END;
  return {
    ...common(incident, updates, phase, now),
    status,
    startedAt,
    startedPrecision,
    endedAt,
    endedPrecision,
    components: incident.components.map(({ id }) => ({ id, state: 'operational' })),
    spans: [],
    overrun: false,
  };
}

function common(incident: Incident, updates: Update[], phase: Phase, now: Instant) {
  const newest = updates.at(-1)!;
  const promised = incident.nextUpdate;
  const said = incident.updates.at(-1)!.at;
  const stands = (phase === 'open' || phase === 'upcoming') && promised !== null && promised > said;
  return {
    incident,
    kind: incident.kind,
    phase,
    impact: incident.impact,
    updates,
    newest,
    nextUpdate: stands ? promised : null,
    report: phase === 'closed' ? owedReport(incident, now) : null,
    window: incident.window,
  };
}

function owedReport({ reportBy, updates }: Incident, now: Instant): IncidentStatus['report'] {
  if (reportBy === null || updates.some(({ status }) => status === 'postmortem')) return null;
  return { ...reportBy, late: now >= reportBy.lateFrom };
}

function startOf(incident: Incident, first: Update) {
  return incident.started === null
    ? { startedAt: first.at, startedPrecision: first.precision }
    : {
        startedAt: incident.started,
        startedPrecision: first.at === incident.started ? first.precision : ('minute' as const),
      };
}

/** The end that a file gives, else the update that closed it for good; an end before the start is none. */
function endOf(incident: Incident, startedAt: Instant): End {
  const lastOpen = incident.updates.findLastIndex((update) => !isEnded(update.status));
  const closing = incident.updates[lastOpen + 1];
  const { resolved } = incident;
  if (resolved !== null && resolved >= startedAt) {
    const told = closing?.at === resolved ? closing.precision : ('minute' as const);
    return { endedAt: resolved, endedPrecision: told };
  }
  if (closing !== undefined && closing.at >= startedAt) {
    return { endedAt: closing.at, endedPrecision: closing.precision };
  }
  return NO_END;
}

type End = Pick<IncidentStatus, 'endedAt' | 'endedPrecision'>;

const NO_END: End = { endedAt: null, endedPrecision: 'minute' };

/** When the spans of an incident end: never for an open one; where the end is not known, at once: nobody knows of more. */
function closing(phase: Phase, endedAt: Instant | null, startedAt: Instant): Instant | null {
  return phase === 'closed' ? (endedAt ?? startedAt) : null;
}

function spansOf(
  incident: Incident,
  fallback: ComponentState,
  during: { from: Instant; to: Instant | null },
  now: Instant,
): StateSpan[] {
  const states = new Map(incident.components.map((ref) => [ref.id, ref.state ?? fallback]));
  const spans: StateSpan[] = [];
  const running = new Map<string, StateSpan>();
  let over = false;

  const settle = (at: Instant) => {
    for (const [component, state] of states) {
      const wanted = over ? 'operational' : state;
      const open = running.get(component);
      if (open?.state === wanted) continue;
      if (open) {
        open.to = at;
        running.delete(component);
      }
      if (wanted !== 'operational') {
        const span: StateSpan = { component, state: wanted, from: at, to: null };
        running.set(component, span);
        spans.push(span);
      }
    }
  };

  const lastOpen = incident.updates.findLastIndex((update) => !isEnded(update.status));
  settle(during.from);
  for (const [index, update] of incident.updates.entries()) {
    const early = update.at > now;
    for (const [component, state] of Object.entries(update.states)) {
      // An update dated later than now is most likely a slip in its time: until then the worse of both holds (law 2).
      const before = states.get(component);
      states.set(component, early && before ? worseState(before, state) : state);
    }
    // An end that has not come yet ends nothing, unless the file is closed as a whole.
    over = isEnded(update.status) && !(early && during.to === null);
    // The frontmatter's end counts even where it differs from the update that tells of it.
    const at = index > lastOpen && during.to !== null ? during.to : Math.min(update.at, during.to ?? now);
    settle(Math.max(during.from, at));
  }
  // An open incident whose last update says "resolved" is open all the same: the file's status decides.
  if (over && during.to === null) {
    over = false;
    settle(Math.max(during.from, Math.min(incident.updates.at(-1)!.at, now)));
  }
  if (during.to !== null) {
    for (const span of running.values()) span.to = during.to;
  }
  return spans.filter((span) => span.to === null || span.to > span.from || span.to === during.to);
}

function componentsOf(
  incident: Incident,
  spans: StateSpan[],
  phase: Phase,
): { id: string; state: ComponentState }[] {
  const worst = new Map<string, ComponentState>(incident.components.map(({ id }) => [id, 'operational']));
  for (const span of spans) {
    if (phase === 'open' && span.to !== null) {
      if (!worst.has(span.component)) worst.set(span.component, 'operational');
      continue;
    }
    worst.set(span.component, worseState(worst.get(span.component) ?? 'operational', span.state));
  }
  return [...worst].map(([id, state]) => ({ id, state }));
}
