import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { afterAll } from 'vitest';
import { cacheFolderOf } from '../../src/build/site-cache.ts';

/** The repository that the tests belong to. */
const ROOT = resolve(import.meta.dirname, '../..');

/** The instant at which sites of the tests are built, where a test names no other. */
export const NOW = '2026-11-21T18:40:00Z';

/** What a command printed and how it ended. */
export interface Run {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A site in a folder of its own, and where its builds go. */
export interface TestSite {
  folder: string;
  outDir: string;
}

/** How to run a build. */
export interface BuildOptions {
  args?: string[];
  env?: Record<string, string>;
  /** A copy of the repository (default: the repository itself). */
  root?: string;
}

const folders: string[] = [];
const sites: { root: string; folder: string }[] = [];

afterAll(async () => {
  for (const { root, folder } of sites) {
    await rm(await cacheFolderOf(root, folder).catch(() => folder), { recursive: true, force: true });
  }
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

/** An empty folder that is gone after the tests of the file. */
export async function temporaryFolder(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'dran-')));
  folders.push(folder);
  return folder;
}

/** Writes files (by path) into a folder. */
export async function writeFiles(folder: string, files: Record<string, string | Uint8Array>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}

/** A site of these files in a new folder. */
export async function makeSite(files: Record<string, string | Uint8Array>): Promise<TestSite> {
  const folder = await temporaryFolder();
  await writeFiles(join(folder, 'site'), files);
  return { folder: join(folder, 'site'), outDir: join(folder, 'dist') };
}

/**
 * Runs the build command as its own process, as `npm run build` does. Each site has a cache of its own below the
 * repository, found by the site's folder; it is removed after the tests of the file.
 */
export async function runBuild(site: TestSite, options: BuildOptions = {}): Promise<Run> {
  const { args = [], env = {}, root = ROOT } = options;
  sites.push({ root, folder: site.folder });
  return runCommand(
    ['src/cli/build.ts', '--outDir', site.outDir, ...args],
    {
      STATUS_SITE: site.folder,
      STATUS_NOW: NOW,
      ...env,
    },
    root,
  );
}

/** Runs the check command as its own process, as `npm run check` does. */
export async function runCheck(site: TestSite, options: BuildOptions = {}): Promise<Run> {
  const { args = [], env = {}, root = ROOT } = options;
  return runCommand(
    ['src/cli/check.ts', ...args],
    {
      STATUS_SITE: site.folder,
      STATUS_NOW: NOW,
      ...env,
    },
    root,
  );
}

/** Runs the doctor command as its own process, as `npm run doctor` does, on the site and its last build. */
export async function runDoctor(site: TestSite, options: BuildOptions = {}): Promise<Run> {
  const { args = [], env = {}, root = ROOT } = options;
  return runCommand(
    ['src/cli/doctor.ts', '--dir', site.outDir, ...args],
    {
      STATUS_SITE: site.folder,
      STATUS_NOW: NOW,
      ...env,
    },
    root,
  );
}

/** Writes a site and builds it: both in one. */
export async function buildSite(
  files: Record<string, string | Uint8Array>,
  options: BuildOptions = {},
): Promise<TestSite & Run> {
  const site = await makeSite(files);
  return { ...site, ...(await runBuild(site, options)) };
}

/** A command that runs, and how it will have ended. */
export interface Running {
  process: ChildProcess;
  end: Promise<Run>;
}

/**
 * Starts Node in `root` (default: the repository) with these arguments and nothing to read. Of this process's
 * environment only PATH and the like are passed on.
 */
export function startCommand(args: string[], env: Record<string, string>, root = ROOT): Running {
  const { PATH = '', HOME = '', TMPDIR } = process.env;
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { PATH, HOME, ...(TMPDIR === undefined ? {} : { TMPDIR }), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const run: Run = { code: null, stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    run.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    run.stderr += text;
  });
  const end = new Promise<Run>((done, failed) => {
    child.on('error', failed);
    child.on('close', (code) => done({ ...run, code }));
  });
  return { process: child, end };
}

/** Runs a command to its end; see `startCommand`. */
export function runCommand(args: string[], env: Record<string, string>, root?: string): Promise<Run> {
  return startCommand(args, env, root).end;
}

/**
 * A copy of what a build needs of the repository, whose source a test may change. Packages are shared with the
 * repository.
 */
export async function copyRepository(): Promise<string> {
  const copy = await temporaryFolder();
  for (const name of ['src', 'astro.config.mjs', 'package.json', 'package-lock.json', 'tsconfig.json']) {
    await cp(join(ROOT, name), join(copy, name), { recursive: true });
  }
  await symlink(await realpath(join(ROOT, 'node_modules')), join(copy, 'node_modules'));
  return copy;
}

/** Paths of all files below a folder, with `/`, sorted. */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

/** A digest of each file below a folder, by path: two equal results are byte-identical folders. */
export async function snapshot(folder: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const path of await filesBelow(folder)) {
    found[path] = createHash('sha256')
      .update(await readFile(join(folder, path)))
      .digest('hex');
  }
  return found;
}
