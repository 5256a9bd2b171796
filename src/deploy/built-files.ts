import { createHash } from 'node:crypto';
import { copyFile, link, mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { z } from 'zod';
import { DeployFailure } from './failure.ts';
import { inParallel } from './in-parallel.ts';

/** A file of a build. */
export interface BuiltFile {
  /** Below the build's folder, with `/`. */
  path: string;
  size: number;
  /** Digests of its bytes in hex. */
  sha256: string;
  md5: string;
}

/** A build that can be published. */
export interface Build {
  /** Absolute. Nobody changes what it holds while it is published. */
  folder: string;
  /** In the order of their paths. */
  files: BuiltFile[];
  /** Of everything in it but the clock, as `build.json` says: two builds of one hash show readers the same. */
  hash: string;
  /** Where its readers find it. */
  url: string;
}

/** The file that a build is known by; the last one that a deployment sends. */
export const BUILD_MARK = 'build.json';

/** What Dran keeps at a target; a build has nothing there. */
export const OWN_FOLDER = '.dran';

const FILES_AT_ONCE = 32;

const mark = z.object({ hash: z.string().regex(/^[0-9a-f]{16,128}$/), url: z.string() });

/**
 * Takes hold of the build in `folder`: its files are linked (else copied) into `copy`, so that a build which replaces
 * `folder` meanwhile changes nothing of what is published. Throws a `DeployFailure` where `folder` holds no build of
 * Dran, or one that is not whole.
 */
export async function holdBuild(folder: string, copy: string): Promise<Build> {
  for (let attempt = 1; ; attempt++) {
    const before = await identityOf(folder);
    const { hash, url } = readMark(before.mark, folder);
    await mkdir(copy, { recursive: true });
    const paths = await pathsBelow(folder);
    const files = await inParallel(paths, FILES_AT_ONCE, (path) => take(folder, copy, path)).catch(
      (error) => error,
    );
    const after = await identityOf(folder).catch(() => null);
    const steady = after?.id === before.id && after.mark.equals(before.mark);
    if (steady && !(files instanceof Error)) return { folder: copy, files, hash, url };
    if (steady) throw files;
    if (attempt === 5) {
      throw new DeployFailure(`${folder} is being built anew again and again.`, {
        advice: 'Let the build end, then deploy.',
      });
    }
  }
}

async function identityOf(folder: string): Promise<{ id: string; mark: Buffer }> {
  const found = await stat(folder).catch(() => null);
  if (!found?.isDirectory()) {
    throw new DeployFailure(`There is no folder ${folder}.`, {
      advice: 'Build first: npm run build',
      again: false,
    });
  }
  const bytes = await readFile(join(folder, BUILD_MARK)).catch(() => null);
  const start = await stat(join(folder, 'index.html')).catch(() => null);
  if (bytes === null || !start?.isFile()) {
    throw new DeployFailure(
      `${folder} is no build of Dran: it has no ${bytes === null ? BUILD_MARK : 'index.html'}.`,
      {
        advice: 'Build first (npm run build), or name the folder of a build with --dir.',
        again: false,
      },
    );
  }
  return { id: `${found.dev}:${found.ino}`, mark: bytes };
}

function readMark(bytes: Buffer, folder: string): { hash: string; url: string } {
  try {
    return mark.parse(JSON.parse(bytes.toString('utf8')));
  } catch {
    throw new DeployFailure(`${join(folder, BUILD_MARK)} is not what a build of Dran writes.`, {
      advice: 'Build again: npm run build',
      again: false,
    });
  }
}

async function take(folder: string, copy: string, path: string): Promise<BuiltFile> {
  const to = join(copy, path);
  await mkdir(dirname(to), { recursive: true });
  try {
    await link(join(folder, path), to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw error;
    await copyFile(join(folder, path), to);
  }
  const bytes = await readFile(to);
  return {
    path,
    size: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    md5: createHash('md5').update(bytes).digest('hex'),
  };
}

async function pathsBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths: string[] = [];
  for (const entry of entries) {
    const path = relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/');
    if (!entry.isFile() || path === '.git' || path.startsWith('.git/') || path.startsWith(`${OWN_FOLDER}/`))
      continue;
    // Tools that take lists of files part them by line breaks.
    if (/\p{Cc}/u.test(path)) {
      throw new DeployFailure(`The name of ${JSON.stringify(path)} holds a control character.`, {
        advice: 'Rename it in public/ and build again.',
        again: false,
      });
    }
    paths.push(path);
  }
  return paths.sort();
}
