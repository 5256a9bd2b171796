import { mkdir, readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parse } from 'yaml';
import { ownName, sweep } from '../build/own-folder.ts';
import { readClock } from '../clock.ts';
import { decode } from '../content/decode.ts';
import type { Fault } from '../content/fault.ts';
import { formatFault } from '../content/fault-report.ts';
import { CONFIG_FILE, readSiteConfig } from '../content/site-config.ts';
import { nearest } from '../content/suggest.ts';
import { type Build, holdBuild } from '../deploy/built-files.ts';
import { deploy, exitCodeOf, type Outcome } from '../deploy/deploy.ts';
import { DeployFailure } from '../deploy/failure.ts';
import { locksFolder } from '../deploy/locks-folder.ts';
import { outcomeTable } from '../deploy/outcome-table.ts';
import type { Plan } from '../deploy/plan.ts';
import { plannedText } from '../deploy/planned-text.ts';
import { progress } from '../deploy/progress.ts';
import { publisherOf } from '../deploy/publisher.ts';
import { redactor } from '../deploy/redact.ts';
import { runName } from '../deploy/run-name.ts';
import { runTool } from '../deploy/tool.ts';
import type { Hosting, Target } from '../domain/hosting.ts';
import type { Site } from '../domain/site.ts';
import { readLimit } from '../domain/time.ts';
import { readFlags } from './flags.ts';
import { changedSince } from './older-build.ts';
import { shownPath } from './shown-path.ts';

const HELP = `Publishes the built page to every target of ${CONFIG_FILE}, and looks whether readers get it.

Usage: npm run deploy [-- FLAGS]

  --dir DIR        the build to publish (default: dist)
  --only NAMES     only these targets, parted by commas
  --dry-run        show what would go and change nothing
  --wait DURATION  how long to ask for the new build where readers find it (default: 5m)
  --no-verify      don't ask
  --if-any         where the config names no target: do nothing, and exit with 0
  --json           print one JSON object instead of the table; with --dry-run, of what would go
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

interface Wishes {
  dir: string | null;
  only: string | null;
  dryRun: boolean;
  /** Milliseconds; 0: readers' addresses are not asked. */
  patience: number;
  ifAny: boolean;
  json: boolean;
}

/** Runs `deploy`; gives its exit code. */
export async function deployCommand(around: Surroundings): Promise<number> {
  const { env, cwd, print, printError } = around;
  const refuse = (message: string) => {
    printError(`${message}\n`);
    return 2;
  };
  const wishes = readWishes(around.args);
  if (wishes === 'help') {
    print(HELP);
    return 0;
  }
  if (typeof wishes === 'string') return refuse(`${wishes} See npm run deploy -- --help.`);
  const redact = redactor(env);
  const folder = resolve(cwd, env.STATUS_SITE || ROOT);
  const config = await readConfig(folder);
  if (typeof config === 'string') return refuse(config);
  for (const fault of config.faults) printError(`${redact(formatFault(fault, { color: false }))}\n\n`);
  const { hosting, unread } = config;
  if (hosting.targets.length === 0) {
    if (!wishes.ifAny || unread > 0) return refuse(unread > 0 ? whatIsUnread(unread) : NO_TARGET);
    print(`${CONFIG_FILE} names no target: nothing to do.\n`);
    return 0;
  }
  const targets = chosen(hosting.targets, wishes.only);
  if (typeof targets === 'string') return refuse(targets);
  const dir = wishes.dir === null ? join(ROOT, 'dist') : resolve(cwd, wishes.dir);
  try {
    const job = { ...config, folder, dir, targets, redact };
    const { outcomes, build } = await publish(job, wishes, around);
    // An entry that was asked for by no name, but can't be read, is a target that has not got the page.
    const missed = wishes.only === null ? unread : 0;
    if (wishes.json) print(`${JSON.stringify(asData(outcomes, build, missed, wishes.dryRun), null, 2)}\n`);
    else print(wishes.dryRun ? plannedText(outcomes, redact) : outcomeTable(outcomes));
    if (missed > 0) printError(`\n${whatIsUnread(missed)}\n`);
    return exitCodeOf(outcomes, missed);
  } catch (cause) {
    if (around.signal.aborted) {
      printError('Broken off. Run npm run deploy again to go on; what readers have is whole.\n');
      return 130;
    }
    if (cause instanceof DeployFailure)
      return refuse(redact([cause.message, cause.advice].filter(Boolean).join(' ')));
    if (!isOfDisk(cause)) throw cause;
    return refuse(
      `Nothing could be kept in ${CACHE}: ${cause.message}. A deployment needs a folder there that it can write to.`,
    );
  }
}

/** What the flags ask for, or what is wrong with them. */
function readWishes(args: string[]): Wishes | string {
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
  if (!flags.ok) return flags.message;
  const { values } = flags;
  if (values.help) return 'help';
  const wait = readLimit(values.wait ?? '5m');
  if (wait === null) return `--wait "${values.wait}" is not a duration. Write one such as 10m or 30s.`;
  return {
    dir: values.dir ?? null,
    only: values.only ?? null,
    dryRun: values['dry-run'] ?? false,
    patience: values['no-verify'] ? 0 : wait,
    ifAny: values['if-any'] ?? false,
    json: values.json ?? false,
  };
}

interface Config {
  site: Site;
  hosting: Hosting;
  faults: Fault[];
  /** How many entries of `targets` can't be read as a target. */
  unread: number;
}

async function readConfig(folder: string): Promise<Config | string> {
  const bytes = await readFile(join(folder, CONFIG_FILE)).catch(() => null);
  if (bytes === null)
    return `There is no ${CONFIG_FILE} in ${folder}. Set STATUS_SITE to the folder that has one.`;
  const { site, hosting, faults } = readSiteConfig(bytes);
  const written = entriesOf(bytes);
  return { site, hosting, faults, unread: Math.max(0, written - hosting.targets.length) };
}

/** How many targets the config means to name. */
function entriesOf(bytes: Uint8Array): number {
  try {
    const { targets } = parse(decode(bytes).text, { logLevel: 'silent' });
    return Array.isArray(targets) ? targets.length : 0;
  } catch {
    return 0;
  }
}

function whatIsUnread(count: number): string {
  const entries = count === 1 ? '1 entry' : `${count} entries`;
  return `${entries} of targets in ${CONFIG_FILE} can't be read: nothing was published there.`;
}

/** Whether the disk refused something: no room, read-only, a file where a folder is needed. */
function isOfDisk(cause: unknown): cause is NodeJS.ErrnoException {
  return cause instanceof Error && 'syscall' in cause && 'code' in cause;
}

interface Job extends Config {
  /** The site's. */
  folder: string;
  /** The build's. */
  dir: string;
  targets: Target[];
  redact: (text: string) => string;
}

async function publish(
  { folder, dir, site, targets, redact }: Job,
  { dryRun, patience }: Wishes,
  { env, signal, isTerminal, columns, printError }: Surroundings,
): Promise<{ outcomes: Outcome[]; build: Build }> {
  const runs = join(CACHE, 'runs');
  await sweep(runs, '');
  const scratch = join(runs, ownName(''));
  try {
    await mkdir(scratch, { recursive: true });
    const build = await holdBuild(dir, join(scratch, 'build'));
    mustFit(build, { dir, site, targets, folder });
    const changed = await changedSince({ dir, hash: build.hash }, folder, env);
    if (changed !== null) {
      printError(
        `${changed} was changed after ${shownPath(dir, env)} was built. If readers are to see that, build first: npm run build\n\n`,
      );
    }
    const tools = { run: runTool, cwd: folder, env, redact, cache: join(CACHE, 'git'), scratch, site };
    const names = targets.map(({ name }) => name);
    const lines = progress(names, { isTerminal, columns, write: printError });
    try {
      const outcomes = await deploy(
        build,
        targets,
        { dryRun, patience },
        {
          publisherOf: (target) => publisherOf(target, tools),
          locks: await locksFolder(join(CACHE, 'locks')),
          cwd: folder,
          fetch,
          sleep: (milliseconds, until) => pause(milliseconds, undefined, { signal: until }),
          random: Math.random,
          newName: () => runName(readClock(env, null)),
          elapsed: () => performance.now(),
          redact,
          signal,
          tell: ({ name }, doing) => lines.tell(name, redact(doing)),
        },
      );
      return { outcomes, build };
    } finally {
      lines.end();
    }
  } finally {
    await rm(scratch, { recursive: true, force: true }).catch(() => {});
  }
}

function chosen(targets: Target[], only: string | null): Target[] | string {
  if (only === null) return targets;
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

/** Throws where the build is none to publish to these targets. */
function mustFit(
  build: Build,
  { dir, site, targets, folder }: { dir: string; site: Site; targets: Target[]; folder: string },
): void {
  if (build.url !== site.url) {
    throw new DeployFailure(
      `${dir} is the build of another page: it says ${build.url}, and ${CONFIG_FILE} says ${site.url}.`,
      { advice: 'Build again: npm run build' },
    );
  }
  const inside = targets.find(
    ({ kind, to }) => kind === 'folder' && `${resolve(folder, to)}/`.startsWith(`${resolve(dir)}/`),
  );
  if (inside !== undefined) {
    throw new DeployFailure(`The target ${inside.name} is the build itself, or lies in it.`, {
      advice: 'Name another folder.',
    });
  }
}

/** What would be done, in the order in which it would. */
function planAsData({ clear, waves, stale, left, same }: Plan) {
  const send = waves.flatMap(({ phase, files }) =>
    files.map(({ path, size }) => ({ path, size, replaces: phase !== 'new' })),
  );
  return { same, send, remove: [...clear, ...stale], removeNext: left };
}

function asData(outcomes: Outcome[], { hash }: Build, unread: number, dryRun: boolean) {
  return {
    dryRun,
    hash,
    unread,
    targets: outcomes.map(({ target, published, verified, seconds, fault }) => ({
      name: target.name,
      kind: target.kind,
      url: target.url,
      uploaded: published !== null && !dryRun,
      files: published?.sent?.files ?? null,
      bytes: published?.sent?.bytes ?? null,
      removed: published?.removed ?? null,
      replacing: published?.replacing ?? null,
      verified,
      seconds: Number(seconds.toFixed(1)),
      fault,
      ...(dryRun ? { plan: published?.plan ? planAsData(published.plan) : null } : {}),
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
