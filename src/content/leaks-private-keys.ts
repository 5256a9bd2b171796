import type { Leak } from './leaks-find.ts';

const DASHES = '[-\\u2010-\\u2015]{2,10}';
const LABEL = '[A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?';
const PEM = {
  begin: new RegExp(`${DASHES} ?BEGIN ${LABEL} ?${DASHES}`, 'g'),
  end: new RegExp(`${DASHES} ?END ${LABEL} ?${DASHES}`, 'g'),
};
const PUTTY = { begin: /PuTTY-User-Key-File-\d/g, end: /Private-MAC: ?[0-9a-f]{8,128}/g };

/** The longest key block that is taken from its first line to its last. */
const LONGEST = 24_000;

/** A key's line: Base64, perhaps quoted or indented, or one of the headers that stand above it. */
const KEY_LINE = /^[ \t>|]*(?:[A-Za-z0-9+/=]{16,200}|[A-Za-z-]{3,30}: [^\r\n]{0,120})?[ \t]*$/;
const LAST_LINE = /^[ \t>|]*[A-Za-z0-9+/=]{1,200}[ \t]*$/;

/**
 * Private keys as blocks (PEM of every kind, OpenSSH, PGP, PuTTY), whole: from the first line to the last, also where
 * they are quoted, written in one line with `\n`, or lack their beginning or end.
 */
export function privateKeys(text: string): Leak[] {
  const leaks: Leak[] = [];
  for (const { begin, end } of [PEM, PUTTY]) {
    const begins = [...text.matchAll(begin)].map(placeOf);
    const ends = [...text.matchAll(end)].map(placeOf);
    let next = 0;
    let closed = 0;
    for (const [index, place] of begins.entries()) {
      while (next < ends.length && ends[next]!.start < place.end) {
        // An end without a beginning: what stands above it is the rest of a key.
        if (ends[next]!.start >= closed)
          leaks.push(key(keyLinesAbove(text, ends[next]!.start), ends[next]!.end));
        next += 1;
      }
      const last = ends[next];
      const following = begins[index + 1]?.start ?? Number.POSITIVE_INFINITY;
      const whole = last !== undefined && last.start < following && last.end - place.start <= LONGEST;
      closed = whole
        ? last.end
        : keyLinesBelow(text.slice(place.end, Math.min(following, place.end + LONGEST)), place.end);
      leaks.push(key(place.start, closed));
      if (whole) next += 1;
    }
    for (const { start, end: until } of ends.slice(next)) {
      if (start >= closed) leaks.push(key(keyLinesAbove(text, start), until));
    }
  }
  return leaks;
}

function key(start: number, end: number): Leak {
  return { start, end, kind: 'secret', what: 'private key', harmless: 0 };
}

function placeOf(match: RegExpExecArray): { start: number; end: number } {
  return { start: match.index, end: match.index + match[0].length };
}

/** Where a key ends whose last line is missing; `rest` follows its beginning, which ends at `from`. */
function keyLinesBelow(rest: string, from: number): number {
  // In one line with the beginning: with blanks or a written `\n` between the parts.
  let end = /^(?:(?:[ \t]|\\[nr]){1,4}[A-Za-z0-9+/=]{16,4000})*/.exec(rest)![0].length;
  let long = false;
  for (const match of rest.matchAll(/(?:\r\n|\n|\r)([^\r\n]*)/g)) {
    const line = match[1]!;
    const fits = KEY_LINE.test(line);
    if (fits ? line.trim() !== '' : long && LAST_LINE.test(line)) end = match.index + match[0].length;
    if (!fits) break;
    long = line.trim() !== '';
  }
  return from + end;
}

/** Where a key begins whose first line is missing. */
function keyLinesAbove(text: string, from: number): number {
  let start = from;
  let lineEnd = text.lastIndexOf('\n', from - 1);
  while (lineEnd > 0 && from - lineEnd < LONGEST) {
    const lineStart = text.lastIndexOf('\n', lineEnd - 1) + 1;
    const line = text.slice(lineStart, lineEnd).replace(/\r$/, '');
    // The last line of Base64 may be short.
    const fits = start === from ? LAST_LINE.test(line) : /^[ \t>|]*[A-Za-z0-9+/=]{16,200}[ \t]*$/.test(line);
    if (!fits) break;
    start = lineStart;
    lineEnd = lineStart - 1;
  }
  return start;
}
