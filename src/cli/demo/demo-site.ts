import { createHash } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import files from './files.json' with { type: 'json' };

/** Where the demonstration goes: a site of its own, `STATUS_SITE=demo npm run build` still shows it. */
export const DEMO_FOLDER = 'demo';

/** What a site's folder holds, before it is the operator's. */
export interface Holdings {
  /** The demonstration's own files, byte for byte (line ends aside), below the site's folder, with `/`. */
  demo: string[];
  /** Files among the incidents that somebody else wrote, or changed. */
  incidents: string[];
  /** Whether there is a config that is not the demonstration's. */
  config: boolean;
}

/** Looks what a folder holds. Templates and what begins with a dot or an underscore are left alone. */
export async function holdingsOf(folder: string): Promise<Holdings> {
  const demo: string[] = [];
  const foreign: string[] = [];
  for (const path of [
    'status.config.yml',
    ...(await below(folder, 'incidents')),
    ...(await below(folder, 'public')),
  ]) {
    const own = await isDemo(folder, path);
    if (own) demo.push(path);
    else if (own === false) foreign.push(path);
  }
  return {
    demo,
    incidents: foreign.filter((path) => path.startsWith('incidents/')),
    config: foreign.includes('status.config.yml'),
  };
}

/**
 * Moves the demonstration's files into `demo/`. Where another file is in the way of one there, nothing is moved, and
 * that path is given; else null. What is left of a move that broke off is moved the next time.
 */
export async function moveDemo(folder: string, paths: string[]): Promise<string | null> {
  const there = new Map<string, boolean | null>();
  for (const path of paths) {
    const held = await isDemo(join(folder, DEMO_FOLDER), path);
    if (held === false) return path;
    there.set(path, held);
  }
  for (const path of paths) {
    const from = join(folder, path);
    const to = join(folder, DEMO_FOLDER, path);
    if (there.get(path)) await rm(from);
    else {
      await mkdir(dirname(to), { recursive: true });
      await rename(from, to);
    }
    await leaveEmpty(folder, dirname(path));
  }
  return null;
}

/** Whether a file is the demonstration's; null where there is none. */
async function isDemo(folder: string, path: string): Promise<boolean | null> {
  const bytes = await readFile(join(folder, path)).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return null;
    throw cause;
  });
  if (bytes === null) return null;
  const digest = createHash('sha256').update(bytes.toString('utf8').replaceAll('\r\n', '\n')).digest('hex');
  return (files as Record<string, string>)[path] === digest;
}

async function below(folder: string, path: string): Promise<string[]> {
  const entries: Dirent[] = await readdir(join(folder, path), { withFileTypes: true }).catch(
    (cause: NodeJS.ErrnoException) => {
      if (cause.code === 'ENOENT') return [];
      throw cause;
    },
  );
  const paths: string[] = [];
  for (const entry of entries) {
    const { name } = entry;
    if (/^[._]|~$/.test(name)) continue;
    if (entry.isDirectory()) paths.push(...(await below(folder, `${path}/${name}`)));
    else paths.push(`${path}/${name}`);
  }
  return paths.sort();
}

/** Removes folders that a move left empty, but for `incidents` and `public` themselves. */
async function leaveEmpty(folder: string, path: string): Promise<void> {
  for (let rest = path; rest.includes('/'); rest = dirname(rest)) {
    const gone = await rmdir(join(folder, rest)).then(
      () => true,
      () => false,
    );
    if (!gone) return;
  }
}
