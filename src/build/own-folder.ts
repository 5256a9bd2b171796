import { createHash, randomBytes } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

const HOST = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);

/** A name for a folder that only this process uses: `<prefix><host>-<pid>-<random>`. */
export function ownName(prefix: string): string {
  return `${prefix}${HOST}-${process.pid}-${randomBytes(4).toString('hex')}`;
}

/**
 * Whether the process that made this name is gone. False where that can't be told: names made on another
 * machine (a shared disk), and names that are none of ours.
 */
function isAbandoned(name: string, prefix: string): boolean {
  const made = /^([0-9a-f]{8})-(\d+)-[0-9a-f]{8}$/.exec(
    name.startsWith(prefix) ? name.slice(prefix.length) : '',
  );
  if (made === null || made[1] !== HOST) return false;
  const pid = Number(made[2]);
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

/** Names in `folder` that begin with `prefix` and whose makers are gone, sorted. A missing folder has none. */
export async function abandonedIn(folder: string, prefix: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => isAbandoned(name, prefix)).sort();
}

/** Removes what killed processes left in `folder` under `prefix`. What can't be removed stays: it does no harm. */
export async function sweep(folder: string, prefix: string): Promise<void> {
  for (const name of await abandonedIn(folder, prefix)) {
    await rm(join(folder, name), { recursive: true, force: true }).catch(() => {});
  }
}
