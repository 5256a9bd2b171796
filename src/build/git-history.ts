import { askGit, startGit } from './git.ts';
import { type FileHistory, LOG_FORMAT, readGitLog } from './git-log.ts';
import { type KeptLog, keepLog, keptLog } from './log-cache.ts';

/** What git tells of the incidents of a site. */
export type GitHistory =
  | {
      known: true;
      /** By path below the site's folder: `incidents/2026-11-21-power.md`. */
      files: Map<string, FileHistory>;
      /** Path of the site's folder below the repository's: empty, or with a slash at its end. */
      prefix: string;
    }
  | { known: false; why: 'no-repository' | 'shallow' | 'no-commit' | 'partial' };

/**
 * Reads the history of the files below `incidents/` of a site in one go, along the line of first parents: what was
 * changed on a branch before it was merged was never published. Never throws: whatever keeps git from answering
 * means that there is no history. No network is used, and nothing is written but `cacheFile`, where a long history is
 * kept for the next time.
 */
export async function gitHistory(folder: string, cacheFile: string | null): Promise<GitHistory> {
  const place = await output(folder, [
    'rev-parse',
    '--is-inside-work-tree',
    '--is-shallow-repository',
    '--show-prefix',
  ]);
  const [inside, shallow, prefix = ''] = place?.split('\n') ?? [];
  if (inside !== 'true') return { known: false, why: 'no-repository' };
  if (shallow !== 'false') return { known: false, why: 'shallow' };
  const head = (await output(folder, ['rev-parse', '--verify', 'HEAD^{commit}']))?.trim();
  if (head === undefined) return { known: false, why: 'no-commit' };
  const kept = cacheFile === null ? null : await usable(folder, head, await keptLog(cacheFile));
  const log = kept?.head === head ? '' : await logOf(folder, head, kept?.head ?? null);
  if (log === null) return { known: false, why: 'partial' };
  const whole = log + (kept?.log ?? '');
  if (cacheFile !== null && kept?.head !== head && whole.length >= LONG)
    await keepLog(cacheFile, { head, log: whole });
  return { known: true, files: readGitLog(whole), prefix };
}

/** Shorter logs (about a thousand changes) are read anew at no cost. */
const LONG = 200_000;

/** A kept log is the older part of the history only where its commit lies on the line of first parents. */
async function usable(folder: string, head: string, kept: KeptLog | null): Promise<KeptLog | null> {
  if (kept === null || kept.head === head) return kept;
  const line = await output(folder, ['rev-list', '--first-parent', head]);
  return line?.split('\n').includes(kept.head) ? kept : null;
}

/** What git says of the commits after `since`; null where it can't. */
function logOf(folder: string, head: string, since: string | null): Promise<string | null> {
  return output(folder, [
    'log',
    '--first-parent',
    '-m',
    '--raw',
    '--no-abbrev',
    '-z',
    '-M',
    '--no-ext-diff',
    '--no-textconv',
    '--no-notes',
    '--no-decorate',
    '--relative',
    // Cancels an order of files that the settings ask for.
    '-O/dev/null',
    `--format=${LOG_FORMAT}`,
    since === null ? head : `${since}..${head}`,
    '--',
    'incidents',
  ]);
}

/** The contents of blobs, in the order of `hashes`, by one process. Throws where one can't be had. */
export async function* gitBlobs(folder: string, hashes: string[]): AsyncGenerator<Uint8Array, void> {
  if (hashes.length === 0) return;
  const child = startGit(folder, ['cat-file', '--batch']);
  child.stderr!.resume();
  const ended = new Promise<void>((done, failed) => {
    child.on('error', failed).on('close', () => done());
  });
  ended.catch(() => {});
  // A process that is gone says so by what it did not answer.
  child.stdin!.on('error', () => {}).end(`${hashes.join('\n')}\n`);
  const bytes = new ByteQueue();
  let asked = 0;
  try {
    for await (const chunk of child.stdout!) {
      bytes.push(chunk as Buffer);
      while (asked < hashes.length) {
        const content = bytes.takeBlob();
        if (content === null) break;
        asked += 1;
        yield content;
      }
    }
    await ended;
    if (asked < hashes.length) throw new Error('git did not give every version that it named.');
  } finally {
    child.kill();
  }
}

/** What `git cat-file --batch` has written and nobody has taken yet. */
class ByteQueue {
  #held: Buffer = Buffer.alloc(0);
  #waiting: Buffer[] = [];
  #waitingLength = 0;
  /** How many bytes the next blob takes, with its head; 0: not yet known. */
  #needed = 0;
  #headLength = 0;

  push(chunk: Buffer): void {
    this.#waiting.push(chunk);
    this.#waitingLength += chunk.length;
  }

  /** The next blob, once it is there as a whole: `HASH blob SIZE\n`, the bytes, `\n`. */
  takeBlob(): Uint8Array | null {
    if (this.#held.length + this.#waitingLength < this.#needed) return null;
    if (this.#waitingLength > 0) {
      this.#held = Buffer.concat([this.#held, ...this.#waiting]);
      this.#waiting = [];
      this.#waitingLength = 0;
    }
    if (this.#needed === 0) {
      const end = this.#held.indexOf(10);
      if (end < 0) return null;
      const head = /^[0-9a-f]+ blob (\d+)$/.exec(this.#held.toString('latin1', 0, end));
      if (head === null) throw new Error('git does not have every version that it named.');
      this.#headLength = end + 1;
      this.#needed = this.#headLength + Number(head[1]) + 1;
      if (this.#held.length < this.#needed) return null;
    }
    const content = this.#held.subarray(this.#headLength, this.#needed - 1);
    this.#held = this.#held.subarray(this.#needed);
    this.#needed = 0;
    return content;
  }
}

/** What a git command prints; null where it fails or there is no git. */
async function output(folder: string, args: string[]): Promise<string | null> {
  const answer = await askGit(folder, args);
  return answer.ok ? answer.output : null;
}
