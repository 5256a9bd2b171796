import { randomBytes } from 'node:crypto';
import { chmod, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Puts other bytes in the place of a file's, wholly or not at all: they are written beside it, then renamed. A link
 * stays a link. Gives false, and changes nothing, where the file no longer holds `expected`: somebody else wrote it
 * meanwhile. Throws what the file system throws.
 */
export async function replaceFile(path: string, bytes: Uint8Array, expected: Uint8Array): Promise<boolean> {
  const target = await realpath(path);
  const { mode } = await stat(target);
  // Names that begin with a dot are never read as incidents.
  const beside = join(dirname(target), `.${basename(target)}.${randomBytes(4).toString('hex')}~`);
  try {
    await writeFile(beside, bytes, { flag: 'wx' });
    await chmod(beside, mode);
    if (!Buffer.from(expected).equals(await readFile(target))) return false;
    await rename(beside, target);
    return true;
  } finally {
    await rm(beside, { force: true });
  }
}
