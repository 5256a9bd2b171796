import { chmod, lstat, mkdir } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/**
 * The folder for locks, where all clones of one user on this machine meet: `dran-<uid>` in the folder for temporary
 * files, for that user alone; made where it is not there. `own`: used instead where somebody else has that name.
 */
export async function locksFolder(own: string, temporary: string = tmpdir()): Promise<string> {
  const { uid } = userInfo();
  const folder = join(temporary, `dran-${uid}`);
  try {
    await mkdir(folder, { mode: 0o700 }).catch(() => {});
    const found = await lstat(folder);
    if (!found.isDirectory() || (uid >= 0 && found.uid !== uid)) return own;
    if (uid >= 0) await chmod(folder, 0o700);
    return folder;
  } catch {
    return own;
  }
}
