import { stat } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { gitChanges, pathInRepository, touchedBy } from '../build/git-changes.ts';
import { readNow } from '../build/read-now.ts';
import type { Fault } from '../content/fault.ts';
import { formatFault, summarise } from '../content/fault-report.ts';
import type { SiteReading } from '../content/read-site.ts';
import { nearest } from '../content/suggest.ts';
import { type FileMending, mendings, write } from './fix-site.ts';
import { readFlags } from './flags.ts';
import { githubAnnotation } from './github-annotation.ts';

const HELP = `Reads the config and every incident file, and says what is wrong in them and what to write instead.

Usage: npm run check [-- FLAGS]

  --fix                 write the plain readings into the files: shows a diff, asks nothing, changes nothing that
                        is doubtful. What is published stays the same
  --dry-run             with --fix: show the diff, write nothing
  --strict              exit with 1 for warnings, too
  --changed-since REV   only what a branch brings in: files changed since it parted from REV (or not yet committed),
                        without warnings that come and go with the clock or with git. All files count when
                        status.config.yml changed, because a component or author that is gone breaks others' files
  --format FORMAT       text (default), or github: annotations on the lines of a pull request
  --json                print one JSON object: files, faults (place, code, message, edits that mend it)
  --help                print this

Examples:
  npm run check
  npm run check -- --fix --dry-run
  npm run check -- --strict --changed-since origin/main --format github
  npm run check -- --json | jq '.faults[].code'
  STATUS_SITE=../our-status npm run check

Environment:
  STATUS_SITE   the folder that holds status.config.yml and incidents/ (else: this one)
  STATUS_NOW    an instant that stands for the clock: 2026-11-21T17:30:00Z
  NO_COLOR      print without colours

Exits with 0; with 1 where there is an error (with --strict: or a warning); with 2 for wrong usage.
`;

interface Surroundings {
  args: string[];
  env: Record<string, string | undefined>;
  cwd: string;
  isTerminal: boolean;
  print: (text: string) => void;
  printError: (text: string) => void;
}

const FORMATS = ['text', 'github'] as const;

interface Wishes {
  fix: boolean;
  dryRun: boolean;
  strict: boolean;
  changedSince: string | null;
  format: (typeof FORMATS)[number] | 'json';
}

/** Runs `check`; gives its exit code. */
export async function check(surroundings: Surroundings): Promise<number> {
  const { args, env, cwd, print, printError } = surroundings;
  const wishes = readWishes(args);
  if (wishes === 'help') {
    print(HELP);
    return 0;
  }
  if (typeof wishes === 'string') {
    printError(`${wishes} See npm run check -- --help.\n`);
    return 2;
  }
  const folder = resolve(cwd, env.STATUS_SITE || '.');
  if (!(await stat(folder).catch(() => null))?.isDirectory()) {
    printError(`STATUS_SITE names ${folder}, which is no folder.\n`);
    return 2;
  }
  try {
    return await checkSite(folder, wishes, surroundings);
  } catch (cause) {
    printError(`${cause instanceof Error ? cause.message : String(cause)}\n`);
    return 2;
  }
}

/** What the flags ask for, or what is wrong with them. */
function readWishes(args: string[]): Wishes | string {
  const flags = readFlags(args, {
    fix: { type: 'boolean' },
    'dry-run': { type: 'boolean' },
    strict: { type: 'boolean' },
    'changed-since': { type: 'string' },
    format: { type: 'string' },
    json: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  });
  if (!flags.ok) return flags.message;
  const { values } = flags;
  if (values.help) return 'help';
  if (values['dry-run'] && !values.fix) return '--dry-run belongs to --fix.';
  const format = FORMATS.find((one) => one === (values.format ?? 'text'));
  if (format === undefined) {
    const near = nearest(values.format ?? '', FORMATS);
    const advice = near === null ? 'Known ones are: text, github.' : `Did you mean ${near}?`;
    return `There is no format "${values.format}". ${advice}`;
  }
  if (values.json && values.format !== undefined) return '--json and --format can not go together.';
  return {
    fix: values.fix ?? false,
    dryRun: values['dry-run'] ?? false,
    strict: values.strict ?? false,
    changedSince: values['changed-since'] ?? null,
    format: values.json ? 'json' : format,
  };
}

async function checkSite(folder: string, wishes: Wishes, surroundings: Surroundings): Promise<number> {
  const { env, isTerminal, print } = surroundings;
  const color = isTerminal && !env.NO_COLOR && wishes.format === 'text';
  const { reading, now } = await readNow(folder, env);
  const isCounted = await countedFaults(folder, wishes.changedSince, reading);
  let { faults } = reading;
  let mended: FileMending[] = [];
  if (wishes.fix) {
    const isWanted = (file: string) => faults.some((fault) => fault.file === file && isCounted(fault));
    mended = await mendings({ folder, reading, now, isWanted, color });
    if (wishes.format !== 'json') for (const { diff } of mended) print(`${diff}\n`);
    if (wishes.dryRun) faults = faultsAfter(faults, mended);
    else if (mended.length > 0) {
      for (const one of mended) await writeOrSay(folder, one);
      faults = (await readNow(folder, env)).reading.faults;
    }
  }
  faults = faults.filter(isCounted);
  const { files } = reading;
  if (wishes.format === 'json') {
    const fixed = mended.map(({ file, mended: count }) => ({ file, mended: count }));
    print(`${JSON.stringify({ files, faults, ...(wishes.fix ? { fixed } : {}) }, null, 2)}\n`);
  } else {
    if (wishes.fix) print(`${whatWasMended(mended, wishes.dryRun)}\n\n`);
    const way = wishes.format === 'github' ? await wayFromRepository(folder, env) : '';
    for (const fault of faults) {
      if (wishes.format === 'github') print(`${githubAnnotation(fault, way)}\n`);
      else print(`${formatFault(fault, { color })}\n\n`);
    }
    const since =
      wishes.changedSince === null ? '' : ` Only what changed since ${wishes.changedSince} counts.`;
    print(`${summarise(faults, files)}${since}\n`);
  }
  const failed = wishes.strict ? faults.length > 0 : faults.some(({ level }) => level === 'error');
  return failed ? 1 : 0;
}

/** Which faults count: all, or those that changes since a revision can have brought in. */
async function countedFaults(
  folder: string,
  revision: string | null,
  { site }: SiteReading,
): Promise<(fault: Fault) => boolean> {
  if (revision === null) return () => true;
  const answer = await gitChanges(folder, revision);
  if (!answer.ok) throw new Error(answer.message);
  const isTouched = touchedBy(answer.changes, site);
  return ({ transient, file }) => !transient && isTouched(file);
}

async function writeOrSay(folder: string, mending: FileMending): Promise<void> {
  if (await write(folder, mending)) return;
  throw new Error(
    `${mending.file} was changed by somebody else just now and is as they left it. Run this again.`,
  );
}

/** The faults that there would be if the files were written, at their places in the files as they are. */
function faultsAfter(faults: Fault[], mended: FileMending[]): Fault[] {
  const placeOf = ({ file, line, column, code }: Fault) => `${file}:${line}:${column} ${code}`;
  const gone = new Set(mended.flatMap((one) => one.gone.map(placeOf)));
  return faults.filter((fault) => !gone.has(placeOf(fault)));
}

function whatWasMended(mended: FileMending[], dryRun: boolean): string {
  const count = (number: number, word: string) => `${number} ${word}${number === 1 ? '' : 's'}`;
  if (mended.length === 0) return 'Nothing here has a plain reading that could be written back.';
  const faults = mended.reduce((sum, one) => sum + one.mended, 0);
  const what = `${count(faults, 'fault')} in ${count(mended.length, 'file')}`;
  return dryRun ? `${what} can be mended so; nothing was written.` : `${what} mended.`;
}

/** The way from the repository's folder to the site's; outside of a repository from the workspace of the run. */
async function wayFromRepository(folder: string, env: Record<string, string | undefined>): Promise<string> {
  const way = await pathInRepository(folder);
  if (way !== null) return way;
  const path = relative(env.GITHUB_WORKSPACE || folder, folder).replaceAll('\\', '/');
  return path === '' ? '' : `${path}/`;
}

if (import.meta.main) {
  process.exitCode = await check({
    args: process.argv.slice(2),
    env: process.env,
    cwd: process.cwd(),
    isTerminal: process.stdout.isTTY === true,
    print: (text) => process.stdout.write(text),
    printError: (text) => process.stderr.write(text),
  });
}
