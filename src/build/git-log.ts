import type { Instant } from '../domain/incident.ts';

/** A file as a commit left it. */
export interface FileVersion {
  /** Hash of the commit. */
  commit: string;
  /** The committer's time. */
  at: Instant;
  /** Hash of the content. */
  blob: string;
}

/** A file that the newest commit holds, under whatever names it had before. */
export interface FileHistory {
  /** Oldest first; never empty. */
  versions: FileVersion[];
  /** It came with a commit that added many incidents at once: its times are older than its history. */
  imported: boolean;
}

/** What `git log` is to print, so that `readGitLog` can read it. Files come by `--raw --no-abbrev -z -M`. */
export const LOG_FORMAT = '%H%x00%ct';

/** A commit that adds so many incidents at once takes over a history from elsewhere. */
const IMPORT = 5;

interface Change {
  kind: string;
  blob: string;
  /** The name before and after; alike but for a rename. */
  from: string;
  to: string;
}

interface Commit {
  hash: string;
  at: Instant;
  changes: Change[];
}

/**
 * The files of the newest commit with all their versions, by path, from the output of `git log` (newest first, one
 * line of history). Pure.
 */
export function readGitLog(output: string): Map<string, FileHistory> {
  const files = new Map<string, FileHistory>();
  // What a name stands for at the commit that is being looked at; null: a file that is gone by now.
  const named = new Map<string, FileHistory | null>();
  const seen = new Set<string>();
  for (const { hash, at, changes } of commitsOf(output)) {
    const imported = isImport(changes);
    const before: [string, FileHistory | null][] = [];
    for (const { kind, blob, from, to } of changes) {
      let file = named.get(to);
      if (file === undefined) {
        file = kind === 'D' || seen.has(to) ? null : { versions: [], imported: false };
        if (file !== null) files.set(to, file);
      }
      seen.add(to);
      named.delete(to);
      if (file !== null && kind !== 'D') file.versions.push({ commit: hash, at, blob });
      if (kind !== 'A') before.push([from, file]);
      else if (file !== null) file.imported = imported;
    }
    // Names are handed on at once: two files may have swapped theirs.
    for (const [name, file] of before) {
      seen.add(name);
      named.set(name, file);
    }
  }
  for (const { versions } of files.values()) versions.reverse();
  return files;
}

function* commitsOf(output: string): Generator<Commit> {
  const words = output.split('\0');
  let commit: Commit | null = null;
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i]!.replace(/^\n/, '');
    if (word.startsWith(':')) {
      const [, , , blob = '', kind = ''] = word.split(' ');
      const renamed = kind.startsWith('R') || kind.startsWith('C');
      const from = words[i + 1] ?? '';
      const to = renamed ? (words[i + 2] ?? '') : from;
      i += renamed ? 2 : 1;
      commit?.changes.push({ kind: kind.charAt(0), blob, from, to });
    } else if (word !== '') {
      if (commit !== null) yield commit;
      commit = { hash: word, at: Number(words[i + 1]) * 1000, changes: [] };
      i += 1;
    }
  }
  if (commit !== null) yield commit;
}

/** Translations lie beside their incident: `x.md` and `x.en.md` are one. */
function isImport(changes: Change[]): boolean {
  const added = changes
    .filter(({ kind }) => kind === 'A')
    .map(({ to }) => to.replace(/(?:\.[a-z-]+)?\.md$/i, ''));
  return new Set(added).size >= IMPORT;
}
