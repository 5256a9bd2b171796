import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

// The second lock file is npm's own record of what is installed: it also changes by `npm install --no-save`.
const FILES = [
  'astro.config.mjs',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'node_modules/.package-lock.json',
];

/**
 * A digest of everything besides the site that decides what a build makes: Dran's source below `root` (code,
 * components, styles, language files), its settings, the packages installed, Node with its time zone and
 * language data, and the platform. A kept page is only good for the toolchain that made it.
 */
export async function toolchainDigest(root: string): Promise<string> {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([process.versions, process.platform, process.arch]));
  for (const file of [...FILES, ...(await filesBelow(root, 'src'))]) {
    const bytes = await readFile(join(root, file)).catch(() => null);
    hash.update(`\n${file}\n${bytes === null ? 'missing' : bytes.length}\n`);
    if (bytes !== null) hash.update(bytes);
  }
  return hash.digest('hex');
}

async function filesBelow(root: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
}
