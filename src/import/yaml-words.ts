import { parseDocument } from 'yaml';

/** A YAML value with every scalar as the text that stands in the file: no number, date or boolean is guessed. */
export type Words = string | Words[] | { [key: string]: Words };

/** A mapping read from YAML, and whether the YAML had to be patched up to read it. */
export interface WordsReading {
  fields: Record<string, Words>;
  damaged: boolean;
}

/**
 * Reads a YAML mapping as plain words. Where the YAML can't be read or has a key twice, each top-level line
 * `key: value` (and the `- item` lines below it) is taken for itself; of a key that has two values both are given,
 * which no time and no boolean survives. Never throws; what is no mapping has no fields.
 */
export function readWords(yaml: string): WordsReading {
  try {
    const document = parseDocument(yaml, {
      schema: 'failsafe',
      strict: false,
      logLevel: 'silent',
    });
    if (document.errors.length === 0) {
      const value: unknown = document.toJS({ maxAliasCount: 100 });
      if (value === null || value === undefined || value === '') return { fields: {}, damaged: false };
      if (isMapping(value)) return { fields: withoutNulls(value), damaged: false };
    }
  } catch {
    // Aliases beyond measure and the like: the lines may still tell.
  }
  return { fields: linesOf(yaml, FIELD, ITEM), damaged: true };
}

const FIELD = /^([A-Za-z_][\w-]*)[ \t]*:(?:[ \t]+(.*))?$/;
const ITEM = /^[ \t]*-[ \t]+(.*)$/;

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function words(value: unknown): Words {
  if (Array.isArray(value)) return value.map(words);
  if (isMapping(value)) return withoutNulls(value);
  return value === null || value === undefined ? '' : String(value);
}

function withoutNulls(value: Record<string, unknown>): Record<string, Words> {
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, words(inner)]));
}

/**
 * What the plain lines of a text that can't be read as a whole say: `field` finds a key and its value, `item` an
 * entry of the list that the key before it opened. Of a key that has two values both are given.
 */
export function linesOf(source: string, field: RegExp, item: RegExp): Record<string, Words> {
  const fields: Record<string, Words> = Object.create(null);
  let open: string | null = null;
  for (const line of source.split('\n')) {
    const found = field.exec(line);
    const entry = item.exec(line);
    if (found) {
      open = found[1]!;
      const before = fields[open];
      const value = unquoted(found[2] ?? '');
      fields[open] = typeof before === 'string' && before !== value ? `${before} / ${value}` : value;
    } else if (entry && open !== null) {
      const list = fields[open];
      fields[open] = [...(Array.isArray(list) ? list : []), unquoted(entry[1]!)];
    }
  }
  return { ...fields };
}

function unquoted(text: string): string {
  const trimmed = text.trim();
  const quoted = /^(["'])(.*)\1$/.exec(trimmed);
  return quoted ? quoted[2]! : trimmed;
}

/**
 * The same fields under the spelling of `known`: Hugo takes keys without regard to case. Two spellings of one key
 * that disagree give both values, which no time and no boolean survives.
 */
export function spelledAs(fields: Record<string, Words>, known: readonly string[]): Record<string, Words> {
  const spelling = new Map(known.map((key) => [key.toLowerCase(), key]));
  const all: Record<string, Words> = Object.create(null);
  for (const [key, value] of Object.entries(fields)) {
    const name = spelling.get(key.toLowerCase()) ?? key;
    const before = all[name];
    const both = typeof before === 'string' && typeof value === 'string' && before !== value;
    all[name] = both ? `${before} / ${value}` : value;
  }
  return { ...all };
}

/** A mapping with its keys in small letters, for Hugo takes them without regard to case; what is none is empty. */
export function mapOf(value: Words | undefined): Record<string, Words> {
  if (typeof value !== 'object' || Array.isArray(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key.toLowerCase(), inner]));
}

/** The text of a scalar in one line; null where it is absent, empty, or no scalar. */
export function oneLine(value: Words | undefined): string | null {
  if (typeof value !== 'string') return null;
  const text = value.replace(/\s+/g, ' ').trim();
  return text === '' || text === '~' || text === 'null' ? null : text;
}

/** The items of a list, each in one line; a scalar counts as a list of one. */
export function listOf(value: Words | undefined): string[] {
  const items = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return items.flatMap((item) => oneLine(item) ?? []);
}

/** A YAML 1.1 boolean; null where the text is none. */
export function booleanOf(value: Words | undefined): boolean | null {
  const text = oneLine(value)?.toLowerCase();
  if (text === undefined) return null;
  if (/^(?:true|yes|on|y)$/.test(text)) return true;
  return /^(?:false|no|off|n)$/.test(text) ? false : null;
}
