import { conflictIn, conflictProblem, withoutConflict } from './conflict.ts';
import { decode, withoutControlCharacters } from './decode.ts';
import type { Problem } from './fault.ts';
import { type Fences, findFences } from './fences.ts';
import { parseFrontmatter } from './frontmatter.ts';
import { INCIDENT_SHAPE, incidentKey } from './incident-keys.ts';
import { error, moved, warning } from './problem.ts';
import { readYaml, type YamlSource } from './yaml-source.ts';

/** More keys than any incident needs. */
const LONGEST = 60_000;

/** A Markdown file with frontmatter, opened: bytes are text, fences are found, YAML is parsed as far as it goes. */
export interface SourceFile {
  /** The decoded text; every offset here and in the problems counts in it. */
  decoded: string;
  yaml: YamlSource;
  /** Markdown after the frontmatter. */
  body: string;
  /** From an offset of `body` to one of the decoded text. */
  bodyToFile: (offset: number) => number;
  /** Text that stood before the frontmatter; empty where there was none. */
  preface: string;
  /** False: something that readers need could not be read; what is here is what could be saved (law 2). */
  readable: boolean;
  problems: Problem[];
}

/** Opens a file. Total: whatever the bytes are, a source comes out, and the problems tell what is wrong. */
export function openSource(bytes: Uint8Array, isName: (word: string) => boolean): SourceFile {
  const { text: decoded, problems: encoding } = decode(bytes);
  const clean = withoutControlCharacters(decoded);
  // Markdown and YAML differ about a lone carriage return; as a line end both agree.
  const whole = clean.text.replace(/\r(?!\n)/g, '\n');
  const { toDecoded } = clean;
  const problems = [...encoding, ...clean.problems];
  const add = (found: Problem[]) => {
    for (const problem of found) problems.push(moved(problem, toDecoded));
  };

  const conflict = conflictIn(whole);
  if (conflict !== null) add([conflictProblem(conflict)]);
  const text = conflict === null ? whole : withoutConflict(whole, conflict);
  const fences = findFences(text, (word) => incidentKey(word) !== null);
  const { from, to } = yamlRange(fences, text);
  if (fences !== null) add(fences.problems);
  else add([noFrontmatter(text)]);

  const refused = fences !== null && fences.language !== null;
  if (refused) add([otherLanguage(text, fences)]);
  const yamlText = refused ? '' : withoutFence(text.slice(from, to), from, fences);
  const yaml = readYaml(yamlText, INCIDENT_SHAPE, {
    longest: LONGEST,
    advice: 'Move the text below the closing fence.',
    parse: parseFrontmatter,
    isName,
    toFile: (offset) => toDecoded(from + offset),
  });
  const bodyStart = fences?.bodyStart ?? 0;
  return {
    decoded,
    yaml,
    body: text.slice(bodyStart),
    bodyToFile: (offset) => toDecoded(bodyStart + offset),
    preface: fences?.preface == null ? '' : text.slice(fences.preface.start, fences.preface.end).trim(),
    readable: fences?.closed === true && !refused && conflict === null && !yaml.damaged,
    problems,
  };
}

function yamlRange(fences: Fences | null, text: string): { from: number; to: number } {
  if (fences === null) return { from: text.length, to: text.length };
  return { from: fences.yamlStart, to: fences.yamlEnd };
}

/** As long as it was, with a fence that stands among the keys blanked. */
function withoutFence(yaml: string, from: number, fences: Fences | null): string {
  if (fences?.between == null) return yaml;
  const [start, end] = [fences.between.start - from, fences.between.end - from];
  return yaml.slice(0, start) + yaml.slice(start, end).replace(/[^\r\n]/g, ' ') + yaml.slice(end);
}

function noFrontmatter(text: string): Problem {
  if (text.trim() === '') {
    return error(
      0,
      1,
      'empty-file',
      'This file is empty: nobody can tell what it reports. Write a title, a status and a text, or delete it.',
    );
  }
  const end = Math.max(1, text.search(/[\r\n]|$/));
  return error(
    0,
    end,
    'no-frontmatter',
    'This file has no frontmatter: it must begin with "---", the keys "title" and "status", and "---" again.',
  );
}

function otherLanguage(text: string, fences: Fences): Problem {
  const start = text.search(/\S/);
  return error(
    start,
    Math.max(start + 1, fences.yamlStart - 1),
    'not-yaml',
    `Frontmatter in "${fences.language}" is not read and not run: it must be YAML, between lines that are only "---".`,
  );
}

/** A template's `{{placeholder}}` that was left in: one warning for each line. */
export function placeholders(text: string): Problem[] {
  const problems: Problem[] = [];
  let lineEnd = -1;
  for (const match of text.matchAll(/\{\{\s{0,8}[\p{L}_][\p{L}\p{N}_ .:|-]{0,60}\}\}/gu)) {
    if (match.index < lineEnd) continue;
    const end = match.index + match[0].length;
    lineEnd = text.indexOf('\n', end);
    if (lineEnd < 0) lineEnd = text.length;
    problems.push(
      warning(
        match.index,
        end,
        'placeholder',
        `"${match[0]}" is a placeholder of a template. Write what belongs there.`,
      ),
    );
  }
  return problems;
}
