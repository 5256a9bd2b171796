import { fold } from './fold.ts';

const LONGEST = 64;

/** How many slips a word of this length may have and still be known: half of a short word is another word. */
function allowance(length: number): number {
  if (length < 3) return 0;
  if (length < 5) return 1;
  if (length < 9) return 2;
  return 3;
}

/** Slips between two words: a letter too many, too few, wrong, or two swapped count one each. Above `limit`: `limit + 1`. */
function slips(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let older: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let best = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, older[j - 2]! + 1);
      }
      row.push(cost);
      best = Math.min(best, cost);
    }
    if (best > limit) return limit + 1;
    older = last;
    last = row;
  }
  return last[b.length]!;
}

/**
 * The candidate that `word` was likely meant to be, compared without case, spaces, hyphens and underscores;
 * of equally near ones the first. Null where nothing is near.
 */
export function nearest(word: string, candidates: Iterable<string>): string | null {
  if (word.length > LONGEST * 4) return null;
  const folded = fold(word);
  if (folded === '' || folded.length > LONGEST) return null;
  let limit = allowance(folded.length);
  let found: string | null = null;
  for (const candidate of candidates) {
    const key = fold(candidate);
    const reach = Math.min(limit, allowance(key.length));
    const distance = slips(folded, key, reach);
    if (distance > reach) continue;
    found = candidate;
    if (distance === 0) break;
    limit = distance - 1;
  }
  return found;
}
