import type { Instant, Update } from './incident.ts';
import type { IncidentStatus } from './incident-status.ts';
import { type ComponentState, isEnded, stateOfImpact, worseState } from './words.ts';

/** What an update makes of a component, as far as its incident goes. */
export interface StateChange {
  component: string;
  before: ComponentState;
  after: ComponentState;
}

/**
 * What each update of an incident makes of its components, in the order of `updates`. The first one tells of every
 * component that the incident names, even if nothing became of it; later ones of those whose state they give or
 * change. The rules are those of the incident's spans (DESIGN §4): a state holds from its update on, an update that
 * is ahead of `now` makes nothing better yet, work that has not begun touches nothing, and in the end all are
 * operational, once the incident is over. Pure.
 */
export function stateChanges(one: IncidentStatus, now: Instant): StateChange[][] {
  const { incident, kind, phase, updates } = one;
  const fallback: ComponentState =
    kind === 'maintenance'
      ? 'under maintenance'
      : kind === 'incident'
        ? stateOfImpact(incident.impact)
        : 'operational';
  const named = new Map(incident.components.map(({ id, state }) => [id, state ?? fallback]));
  const shown = new Map<string, ComponentState>();
  let running = kind === 'incident';

  return updates.map((update, index) => {
    const early = update.at > now;
    for (const [id, state] of Object.entries(update.states)) {
      const held = named.get(id);
      named.set(id, early && held ? worseState(held, state) : state);
    }
    if (isWork(update)) running = true;
    const stillOpen = phase !== 'closed' && (early || index === updates.length - 1);
    const over = isEnded(update.status) && !stillOpen;
    const changes: StateChange[] = [];
    for (const [component, state] of named) {
      const before = shown.get(component) ?? 'operational';
      const after = over || !running ? 'operational' : state;
      shown.set(component, after);
      if (index === 0 || before !== after || Object.hasOwn(update.states, component)) {
        changes.push({ component, before, after });
      }
    }
    return changes;
  });
}

function isWork({ status }: Update): boolean {
  return status === 'in progress' || status === 'verifying';
}
