import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { claim, holderOf } from '../build/claim.ts';
import type { Target } from '../domain/hosting.ts';
import { DeployFailure } from './failure.ts';

/**
 * Keeps two runs on this machine from publishing to the same place at once: waits, by `sleep`, until no other process
 * holds the lock of `target` below `folder`. The lock of a process that is gone does not count. Gives what frees it.
 * Throws a `DeployFailure` where another one still holds it when `signal` says that the time is over.
 */
export async function lockTarget(
  folder: string,
  { kind, to, branch }: Target,
  {
    signal,
    sleep,
    onWait,
  }: { signal: AbortSignal; sleep: (milliseconds: number) => Promise<void>; onWait: () => void },
): Promise<() => Promise<void>> {
  const key = createHash('sha256').update(`${kind}\n${to}\n${branch}`).digest('hex').slice(0, 16);
  const place = join(folder, key);
  for (let told = false; ; told = true) {
    const free = await claim(place);
    if (free !== null) return free;
    if (!told) onWait();
    if (signal.aborted) throw await stillHeld(place);
    await sleep(200);
  }
}

async function stillHeld(place: string): Promise<DeployFailure> {
  const holder = await holderOf(place);
  return new DeployFailure(
    `Another deployment to this place is still running${holder === null ? '' : ` (process ${holder})`}.`,
    { advice: `Let it end. If there is none, remove ${place}`, again: false },
  );
}
