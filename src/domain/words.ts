/**
 * The vocabulary of DESIGN §4, in code and API. Readers see the words of their language file.
 * Lists run from least to most finished (statuses) or from best to worst (impacts, states, indicators).
 */

/** Statuses of an incident. */
export const INCIDENT_STATUSES = [
  'investigating',
  'identified',
  'monitoring',
  'resolved',
  'postmortem',
] as const;

/** Statuses of a maintenance. */
export const MAINTENANCE_STATUSES = [
  'scheduled',
  'in progress',
  'verifying',
  'completed',
  'cancelled',
] as const;

/** Every status that a file may name. */
export const STATUSES = [...INCIDENT_STATUSES, ...MAINTENANCE_STATUSES, 'notice'] as const;

/** How bad an incident is, best first. */
export const IMPACTS = ['none', 'minor', 'major', 'critical'] as const;

/** What a component is like, best first. */
export const COMPONENT_STATES = [
  'operational',
  'under maintenance',
  'degraded performance',
  'partial outage',
  'major outage',
] as const;

/** What the whole page says, best first; `maintenance` only when nothing else is wrong. */
export const INDICATORS = ['none', 'maintenance', 'minor', 'major', 'critical'] as const;

/** What a file is about. */
export const KINDS = ['incident', 'maintenance', 'notice'] as const;

export type Status = (typeof STATUSES)[number];
export type Impact = (typeof IMPACTS)[number];
export type ComponentState = (typeof COMPONENT_STATES)[number];
export type Indicator = (typeof INDICATORS)[number];
export type Kind = (typeof KINDS)[number];

const ENDED: ReadonlySet<Status> = new Set(['resolved', 'postmortem', 'completed', 'cancelled']);

/** Whether a status closes what it stands on. A notice ends by its `until`, never by this word. */
export function isEnded(status: Status): boolean {
  return ENDED.has(status);
}

/** The worse of two component states. */
export function worseState(a: ComponentState, b: ComponentState): ComponentState {
  return COMPONENT_STATES.indexOf(a) >= COMPONENT_STATES.indexOf(b) ? a : b;
}

/** The worse of two impacts. */
export function worseImpact(a: Impact, b: Impact): Impact {
  return IMPACTS.indexOf(a) >= IMPACTS.indexOf(b) ? a : b;
}

/** The worse of two indicators. */
export function worseIndicator(a: Indicator, b: Indicator): Indicator {
  return INDICATORS.indexOf(a) >= INDICATORS.indexOf(b) ? a : b;
}

const STATE_OF_IMPACT: Record<Impact, ComponentState> = {
  none: 'operational',
  minor: 'degraded performance',
  major: 'partial outage',
  critical: 'major outage',
};

/** The state of a component that an incident of this impact lists without a state. */
export function stateOfImpact(impact: Impact): ComponentState {
  return STATE_OF_IMPACT[impact];
}

const IMPACT_OF_STATE: Record<ComponentState, Impact> = {
  operational: 'none',
  'under maintenance': 'none',
  'degraded performance': 'minor',
  'partial outage': 'major',
  'major outage': 'critical',
};

/** The impact that a component in this state stands for. */
export function impactOfState(state: ComponentState): Impact {
  return IMPACT_OF_STATE[state];
}
