import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Fault } from '../content/fault.ts';

const LEFT_OUT = new Set(['.DS_Store', '.gitignore', '.gitkeep']);

/** A file of `public/`, links followed. */
interface PublicFile {
  /** Below `public/`, with `/`. */
  path: string;
  source: string;
}

/**
 * Copies the site's `public/` into a finished build, links followed. A file there never takes the place of
 * something that Dran made (a page with an outage would be gone without a word): such a file is left out, with a
 * warning. A missing folder holds nothing.
 */
export async function copyPublic(folder: string, built: string): Promise<Fault[]> {
  const faults: Fault[] = [];
  for await (const { path, source } of filesOf(folder, '', [], faults)) {
    await copyOne(source, join(built, path), `public/${path}`, faults);
  }
  return faults;
}

/** SHA-256 (hex) of the names and contents of all files that `copyPublic` would copy. */
export async function publicDigest(folder: string): Promise<string> {
  const digest = createHash('sha256');
  for await (const { path, source } of filesOf(folder, '', [], [])) {
    const content = await readFile(source).catch(() => '');
    digest.update(`${JSON.stringify(path)} ${createHash('sha256').update(content).digest('hex')}\n`);
  }
  return digest.digest('hex');
}

/** The files of a folder and those below it, in the order of their names; what can't be followed is a fault. */
async function* filesOf(
  folder: string,
  below: string,
  above: string[],
  faults: Fault[],
): AsyncGenerator<PublicFile> {
  const place = join('public', below);
  const real = await realpath(folder).catch(() => null);
  if (real === null) return;
  if (above.includes(real)) {
    faults.push(left(place, 'public-link-loop', 'This link leads to a folder that it lies in.'));
    return;
  }
  const names = await readdir(folder).catch(() => null);
  if (names === null) {
    faults.push(left(place, 'public-unreadable', 'This is no folder that can be read.'));
    return;
  }
  for (const name of names.sort()) {
    if (LEFT_OUT.has(name)) continue;
    const source = join(folder, name);
    const path = below === '' ? name : `${below}/${name}`;
    const found = await stat(source).catch(() => null);
    if (found === null) {
      faults.push(left(`public/${path}`, 'public-unreadable', 'This link leads nowhere.'));
    } else if (found.isDirectory()) {
      yield* filesOf(source, path, [...above, real], faults);
    } else if (found.isFile()) {
      yield { path, source };
    }
  }
}

async function copyOne(source: string, target: string, path: string, faults: Fault[]): Promise<void> {
  try {
    await mkdir(dirname(target), { recursive: true });
    await copyFile(source, target, constants.COPYFILE_EXCL);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (code === 'EEXIST' && (await isSame(source, target))) return;
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

async function isSame(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([one, other].map((path) => readFile(path).catch(() => null)));
  return a != null && b != null && a.equals(b);
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
