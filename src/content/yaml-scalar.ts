import { isAlias, isScalar, parseDocument } from 'yaml';
import type { Edit } from './fault.ts';

/** Options of every reading of YAML here: 1.2 core, nothing thrown, nothing logged, keys given twice are ours to judge. */
export const YAML_OPTIONS = {
  version: '1.2',
  schema: 'core',
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: 'silent',
} as const;

/** Whether a single value on one line means to YAML what it looks like. `anchors`: names that `*` may call here. */
export function isPlainYaml(value: string, anchors: ReadonlySet<string>): boolean {
  if (/^[\p{L}\p{N}(+/.]/u.test(value) && !/:(?:\s|$)|\s#/.test(value)) return true;
  const node = soleValue(value);
  if (node === null) return false;
  if (isAlias(node)) return anchors.has(node.source);
  return isScalar(node);
}

function soleValue(value: string): unknown {
  try {
    const document = parseDocument(`k: ${value}\n`, YAML_OPTIONS);
    if (document.errors.length > 0) return null;
    const pair = (document.contents as { items?: { value: unknown }[] } | null)?.items;
    return pair?.length === 1 ? (pair[0]?.value ?? null) : null;
  } catch {
    return null;
  }
}

/** Length of a well-formed quoted scalar at the beginning of `text`; 0 where it does not close. */
export function quotedLength(text: string): number {
  const match = text.startsWith('"') ? /^"(?:[^"\\]|\\.)*"/.exec(text) : /^'(?:[^']|'')*'/.exec(text);
  return match === null ? 0 : match[0].length;
}

/**
 * Edits that make one line of text a quoted scalar that means just this text. `value` stands at `at`.
 * A pair of quotes that was meant to go around the whole is taken for that, also where the inside holds more of them.
 */
export function quoteEdits(value: string, at: number): Edit[] {
  const outer = hasOuterQuotes(value);
  const from = outer ? 1 : 0;
  const to = value.length - from;
  const inside = value.slice(from, to);
  const mark = /["\\]/.test(inside) ? "'" : '"';
  const edits: Edit[] = [{ start: at, end: at + from, text: mark }];
  if (mark === "'") {
    for (const match of inside.matchAll(value.startsWith('"') && outer ? /'|\\"/g : /'+/g)) {
      const start = at + from + match.index;
      if (match[0] === '\\"') edits.push({ start, end: start + 1, text: '' });
      else if (outer && value.startsWith("'") && match[0].length % 2 === 0) continue;
      else edits.push({ start, end: start, text: "'".repeat(match[0].length) });
    }
  }
  edits.push({ start: at + to, end: at + value.length, text: mark });
  return edits;
}

function hasOuterQuotes(value: string): boolean {
  const mark = value[0];
  if ((mark !== '"' && mark !== "'") || value.length < 2 || !value.endsWith(mark)) return false;
  // The first quote inside closes a quoted word (`"Mail" and "Web"`), or it opens one (`"All "Mail" is down"`).
  const next = value.indexOf(mark, 1);
  if (next === value.length - 1) return true;
  return !(/\S/.test(value[next - 1] ?? '') && /[\s,;:.!?)]/.test(value[next + 1] ?? ''));
}
