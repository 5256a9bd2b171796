import { spawn, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFlags } from '../src/cli/flags.ts';
import type { Drill, Ground, Trial } from './drill.ts';
import { fullDisk } from './full-disk.ts';
import { killedBuild } from './killed-build.ts';
import { killedDeploy } from './killed-deploy.ts';
import { load } from './load.ts';
import { noNetwork } from './no-network.ts';
import { copyProgram } from './program.ts';
import { serving } from './serving.ts';
import { sickTarget } from './sick-target.ts';
import { table } from './table.ts';
import { findTool, installing } from './tools.ts';
import { twoDeployments } from './two-deployments.ts';
import { wrongClock } from './wrong-clock.ts';

const DRILLS: Drill[] = [
  noNetwork,
  fullDisk,
  killedBuild,
  wrongClock,
  killedDeploy,
  sickTarget,
  twoDeployments,
  serving,
  load,
];

const HELP = `Breaks things on purpose, with real servers on this machine, and tells what was lost.

  npm run drill
  npm run drill -- --only killed-deploy --rounds 100
  npm run drill -- --only no-network,full-disk

  --only NAMES  these drills alone
  --rounds N    how often what happens at a random moment is tried (default: 20)
  --help        this text

${DRILLS.map(({ name, about }) => `  ${name.padEnd(14)}${about}`).join('\n')}

Linux only. Everything runs on 127.0.0.1 and in a temporary folder, which is gone afterwards.
Exit code     0 nothing was lost, 1 something was, or a program is missing, 2 wrong usage`;

/** Says that this process is the one within the namespaces, and where it may write. */
const INSIDE = 'DRAN_DRILL_FOLDER';

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  const flags = readFlags(args, {
    only: { type: 'string' },
    rounds: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  });
  if (!flags.ok) return refuse(`${flags.message}\nnpm run drill -- --help lists what there is.`);
  if (flags.values.help) {
    process.stdout.write(`${HELP}\n`);
    return 0;
  }
  const rounds = Number(flags.values.rounds ?? 20);
  if (!Number.isInteger(rounds) || rounds < 1) return refuse('--rounds takes a whole number from 1.');
  const names = flags.values.only?.split(',') ?? DRILLS.map(({ name }) => name);
  const unknown = names.find((name) => !DRILLS.some((drill) => drill.name === name));
  if (unknown !== undefined) {
    return refuse(`There is no drill "${unknown}": ${DRILLS.map(({ name }) => name).join(', ')}.`);
  }
  const drills = DRILLS.filter(({ name }) => names.includes(name));
  const missing = drills.flatMap(({ needs }) => needs).filter((tool) => findTool(tool) === null);
  if (missing.length > 0) {
    process.stderr.write(`The drills need ${[...new Set(missing)].join(', ')}: ${installing(missing)}\n`);
    return 1;
  }
  const folder = process.env[INSIDE];
  return folder === undefined ? apart(args) : drill(drills, folder, rounds);
}

/**
 * Runs the same command again in namespaces of its own, so that it may mount small disks, and all that it started
 * ends with it. Where the kernel forbids that, it runs without, and says so.
 */
async function apart(args: string[]): Promise<number> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'dran-drill-')));
  const root = process.getuid?.() === 0 ? [] : ['--map-root-user'];
  const unshare = [...root, '--mount', '--uts', '--pid', '--fork', '--mount-proc', '--kill-child'];
  const allowed = spawnSync('unshare', [...unshare, 'true'], { stdio: 'ignore' }).status === 0;
  const self = [process.execPath, import.meta.filename, ...args];
  // The shell is there to take in orphans. Another host name keeps builds here and outside from taking each other's
  // processes for gone.
  const inner = [
    'unshare',
    ...unshare,
    'sh',
    '-c',
    `hostname drill-$$ 2>/dev/null; "$0" "$@"; exit $?`,
    ...self,
  ];
  const [command, ...rest] = allowed ? inner : self;
  const child = spawn(command!, rest, { stdio: 'inherit', env: { ...process.env, [INSIDE]: folder } });
  // This process stays to clear up. unshare passes no signal on, but all within its namespaces end with it.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => child.kill(allowed ? 'SIGKILL' : signal));
  }
  const code = await new Promise<number>((done) => child.on('close', (end) => done(end ?? 130)));
  await rm(folder, { recursive: true, force: true });
  return code;
}

async function drill(drills: Drill[], folder: string, rounds: number): Promise<number> {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(130));
  const program = join(folder, 'program');
  await copyProgram(program);
  const rows: [Drill, Trial][] = [];
  for (const one of drills) {
    const ground: Ground = {
      folder: join(folder, one.name),
      program,
      rounds,
      namespaces: hostname().startsWith('drill-'),
      say: (text) => process.stderr.write(`${one.name}: ${text}\n`),
    };
    await mkdir(ground.folder, { recursive: true });
    try {
      for await (const trial of one.run(ground)) rows.push([one, trial]);
    } catch (error) {
      const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
      rows.push([one, { tried: 'the drill itself', times: 1, lost: [`It broke off: ${why}`] }]);
    }
  }
  process.stdout.write(table(rows.map(([one, trial]) => ({ drill: one.name, ...trial }))));
  return rows.some(([, { lost }]) => lost.length > 0) ? 1 : 0;
}

function refuse(message: string): number {
  process.stderr.write(`${message}\n`);
  return 2;
}
