import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ownName } from './own-folder.ts';

/**
 * What git said of the history up to one commit: it never changes, so the next build asks only for what came since.
 * A folder of thousands of files takes git half a minute to look through from the beginning.
 */
export interface KeptLog {
  /** Hash of the commit. */
  head: string;
  /** The output of git. */
  log: string;
}

/** Reads what `keepLog` wrote; null where there is nothing, and where it is not as it was written. */
export async function keptLog(file: string): Promise<KeptLog | null> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const [seal = '', head = ''] = text.slice(0, 200).split('\n');
  const log = text.slice(seal.length + head.length + 2);
  return seal !== '' && seal === sealOf({ head, log }) ? { head, log } : null;
}

/** Keeps a log for the next build; one that can't be kept is asked for again. */
export async function keepLog(file: string, kept: KeptLog): Promise<void> {
  // A name that the next build sweeps away if this process is killed.
  const own = join(dirname(file), ownName('work-'));
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(own, `${sealOf(kept)}\n${kept.head}\n${kept.log}`);
    await rename(own, file);
  } catch {
    await rm(own, { force: true }).catch(() => {});
  }
}

function sealOf({ head, log }: KeptLog): string {
  return createHash('sha256').update(`1 ${head}\n${log}`).digest('hex');
}
