import type { Fault, FaultPlace, Problem } from './fault.ts';

/** Line starts of a text; `\r\n`, `\n` and a lone `\r` end a line. */
class Lines {
  readonly #text: string;
  readonly #starts: number[] = [0];
  /** Thousands of faults may stand in one line of a megabyte. */
  #last = { line: 0, source: '' };

  constructor(text: string) {
    this.#text = text;
    for (const match of text.matchAll(/\r\n|\n|\r/g)) this.#starts.push(match.index + match[0].length);
  }

  /** 1-based line and column of an offset, and the whole line without its end. */
  at(offset: number): { line: number; column: number; source: string } {
    const place = Math.max(0, Math.min(offset, this.#text.length));
    let low = 0;
    let high = this.#starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#starts[middle]! <= place) low = middle + 1;
      else high = middle;
    }
    const start = this.#starts[low - 1]!;
    if (this.#last.line !== low) {
      const end = this.#starts[low] ?? this.#text.length;
      this.#last = { line: low, source: this.#text.slice(start, end).replace(/[\r\n]+$/, '') };
    }
    const { source } = this.#last;
    return { line: low, column: Math.min(place - start, source.length) + 1, source };
  }
}

/** The places of `[start, end)` in the text of a file. A marker ends with its line. */
export function placesOf(ranges: { start: number; end: number }[], file: string, text: string): FaultPlace[] {
  if (ranges.length === 0) return [];
  const lines = new Lines(text);
  return ranges.map(({ start, end }) => {
    const { line, column, source } = lines.at(start);
    const room = source.length - column + 1;
    return { file, line, column, length: Math.max(1, Math.min(end - start, room)), source };
  });
}

/** Gives problems of one file their place. Offsets of the problems count in `text`. */
export function faultsOf(problems: Problem[], file: string, text: string): Fault[] {
  return placesOf(problems, file, text).map((place, index) => {
    const { level, code, message, publishedAs, transient, fix } = problems[index]!;
    return { ...place, level, code, message, publishedAs, transient, fix };
  });
}

/** A fault of a whole file or folder, which has no place in a text. */
export function faultOfFile(
  file: string,
  level: Fault['level'],
  code: string,
  message: string,
  publishedAs: string | null = null,
): Fault {
  return {
    file,
    line: 1,
    column: 1,
    length: 1,
    level,
    code,
    message,
    publishedAs,
    source: '',
    transient: false,
    fix: null,
  };
}
