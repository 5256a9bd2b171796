import type { ComponentState } from '../domain/words.ts';

/** More rows than this are no overview any more. */
export const CALM = 24;

/** What a list shows, and what it folds away, both in the order of the list. */
export interface Calm<T> {
  shown: T[];
  folded: T[];
}

/** Keeps a list readable: of more rows than `CALM` those that work are folded away, so that the others are seen. */
export function calmly<T>(rows: T[], stateOf: (row: T) => ComponentState): Calm<T> {
  if (rows.length <= CALM) return { shown: rows, folded: [] };
  const { shown = [], folded = [] } = Object.groupBy(rows, (row) =>
    stateOf(row) === 'operational' ? 'folded' : 'shown',
  );
  return { shown, folded };
}
