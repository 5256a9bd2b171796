import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { abandonedIn, ownName, sweep } from './own-folder.ts';

const OWNER = 'owner-';
const CLAIM = '.claim-';

/**
 * Tries once to be the only process that holds `place`, a folder that need not be there. Gives what lets go of it (any
 * number of calls; it never throws), or null where another process holds it. What a process held that is gone is free. Throws what the
 * disk throws.
 */
export async function claim(place: string): Promise<(() => Promise<void>) | null> {
  await sweep(dirname(place), CLAIM);
  const mine = join(dirname(place), ownName(CLAIM));
  try {
    await mkdir(join(mine, ownName(OWNER)), { recursive: true });
    for (const name of await abandonedIn(place, OWNER)) {
      await rm(join(place, name), { recursive: true, force: true });
    }
    // A folder that holds something is never replaced, so only one process gets here at a time.
    await rename(mine, place);
    let held = true;
    return async () => {
      if (!held) return;
      held = false;
      await letGo(place);
    };
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    return null;
  } finally {
    await rm(mine, { recursive: true, force: true }).catch(() => {});
  }
}

/** Frees `place` in one step, so that whoever waits takes it before or after; what can't be removed is swept later. */
async function letGo(place: string): Promise<void> {
  const away = join(dirname(place), ownName(CLAIM));
  await rename(place, away).catch(() => {});
  await rm(away, { recursive: true, force: true }).catch(() => {});
}

/** The number of the process that holds `place`; null: none does, or it can't be told. */
export async function holderOf(place: string): Promise<number | null> {
  const [owner = ''] = await readdir(place).catch(() => []);
  const made = /-(\d+)-/.exec(owner);
  return made === null ? null : Number(made[1]);
}
