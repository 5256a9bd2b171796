import type { Edit, Problem } from './fault.ts';

/** What a rule says beside place, code and message; everything has a quiet default. */
interface Details {
  publishedAs?: string | null;
  transient?: boolean;
  fix?: Edit[] | null;
}

/** A warning at `[start, end)`. */
export const warning = ofLevel('warning');

/** An error at `[start, end)`. */
export const error = ofLevel('error');

function ofLevel(level: Problem['level']) {
  return (start: number, end: number, code: string, message: string, details: Details = {}): Problem => ({
    start,
    end,
    level,
    code,
    message,
    publishedAs: null,
    transient: false,
    fix: null,
    ...details,
  });
}

/** The same problem with all its offsets carried into another text. */
export function moved(problem: Problem, to: (offset: number) => number): Problem {
  return {
    ...problem,
    start: to(problem.start),
    end: Math.max(to(problem.start), to(problem.end)),
    fix:
      problem.fix === null
        ? null
        : problem.fix.map((edit) => ({ ...edit, start: to(edit.start), end: to(edit.end) })),
  };
}
