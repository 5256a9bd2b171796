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

/** Address of a state's symbol in the page. */
export function symbolOf(state: ComponentState): string {
  return `#${MARKS[state]}_`;
}

/** The worst that an incident means for its components; null for what puts nothing into a state. */
export function worstOf(entry: IncidentStatus): ComponentState | null {
  if (entry.kind === 'notice' || entry.status === 'cancelled') return null;
  // As the page's indicator does: while what fails is not known for sure, it is no green.
  const doubtful =
    entry.phase === 'open' && (!entry.incident.readable || entry.incident.unknownComponents.length > 0);
  const least: ComponentState =
    entry.kind === 'maintenance' ? 'under maintenance' : doubtful ? 'degraded performance' : 'operational';
  return entry.components
    .map((component) => component.state)
    .reduce(worseState, worseState(least, stateOfImpact(entry.impact)));
}
