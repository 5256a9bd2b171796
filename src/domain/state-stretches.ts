import type { Instant } from './incident.ts';
import { COMPONENT_STATES, type ComponentState } from './words.ts';

/** A stretch of time in one state other than operational; `to` is not part of it. */
export interface StateStretch {
  state: ComponentState;
  from: Instant;
  to: Instant;
}

/** Time in a state that one incident tells of; `to` null: still so. */
type Span = Omit<StateStretch, 'to'> & { to: Instant | null };

/**
 * What something was like from `from` to `to`, out of what several incidents say of it: at each instant the worst state
 * of any counts. In the order of time, none touching the next in the same state; what is missing was operational.
 */
export function stateStretches(spans: Span[], from: Instant, to: Instant): StateStretch[] {
  const turns = spans
    .flatMap((span) => {
      const begin = Math.max(span.from, from);
      const end = Math.min(span.to ?? to, to);
      const rank = COMPONENT_STATES.indexOf(span.state);
      return begin < end
        ? [
            { at: begin, rank, by: 1 },
            { at: end, rank, by: -1 },
          ]
        : [];
    })
    .sort((a, b) => a.at - b.at);
  const running = COMPONENT_STATES.map(() => 0);
  const stretches: StateStretch[] = [];
  for (const [index, { at, rank, by }] of turns.entries()) {
    running[rank]! += by;
    const next = turns[index + 1]?.at ?? at;
    const state = COMPONENT_STATES[running.findLastIndex((count) => count > 0)] ?? 'operational';
    if (next === at || state === 'operational') continue;
    const last = stretches.at(-1);
    if (last?.state === state && last.to === at) last.to = next;
    else stretches.push({ state, from: at, to: next });
  }
  return stretches;
}
