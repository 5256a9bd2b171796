import { randomBytes } from 'node:crypto';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ownName, sweep } from '../build/own-folder.ts';
import { formatFault } from '../content/fault-report.ts';
import { CONFIG_FILE, readSiteConfig } from '../content/site-config.ts';
import { nearest } from '../content/suggest.ts';
import { BUILD_MARK, type Build, holdBuild } from '../deploy/built-files.ts';
import { deploy, exitCodeOf, type Outcome } from '../deploy/deploy.ts';
import { DeployFailure } from '../deploy/failure.ts';
import { outcomeTable } from '../deploy/outcome-table.ts';
import { plannedText } from '../deploy/planned-text.ts';
import { progress } from '../deploy/progress.ts';
import { publisherOf } from '../deploy/publisher.ts';
import { redactor } from '../deploy/redact.ts';
import { runTool } from '../deploy/tool.ts';
import type { Hosting, Target } from '../domain/hosting.ts';
import type { Site } from '../domain/site.ts';
import { readDuration } from '../domain/time.ts';
import { readFlags } from './flags.ts';

const HELP = `Publishes the built page to every target of ${CONFIG_FILE}, and looks whether readers get it.

Usage: npm run deploy [-- FLAGS]

  --dir DIR        the build to publish (default: dist)
  --only NAMES     only these targets, parted by commas
  --dry-run        show what would go and change nothing
  --wait DURATION  how long to ask for the new build where readers find it (default: 5m)
  --no-verify      don't ask
  --if-any         where the config names no target: do nothing, and exit with 0
  --json           print one JSON object instead of the table
  --help           print this

Targets are published to at the same time. Each has its own tries and time limit, and one that fails holds no other
back. New files go first, pages that link to them next, build.json last; what the page no longer has is removed by the
deployment after this one. A run that is killed and started again completes. Where a target has the files already,
nothing is sent.

Examples:
  npm run build && npm run deploy
  npm run deploy -- --dry-run
  npm run deploy -- --only mirror,cloudflare --wait 10m
  STATUS_SITE=../our-status npm run deploy -- --json

Environment:
  STATUS_SITE   the folder that holds ${CONFIG_FILE} (else: this repository)
  NO_COLOR      print without colours
Secrets are those of the tools: rclone's configuration, ssh keys, git's credentials, or the environment.

Exits with 0 where readers get this build from every target, with 3 where from some, with 1 where from none; with 2
for wrong usage or where there is nothing to publish; with 130 where somebody broke off.
`;

const ROOT = resolve(import.meta.dirname, '../..');
const CACHE = join(ROOT, '.cache/deploy');

const NO_TARGET = `${CONFIG_FILE} names no target. Write where the page is published to, such as\n\n  targets:\n    - { rsync: "deploy@web2.example.org:/srv/status" }\n\ndocs/deploy/targets.md lists what there is.`;

interface Surroundings {
  args: string[];
  env: Record<string, string | undefined>;
  cwd: string;
  /** Of standard error. */
  isTerminal: boolean;
  columns: number;
  signal: AbortSignal;
  print: (text: string) => void;
  printError: (text: string) => void;
}

/** Runs `deploy`; gives its exit code. */
export async function deployCommand(around: Surroundings): Promise<number> {
  const { args, env, cwd, signal, print, printError } = around;
  const flags = readFlags(args, {
    dir: { type: 'string' },
    only: { type: 'string' },
    'dry-run': { type: 'boolean' },
    wait: { type: 'string' },
    'no-verify': { type: 'boolean' },
    'if-any': { type: 'boolean' },
    json: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  });
  const refuse = (message: string) => {
    printError(`${message}\n`);
    return 2;
  };
  if (!flags.ok) return refuse(`${flags.message} See npm run deploy -- --help.`);
  const { values } = flags;
  if (values.help) {
    print(HELP);
    return 0;
  }
  const wait = values.wait === undefined ? 5 * 60_000 : readDuration(values.wait);
  if (wait === null) return refuse(`--wait "${values.wait}" is not a duration. Write one such as 10m.`);
  const folder = resolve(cwd, env.STATUS_SITE || ROOT);
  const read = await readConfig(folder, around);
  if (typeof read === 'string') return refuse(read);
  const { site, hosting } = read;
  if (hosting.targets.length === 0) {
    if (!values['if-any']) return refuse(NO_TARGET);
    print(`${CONFIG_FILE} names no target: nothing to do.\n`);
    return 0;
  }
  const targets = chosen(hosting.targets, values.only);
  if (typeof targets === 'string') return refuse(targets);
  const dir = values.dir === undefined ? join(ROOT, 'dist') : resolve(cwd, values.dir);

  const redact = redactor(env);
  const copies = join(CACHE, 'builds');
  await sweep(copies, '');
  const copy = join(copies, ownName(''));
  const lines = progress(
    targets.map(({ name }) => name),
    { isTerminal: around.isTerminal, columns: around.columns, write: printError },
  );
  try {
    const build = await holdBuild(dir, copy);
    const misfit = await misfitOf(build, { dir, site, targets, folder });
    if (misfit !== null) return refuse(misfit);
    const older = await olderThanContent(dir, folder);
    if (older !== null) printError(`${older}\n\n`);
    const tools = { run: runTool, cwd: folder, env, redact, cache: join(CACHE, 'git'), site };
    const wishes = { dryRun: values['dry-run'] ?? false, patience: values['no-verify'] ? 0 : wait };
    const outcomes = await deploy(build, targets, wishes, {
      publisherOf: (target) => publisherOf(target, tools),
      locks: join(CACHE, 'locks'),
      fetch,
      sleep: (milliseconds, until) => pause(milliseconds, undefined, { signal: until }),
      random: Math.random,
      newName: () => randomBytes(6).toString('hex'),
      elapsed: () => performance.now(),
      redact,
      signal,
      tell: ({ name }, doing) => lines.tell(name, doing),
    });
    lines.end();
    if (values.json) print(redact(`${JSON.stringify(asData(outcomes, build), null, 2)}\n`));
    else print(redact(wishes.dryRun ? plannedText(outcomes) : outcomeTable(outcomes)));
    return exitCodeOf(outcomes);
  } catch (cause) {
    lines.end();
    if (signal.aborted) {
      printError('Broken off. Run npm run deploy again to go on; what readers have is whole.\n');
      return 130;
    }
    if (cause instanceof DeployFailure)
      return refuse([cause.message, cause.advice].filter(Boolean).join(' '));
    throw cause;
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

async function readConfig(
  folder: string,
  around: Surroundings,
): Promise<{ site: Site; hosting: Hosting } | string> {
  const bytes = await readFile(join(folder, CONFIG_FILE)).catch(() => null);
  if (bytes === null)
    return `There is no ${CONFIG_FILE} in ${folder}. Set STATUS_SITE to the folder that has one.`;
  const { site, hosting, faults } = readSiteConfig(bytes);
  for (const fault of faults) around.printError(`${formatFault(fault, { color: false })}\n\n`);
  return { site, hosting };
}

function chosen(targets: Target[], only: string | undefined): Target[] | string {
  if (only === undefined) return targets;
  const names = only.split(',').map((name) => name.trim());
  const found: Target[] = [];
  for (const name of names) {
    const target = targets.find((one) => one.name.toLowerCase() === name.toLowerCase());
    if (target === undefined) {
      const all = targets.map((one) => one.name);
      const near = nearest(name, all);
      return `There is no target "${name}". ${near === null ? `There are: ${all.join(', ')}.` : `Did you mean ${near}?`}`;
    }
    if (!found.includes(target)) found.push(target);
  }
  return found;
}

async function misfitOf(
  build: Build,
  { dir, site, targets, folder }: { dir: string; site: Site; targets: Target[]; folder: string },
): Promise<string | null> {
  if (build.url !== site.url) {
    return `${dir} is the build of another page: it says ${build.url}, and ${CONFIG_FILE} says ${site.url}. Build again: npm run build`;
  }
  const inside = targets.find(
    ({ kind, to }) => kind === 'folder' && `${resolve(folder, to)}/`.startsWith(`${resolve(dir)}/`),
  );
  return inside === undefined
    ? null
    : `The target ${inside.name} is the build itself, or lies in it. Name another folder.`;
}

/** A sentence where incidents or config were changed after the build in `dir` was made; null: they weren't. */
async function olderThanContent(dir: string, site: string): Promise<string | null> {
  const built = (await stat(join(dir, BUILD_MARK))).mtimeMs;
  const names = await readdir(join(site, 'incidents'), { recursive: true }).catch(() => []);
  for (const path of [CONFIG_FILE, ...names.map((name) => join('incidents', name))]) {
    const found = await stat(join(site, path)).catch(() => null);
    if (found?.isFile() && found.mtimeMs > built) {
      return `${path} was changed after ${relative(process.cwd(), dir) || dir} was built: readers won't see that. To publish it, build first: npm run build`;
    }
  }
  return null;
}

function asData(outcomes: Outcome[], { hash }: Build) {
  return {
    hash,
    targets: outcomes.map(({ target, published, verified, seconds, fault }) => ({
      name: target.name,
      kind: target.kind,
      url: target.url,
      uploaded: published !== null,
      files: published?.sent?.files ?? null,
      bytes: published?.sent?.bytes ?? null,
      removed: published?.removed ?? null,
      replacing: published?.replacing ?? null,
      verified,
      seconds: Number(seconds.toFixed(1)),
      fault,
    })),
  };
}

if (import.meta.main) {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => stop.abort(new Error(signal)));
  process.exitCode = await deployCommand({
    args: process.argv.slice(2),
    env: process.env,
    cwd: process.cwd(),
    isTerminal: process.stderr.isTTY === true,
    columns: process.stderr.columns ?? 80,
    signal: stop.signal,
    print: (text) => process.stdout.write(text),
    printError: (text) => process.stderr.write(text),
  });
}
