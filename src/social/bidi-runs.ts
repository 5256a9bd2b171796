import bidiFactory from 'bidi-js';
import type { Letter } from './drawable.ts';

/** Letters that are drawn side by side in one direction: all of them glyphs, or all of them pictures. */
export interface Run {
  letters: Letter[];
  direction: 'ltr' | 'rtl';
}

const bidi = bidiFactory();

/**
 * One line cut into runs of one direction, from left to right as they are seen (UAX #9): in an Arabic line `18:30` stays
 * `18:30`. The letters of a run keep the order in which they are read.
 */
export function runsOf(line: Letter[], direction: 'ltr' | 'rtl'): Run[] {
  const { levels } = bidi.getEmbeddingLevels(line.map((letter) => letter.text).join(''), direction);
  const runs: { letters: Letter[]; level: number; pictures: boolean }[] = [];
  let position = 0;
  for (const letter of line) {
    const level = levels[position]!;
    position += letter.text.length;
    const last = runs.at(-1);
    const pictures = letter.picture !== null;
    if (last?.level === level && last.pictures === pictures) last.letters.push(letter);
    else runs.push({ letters: [letter], level, pictures });
  }
  // Rule L2: from the highest level down, whatever is at it or above turns round as a whole.
  const highest = Math.max(0, ...runs.map((run) => run.level));
  for (let level = highest; level >= 1; level--) {
    for (let start = 0; start < runs.length; start++) {
      let end = start;
      while (end < runs.length && runs[end]!.level >= level) end++;
      if (end > start) {
        runs.splice(start, end - start, ...runs.slice(start, end).reverse());
        start = end;
      }
    }
  }
  return runs.map((run) => ({ letters: run.letters, direction: run.level % 2 === 1 ? 'rtl' : 'ltr' }));
}
