import { type Document, isMap, isSeq, visit } from 'yaml';
import { withoutControlCharacters } from './decode.ts';
import type { Problem } from './fault.ts';
import { fold } from './fold.ts';
import { error, warning } from './problem.ts';
import type { Shape } from './shape.ts';
import { type Entry, type Word, YamlReader } from './yaml-map.ts';
import { repairYaml } from './yaml-repairs.ts';

/** A YAML text as far as it can be read. Offsets are those of the decoded file. */
export interface YamlSource {
  reader: YamlReader;
  /** The entries at the top, also of a key given twice, in the order of the file. */
  entries: Entry[];
  /** The rest of the line of keys that the parser could not read. */
  raw: Map<string, Word>;
  /** Something in it is beyond reading and was left out. */
  damaged: boolean;
  problems: Problem[];
}

/** Brackets within brackets deeper than any list of ours; a parser could run out of its stack. */
const DEEPEST = 100;

/**
 * Reads YAML: mends its slips, parses it, and where it still is no YAML, reads the entries at the top that are.
 * `parse` turns text into a document (null: beyond reading). `toFile`: from an offset of `source` to one of the file.
 * Past `longest` characters nothing is read, for a parser could take long over it; `advice` says what to do then.
 */
export function readYaml(
  source: string,
  shape: Shape,
  options: {
    parse: (yaml: string) => Document | null;
    isName?: (word: string) => boolean;
    toFile: (offset: number) => number;
    longest: number;
    advice: string;
  },
): YamlSource {
  const problems: Problem[] = [];
  const cut = source.length > options.longest;
  if (cut) {
    problems.push(
      error(
        options.toFile(0),
        options.toFile(0) + 1,
        'too-long',
        `These keys take ${source.length} characters; no more than ${options.longest} are read. ${options.advice}`,
      ),
    );
  }
  const readable = cut ? source.slice(0, options.longest) : source;
  const parse = (yaml: string) => (isTooDeep(yaml) ? null : options.parse(yaml));
  const repaired = repairYaml(readable, shape, options.isName);
  const toFile = (offset: number) => options.toFile(repaired.toSource(offset));
  problems.push(
    ...repaired.problems.map((problem) => ({
      ...problem,
      start: options.toFile(problem.start),
      end: options.toFile(problem.end),
      fix:
        problem.fix?.map((edit) => ({
          ...edit,
          start: options.toFile(edit.start),
          end: options.toFile(edit.end),
        })) ?? null,
    })),
  );

  const raw = new Map<string, Word>();
  let document = parse(repaired.text);
  let damaged = cut;
  if (document === null || document.errors.length > 0 || !isReadable(document)) {
    damaged = true;
    const { text, left } = withoutDamage(repaired.text, parse);
    for (const part of left) {
      const start = toFile(part.at);
      problems.push(error(start, Math.max(start + 1, toFile(part.end)), 'unreadable-yaml', part.message));
      const value = /^[^:\n]{1,80}:[ \t]*([^\n]*)/.exec(part.text);
      if (value !== null) {
        const key = fold(/^[^:\n]*/.exec(part.text)![0]);
        if (!raw.has(key))
          raw.set(key, {
            text: value[1]!.trim(),
            start: toFile(part.start),
            end: toFile(part.start + value[0].length),
          });
      }
    }
    const complaint = document?.errors[0];
    if (left.length === 0) {
      const start = toFile(complaint?.pos[0] ?? 0);
      problems.push(error(start, start + 1, 'unreadable-yaml', explain(document, repaired.text)));
    }
    document = options.parse(text) ?? options.parse('')!;
  }
  problems.push(...escapedCharacters(document, toFile));
  const reader = new YamlReader(document, toFile);
  for (const note of document.warnings) {
    const start = toFile(note.pos[0]);
    problems.push({
      ...error(
        start,
        Math.max(start + 1, toFile(note.pos[1])),
        'yaml-tag',
        'YAML tags mean nothing here; it is ignored. Delete it.',
      ),
      level: 'warning',
    });
  }
  const entries = reader.entries(reader.root()) ?? [];
  return { reader, entries, raw, damaged, problems };
}

/** Takes out of every text what only an escape such as `\\0` or `\\ud800` can bring in: no feed may hold it. */
function escapedCharacters(document: Document, toFile: (offset: number) => number): Problem[] {
  const problems: Problem[] = [];
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value !== 'string') return;
      const clean = withoutControlCharacters(node.value).text.replace(/\p{Cs}/gu, '');
      if (clean === node.value) return;
      node.value = clean;
      const start = toFile(node.range?.[0] ?? 0);
      problems.push(
        warning(
          start,
          Math.max(start + 1, toFile(node.range?.[1] ?? 0)),
          'control-character',
          'A "\\" in this text makes a character that no reader sees; it is not published. Write \\\\ where a backslash is meant.',
        ),
      );
    },
  });
  return problems;
}

function isTooDeep(yaml: string): boolean {
  let depth = 0;
  for (const [bracket] of yaml.matchAll(/[[\]{}]/g)) {
    depth += bracket === '[' || bracket === '{' ? 1 : -1;
    if (depth > DEEPEST) return true;
    if (depth < 0) depth = 0;
  }
  // A hyphen opens a list in a list, and a question mark a key in a key.
  return /(?:[-?][ \t]+){100}/.test(yaml);
}

/** A document of ours is a map, a list of maps, or empty. */
function isReadable(document: Document): boolean {
  const { contents } = document;
  if (contents === null) return true;
  if (isMap(contents)) return true;
  return isSeq(contents) && contents.items.every((item) => isMap(item));
}

interface DamagedPart {
  /** Where it begins in the repaired text. */
  start: number;
  text: string;
  /** Where the parser stumbled. */
  at: number;
  end: number;
  message: string;
}

/** The text with everything blanked that does not parse by itself: one key at the top after the other. */
function withoutDamage(
  text: string,
  parse: (yaml: string) => Document | null,
): { text: string; left: DamagedPart[] } {
  const lines = [...text.matchAll(/[^\n]*(?:\n|$)/g)]
    .filter((match) => match[0] !== '')
    .map((match) => ({ text: match[0], start: match.index }));
  const keyed = /^([ \t]*)[^\s#:][^:\n]{0,80}:(?:\s|$)/;
  const base = Math.min(
    ...lines.map((line) => keyed.exec(line.text)?.[1]?.length ?? Number.POSITIVE_INFINITY),
  );
  const parts: { start: number; text: string; begins: boolean }[] = [];
  for (const line of lines) {
    const match = keyed.exec(line.text);
    const begins = match !== null && match[1]!.length === base && !/^\s*-(?:\s|$)/.test(line.text);
    const continues =
      /^\s*$|^\s*#|^[ \t]*-(?:\s|$)/.test(line.text) || /^[ \t]*/.exec(line.text)![0].length > base;
    const last = parts.at(-1);
    const keyless = !begins && last !== undefined && !last.begins;
    if (last !== undefined && ((continues && !begins) || keyless)) last.text += line.text;
    else parts.push({ start: line.start, text: line.text, begins });
  }
  const left: DamagedPart[] = [];
  let kept = '';
  for (const part of parts) {
    const document = parse(part.text);
    const first = document?.errors[0];
    if (
      document !== null &&
      first === undefined &&
      (isMap(document.contents) || document.contents === null)
    ) {
      kept += part.text;
      continue;
    }
    kept += part.text.replace(/[^\r\n]/g, ' ');
    const at = Math.min(first?.pos[0] ?? 0, Math.max(0, part.text.trimEnd().length - 1));
    left.push({
      ...part,
      at: part.start + at,
      end:
        part.start +
        Math.max(at + 1, Math.min(first?.pos[1] ?? part.text.trimEnd().length, part.text.trimEnd().length)),
      message: `${explain(document, part.text)} Until then this part is left out.`,
    });
  }
  return { text: kept, left };
}

/** The parser's complaint as a sentence for people. */
function explain(document: Document | null, text: string): string {
  const first = document?.errors[0];
  if (first === undefined) {
    return /^[^:\n]*$/.test(text.trim())
      ? 'This line is no YAML: it has no key. Write "key: value".'
      : 'This is no YAML that can be read. Write "key: value".';
  }
  switch (first.code) {
    case 'BAD_ALIAS':
      return 'A value that begins with * is an alias in YAML, and there is no such anchor. Put the value in quotes.';
    case 'TAB_AS_INDENT':
      return 'A tab indents this line; YAML takes only spaces.';
    case 'MISSING_CHAR':
    case 'BAD_INDENT':
    case 'UNEXPECTED_TOKEN':
    case 'BAD_DQ_ESCAPE':
      return `This is no YAML that can be read: a quote, bracket or blank is missing or too many. Put the whole value in quotes.`;
    default:
      return 'This is no YAML that can be read. Write "key: value", each key in a line of its own, and put the value in quotes.';
  }
}
