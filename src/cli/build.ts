import { rmSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { AstroIntegration } from 'astro';
import { keepCompiled } from '../build/compile-cache.ts';
import { countPaths, type PathCount } from '../build/count-paths.ts';
import { type HeldReading, holdReading } from '../build/held-reading.ts';
import { hostFiles, writeHostFiles } from '../build/host-files.ts';
import { refusalOf, replaceOutput, settleOutput } from '../build/output-folder.ts';
import { copyPublic } from '../build/public-files.ts';
import { type ReadingNow, readNow } from '../build/read-now.ts';
import { siteApi, writeReportFiles } from '../build/site-api.ts';
import { cacheFolderOf, claimCache } from '../build/site-cache.ts';
import { formatSummary } from '../build/summary.ts';
import { toolchainDigest } from '../build/toolchain.ts';
import { takeTurn } from '../build/turn.ts';
import { undrawnTexts } from '../build/undrawn-texts.ts';
import { readClock } from '../clock.ts';
import type { Fault } from '../content/fault.ts';
import { formatFault, grouped, sortFaults } from '../content/fault-report.ts';
import { deriveStatus, type SiteStatus } from '../domain/status.ts';
import { readFlags } from './flags.ts';

const HELP = `Builds the status page: incidents and config in, a folder of static files out.

  npm run build
  npm run build -- --outDir /srv/www/status
  npm run build -- --strict
  STATUS_SITE=../our-status npm run build

  --outDir DIR  where the site goes, replaced as a whole when the build has succeeded (default: dist)
  --strict      publish nothing when a file has an error
  --force       use nothing from earlier builds
  --help        this text

Without --strict everything that can be read is published, and faults are listed at the end: every error, and of
warnings that say the same the first. npm run check lists every one.
STATUS_SITE   the folder with status.config.yml, incidents/ and public/ (default: this repository)
STATUS_NOW    an instant that stands for the clock, like 2026-11-21T18:30:00Z
Exit code     0 built, 1 not built (the old output is untouched), 2 wrong usage`;

const ROOT = resolve(import.meta.dirname, '../..');

keepCompiled(join(ROOT, '.cache/compiled-builds'));
process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  const started = performance.now();
  const flags = readFlags(args, {
    outDir: { type: 'string' },
    strict: { type: 'boolean' },
    force: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  });
  if (!flags.ok) return refuse(`${flags.message}\nnpm run build -- --help lists what there is.`);
  if (flags.values.help) {
    process.stdout.write(`${HELP}\n`);
    return 0;
  }
  const site = resolve(process.env.STATUS_SITE || ROOT);
  const named = flags.values.outDir ?? relative(process.cwd(), join(ROOT, 'dist'));
  const outDir = resolve(named);
  if (!(await isFolder(site))) return refuse(`STATUS_SITE names ${site}, which is no folder.`);
  const refusal = await refusalOf(outDir, [ROOT, site, process.cwd()]);
  if (refusal !== null) return refuse(refusal);
  const target = await settleOutput(outDir);

  const source = await readSource(site, flags.values.force === true);
  if (typeof source === 'number') return source;
  const { reading, now, historyNote } = source;
  // A page made of nothing would say that everything works.
  if (['no-config', 'no-incidents'].every((code) => reading.faults.some((fault) => fault.code === code))) {
    return refuse(
      `${site} holds neither status.config.yml nor incidents/: it is no site. Nothing was built.`,
    );
  }
  if (flags.values.strict && reading.faults.some(({ level }) => level === 'error')) {
    report(reading.faults);
    process.stderr.write(`Nothing was built, because --strict is set and there are errors.\n`);
    return 1;
  }
  const count: PathCount = { pages: 0, cards: 0, drawn: 0, total: 0, made: 0 };
  const status = deriveStatus(reading.site, reading.incidents, now);
  let built: Built;
  try {
    built = await build({ site, target, read: source, status, count, fresh: flags.values.force === true });
  } catch (error) {
    const advice = /\bENOSPC\b/.test(messageOf(error)) ? 'Make room on the disk and build again.\n' : '';
    process.stderr.write(`The build failed. ${named} is as it was.\n\n${messageOf(error)}\n${advice}`);
    return 1;
  }
  const faults = sortFaults([...reading.faults, ...built.faults]);
  const errors = faults.filter(({ level }) => level === 'error').length;
  const summary = formatSummary({
    outDir: named,
    incidents: reading.incidents.length,
    open: status.open.length,
    count,
    errors,
    warnings: faults.length - errors,
    milliseconds: performance.now() - started,
  });
  process.stdout.write(`${summary}\n`);
  if (historyNote !== null) process.stdout.write(`\n${historyNote}\n`);
  const failures = built.cardFailures.map((failure) => `warning  card-failed\n  ${failure}`);
  for (const note of [...undrawnTexts(reading.site, status), ...failures]) {
    process.stdout.write(`\n${note}\n`);
  }
  report(faults);
  return 0;
}

async function readSource(site: string, fresh: boolean): Promise<ReadingNow | number> {
  try {
    readClock(process.env, null);
  } catch (error) {
    return refuse(messageOf(error));
  }
  try {
    return await readNow(site, process.env, { fresh });
  } catch (error) {
    process.stderr.write(`The site could not be read, and nothing was built.\n\n${messageOf(error)}\n`);
    return 1;
  }
}

interface Job {
  site: string;
  target: string;
  read: ReadingNow;
  status: SiteStatus;
  count: PathCount;
  fresh: boolean;
}

interface Built {
  /** What is wrong with `public/`. */
  faults: Fault[];
  cardFailures: string[];
}

async function build({ site, target, read, status, count, fresh }: Job): Promise<Built> {
  const toolchain = await toolchainDigest(ROOT);
  const cache = await claimCache(await cacheFolderOf(ROOT, site), { toolchain, fresh });
  const stop = (signal: NodeJS.Signals) => {
    rmSync(cache.folder, { recursive: true, force: true });
    process.exit(signal === 'SIGINT' ? 130 : 143);
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    const built = join(cache.folder, 'out');
    const { cardFailures } = await runAstro({ built, cacheDir: cache.astro, read, count });
    await mustHold(built, [
      'index.html',
      'build.json',
      ...read.reading.incidents.flatMap(({ slug, aliases }) =>
        [slug, ...aliases].map((name) => `incidents/${name}.html`),
      ),
    ]);
    await writeReportFiles(siteApi(read.reading.site, status), built);
    await writeHostFiles(hostFiles(read.reading.site, read.reading.hosting, status), built);
    const faults = await copyPublic(join(site, 'public'), built);
    await replaceOutput(built, target);
    // A card that failed is tried, and told of, again. Where the disk has no room for the cache, the site is built
    // all the same, and the next build makes everything anew.
    if (cardFailures.length === 0) await cache.keep().catch(() => {});
    return { faults, cardFailures };
  } finally {
    await cache.discard();
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

interface AstroRun {
  built: string;
  cacheDir: string;
  read: ReadingNow;
  count: PathCount;
}

async function runAstro({ built, cacheDir, read, count }: AstroRun): Promise<HeldReading> {
  process.env.ASTRO_TELEMETRY_DISABLED = '1';
  // Astro puts what it runs below the working directory, and finds packages from there.
  process.chdir(ROOT);
  const held = holdReading(read);
  const { build: astroBuild } = await import('astro');
  // While it takes over contents Astro writes files in .astro/ that all builds of one repository share.
  const done = await takeTurn(join(ROOT, '.cache/astro-contents'), 30_000);
  const contentsTaken: AstroIntegration = {
    name: 'dran:contents-taken',
    hooks: { 'astro:build:start': done },
  };
  await astroBuild({
    root: ROOT,
    outDir: built,
    cacheDir,
    // Astro would let a file of public/ silently take a page's place; copyPublic does not.
    publicDir: join(built, '.no-public'),
    site: read.reading.site.url,
    logLevel: 'error',
    integrations: [contentsTaken, countPaths(count, progressOn(process.stderr, count))],
  }).finally(done);
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  // When Astro can't load its content config it says so and goes on, with no content at all.
  if (!held.published) throw new Error('Astro did not take over what was read.');
  return held;
}

function progressOn(stream: NodeJS.WriteStream, count: PathCount): () => void {
  if (!stream.isTTY) return () => {};
  return () => {
    stream.write(`\r\u001b[K${count.made} made anew of ${count.total}`);
  };
}

async function mustHold(folder: string, files: string[]): Promise<void> {
  for (const file of files) {
    const found = await stat(join(folder, file)).catch(() => null);
    if (!found?.isFile()) throw new Error(`The page ${file} was not made.`);
  }
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isDirectory() ?? false;
}

function report(faults: Fault[]): void {
  const color = process.stdout.isTTY === true && !process.env.NO_COLOR;
  for (const { fault, more } of grouped(faults)) {
    const times = more.times === 1 ? 'Once' : `${more.times} times`;
    const files = more.files === 1 ? '1 file' : `${more.files} files`;
    const others = more.times === 0 ? '' : `  ${times} more in ${files}: npm run check lists every one.\n`;
    process.stdout.write(`\n${formatFault(fault, { color })}\n${others}`);
  }
}

function refuse(message: string): number {
  process.stderr.write(`${message}\n`);
  return 2;
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\nbecause: ${messageOf(error.cause)}`;
  return stripVTControlCharacters(`${error.message}${cause}`);
}
