import type { Edit } from './fault.ts';

/** A line under repair: its text as it stands now, and where each character stood in the source. */
export class LineDraft {
  text: string;
  #origin: number[] | null = null;
  readonly #start: number;

  /** `start` is the offset of the line in its source. */
  constructor(text: string, start: number) {
    this.text = text;
    this.#start = start;
  }

  /** The offset in the source of a character of the draft; one that was put in has the place of what follows it. */
  toSource(offset: number): number {
    return this.#origin === null
      ? this.#start + offset
      : (this.#origin[offset] ?? this.#origin.at(-1) ?? this.#start);
  }

  /** Applies edits that do not overlap, with offsets into the draft; gives them back with offsets into the source. */
  apply(edits: Edit[]): Edit[] {
    const ordered = edits.toSorted((a, b) => a.start - b.start);
    const fix = ordered.map((edit) => ({
      ...edit,
      start: this.toSource(edit.start),
      end: this.toSource(edit.end),
    }));
    const length = this.text.length;
    const old = this.#origin ?? Array.from({ length: length + 1 }, (_, index) => this.#start + index);
    const origin: number[] = [];
    let text = '';
    let from = 0;
    for (const { start, end, text: put } of ordered) {
      text += this.text.slice(from, start) + put;
      for (let i = from; i < start; i += 1) origin.push(old[i]!);
      for (let i = 0; i < put.length; i += 1)
        origin.push(old[Math.min(start + i, Math.max(start, end - 1))]!);
      from = end;
    }
    text += this.text.slice(from);
    for (let i = from; i <= length; i += 1) origin.push(old[i]!);
    this.text = text;
    this.#origin = origin;
    return fix;
  }
}
