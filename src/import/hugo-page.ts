import { readTomlWords } from './toml-words.ts';
import { readWords, type WordsReading } from './yaml-words.ts';

/** A page of a Hugo site, taken apart. */
export interface HugoPage {
  /** The frontmatter as it stands between its fences. */
  head: string;
  words: WordsReading;
  /** What stands below the frontmatter. */
  body: string;
}

const YAML = /^\s*---[ \t]*\n(?:([\s\S]*?)\n)?---[ \t]*(?:\n|$)/;
const TOML = /^\s*\+\+\+[ \t]*\n(?:([\s\S]*?)\n)?\+\+\+[ \t]*(?:\n|$)/;
const JSON_HEAD = /^\s*(\{[\s\S]*?\n?\})[ \t]*(?:\n[ \t]*\n|\n?$)/;

/** Takes a page apart: frontmatter in YAML (`---`), TOML (`+++`) or JSON (`{`). Null: it has none. Never throws. */
export function readHugoPage(text: string): HugoPage | null {
  const plain = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  for (const [pattern, read] of FORMATS) {
    const match = pattern.exec(plain);
    if (!match) continue;
    const head = match[1] ?? '';
    return { head, words: read(head), body: plain.slice(match[0].length) };
  }
  return null;
}

// JSON is a kind of YAML.
const FORMATS: [RegExp, (head: string) => WordsReading][] = [
  [YAML, readWords],
  [TOML, readTomlWords],
  [JSON_HEAD, readWords],
];
