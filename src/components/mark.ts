import type { IncidentStatus } from '../domain/incident-status.ts';
import { type ComponentState, stateOfImpact, worseState } from '../domain/words.ts';

const MARKS = {
  operational: 'operational',
  'under maintenance': 'maintenance',
  'degraded performance': 'degraded',
  'partial outage': 'partial',
  'major outage': 'major',
} as const satisfies Record<ComponentState, string>;

/** The name of a state's mark: its class in the style sheet, and with `_` behind it the id of its symbol. */
export type MarkName = (typeof MARKS)[ComponentState];

/** The mark of a component state. */
export function markOf(state: ComponentState): MarkName {
  return MARKS[state];
}

/** The worst that an incident means for its components; null for what puts nothing into a state. */
export function worstOf(entry: IncidentStatus): ComponentState | null {
  if (entry.kind === 'notice' || entry.status === 'cancelled') return null;
  const least: ComponentState = entry.kind === 'maintenance' ? 'under maintenance' : 'operational';
  return entry.components
    .map((component) => component.state)
    .reduce(worseState, worseState(least, stateOfImpact(entry.impact)));
}
