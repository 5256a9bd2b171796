import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { claim, holderOf } from '../build/claim.ts';
import type { Target } from '../domain/hosting.ts';
import { DeployFailure } from './failure.ts';

/**
 * Keeps two runs on this machine from publishing to the same place at once: waits, by `sleep`, until no other process
 * holds the lock of `target` below `folder`. The lock of a process that is gone does not count. Gives what frees it,
 * which never throws. `cwd`: where relative addresses begin.
 * Throws a `DeployFailure` where another one still holds it when `signal` says that the time is over.
 */
export async function lockTarget(
  folder: string,
  target: Target,
  {
    cwd,
    signal,
    sleep,
    onWait,
  }: {
    cwd: string;
    signal: AbortSignal;
    sleep: (milliseconds: number) => Promise<void>;
    onWait: () => void;
  },
): Promise<() => Promise<void>> {
  const key = createHash('sha256')
    .update(await placeOf(target, cwd))
    .digest('hex')
    .slice(0, 16);
  const place = join(folder, key);
  for (let told = false; ; told = true) {
    const free = await claim(place);
    if (free !== null) return free;
    if (!told) onWait();
    if (signal.aborted) throw await stillHeld(place);
    await sleep(200);
  }
}

/** The same text for the same place, however its address is written. */
async function placeOf({ kind, to, branch }: Target, cwd: string): Promise<string> {
  if (kind === 'folder') return `folder\n${await realPlace(resolve(cwd, to))}`;
  if (kind === 'command') return `command\n${to.trim()}`;
  const plain = to.replace(/\/+$/, '');
  if (kind !== 'git') return `${kind}\n${plain}`;
  // As git does: an address with a colon before any slash is on a host.
  const isPath = !/^[^/]*:/.test(plain);
  return `git\n${isPath ? await realPlace(resolve(cwd, plain)) : plain.replace(/\.git$/, '')}\n${branch}`;
}

/** Without links; of what is not there, the nearest folder that is. */
async function realPlace(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    return dirname(path) === path ? path : join(await realPlace(dirname(path)), basename(path));
  }
}

async function stillHeld(place: string): Promise<DeployFailure> {
  const holder = await holderOf(place);
  return new DeployFailure(
    `Another deployment to this place is still running${holder === null ? '' : ` (process ${holder})`}.`,
    { advice: `Let it end. If there is none, remove ${place}`, again: false },
  );
}
