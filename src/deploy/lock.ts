import { createHash } from 'node:crypto';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { abandonedIn, ownName, sweep } from '../build/own-folder.ts';
import type { Target } from '../domain/hosting.ts';
import { DeployFailure } from './failure.ts';

const OWNER = 'owner-';
const WAITING = 'waiting-';

/**
 * Keeps two runs on this machine from publishing to the same place at once: waits, asking every `interval`
 * milliseconds by `sleep`, until no other process holds the lock of `target` below `folder`. The lock of a process
 * that is gone does not count. Gives what frees it. Throws what the signal says when it is aborted meanwhile.
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
  await mkdir(folder, { recursive: true });
  await sweep(folder, WAITING);
  const mine = join(folder, ownName(WAITING));
  await mkdir(join(mine, ownName(OWNER)), { recursive: true });
  try {
    for (let told = false; ; ) {
      try {
        // A folder that holds something is never replaced, so only one process gets here at a time.
        await rename(mine, place);
        return () => rm(place, { recursive: true, force: true });
      } catch (error) {
        const code = (error as NodeJS.ErrnoException).code ?? '';
        if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
      }
      const abandoned = await abandonedIn(place, OWNER);
      for (const name of abandoned) await rm(join(place, name), { recursive: true, force: true });
      if (abandoned.length > 0) continue;
      if (!told) onWait();
      told = true;
      if (signal.aborted) throw await stillHeld(place);
      await sleep(200);
    }
  } finally {
    await rm(mine, { recursive: true, force: true });
  }
}

async function stillHeld(place: string): Promise<DeployFailure> {
  const owner = (await readdir(place).catch(() => []))[0] ?? '';
  const process = /-(\d+)-/.exec(owner)?.[1];
  return new DeployFailure(
    `Another deployment to this place is still running${process === undefined ? '' : ` (process ${process})`}.`,
    { advice: `Let it end. If there is none, remove ${place}`, again: false },
  );
}
