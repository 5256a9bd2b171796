import { cp, mkdir, readdir, realpath, rename, rm, rmdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { isBuild } from './build-mark.ts';
import { abandonedIn, ownName, sweep } from './own-folder.ts';

const next = (name: string) => `.${name}.next-`;
const previous = (name: string) => `.${name}.previous-`;
/** Within the output folder: a build that is on its way into it. */
const STAGED = '.dran-next-';

/**
 * Why a folder must not be replaced by a build, as a sentence; null where it may be. Refused are folders that
 * hold the program, the site's sources or the folder one stands in, and folders with other people's files: an
 * existing folder must be empty or hold a build of Dran's (an `index.html` alone may be anybody's page).
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
  if (names.every((name) => name === '.git' || name.startsWith(STAGED)) || (await isBuild(outDir)))
    return null;
  return `${outDir} holds files that no build made (a build is known by its build.json), and a build would remove them. Name another folder, or empty it.`;
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
  await sweep(folder, STAGED);
  return folder;
}

/**
 * Puts a finished build in the place of `outDir` (as `settleOutput` gave it): at once where the disk allows a
 * rename. Where it does not (a mount point) or where `outDir` is a git work tree, the build is copied into it
 * whole, then its files are moved to their places one by one (new ones, then changed ones, `build.json` last) and
 * those that are left over are removed. Throws what the file system throws; where that is for want of space,
 * `outDir` is as it was and nothing is left beside it. `built` is gone afterwards.
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
  try {
    await move(built, fresh);
    await swap(fresh, outDir, join(parent, ownName(previous(name))));
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

/** Puts `fresh` in the place of `outDir`, which is `old` for a moment. */
async function swap(fresh: string, outDir: string, old: string): Promise<void> {
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
  const staged = join(to, ownName(STAGED));
  try {
    // A full disk shows here, while nothing has been touched.
    await cp(from, staged, { recursive: true });
    const files = await pathsBelow(staged);
    const found = await pathsBelow(to);
    const old = found.filter((path) => path.split(sep)[0] !== '.git' && !path.startsWith(STAGED));
    const kept = new Set(files);
    const folders = new Set(files.flatMap(foldersOf));
    const inTheWay = (path: string) =>
      folders.has(path) || foldersOf(path).some((folder) => kept.has(folder));
    for (const path of old.filter(inTheWay)) await remove(to, path);
    for (const path of inSafeOrder(files, new Set(old))) {
      await mkdir(dirname(join(to, path)), { recursive: true });
      await rename(join(staged, path), join(to, path));
    }
    for (const path of old) if (!kept.has(path) && !inTheWay(path)) await remove(to, path);
  } finally {
    await rm(staged, { recursive: true, force: true });
  }
  await rm(from, { recursive: true, force: true });
}

/** New files first, which nothing leads to yet; then those that take another's place; what tells of the build last. */
function inSafeOrder(files: string[], there: Set<string>): string[] {
  const rank = (path: string) => (path === 'build.json' ? 2 : there.has(path) ? 1 : 0);
  return files.toSorted((one, other) => rank(one) - rank(other));
}

/** The folders that a path lies in, the innermost first. */
function foldersOf(path: string): string[] {
  const folders: string[] = [];
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) folders.push(folder);
  return folders;
}

/** Removes a file, and the folders that are empty without it. */
async function remove(to: string, path: string): Promise<void> {
  await rm(join(to, path), { force: true });
  try {
    for (const folder of foldersOf(path)) await rmdir(join(to, folder));
  } catch (error) {
    if (codeOf(error) !== 'ENOTEMPTY' && codeOf(error) !== 'EEXIST') throw error;
  }
}

async function pathsBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}
