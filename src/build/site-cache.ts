import { createHash, hash } from 'node:crypto';
import { mkdir, readdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { ownName, sweep } from './own-folder.ts';

/*
 * Astro keeps finished pages and pictures between builds, and writes the list of them last. A build that fails
 * midway leaves new files under an old list, and a damaged file is restored unseen: a page could come back with
 * the text of another state, a false green. So a build never works on the kept cache itself. It takes it away by
 * renaming it to a name of its own: only one build can, all others begin with an empty one. Only a build that
 * succeeded puts it back, with a seal: a digest of each file in it. Whatever a failed or killed build leaves
 * behind is never read again.
 */

const SEAL = 'seal.json';
const KEPT = 'kept';
const WORK = 'work-';

/** How many files are read at the same time: a page each, so memory stays small. */
const AT_ONCE = 32;

/** What the seal says: which toolchain made the cache, and each file's SHA-256 by path. */
interface Seal {
  version: 1;
  toolchain: string;
  files: Record<string, string>;
}

/** The cache of one site while one build has it for itself. */
export interface ClaimedCache {
  /** A folder that nobody else uses; gone after `keep` or `discard`. */
  folder: string;
  /** Where Astro's cache lies in it. */
  astro: string;
  /** `warm`: pages of the last build may be reused. */
  state: 'warm' | 'cold';
  /** Keeps the cache for the next build. To be called only when everything has succeeded. */
  keep(): Promise<void>;
  /** Throws it away; does nothing after `keep`. Never throws. */
  discard(): Promise<void>;
}

/** The folder below `root` that holds the caches of the site in `siteFolder`, by its real path. */
export async function cacheFolderOf(root: string, siteFolder: string): Promise<string> {
  const name = createHash('sha256')
    .update(await realpath(siteFolder))
    .digest('hex')
    .slice(0, 16);
  return join(root, '.cache', 'sites', name);
}

/**
 * Takes a site's cache for one build. It is cold where another build has it, where the last build did not
 * succeed, where another toolchain made it, where anything but its pages is damaged, and where `fresh` asks for
 * it. Single damaged pages are dropped and made anew.
 */
export async function claimCache(
  folder: string,
  { toolchain, fresh }: { toolchain: string; fresh: boolean },
): Promise<ClaimedCache> {
  await mkdir(folder, { recursive: true });
  await sweep(folder, WORK);
  const own = join(folder, ownName(WORK));
  const kept = join(folder, KEPT);
  await rename(kept, own).catch(() => {});
  const astro = join(own, 'astro');
  const warm = !fresh && (await passesSeal(own, astro, toolchain));
  if (!warm) await rm(own, { recursive: true, force: true });
  await rm(join(own, SEAL), { force: true });
  await mkdir(astro, { recursive: true });
  return {
    folder: own,
    astro,
    state: warm ? 'warm' : 'cold',
    async keep() {
      await keepOnly(own, ['astro']);
      // Astro's store of contents stays out: what a page says comes from this build's reading alone.
      await keepOnly(astro, ['dist', 'incremental-build.json']);
      const seal: Seal = { version: 1, toolchain, files: await digests(astro) };
      await writeFile(join(own, SEAL), JSON.stringify(seal));
      const old = join(folder, ownName(WORK));
      await rename(kept, old).catch(() => {});
      // Another build may have put its own back in between: then its is as good, and this one goes.
      await rename(own, kept).catch(() => rm(own, { recursive: true, force: true }));
      await rm(old, { recursive: true, force: true });
    },
    async discard() {
      // After a failure Astro may still be writing here. What stays is never read again, and the next build removes it.
      await rm(own, { recursive: true, force: true, maxRetries: 5 }).catch(() => {});
    },
  };
}

async function keepOnly(folder: string, names: string[]): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!names.includes(name)) await rm(join(folder, name), { recursive: true, force: true });
  }
}

async function passesSeal(own: string, astro: string, toolchain: string): Promise<boolean> {
  const seal = await readSeal(join(own, SEAL));
  if (seal === null || seal.toolchain !== toolchain) return false;
  const found = await digests(astro).catch(() => null);
  if (found === null) return false;
  for (const path of new Set([...Object.keys(seal.files), ...Object.keys(found)])) {
    if (seal.files[path] === found[path]) continue;
    // Astro makes a page anew whose kept copy is missing. Damage to its list of pages can't be mended so.
    if (!path.startsWith('dist/')) return false;
    await rm(join(astro, path), { force: true });
  }
  return true;
}

async function readSeal(file: string): Promise<Seal | null> {
  try {
    const seal = JSON.parse(await readFile(file, 'utf8'));
    const sound = seal?.version === 1 && typeof seal.toolchain === 'string' && typeof seal.files === 'object';
    return sound && seal.files !== null ? seal : null;
  } catch {
    return null;
  }
}

/** SHA-256 (hex) of each file below a folder, by path with `/`, in code-unit order. */
async function digests(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
  const found: Record<string, string> = Object.create(null);
  for (let start = 0; start < paths.length; start += AT_ONCE) {
    const batch = paths.slice(start, start + AT_ONCE).map(async (path) => {
      return [path, hash('sha256', await readFile(join(folder, path)), 'hex')] as const;
    });
    for (const [path, digest] of await Promise.all(batch)) found[path.split(sep).join('/')] = digest;
  }
  return found;
}
