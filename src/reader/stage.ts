import type { Instant } from '../domain/incident.ts';

/** What an element says from which instant on, the earliest first. Until then it says what the page was built with. */
export type Stage = [from: Instant, text: string];

/** What the clock has come to; undefined: nothing yet. */
export function reached(stages: Stage[], now: Instant): string | undefined {
  return stages.findLast(([from]) => from <= now)?.[1];
}
