import LineBreaker from 'linebreak';
import type { Letter } from './drawable.ts';
import type { Weight } from './fonts.ts';

/** One line of a text as it is drawn. */
export type Line = Letter[];

/** How lines are broken. Widths are in em. */
export interface Measure {
  width: number;
  weight: Weight;
  /** The letter that ends a line inside a word, and the one that stands for what was cut. */
  hyphen: Letter;
  ellipsis: Letter;
}

/** What stays together on a line: a text between two places where it may be broken. */
export interface Piece {
  letters: Letter[];
  em: number;
  /** Space towards the next piece, if that follows on the same line. */
  gap: Letter | null;
  /** Needs a hyphen at the end of a line: it broke at a soft hyphen. */
  hyphen: boolean;
}

/** The text of some letters. */
export function textOf(letters: Letter[]): string {
  return letters.map((letter) => letter.text).join('');
}

/** Width of some letters in em. */
export function widthOf(letters: Letter[], weight: Weight): number {
  return letters.reduce((sum, letter) => sum + letter.em[weight], 0);
}

/** A text cut where a line may end, by Unicode's rules (UAX #14) and at soft hyphens. */
export function piecesOf(letters: Letter[], weight: Weight): Piece[] {
  const breaks = breakPositions(textOf(letters));
  const made: Piece[] = [];
  let current: Letter[] = [];
  let position = 0;
  const close = () => {
    let rest = current;
    let gap: Letter | null = null;
    if (rest.at(-1)?.text === ' ') {
      gap = rest.at(-1)!;
      rest = rest.slice(0, -1);
    }
    const hyphen = gap === null && rest.at(-1)?.text === '\u00AD';
    rest = rest.filter((letter) => !isBreakMark(letter));
    if (rest.length > 0) made.push({ letters: rest, em: widthOf(rest, weight), gap, hyphen });
    current = [];
  };
  for (const letter of letters) {
    current.push(letter);
    position += letter.text.length;
    if (breaks.has(position)) close();
  }
  close();
  return made;
}

/**
 * The pieces in lines that are no wider than the measure; `split` tells that a word had to be cut anywhere because
 * it is wider than a line.
 */
export function breakLines(pieces: Piece[], measure: Measure): { lines: Line[]; split: boolean } {
  const { width, weight, hyphen } = measure;
  const lines: Line[] = [];
  let line: Letter[] = [];
  let used = 0;
  let last: Piece | null = null;
  let split = false;

  const end = () => {
    if (last?.hyphen) line.push(hyphen);
    if (line.length > 0) lines.push(line);
    line = [];
    used = 0;
    last = null;
  };

  for (const piece of pieces) {
    const gap = last?.gap ?? null;
    const tail = piece.hyphen ? hyphen.em[weight] : 0;
    if (used > 0 && used + (gap?.em[weight] ?? 0) + piece.em + tail > width) end();
    if (used > 0 && gap !== null) {
      line.push(gap);
      used += gap.em[weight];
    }
    for (const letter of piece.letters) {
      if (used > 0 && piece.em + tail > width && used + letter.em[weight] + hyphen.em[weight] > width) {
        split = true;
        last = { ...piece, hyphen: /\p{L}/u.test(line.at(-1)?.text ?? '') && /\p{L}/u.test(letter.text) };
        end();
      }
      line.push(letter);
      used += letter.em[weight];
    }
    last = piece;
  }
  if (last !== null) last = { ...last, hyphen: false };
  end();
  return { lines, split };
}

/** Lines of about equal length: as many as the measure needs, none wider. */
export function balanceLines(pieces: Piece[], measure: Measure): { lines: Line[]; split: boolean } {
  const widest = breakLines(pieces, measure);
  if (widest.lines.length < 2 || widest.split) return widest;
  let best = widest;
  let low = measure.width / 2;
  let high = measure.width;
  for (let round = 0; round < 8; round++) {
    const middle = (low + high) / 2;
    const tried = breakLines(pieces, { ...measure, width: middle });
    if (tried.lines.length > widest.lines.length || tried.split) {
      low = middle;
    } else {
      best = tried;
      high = middle;
    }
  }
  return best;
}

/** At most `most` lines; where some are left out, the last one ends in an ellipsis, cut between letters. */
export function clampLines(lines: Line[], most: number, measure: Measure): Line[] {
  if (lines.length <= most) return lines;
  const kept = lines.slice(0, most);
  const last = kept.pop();
  if (last === undefined) return [];
  return [...kept, withEllipsis(last, measure)];
}

/** One line that is no wider than the measure, cut between letters where it must be. */
export function oneLine(letters: Letter[], measure: Measure): Line {
  const shown = letters.filter((letter) => !isBreakMark(letter));
  return widthOf(shown, measure.weight) <= measure.width ? shown : withEllipsis(shown, measure);
}

function withEllipsis(line: Line, { width, weight, ellipsis }: Measure): Line {
  const room = width - ellipsis.em[weight];
  const kept: Line = [];
  let used = 0;
  for (const letter of line) {
    used += letter.em[weight];
    if (used > room) break;
    kept.push(letter);
  }
  while (/^[\s.,;:!?…·–—-]$/u.test(kept.at(-1)?.text ?? '')) kept.pop();
  return [...kept, ellipsis];
}

function isBreakMark(letter: Letter): boolean {
  return letter.text === '\u00AD' || letter.text === '\u200B';
}

/** After a hyphen inside a name with digits, like `us-east-1` or a date. */
function isInsideName(text: string, position: number): boolean {
  if (text[position - 1] !== '-') return false;
  const before = /\S*$/.exec(text.slice(Math.max(0, position - 40), position))?.[0] ?? '';
  const after = /^\S*/.exec(text.slice(position, position + 40))?.[0] ?? '';
  return /\p{N}/u.test(before + after);
}

// Scripts that write words without spaces and that UAX #14 leaves to a dictionary.
const NO_SPACES = /[\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}\p{Script=Myanmar}]/u;

const words = new Intl.Segmenter('en', { granularity: 'word' });

function breakPositions(text: string): Set<number> {
  const positions = new Set<number>();
  const breaker = new LineBreaker(text);
  for (let next = breaker.nextBreak(); next !== null; next = breaker.nextBreak()) {
    if (!isInsideName(text, next.position)) positions.add(next.position);
  }
  if (NO_SPACES.test(text)) {
    for (const { segment, index } of words.segment(text)) if (NO_SPACES.test(segment)) positions.add(index);
  }
  return positions;
}
