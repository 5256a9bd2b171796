import type { Instant } from '../domain/incident.ts';

/**
 * What an element says from an instant on; until then it says what the page was built with. Its text goes before the
 * elements inside it, such as its time, and `after` behind them. Of a symbol the text is the address.
 */
export type Stage = [from: Instant, text: string, after?: string];

/** The stage, of some in the order of their time, that the clock has come to; undefined: none yet. */
export function reached(stages: Stage[], now: Instant): Stage | undefined {
  return stages.findLast(([from]) => from <= now);
}
