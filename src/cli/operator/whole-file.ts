import { chmod, link, mkdir, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Puts new bytes in the place of a file: written beside it and renamed, so that nobody ever sees half of it. The file
 * keeps its mode, and a link to it stays a link. Throws what the file system says.
 */
export async function replaceFile(path: string, bytes: Uint8Array): Promise<void> {
  const target = await realpath(path);
  const { mode } = await stat(target);
  await placed(target, bytes, async (beside) => {
    await chmod(beside, mode & 0o7777);
    await rename(beside, target);
  });
}

/** Writes a file that is not there yet, with its folders; false where one has come in between: that stays as it is. */
export async function createFile(path: string, bytes: Uint8Array): Promise<boolean> {
  await mkdir(dirname(path), { recursive: true });
  let created = true;
  await placed(path, bytes, async (beside) => {
    try {
      await link(beside, path);
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'EEXIST') created = false;
      // Some file systems have no links.
      else await rename(beside, path);
    }
  });
  return created;
}

async function placed(
  path: string,
  bytes: Uint8Array,
  place: (beside: string) => Promise<void>,
): Promise<void> {
  // The reader passes over names that begin with a dot.
  const beside = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  try {
    const file = await open(beside, 'w');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await place(beside);
  } finally {
    await rm(beside, { force: true });
  }
}
