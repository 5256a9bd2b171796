import type { Stamp } from '../domain/stamp.ts';
import type { HugoPage } from './hugo-page.ts';
import { readStamp } from './stamp.ts';
import { readTomlWords } from './toml-words.ts';
import { readWords } from './yaml-words.ts';

const PAGE = /^\s*---[ \t]*(yaml|yml|toml|json)?[ \t]*\n(?:([\s\S]*?)\n)?---[ \t]*(?:\n|$)/;

/** Takes a page apart: frontmatter in YAML (`---`), TOML (`---toml`) or JSON (`---json`). Null: it has none. Never throws. */
export function readStatusfyPage(text: string): HugoPage | null {
  const plain = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  const match = PAGE.exec(plain);
  if (match === null) return null;
  const head = match[2] ?? '';
  // JSON is a kind of YAML.
  const words = match[1] === 'toml' ? readTomlWords(head) : readWords(head);
  return { head, words, body: plain.slice(match[0].length) };
}

/** A `::: update` of a page. */
export interface StatusfyUpdate {
  title: string;
  at: Stamp;
  /** Markdown. */
  text: string;
}

/** What stands below the frontmatter. */
export interface StatusfyBody {
  /** What stands outside the updates, Markdown. */
  text: string;
  /** Some of it stood below an update. */
  loose: boolean;
  /** In the order of the page. */
  updates: StatusfyUpdate[];
  /** First lines of updates whose time can't be read: they stay in `text`, as they do on the old page. */
  undated: string[];
}

const OPENING = /^:{3,}\s*update\s+(.*?)\s+\|\s+(.*?)\s*$/;
const LANGUAGE = /^<!-{2,3} *language code: *[\w-]* *-->$/;

/** Reads the updates of a page, `::: update Title | time` to `:::`. `timeZone` serves where a time has none. */
export function readStatusfyBody(body: string, timeZone: string): StatusfyBody {
  const outside: string[] = [];
  const updates: StatusfyUpdate[] = [];
  const undated: string[] = [];
  let open: (Omit<StatusfyUpdate, 'text'> & { lines: string[] }) | null = null;
  let fence: string | null = null;
  let loose = false;
  const close = () => {
    if (open !== null) updates.push({ title: open.title, at: open.at, text: trimmed(open.lines) });
    open = null;
  };
  for (const line of body.split('\n')) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (mark !== undefined && (fence === null || (mark[0] === fence[0] && mark.length >= fence.length)))
      fence = fence === null ? mark : null;
    const opening = fence === null ? OPENING.exec(line) : null;
    const at = opening === null ? null : readStamp(opening[2]!, timeZone);
    if (opening !== null && at !== null) {
      close();
      open = { title: opening[1]!, at, lines: [] };
    } else if (open !== null && fence === null && /^:{3,}\s*$/.test(line)) {
      close();
    } else if (open !== null) {
      (open as { lines: string[] }).lines.push(line);
    } else if (!LANGUAGE.test(line.trim())) {
      if (opening !== null) undated.push(line.trim());
      loose ||= updates.length > 0 && line.trim() !== '';
      outside.push(line);
    }
  }
  close();
  return { text: trimmed(outside), loose, updates, undated };
}

function trimmed(lines: string[]): string {
  return lines
    .join('\n')
    .replace(/^(?:[ \t]*\n)+/, '')
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd();
}
