import { cp, mkdir, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { abandonedIn, ownName, sweep } from './own-folder.ts';

const next = (name: string) => `.${name}.next-`;
const previous = (name: string) => `.${name}.previous-`;

/**
 * Why a folder must not be replaced by a build, as a sentence; null where it may be. Refused are folders that
 * hold the program, the site's sources or the folder one stands in, and folders with other people's files: an
 * existing folder must be empty or hold an `index.html`.
 */
export async function refusalOf(outDir: string, sources: string[]): Promise<string | null> {
  for (const source of sources) {
    if (`${resolve(source)}${sep}`.startsWith(outDir === sep ? sep : `${outDir}${sep}`)) {
      return `A build replaces its output folder whole, and ${outDir} holds ${source}. Name a folder of its own.`;
    }
    for (const name of ['incidents', 'public', 'src', 'node_modules', '.git', '.cache']) {
      if (`${outDir}${sep}`.startsWith(`${join(source, name)}${sep}`)) {
        return `${outDir} lies in ${join(source, name)}, which is no place for output.`;
      }
    }
  }
  const found = await stat(outDir).catch(() => null);
  if (found === null) return null;
  if (!found.isDirectory()) return `${outDir} is a file, not a folder.`;
  const names = await readdir(outDir);
  if (names.every((name) => name === '.git') || names.includes('index.html')) return null;
  return `${outDir} holds files, but no index.html, so it is no site that was built before. Name another folder, or empty it.`;
}

/**
 * The folder that a path names once links are followed, so that a link stays a link. Puts back a folder that a
 * build was killed in the middle of replacing, and removes what killed builds left beside it.
 */
export async function settleOutput(outDir: string): Promise<string> {
  const folder = await realpath(outDir).catch(() => resolve(outDir));
  const parent = dirname(folder);
  const name = basename(folder);
  if ((await stat(folder).catch(() => null)) === null) {
    const saved = (await abandonedIn(parent, previous(name)))[0];
    if (saved !== undefined) await rename(join(parent, saved), folder).catch(() => {});
  }
  await sweep(parent, next(name));
  await sweep(parent, previous(name));
  return folder;
}

/**
 * Puts a finished build in the place of `outDir` (as `settleOutput` gave it): at once where the disk allows a
 * rename. Where it does not (a mount point) or where `outDir` is a git work tree, files are written into it one
 * by one and those that are left over are removed. `built` is gone afterwards.
 */
export async function replaceOutput(built: string, outDir: string): Promise<void> {
  const parent = dirname(outDir);
  const name = basename(outDir);
  await mkdir(parent, { recursive: true });
  if (await holdsGit(outDir)) {
    await fill(built, outDir);
    return;
  }
  const fresh = join(parent, ownName(next(name)));
  await move(built, fresh);
  const old = join(parent, ownName(previous(name)));
  for (let attempt = 1; ; attempt++) {
    try {
      await rename(outDir, old);
    } catch (error) {
      if (codeOf(error) === 'EBUSY' || codeOf(error) === 'EXDEV') {
        await fill(fresh, outDir);
        return;
      }
      if (codeOf(error) !== 'ENOENT') throw error;
    }
    try {
      await rename(fresh, outDir);
      break;
    } catch (error) {
      // Another build of the same site was quicker; a later one wins.
      if (attempt >= 5 || !['ENOTEMPTY', 'EEXIST'].includes(codeOf(error))) {
        await rename(old, outDir).catch(() => {});
        throw error;
      }
      await rm(old, { recursive: true, force: true });
    }
  }
  await rm(old, { recursive: true, force: true });
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? '';
}

async function holdsGit(folder: string): Promise<boolean> {
  return (await stat(join(folder, '.git')).catch(() => null)) !== null;
}

async function move(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (codeOf(error) !== 'EXDEV') throw error;
    await cp(from, to, { recursive: true });
    await rm(from, { recursive: true, force: true });
  }
}

async function fill(from: string, to: string): Promise<void> {
  const files = await pathsBelow(from);
  const kept = new Set(files);
  for (const path of await pathsBelow(to)) {
    if (!kept.has(path) && path.split(sep)[0] !== '.git') await rm(join(to, path), { force: true });
  }
  for (const path of files) {
    const target = join(to, path);
    const half = join(dirname(target), ownName('.'));
    await mkdir(dirname(target), { recursive: true });
    await cp(join(from, path), half);
    await rename(half, target);
  }
  await rm(from, { recursive: true, force: true });
}

async function pathsBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}
