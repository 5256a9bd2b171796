import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type Scalar } from 'yaml';
import type { Edit, Problem } from './fault.ts';
import { error, warning } from './problem.ts';
import { truthOf } from './truth.ts';

/** A value of a YAML text, still as a node; offsets are those of the decoded file. */
export interface Value {
  node: Node | null;
  start: number;
  end: number;
}

/** An entry of a map. */
export interface Entry {
  /** As written. */
  key: string;
  keyStart: number;
  keyEnd: number;
  value: Value;
}

/** One line of text with its place. */
export interface Word {
  text: string;
  start: number;
  end: number;
}

/** More nodes than any file of ours has that people write; aliases can make millions of a few lines. */
const MOST_NODES = 60_000;
/** More aliases than any such file follows. */
const MOST_ALIASES = 200;

/**
 * Reads values of one YAML document as they were typed. Never throws; what is read against its form is reported to
 * `problems`. Aliases are followed one by one and only so often, so that no few lines become a million values.
 */
export class YamlReader {
  readonly problems: Problem[] = [];
  readonly #document: Document;
  readonly #toFile: (offset: number) => number;
  #nodes = 0;
  #aliases = 0;
  #refused = false;

  constructor(document: Document, toFile: (offset: number) => number) {
    this.#document = document;
    this.#toFile = toFile;
  }

  /** The whole text. */
  root(): Value {
    return this.#value((this.#document.contents as Node | null) ?? null, 0);
  }

  #value(node: unknown, near: number): Value {
    const known = isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? (node as Node) : null;
    const range = known?.range ?? null;
    const start = range === null ? near : this.#toFile(range[0]);
    return { node: known, start, end: range === null ? start : Math.max(start, this.#toFile(range[1])) };
  }

  /** What an alias stands for; itself for anything else. Null where it is nothing, or beyond measure. */
  #followed(value: Value): Value {
    this.#nodes += 1;
    let node = value.node;
    for (let depth = 0; isAlias(node); depth += 1) {
      this.#aliases += 1;
      if (depth > 8 || this.#aliases > MOST_ALIASES || this.#nodes > MOST_NODES) {
        this.#refuse(value);
        return { ...value, node: null };
      }
      node = (node.resolve(this.#document) as Node | undefined) ?? null;
    }
    if (this.#nodes > MOST_NODES) {
      this.#refuse(value);
      return { ...value, node: null };
    }
    return { ...value, node };
  }

  #refuse(value: Value): void {
    if (this.#refused) return;
    this.#refused = true;
    this.problems.push(
      error(
        value.start,
        value.end,
        'yaml-aliases',
        'The aliases (*) in this text stand for more values than are read. Write the values out.',
      ),
    );
  }

  /** The entries of a map, or of a list of maps; null where the value is neither. Keys that are no words are left out. */
  entries(value: Value): Entry[] | null {
    const { node } = this.#followed(value);
    if (isMap(node)) {
      const entries: Entry[] = [];
      for (const pair of node.items) {
        const key = this.#value(pair.key, value.start);
        const text = this.text(key);
        if (text === null) continue;
        entries.push({
          key: text.text,
          keyStart: key.start,
          keyEnd: key.end,
          value: this.#value(pair.value, key.end),
        });
      }
      return entries;
    }
    if (isSeq(node) && node.items.length > 0) {
      const all: Entry[] = [];
      for (const item of node.items) {
        const entry = this.#value(item, value.start);
        if (!isMap(this.#followed(entry).node)) return null;
        all.push(...(this.entries(entry) ?? []));
      }
      return all;
    }
    return null;
  }

  /** The items of a list; null where the value is none. */
  items(value: Value): Value[] | null {
    const { node } = this.#followed(value);
    if (!isSeq(node)) return null;
    return node.items.map((item) => this.#value(item, value.start));
  }

  /** Whether there is no value, only a key; `~` and `null` are none either. */
  isEmpty(value: Value): boolean {
    const { node } = this.#followed(value);
    if (node === null) return !isAlias(value.node);
    if (isScalar(node)) return node.value === null || (node.value === '' && (node.source ?? '') === '');
    return (isMap(node) || isSeq(node)) && node.items.length === 0;
  }

  /** Whether the value is a list or map without brackets, over several lines. */
  isBlock(value: Value): boolean {
    const { node } = this.#followed(value);
    return (isMap(node) || isSeq(node)) && node.flow !== true;
  }

  /** Whether the value is a map. */
  isMap(value: Value): boolean {
    return isMap(this.#followed(value).node);
  }

  /** A single value as it was typed: `503`, `true` and `2026-12-13` are words like any other. Null: no single value. */
  text(value: Value): Word | null {
    const { node } = this.#followed(value);
    if (!isScalar(node)) return null;
    return { text: typed(node), start: value.start, end: value.end };
  }

  /** A single value, or the only one in a list; null with a warning where there is none to be had. */
  word(key: string, value: Value): Word | null {
    const { node } = this.#followed(value);
    if (node === null || (isScalar(node) && node.value === null) || this.isEmpty(value)) return null;
    const single = this.text(value);
    if (single !== null) return { ...single, text: single.text.trim() };
    const items = this.items(value);
    const only = items?.length === 1 ? this.text(items[0]!) : null;
    this.problems.push(
      warning(
        value.start,
        value.end,
        'not-a-single-value',
        `"${key}" takes a single value, not a ${items === null ? 'map' : 'list'}.${only === null ? '' : ` Write "${only.text}" without brackets.`}`,
        only === null ? {} : { fix: [{ start: value.start, end: value.end, text: only.text }] },
      ),
    );
    return only === null ? null : { ...only, text: only.text.trim() };
  }

  /**
   * A list of words. A single value, words parted by commas and lists in lists are read with a warning;
   * `isWhole` keeps a word with a comma in one piece.
   */
  words(key: string, value: Value, isWhole: (text: string) => boolean = () => false): Word[] {
    if (this.isEmpty(value)) return [];
    const single = this.text(value);
    if (single !== null) return this.parted(key, single, isWhole);
    const items = this.items(value);
    if (items === null) {
      const entries = this.entries(value) ?? [];
      this.problems.push(
        warning(value.start, value.end, 'not-a-list', `"${key}" is a list: write [one, two].`),
      );
      return entries.map((entry) => ({ text: entry.key.trim(), start: entry.keyStart, end: entry.keyEnd }));
    }
    return items.flatMap((item) => this.#item(key, item, isWhole, 0));
  }

  #item(key: string, item: Value, isWhole: (text: string) => boolean, depth: number): Word[] {
    if (this.isEmpty(item)) return [];
    const text = this.text(item);
    if (text !== null) {
      if (!text.text.includes(',') || isWhole(text.text.trim())) return [{ ...text, text: text.text.trim() }];
      return this.parted(key, text, isWhole, true);
    }
    const nested = this.items(item);
    if (nested !== null) {
      if (depth > 8) return [];
      if (depth === 0) this.nestedList(key, item, nested);
      return nested.flatMap((inner) => this.#item(key, inner, isWhole, depth + 1));
    }
    const entries = this.entries(item) ?? [];
    this.problems.push(
      warning(
        item.start,
        item.end,
        'not-a-single-value',
        `An entry of "${key}" is a single value, not a map.`,
      ),
    );
    return entries.map((entry) => {
      const value = this.text(entry.value);
      const text = value === null || value.text === '' ? entry.key : `${entry.key}: ${value.text}`;
      return { text: text.trim(), start: entry.keyStart, end: Math.max(entry.keyEnd, entry.value.end) };
    });
  }

  /** Reports a list inside a list; a doubled hyphen has its plain reading. */
  nestedList(key: string, item: Value, nested: Value[]): void {
    const first = nested[0];
    const doubled =
      first !== undefined && nested.length === 1 && first.start > item.start && this.isBlock(item);
    this.problems.push(
      warning(
        item.start,
        item.end,
        'nested-list',
        `A list is nested inside the list "${key}", as a doubled hyphen or bracket makes one; its entries are read as entries of the outer list. Write one "- " before each.`,
        doubled ? { fix: [{ start: item.start, end: first.start, text: '' }] } : {},
      ),
    );
  }

  /** Words parted by commas or semicolons, where a list of them is meant; reported. `inList`: as one entry of a list. */
  parted(key: string, single: Word, isWhole: (text: string) => boolean, inList = false): Word[] {
    const words: Word[] = [];
    if (isWhole(single.text.trim())) words.push({ ...single, text: single.text.trim() });
    else {
      // Inside quotes every character may stand for itself or for an escape: then the places of the parts are a guess.
      const shift = single.end - single.start - single.text.length;
      const base = single.start + (shift > 0 ? 1 : 0);
      for (const match of single.text.matchAll(/[^,;]+/g)) {
        const text = match[0].trim();
        if (text === '') continue;
        const start = Math.min(base + match.index + match[0].search(/\S/), single.end);
        words.push({ text, start, end: Math.min(start + text.length, single.end) });
      }
    }
    const list = words
      .map(({ text }) => (/^[\p{L}\p{N}][\p{L}\p{N} ._-]*$/u.test(text) ? text : `"${text}"`))
      .join(', ');
    const fixable = !single.text.includes('"') && !single.text.includes('\\');
    this.problems.push(
      warning(
        single.start,
        single.end,
        'not-a-list',
        `"${key}" is a list: write ${inList ? 'each entry by itself' : `[${list}]`}.`,
        {
          fix: inList || !fixable ? null : [{ start: single.start, end: single.end, text: `[${list}]` }],
        },
      ),
    );
    return words;
  }

  /** Yes or no. `yes`, `no` and their like are read with a warning; another text is not true, with a warning. Null: not given. */
  boolean(key: string, value: Value): boolean | null {
    const word = this.word(key, value);
    if (word === null) return null;
    if (/^(?:true|false)$/i.test(word.text)) return word.text.toLowerCase() === 'true';
    const truth = truthOf(word.text);
    this.problems.push(
      warning(
        word.start,
        word.end,
        'not-a-boolean',
        truth === null
          ? `"${key}" is either true or false; "${short(word.text)}" is not true.`
          : `"${key}" is written true or false. Write ${truth} instead of "${word.text}".`,
        {
          publishedAs: String(truth ?? false),
          fix: truth === null ? null : replacement(word, String(truth)),
        },
      ),
    );
    return truth ?? false;
  }
}

/** The edit that writes another text in the place of a word. */
export function replacement(word: { start: number; end: number }, text: string): Edit[] {
  return [{ start: word.start, end: word.end, text }];
}

/** Text from a file, short enough for a message. */
export function short(text: string): string {
  const characters = [...text];
  return characters.length <= 60 ? text : `${characters.slice(0, 59).join('')}…`;
}

function typed(scalar: Scalar): string {
  if (typeof scalar.value === 'string') return scalar.value;
  return scalar.source ?? '';
}
