import type { Problem } from './fault.ts';
import { error } from './problem.ts';

/** What a merge left in a text. */
export interface Conflict {
  first: { start: number; end: number };
  /** Lines to leave out: the markers, and the common ancestor between `|||||||` and `=======`. */
  blank: { start: number; end: number }[];
}

/** Conflict markers as git writes them, outside of fenced code; `=======` alone may be a heading's underline. */
export function conflictIn(text: string): Conflict | null {
  if (!text.includes('<<<<<<<') && !text.includes('>>>>>>>')) return null;
  const blank: Conflict['blank'] = [];
  let first: Conflict['first'] | null = null;
  let code: string | null = null;
  let inside = false;
  let ancestor = false;
  for (const match of text.matchAll(/[^\n]+/g)) {
    const line = match[0].trimEnd();
    const fence = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence !== undefined) {
      if (code === null) code = fence;
      else if (fence.startsWith(code) && line.trim() === fence) code = null;
    }
    if (code !== null) continue;
    const marker = /^(?:<{7}|>{7}|\|{7})(?=\s|$)|^={7}$/.exec(line)?.[0][0];
    if (marker === '<') inside = true;
    const counts = marker !== undefined && (marker === '<' || marker === '>' || inside);
    if (marker === '|' && inside) ancestor = true;
    if (marker === '=' || marker === '>') ancestor = false;
    if (marker === '>') inside = false;
    if (!counts && !ancestor) continue;
    const place = { start: match.index, end: match.index + line.length };
    if (counts) first ??= place;
    blank.push(place);
  }
  return first === null ? null : { first, blank };
}

/** The fault, at the first marker. */
export function conflictProblem({ first }: Conflict): Problem {
  return error(
    first.start,
    first.end,
    'conflict',
    'A merge conflict was committed: these markers part two versions of the text. Keep one version and delete the lines with the markers.',
  );
}

/** Both versions of a conflict, without its markers; as long as the text was. */
export function withoutConflict(text: string, { blank }: Conflict): string {
  let result = '';
  let from = 0;
  for (const { start, end } of blank) {
    result += text.slice(from, start) + ' '.repeat(end - start);
    from = end;
  }
  return result + text.slice(from);
}
