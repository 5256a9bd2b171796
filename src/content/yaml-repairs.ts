import type { Edit, Problem } from './fault.ts';
import { type FlowState, walkFlow } from './flow-repairs.ts';
import { fold } from './fold.ts';
import { LineDraft } from './line-draft.ts';
import { moved, warning } from './problem.ts';
import { isSingle, type Shape } from './shape.ts';
import { nearest } from './suggest.ts';
import { isPlainYaml, quotedLength, quoteEdits } from './yaml-scalar.ts';

/** A YAML text with its slips mended, and the way back. */
export interface RepairedYaml {
  text: string;
  /** From an offset of `text` to one of the source. */
  toSource: (offset: number) => number;
  /** Offsets into the source. */
  problems: Problem[];
}

/** A map or list that the walk is inside of. `column`: where its keys, or its hyphens, stand. */
interface Frame {
  kind: 'map' | 'list';
  column: number;
  shape: Shape;
}

interface Line {
  text: string;
  /** Offset of the line in the source. */
  start: number;
  /** Its line end as written. */
  ending: string;
}

const ODD_SPACE = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g;
const ZERO_WIDTH = /[\u200b-\u200d\u2060\ufeff]/g;
const KEYED =
  /^((["'„“”‘’«»])?([^\s:：=#"'„“”‘’«»[\]{},&*!|>%@`-][^:：=#"'„“”‘’«»[\]{},]{0,80}?)["'“”„‘’«»]?)([ \t\u00a0]{0,20})([:：=])(.*)$/su;
const BLOCK_HEADER = /^[|>][+\-0-9]{0,2}(?:[ \t]+#.*)?$/;
const MARKERS = /^[\u2010-\u2015\u2212•·◦‣*+](?=[ \t\u00a0])/;

/**
 * Mends what a hurried hand spoils in YAML (DESIGN §5), line by line, each slip with a warning that holds the edit.
 * Only what has one plain reading is touched; the rest is left to the parser to complain about.
 * `isName` knows the names that the site's config gives to components; they are never taken for a key.
 */
export function repairYaml(
  source: string,
  shape: Shape,
  isName: (word: string) => boolean = () => false,
): RepairedYaml {
  return new Repairer(source, shape, isName).run();
}

class Repairer {
  readonly #lines: Line[];
  readonly #isName: (word: string) => boolean;
  readonly #root: Shape;
  readonly #anchors: Set<string>;
  readonly #problems: Problem[] = [];
  readonly #drafts: LineDraft[] = [];
  readonly #frames: Frame[];
  /** The key just read had no value on its line. */
  #pending: { column: number; shape: Shape } | null = null;
  /** Lines deeper than this belong to a block of text. */
  #block: number | null = null;
  #flow: FlowState | null = null;
  #quote: '"' | "'" | null = null;
  /** A quote that was put in is closed at the end of this line. */
  #closing: number | null = null;
  /** The last value was a single one: deeper lines carry on with it. */
  #afterValue = false;

  constructor(source: string, shape: Shape, isName: (word: string) => boolean) {
    this.#lines = linesOf(source);
    this.#isName = isName;
    this.#root = shape;
    this.#anchors = new Set([...source.matchAll(/&([\p{L}\p{N}_.-]+)/gu)].map((match) => match[1]!));
    this.#frames = [{ kind: 'map', column: this.#baseColumn(), shape }];
  }

  run(): RepairedYaml {
    const whole = this.#lines.map(({ text }) => text).join('\n');
    // All of it in one pair of braces is YAML of another style, without lines of ours.
    const flow = /^\s*\{[\s\S]*\}\s*$/.test(whole);
    for (const [index, line] of this.#lines.entries()) {
      const draft = new LineDraft(line.text, line.start);
      this.#drafts.push(draft);
      if (!flow) this.#repairLine(draft, index);
    }
    return this.#result();
  }

  /** Where the keys at the top stand: the leftmost known one. */
  #baseColumn(): number {
    let base = Number.POSITIVE_INFINITY;
    for (const { text } of this.#lines) {
      const indent = indentOf(text);
      if (indent >= base) continue;
      const key = KEYED.exec(text.slice(indent))?.[3];
      if (key !== undefined && knows(this.#root, key)) base = indent;
    }
    return base === Number.POSITIVE_INFINITY ? 0 : base;
  }

  #result(): RepairedYaml {
    const starts: number[] = [];
    let text = '';
    for (const [index, draft] of this.#drafts.entries()) {
      starts.push(text.length);
      const ending = this.#lines[index]!.ending;
      text += draft.text + (ending === '\r' ? '\n' : ending);
    }
    const toSource = (offset: number) => {
      let low = 0;
      let high = starts.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (starts[middle]! <= offset) low = middle + 1;
        else high = middle;
      }
      const draft = this.#drafts[low - 1];
      if (draft === undefined) return 0;
      const inside = offset - starts[low - 1]!;
      const line = this.#lines[low - 1]!;
      if (inside <= draft.text.length) return draft.toSource(inside);
      return line.start + line.text.length + Math.min(inside - draft.text.length, line.ending.length);
    };
    return { text, toSource, problems: this.#problems };
  }

  #report(
    code: string,
    draft: LineDraft,
    start: number,
    end: number,
    message: string,
    edits: Edit[] | null,
  ): void {
    const problem = moved(warning(start, Math.max(end, start + 1), code, message), (offset) =>
      draft.toSource(offset),
    );
    this.#problems.push({ ...problem, fix: edits === null ? null : draft.apply(edits) });
  }

  #repairLine(draft: LineDraft, index: number): void {
    if (isBlank(draft.text)) {
      // A blank line of odd characters would end the map for the parser.
      if (/[^ \t]/.test(draft.text)) draft.apply([{ start: 0, end: draft.text.length, text: '' }]);
      return;
    }
    if (this.#closing !== null) {
      if (index < this.#closing) return;
      const end = draft.text.trimEnd().length;
      draft.apply([{ start: end, end, text: '"' }]);
      this.#closing = null;
      return;
    }
    if (this.#block !== null) {
      if (indentOf(draft.text) > this.#block) return;
      this.#block = null;
    }
    if (this.#quote !== null) {
      this.#quote = quoteStaysOpen(draft.text, this.#quote);
      return;
    }
    if (this.#flow !== null) {
      this.#repairFlow(draft, 0, index);
      return;
    }
    if (/^\s*#/.test(draft.text)) return;
    if (/^[%<>=|]{7}(?:\s|$)/.test(draft.text)) return;
    this.#repairIndent(draft);
    this.#repairListMarker(draft);

    this.#repairStrayHyphen(draft);
    this.#repairStrayCharacters(draft);
    let column = indentOf(draft.text);
    for (let depth = 0; depth < 8 && /^-(?:[ \t]|$)/.test(draft.text.slice(column)); depth += 1) {
      const entered = this.#enterList(draft, column, depth);
      column = indentOf(draft.text);
      if (depth > 0) column = entered;
      this.#pending = null;
      const marker = /^-[ \t]*/.exec(draft.text.slice(column))![0].length;
      column += marker;
      if (column >= draft.text.length) {
        this.#pending = { column: column - marker, shape: this.#frames.at(-1)!.shape };
        return;
      }
      this.#frames.push({ kind: 'map', column, shape: this.#frames.at(-1)!.shape });
      if (depth === 7) return;
    }
    this.#repairEntry(draft, column, index);
  }

  #repairIndent(draft: LineDraft): void {
    const lead = /^[\s\u200b-\u200d\u2060\ufeff]+/.exec(draft.text)?.[0] ?? '';
    const plain = lead
      .replace(ZERO_WIDTH, '')
      .replace(ODD_SPACE, ' ')
      .replace(/[^ \t]/g, ' ')
      .replace(/\t/g, '  ');
    if (plain === lead) return;
    const tab = lead.includes('\t');
    this.#report(
      tab ? 'tab' : 'odd-space',
      draft,
      0,
      lead.length,
      tab
        ? 'A tab indents this line; YAML takes only spaces. Write two spaces instead.'
        : 'The space at the beginning of this line is not an ordinary one. Write ordinary spaces.',
      [{ start: 0, end: lead.length, text: plain }],
    );
  }

  #repairListMarker(draft: LineDraft): void {
    const column = indentOf(draft.text);
    const rest = draft.text.slice(column);
    if (!this.#listFits(column)) return;
    if (MARKERS.test(rest)) {
      this.#report(
        'list-marker',
        draft,
        column,
        column + 1,
        `An entry of a list begins with a hyphen: write "- " instead of "${rest[0]}".`,
        [{ start: column, end: column + 2, text: '- ' }],
      );
    } else if (/^-[^\s-]/.test(rest) && !/^-\d/.test(rest)) {
      this.#report(
        'list-marker',
        draft,
        column,
        column + 1,
        'A space is missing after the hyphen of this list entry. Write "- ".',
        [{ start: column + 1, end: column + 1, text: ' ' }],
      );
    } else if (/^-\u00a0/.test(rest)) {
      this.#report(
        'list-marker',
        draft,
        column + 1,
        column + 2,
        'The space after the hyphen is not an ordinary one. Write "- ".',
        [{ start: column + 1, end: column + 2, text: ' ' }],
      );
    }
  }

  /** `- status: resolved`: the keys of a map are no entries of a list. */
  #repairStrayHyphen(draft: LineDraft): void {
    const root = this.#frames[0]!;
    const marker = /^[ \t]*-+[ \t]*/.exec(draft.text)?.[0];
    if (marker === undefined || root.shape.keys === undefined) return;
    if (this.#listFits(indentOf(draft.text)) || indentOf(draft.text) > root.column + 1) return;
    const key = KEYED.exec(draft.text.slice(marker.length))?.[3];
    if (key === undefined || !knows(root.shape, key)) return;
    this.#report(
      'stray-hyphen',
      draft,
      0,
      marker.length,
      'A hyphen begins an entry of a list, and this is a key. Delete the hyphen.',
      [{ start: 0, end: marker.length, text: ' '.repeat(root.column) }],
    );
  }

  /** `@status: resolved`, `**status:` and their like: signs before a key at the top. */
  #repairStrayCharacters(draft: LineDraft): void {
    const root = this.#frames[0]!;
    const column = indentOf(draft.text);
    const signs = /^[^\p{L}\p{N}\s"'„“”‘’«»#-]{1,3}[ \t]?(?=\p{L})/u.exec(draft.text.slice(column))?.[0];
    if (signs === undefined || column > root.column + 1) return;
    const match = KEYED.exec(draft.text.slice(column + signs.length));
    if (match === null || !knows(root.shape, match[3]!)) return;
    const end = column + signs.length;
    this.#report(
      'stray-character',
      draft,
      column,
      end,
      `"${signs.trim()}" stands before the key "${match[3]}". Delete it.`,
      [{ start: column, end, text: '' }],
    );
  }

  /** Whether an entry of a list may begin at this column. */
  #listFits(column: number): boolean {
    if (this.#pending !== null && column >= this.#pending.column)
      return this.#pending.shape.item !== undefined;
    return this.#frames.some((frame) => frame.kind === 'list' && Math.abs(frame.column - column) <= 2);
  }

  /** Moves into the list that has its hyphens at `column`; a hyphen that slipped sideways is put back first. Gives the column. */
  #enterList(draft: LineDraft, column: number, depth: number): number {
    const pending = this.#pending;
    if (depth > 0 || (pending !== null && column >= pending.column)) {
      const above = depth > 0 ? this.#frames.at(-1)!.shape : pending!.shape;
      if (depth > 0) this.#frames.pop();
      else this.#popTo(column + 1);
      this.#frames.push({ kind: 'list', column, shape: above.item ?? above });
      return column;
    }
    const lists = this.#frames.filter((frame) => frame.kind === 'list');
    const last = lists.at(-1);
    if (last === undefined) {
      this.#popTo(column);
      this.#frames.push({ kind: 'list', column, shape: this.#frames.at(-1)?.shape ?? this.#root });
      return column;
    }
    if (!lists.some((frame) => frame.column === column)) {
      const target = lists.reduce((a, b) =>
        Math.abs(b.column - column) <= Math.abs(a.column - column) ? b : a,
      );
      this.#report(
        'indentation',
        draft,
        0,
        Math.max(1, column),
        `This entry does not stand below the other entries of its list: indent it with ${spaces(target.column)}.`,
        [{ start: 0, end: column, text: ' '.repeat(target.column) }],
      );
      this.#popTo(target.column, 'list');
      return target.column;
    }
    this.#popTo(column, 'list');
    return column;
  }

  /** Leaves every frame right of `column`; with `keep`, the list at the column itself stays, else it is left. */
  #popTo(column: number, keep: 'map' | 'list' = 'map'): void {
    while (this.#frames.length > 1) {
      const top = this.#frames.at(-1)!;
      if (top.column > column || (top.column === column && top.kind !== keep)) this.#frames.pop();
      else break;
    }
  }

  #repairEntry(draft: LineDraft, at: number, index: number): void {
    let column = at;
    const inItem = this.#frames.at(-1)!.column === column && at > indentOf(draft.text);
    const match = KEYED.exec(draft.text.slice(column));
    const key = match?.[3]?.trim();
    const frame = inItem ? this.#frames.at(-1)! : this.#frameFor(draft, column, key, match);
    column = inItem ? column : indentOf(draft.text);
    if (frame === null) return;

    const entry = this.#repairSeparator(draft, column, frame);
    if (entry === null) {
      // No key: an entry of a list, or more of the text above.
      if (inItem || frame.kind === 'list') this.#repairValue(draft, column, frame.shape, index, column);
      return;
    }
    this.#pending = null;
    this.#afterValue = false;
    const child = childShape(frame.shape, entry.key);
    const value = draft.text.slice(entry.valueAt);
    const room = value.length - value.trimStart().length;
    if (value.trim() === '' || (/^\s*#/.test(value) && !child.text)) {
      this.#pending = { column, shape: child };
      if (value.trim() !== '' && !this.#hasEntriesBelow(index, column))
        this.#reportComment(draft, entry.valueAt + room);
      return;
    }
    this.#repairValue(draft, entry.valueAt + room, child, index, column);
  }

  /** The map that a key at this column belongs to. A key that slipped to the right or left is put back. Null: not a key. */
  #frameFor(
    draft: LineDraft,
    column: number,
    key: string | undefined,
    match: RegExpExecArray | null,
  ): Frame | null {
    const pending = this.#pending;
    if (key === undefined || match === null) {
      if (
        pending !== null &&
        column > pending.column &&
        !this.#frames.some((frame) => frame.column === column)
      )
        return null;
      if (column > this.#frames[0]!.column) return null;
      this.#popTo(column);
      return this.#frames.at(-1)!;
    }
    const root = this.#frames[0]!;
    const rootKey = knows(root.shape, key) && !this.#isName(key);

    if (pending !== null && column > pending.column) {
      const nested = knows(pending.shape, key) || (pending.shape.names !== undefined && !rootKey);
      if (nested || !rootKey || column <= root.column) {
        if (isSingle(pending.shape) && !separates(match)) return null;
        const frame: Frame = { kind: 'map', column, shape: pending.shape };
        this.#frames.push(frame);
        return frame;
      }
      return this.#putBack(draft, column, root);
    }
    if (pending !== null && column === pending.column && !knows(this.#frames.at(-1)!.shape, key)) {
      const nested = knows(pending.shape, key) || (pending.shape.names !== undefined && this.#isName(key));
      if (nested && separates(match) && !(column === root.column && rootKey)) {
        const frame: Frame = { kind: 'map', column: pending.column + 2, shape: pending.shape };
        this.#frames.push(frame);
        return this.#putBack(draft, column, frame);
      }
    }
    const exact = this.#frames.findLast((frame) => frame.column === column && frame.kind === 'map');
    const near = this.#frames.findLast(
      (frame) =>
        frame.kind === 'map' &&
        (knows(frame.shape, key) || (frame.shape.names !== undefined && this.#isName(key))) &&
        Math.abs(frame.column - column) <= 4,
    );
    // A key that only the entry above knows belongs to that entry, also where it stands at the top.
    const strayed = exact === root && !knows(root.shape, key) && near !== undefined && separates(match);
    if (exact !== undefined && !strayed && (knows(exact.shape, key) || !rootKey || exact === root)) {
      this.#popTo(column);
      return exact;
    }
    const target = near ?? (rootKey ? root : undefined);
    if (target === undefined) {
      if (column > root.column && this.#afterValue) return null;
      this.#popTo(column);
      return this.#frames.at(-1)!;
    }
    return this.#putBack(draft, column, target);
  }

  #putBack(draft: LineDraft, column: number, frame: Frame): Frame {
    this.#popTo(frame.column);
    if (column === frame.column) return frame;
    const message =
      frame.column < column
        ? `This key is indented too far: ${spaces(column - frame.column)} before it make it part of the entry above. Delete the leading space.`
        : `This key is not indented far enough: it belongs to the entry above. Indent it with ${spaces(frame.column)}.`;
    this.#report('indentation', draft, 0, Math.max(1, column), message, [
      { start: 0, end: column, text: ' '.repeat(frame.column) },
    ]);
    return frame;
  }

  /** Makes `key: ` of what stands between a key and its value. Null: the line has no key. */
  #repairSeparator(draft: LineDraft, column: number, frame: Frame): { key: string; valueAt: number } | null {
    const rest = draft.text.slice(column);
    const match = KEYED.exec(rest);
    if (match === null) return this.#missingColon(draft, column, frame);
    const [, written = '', opening, key = '', gap = '', separator = '', after = ''] = match;
    const place = column + written.length;
    if (separates(match)) {
      if (opening !== undefined && !/["']/.test(opening)) {
        this.#report(
          'typographic-quotes',
          draft,
          column,
          place,
          `Typographic quotes stand around this key. Write ${key} without quotes.`,
          [{ start: column, end: place, text: key }],
        );
        return { key, valueAt: column + key.length + gap.length + 1 };
      }
      return { key, valueAt: place + gap.length + 1 };
    }
    const known =
      knows(frame.shape, key) || (separator === ':' && isNear(frame.shape, key) && !after.startsWith('//'));
    const name = frame.shape.names !== undefined && separator === ':' && !/^\/\/|^\d\d/.test(after);
    if (!known && !name) return null;
    const blank = /^[\s\u200b\u2060\ufeff]*/.exec(after)![0];
    const end = place + gap.length + 1 + blank.length;
    const message =
      separator !== ':'
        ? `A key and its value are parted by a colon and a space: write "${key}: ".`
        : blank === ''
          ? `A space is missing after the colon: write "${key}: ".`
          : 'The space after the colon is not an ordinary one. Write an ordinary space.';
    this.#report('missing-space', draft, place, end, message, [{ start: place, end, text: ': ' }]);
    return { key, valueAt: place + 2 };
  }

  /** `status resolved`: a line that begins with a known key and has no colon at all. */
  #missingColon(draft: LineDraft, column: number, frame: Frame): { key: string; valueAt: number } | null {
    if (column > frame.column || frame.shape.keys === undefined || this.#pending !== null) return null;
    const rest = draft.text.slice(column);
    const key = [/^(\S+[ \t]+\S+)[ \t]+\S/, /^(\S+)[ \t]+\S/]
      .map((pattern) => pattern.exec(rest)?.[1])
      .find((word) => word !== undefined && knows(frame.shape, word));
    if (key === undefined) return null;
    const at = column + key.length;
    this.#report('missing-colon', draft, column, at, `A colon is missing after "${key}". Write "${key}: ".`, [
      { start: at, end: at, text: ':' },
    ]);
    return { key, valueAt: at + 1 };
  }

  #repairValue(draft: LineDraft, at: number, shape: Shape, index: number, column: number): void {
    this.#afterValue = true;
    const single = isSingle(shape);
    let value = draft.text.slice(at).trimEnd();
    const tag = /^!(?:![^\s,[\]{}]*|[^\s,[\]{}]*)(?:[ \t]+|$)/.exec(value)?.[0];
    if (tag !== undefined && (!shape.text || tag.startsWith('!!')) && tag.trim() !== '!') {
      this.#report(
        'yaml-tag',
        draft,
        at,
        at + tag.trimEnd().length,
        `"${tag.trim()}" is a YAML tag; tags mean nothing here. Delete it.`,
        [{ start: at, end: at + tag.length, text: '' }],
      );
      value = draft.text.slice(at).trimEnd();
      if (value === '') {
        this.#pending = { column, shape };
        return;
      }
    }
    if (BLOCK_HEADER.test(value) && this.#blockFollows(index, column)) {
      this.#block = column;
      return;
    }
    if (/^[[{]/.test(value) && !(shape.text && !this.#isCollection(value, shape))) {
      this.#flow = { open: [], quote: null };
      this.#repairFlow(draft, at, index);
      return;
    }
    if (!single && this.#repairListSpelling(draft, at, value)) return;
    if (/^["']/.test(value)) {
      this.#repairQuoted(draft, at, index, shape);
      return;
    }
    if (this.#repairTypographicQuotes(draft, at, value)) return;
    if (value.startsWith('#')) {
      if (shape.text) this.#quoteWhole(draft, at, value, 'reserved-character');
      return;
    }
    const cut = value.search(/\s#/);
    if (cut >= 0) {
      if (shape.text) {
        this.#reportComment(draft, at + cut + 1);
      }
      value = value.slice(0, cut).trimEnd();
    }
    if (value === '') return;
    if (single && this.#runsOn(index, column)) {
      this.#quoteLines(draft, at, value, index, column);
      return;
    }
    const entries = !single && /^[^"'[\]{}]*$/.test(value);
    if (shape.text && /^[&!]/.test(value)) this.#quoteWhole(draft, at, value, 'reserved-character');
    else if ((single || entries) && !isPlainYaml(value, this.#anchors) && !value.startsWith('&')) {
      this.#quoteWhole(
        draft,
        at,
        value,
        /^[\p{L}\p{N}(„“]/u.test(value) ? 'unquoted-colon' : 'reserved-character',
      );
    }
  }

  /** A list in round brackets, with its opening bracket missing, or with a hyphen on the line of its key. */
  #repairListSpelling(draft: LineDraft, at: number, value: string): boolean {
    const end = at + value.length;
    const inside = /^(\(|- +|)([^()[\]{}"'#:]+)(\)|\]|)$/.exec(value);
    if (inside === null) return false;
    const [, before = '', , after = ''] = inside;
    const spelled = `${before[0] ?? ''}${after}`;
    if (!['()', ']', '-'].includes(spelled)) return false;
    this.#report('list-spelling', draft, at, end, 'A list is written in square brackets: [one, two].', [
      { start: at, end: at + before.length, text: '[' },
      { start: end - after.length, end, text: ']' },
    ]);
    return true;
  }

  /** A text over several lines that YAML would not take for one: the quotes go around all of them. */
  #quoteLines(draft: LineDraft, at: number, value: string, index: number, column: number): void {
    let last = index;
    const lines = [value];
    for (let i = index + 1; i < this.#lines.length; i += 1) {
      const { text } = this.#lines[i]!;
      if (isBlank(text) || indentOf(text) <= column || /^\s*#/.test(text) || this.#looksLikeRootKey(text))
        break;
      lines.push(text);
      last = i;
    }
    if (
      lines.every((line) => isPlainYaml(line.trim(), this.#anchors)) ||
      lines.some((line) => /["\\]|\s#/.test(line))
    )
      return;
    const end = this.#lines[last]!.start + this.#lines[last]!.text.trimEnd().length;
    this.#report(
      'unquoted-colon',
      draft,
      at,
      at + value.length,
      'This text goes on in the next line, and what it holds means something else in YAML; it is read as it was typed. Put it in quotes.',
      [{ start: at, end: at, text: '"' }],
    );
    this.#problems.at(-1)!.fix!.push({ start: end, end, text: '"' });
    this.#closing = last;
  }

  /** Text in braces is a map only where the shape has one and it reads as one. */
  #isCollection(value: string, shape: Shape): boolean {
    return shape.names !== undefined && /^\{[^{}]*:[ \t]/.test(value);
  }

  /** Whether a word is a key anywhere, or a name: it may begin an entry before which a comma is missing. */
  #isKey(word: string): boolean {
    return this.#isName(word) || knowsBelow(this.#root, word, 0);
  }

  #hasEntriesBelow(index: number, column: number): boolean {
    const next = this.#nextFilled(index);
    return next !== null && (indentOf(next) > column || /^\s*[-–—•*]\s/.test(next));
  }

  #reportComment(draft: LineDraft, at: number): void {
    const message =
      'A blank and "#" begin a comment: from here on nothing is published. If this belongs to the text, put the whole text in quotes.';
    this.#report('cut-by-comment', draft, at, draft.text.trimEnd().length, message, null);
  }

  #quoteWhole(
    draft: LineDraft,
    at: number,
    value: string,
    code: 'unquoted-colon' | 'reserved-character' | 'nested-quotes',
  ): void {
    const message = {
      'unquoted-colon':
        'An unquoted colon ends a key in YAML; this text is read as it was typed. Put it in quotes.',
      'reserved-character': `"${value[0]}" at the beginning means something else in YAML; this text is read as it was typed. Put it in quotes.`,
      'nested-quotes':
        'Quotes inside quotes end the text for YAML; it is read as it was typed. Use other quotes around the whole, or write " inside as \\".',
    }[code];
    const start = code === 'unquoted-colon' ? at + Math.max(0, value.search(/:(?:\s|$)/)) : at;
    this.#report(
      code,
      draft,
      start,
      code === 'unquoted-colon' ? start + 1 : at + value.length,
      message,
      quoteEdits(value, at),
    );
  }

  #repairQuoted(draft: LineDraft, at: number, index: number, shape: Shape): void {
    const value = draft.text.slice(at).trimEnd();
    const mark = value[0] as '"' | "'";
    const length = quotedLength(value);
    const rest = value.slice(length);
    if (length === value.length || (length > 0 && /^\s+#/.test(rest))) {
      if (!isPlainYaml(value.slice(0, length), this.#anchors))
        this.#quoteWhole(draft, at, value.slice(0, length), 'nested-quotes');
      return;
    }
    // "mail", "web" where a list is meant is no slip of quotes.
    if (length > 0 && !isSingle(shape) && /^\s*,/.test(rest)) {
      const edits = [
        { start: at, end: at, text: '[' },
        { start: at + value.length, end: at + value.length, text: ']' },
      ];
      this.#report(
        'missing-brackets',
        draft,
        at,
        at + value.length,
        'A list is written in square brackets: [one, two].',
        edits,
      );
      return;
    }
    if (length === 0 && !value.slice(1).includes(mark)) {
      const next = this.#nextFilled(index);
      const runsOn = next !== null && !this.#looksLikeKey(next) && this.#closesBelow(index, mark);
      if (runsOn) {
        this.#quote = mark;
        return;
      }
      const typographic = CLOSING_QUOTES.includes(value.at(-1)!) && value.length > 1;
      const end = at + value.length;
      this.#report(
        'unclosed-quote',
        draft,
        at,
        end,
        `The quote that opens here is not closed in this line. Write ${mark} at the end.`,
        [{ start: typographic ? end - 1 : end, end, text: mark }],
      );
      return;
    }
    this.#quoteWhole(draft, at, value, 'nested-quotes');
  }

  #repairTypographicQuotes(draft: LineDraft, at: number, value: string): boolean {
    const comment = value.search(/\s#[^"'“”„«»‘’]*$/);
    const text = comment < 0 ? value : value.slice(0, comment).trimEnd();
    const pair = QUOTE_PAIRS.find(([open]) => text.startsWith(open));
    if (pair === undefined || text.length < 2) return false;
    const last = text.at(-1)!;
    if (!pair[1].includes(last)) return false;
    const inside = text.slice(1, -1);
    // „Mail“ and „Web“ are quoted words within a text.
    if (
      [...inside].some(
        (character) =>
          pair[1].includes(character) && character !== "'" && character !== '’' && !'"'.includes(character),
      )
    )
      return false;
    const end = at + text.length;
    const mark = /["\\]/.test(inside) ? "'" : '"';
    const edits: Edit[] = [
      { start: at, end: at + 1, text: mark },
      { start: end - 1, end, text: mark },
    ];
    if (mark === "'") {
      for (const match of inside.matchAll(/'/g)) {
        const place = at + 1 + match.index;
        edits.push({ start: place, end: place, text: "'" });
      }
    }
    this.#report(
      'typographic-quotes',
      draft,
      at,
      end,
      `Typographic quotes stand around this value; YAML knows only " and '. Write ${mark} on both sides, or none.`,
      edits,
    );
    return true;
  }

  #repairFlow(draft: LineDraft, at: number, index: number): void {
    const state = this.#flow!;
    const before = state.open.length;
    const { length } = draft.text;
    const { slips, end, comment } = walkFlow(draft.text, at, state, this.#anchors, (word) =>
      this.#isKey(word),
    );
    for (const slip of slips) {
      const word = draft.text.slice(slip.start, slip.end);
      const message = {
        'typographic-quotes': `Typographic quotes stand around this value; YAML knows only " and '. Write " on both sides, or none.`,
        'reserved-character': `"${word[0]}" at the beginning means something else in YAML; this entry is read as it was typed. Put it in quotes.`,
        'missing-space': 'A space is missing after this colon.',
        'unquoted-colon':
          'An unquoted colon ends a key in YAML; this text is read as it was typed. Put it in quotes.',
        'extra-comma': 'Nothing stands before this comma. Delete it.',
      }[slip.code];
      const fix = slip.edits;
      this.#problems.push(
        moved(warning(slip.start, slip.end, slip.code, message, { fix }), (offset) => draft.toSource(offset)),
      );
    }
    if (slips.length > 0) draft.apply(slips.flatMap(({ edits }) => edits));
    if (end !== null) {
      this.#flow = null;
      this.#repairFlowTail(draft, at);
      return;
    }
    const next = this.#nextFilled(index);
    const goesOn =
      next !== null &&
      !/^\s*-\s/.test(next) &&
      !(this.#looksLikeRootKey(next) || (before === 0 && !this.#closesBelow(index, null)));
    if (goesOn) return;
    this.#flow = null;
    if (state.quote !== null || state.open.length === 0) return;
    const grown = draft.text.length - length;
    const place = (comment === null ? draft.text : draft.text.slice(0, comment + grown)).trimEnd().length;
    const brackets = state.open
      .toReversed()
      .map((open) => (open === '[' ? ']' : '}'))
      .join('');
    this.#report(
      'unclosed-bracket',
      draft,
      place - 1,
      place,
      `A bracket that opens in this line is not closed: write "${brackets}" here.`,
      [{ start: place, end: place, text: brackets }],
    );
  }

  /** What follows the closing bracket on its line: a bracket too many, or more entries of the list. */
  #repairFlowTail(draft: LineDraft, at: number): void {
    for (let count = 0; count < 20; count += 1) {
      const { end } = walkFlow(draft.text, at, { open: [], quote: null }, this.#anchors);
      if (end === null) return;
      const tail = draft.text.slice(end);
      const brackets = /^[[\]{}\s]*[[\]{}](?=\s*$)/.exec(tail)?.[0];
      if (brackets !== undefined) {
        const edits = [{ start: end, end: end + brackets.length, text: '' }];
        this.#report(
          'extra-bracket',
          draft,
          end,
          end + brackets.length,
          'This bracket is one too many. Delete it.',
          edits,
        );
        return;
      }
      const isList = draft.text[at] === '[' && draft.text[end - 1] === ']';
      const another = isList ? /^\s*[,;]?\s*\[(?=[^[\]{}]*\])/.exec(tail)?.[0].length : undefined;
      const more = isList
        ? /^\s*,(\s*[^\s,[\]{}"'#:;][^,[\]{}"'#:;]*)/.exec(tail)?.[0].trimEnd().length
        : undefined;
      if (another === undefined && more === undefined) return;
      const edits =
        another !== undefined
          ? [{ start: end - 1, end: end + another, text: ', ' }]
          : [
              { start: end - 1, end, text: '' },
              { start: end + more!, end: end + more!, text: ']' },
            ];
      this.#report(
        'split-list',
        draft,
        end - 1,
        end + (another ?? more!),
        'The list ends here, but more entries follow. Write all entries within one pair of brackets.',
        edits,
      );
    }
  }

  #nextFilled(index: number): string | null {
    for (let i = index + 1; i < this.#lines.length && i < index + 40; i += 1) {
      const text = this.#lines[i]!.text;
      if (!isBlank(text)) return text;
    }
    return null;
  }

  /** Whether what opened on this line closes before the next key at the top does. */
  #closesBelow(index: number, mark: '"' | "'" | null): boolean {
    for (let i = index + 1; i < this.#lines.length && i < index + 200; i += 1) {
      const text = this.#lines[i]!.text;
      if (this.#looksLikeRootKey(text)) return false;
      if (mark === null ? /[\]}]/.test(text) : text.includes(mark)) return true;
    }
    return false;
  }

  #looksLikeKey(text: string): boolean {
    const match = KEYED.exec(text.trimStart());
    return (
      match !== null &&
      separates(match) &&
      (indentOf(text) <= this.#frames.at(-1)!.column || this.#looksLikeRootKey(text))
    );
  }

  #looksLikeRootKey(text: string): boolean {
    const key = KEYED.exec(text.trimStart())?.[3];
    return key !== undefined && indentOf(text) <= this.#frames[0]!.column + 1 && knows(this.#root, key);
  }

  /** A text that goes on in the next, deeper line. */
  #runsOn(index: number, column: number): boolean {
    const next = this.#lines[index + 1]?.text;
    if (next === undefined || isBlank(next) || indentOf(next) <= column || /^\s*#/.test(next)) return false;
    const key = KEYED.exec(next.trimStart())?.[3];
    return key === undefined || !knows(this.#frames.at(-1)!.shape, key);
  }

  #blockFollows(index: number, column: number): boolean {
    const next = this.#nextFilled(index);
    return next === null || indentOf(next) > column;
  }
}

const CLOSING_QUOTES = '“”„«»‘’‹›';
/** What people open a quote with, and what may then close it. */
const QUOTE_PAIRS: [string, string][] = [
  ['„', '“”"„'],
  ['“', '”“"'],
  ['”', '”“"'],
  ['«', '»'],
  ['»', '«'],
  ['‚', "‘’'"],
  ['‘', "’‘'"],
  ['’', "’‘'"],
  ['‹', '›'],
  ['›', '‹'],
  ['`', '`´'],
  ['´', '´`'],
  ['″', '″'],
  ['＂', '＂'],
];

function linesOf(source: string): Line[] {
  const lines: Line[] = [];
  let start = 0;
  for (const match of source.matchAll(/\r\n|\n|\r/g)) {
    lines.push({ text: source.slice(start, match.index), start, ending: match[0] });
    start = match.index + match[0].length;
  }
  if (start < source.length) lines.push({ text: source.slice(start), start, ending: '' });
  return lines;
}

/** Whether a quoted text still runs on after this line of it. */
function quoteStaysOpen(line: string, mark: '"' | "'"): '"' | "'" | null {
  const inside = mark === '"' ? line.replace(/\\./g, '') : line.replaceAll("''", '');
  return inside.includes(mark) ? null : mark;
}

function isBlank(text: string): boolean {
  return /^[\s\u200b-\u200d\u2060\ufeff]*$/.test(text);
}

function indentOf(text: string): number {
  return /^[ \t\u00a0]*/.exec(text)![0].length;
}

function spaces(count: number): string {
  return count === 1 ? 'one space' : count === 0 ? 'no space' : `${count} spaces`;
}

/** Whether a colon of YAML parts key and value. */
function separates(match: RegExpExecArray): boolean {
  return (
    match[5] === ':' &&
    !/\u00a0/.test(match[4] ?? '') &&
    /^(?:[ \t]|$)/.test(match[6] ?? '') &&
    !/^[ \t]*\u00a0/.test(match[6] ?? '')
  );
}

const FOLDED = new WeakMap<Shape, Map<string, Shape>>();

function keysOf(shape: Shape): Map<string, Shape> {
  let keys = FOLDED.get(shape);
  if (keys === undefined) {
    keys = new Map(Object.entries(shape.keys ?? {}).map(([key, child]) => [fold(key), child]));
    FOLDED.set(shape, keys);
  }
  return keys;
}

function knows(shape: Shape, key: string): boolean {
  return keysOf(shape).has(fold(key));
}

function knowsBelow(shape: Shape, key: string, depth: number): boolean {
  if (depth > 4) return false;
  const below = [...Object.values(shape.keys ?? {}), shape.item, shape.names];
  return knows(shape, key) || below.some((child) => child !== undefined && knowsBelow(child, key, depth + 1));
}

function isNear(shape: Shape, key: string): boolean {
  return key.length > 3 && nearest(key, Object.keys(shape.keys ?? {})) !== null;
}

function childShape(shape: Shape, key: string): Shape {
  const exact = keysOf(shape).get(fold(key));
  if (exact !== undefined) return exact;
  const near = shape.keys === undefined || key.length < 4 ? null : nearest(key, Object.keys(shape.keys));
  return (near === null ? undefined : shape.keys?.[near]) ?? shape.names ?? UNKNOWN;
}

/** A key that nobody knows may hold anything. */
const UNKNOWN: Shape = { names: {}, item: {} };
