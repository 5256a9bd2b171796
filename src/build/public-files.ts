import { constants } from 'node:fs';
import { copyFile, mkdir, readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Fault } from '../content/fault.ts';

const LEFT_OUT = new Set(['.DS_Store', '.gitignore', '.gitkeep']);

/**
 * Copies the site's `public/` into a finished build, links followed. A file there never takes the place of
 * something that Dran made (a page with an outage would be gone without a word): such a file is left out, with a
 * warning. A missing folder holds nothing.
 */
export async function copyPublic(folder: string, built: string): Promise<Fault[]> {
  const faults: Fault[] = [];
  await copyFolder(folder, built, 'public', [], faults);
  return faults;
}

async function copyFolder(
  from: string,
  to: string,
  path: string,
  above: string[],
  faults: Fault[],
): Promise<void> {
  const real = await realpath(from).catch(() => null);
  if (real === null) return;
  if (above.includes(real)) {
    faults.push(left(path, 'public-link-loop', 'This link leads to a folder that it lies in.'));
    return;
  }
  const names = await readdir(from).catch(() => null);
  if (names === null) {
    faults.push(left(path, 'public-unreadable', 'This is no folder that can be read.'));
    return;
  }
  for (const name of names.sort()) {
    if (LEFT_OUT.has(name)) continue;
    const source = join(from, name);
    const target = join(to, name);
    const found = await stat(source).catch(() => null);
    if (found === null) {
      faults.push(left(`${path}/${name}`, 'public-unreadable', 'This link leads nowhere.'));
    } else if (found.isDirectory()) {
      await copyFolder(source, target, `${path}/${name}`, [...above, real], faults);
    } else if (found.isFile()) {
      await copyOne(source, to, target, `${path}/${name}`, faults);
    }
  }
}

async function copyOne(
  source: string,
  to: string,
  target: string,
  path: string,
  faults: Fault[],
): Promise<void> {
  try {
    await mkdir(to, { recursive: true });
    await copyFile(source, target, constants.COPYFILE_EXCL);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (['EEXIST', 'EISDIR', 'ENOTDIR'].includes(code)) {
      const message =
        'The build makes a file or folder of this name itself, and that one is published. Rename this one.';
      faults.push(left(path, 'public-name-taken', message));
    } else if (code === 'EACCES' || code === 'EPERM') {
      faults.push(left(path, 'public-unreadable', 'This file may not be read.'));
    } else {
      throw error;
    }
  }
}

function left(file: string, code: string, message: string): Fault {
  return {
    file,
    line: 1,
    column: 1,
    length: 1,
    level: 'warning',
    code,
    message,
    publishedAs: null,
    source: '',
    transient: false,
    fix: null,
  };
}
