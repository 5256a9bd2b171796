import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { abandonedIn, ownName } from './own-folder.ts';

const OWNER = 'owner-';

/**
 * Waits until no other process is between `takeTurn` and `done` at `place`, and gives what ends this one's turn
 * (any number of calls). The turn of a process that is gone is over. After `patience` milliseconds the turn is
 * taken all the same: this guards against a rare clash, and an outage must be published.
 */
export async function takeTurn(place: string, patience: number): Promise<() => Promise<void>> {
  const mine = join(dirname(place), ownName('.turn-'));
  await mkdir(join(mine, ownName(OWNER)), { recursive: true });
  for (let waited = 0; ; waited += 50) {
    try {
      // A folder that holds something is never replaced, so only one process gets here at a time.
      await rename(mine, place);
      return () => rm(place, { recursive: true, force: true });
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? '';
      if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
    }
    if (waited >= patience) {
      await rm(mine, { recursive: true, force: true });
      return async () => {};
    }
    for (const name of await abandonedIn(place, OWNER)) {
      await rm(join(place, name), { recursive: true, force: true });
    }
    if ((await readdir(place).catch(() => [])).length > 0) await pause(50);
  }
}
