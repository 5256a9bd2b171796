import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { KEYS, Terminal } from '../tests/e2e/terminal.ts';
import { history, withOneMoreUpdate } from './history.ts';
import { oddFiles } from './odd-files.ts';

const HELP = `Measures the build on made-up histories, each step in a process of its own, and the reading of odd files.

Usage: npm run bench -- [options]

  --sizes 100,1000   how many incidents (default: 100,1000)
  --odd              only the reading of odd files, such as a megabyte of quotes in quotes
  --json             print the figures as JSON
  --keep             keep the made-up sites and say where they are
  --help             this text

Examples:
  npm run bench
  npm run bench -- --sizes 10000 --json > figures.json
`;

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** What one process took. */
interface Cost {
  /** Wall clock. */
  seconds: number;
  /** User and system time of the process. */
  cpuSeconds: number;
  /** Peak resident memory in MiB. */
  peakMiB: number;
}

interface Row {
  incidents: number;
  cold: Cost;
  oneMore: Cost;
  unchanged: Cost;
  indexGzip: number;
  indexBrotli: number;
  /** From the start of the process to its first question, in seconds: the fastest of some starts. */
  firstPrompt: { new: number; post: number };
  /** From the start of `post` to a finished build, in seconds. */
  postToBuilt: number;
}

/** Starts of which the fastest counts: the first one fills Node's cache, and others share the machine. */
const STARTS = 5;

const { values: flags } = parseArgs({
  options: {
    sizes: { type: 'string', default: '100,1000' },
    odd: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (flags.help) {
  process.stdout.write(HELP);
} else {
  const odd = oddFiles();
  const rows: Row[] = [];
  const sizes = flags.odd ? [] : flags.sizes.split(',').map(Number);
  for (const size of sizes) rows.push(await measure(size));
  const figures = flags.odd ? odd : rows;
  process.stdout.write(
    flags.json ? `${JSON.stringify(figures, null, 2)}\n` : (flags.odd ? '' : table(rows)) + oddTable(odd),
  );
}

async function measure(size: number): Promise<Row> {
  const folder = await mkdtemp(join(tmpdir(), `dran-bench-${size}-`));
  try {
    const { files, open, now } = history(size);
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    const build = (...args: string[]) => run(folder, now, args);
    say(`${size} incidents: cold`);
    const cold = await build('--force');
    await writeFile(join(folder, open), withOneMoreUpdate(files[open]!, 41));
    say(`${size} incidents: one more update`);
    const oneMore = await build();
    say(`${size} incidents: unchanged`);
    const unchanged = await build();
    say(`${size} incidents: first question, post and build`);
    const firstPrompt = {
      new: await firstPromptOf('new', 'What is it?', folder, now),
      post: await firstPromptOf('post', 'Which one?', folder, now),
    };
    const began = performance.now();
    const text = 'The repair goes on.';
    await runProcess([join(ROOT, 'src/cli/post.ts'), text, '--status', 'monitoring'], folder, now);
    await build();
    const postToBuilt = (performance.now() - began) / 1000;
    const index = await readFile(join(folder, 'dist', 'index.html'));
    return {
      incidents: size,
      cold,
      oneMore,
      unchanged,
      indexGzip: gzipSync(index, { level: 9 }).length,
      indexBrotli: brotliCompressSync(index).length,
      firstPrompt,
      postToBuilt,
    };
  } finally {
    if (flags.keep) say(`kept: ${folder}`);
    else await rm(folder, { recursive: true, force: true });
  }
}

/** Seconds to the first question of a command at a terminal. */
async function firstPromptOf(
  command: string,
  question: string,
  folder: string,
  now: string,
): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let start = 0; start < STARTS; start += 1) {
    const began = performance.now();
    const terminal = new Terminal([process.execPath, join(ROOT, `src/cli/${command}.ts`)], {
      cwd: ROOT,
      env: { NODE_COMPILE_CACHE: join(ROOT, '.cache/compiled'), STATUS_SITE: folder, STATUS_NOW: now },
    });
    await terminal.sees(question);
    best = Math.min(best, (performance.now() - began) / 1000);
    terminal.types(KEYS.interrupt);
    await terminal.ends();
  }
  return best;
}

async function run(folder: string, now: string, args: string[]): Promise<Cost> {
  const usageFile = join(folder, 'usage.json');
  const began = performance.now();
  await runProcess(
    [
      '--import',
      join(ROOT, 'bench/report-usage.ts'),
      join(ROOT, 'src/cli/build.ts'),
      '--outDir',
      join(folder, 'dist'),
      ...args,
    ],
    folder,
    now,
    { BENCH_USAGE_FILE: usageFile },
  );
  const seconds = (performance.now() - began) / 1000;
  const usage = JSON.parse(await readFile(usageFile, 'utf8')) as NodeJS.ResourceUsage;
  return {
    seconds,
    cpuSeconds: (usage.userCPUTime + usage.systemCPUTime) / 1_000_000,
    peakMiB: usage.maxRSS / 1024,
  };
}

/** Runs Node on the site in `folder` until it ends; throws what it printed where it fails. */
async function runProcess(
  args: string[],
  folder: string,
  now: string,
  env: Record<string, string> = {},
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: ROOT,
      env: {
        ...process.env,
        // As the npm script sets it.
        NODE_COMPILE_CACHE: join(ROOT, '.cache/compiled-builds'),
        STATUS_SITE: folder,
        STATUS_NOW: now,
        ...env,
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let errors = '';
    child.stderr.on('data', (data) => {
      errors += data;
    });
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`${args.at(-1)} ended with ${code}: ${errors}`)),
    );
  });
}

function table(rows: Row[]): string {
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
  const head =
    '| incidents | build | seconds | CPU seconds | peak MiB |\n| ---: | --- | ---: | ---: | ---: |\n';
  const lines = rows.flatMap((row) =>
    (
      [
        ['cold, with all cards', row.cold],
        ['after one more update', row.oneMore],
        ['nothing changed', row.unchanged],
      ] as const
    ).map(
      ([name, cost]) =>
        `| ${row.incidents} | ${name} | ${cost.seconds.toFixed(1)} | ${cost.cpuSeconds.toFixed(1)} | ${cost.peakMiB.toFixed(0)} |\n`,
    ),
  );
  const pages = rows.map(
    (row) =>
      `index.html with ${row.incidents} incidents: ${row.indexGzip} bytes gzip, ${row.indexBrotli} bytes brotli\n`,
  );
  const shell = rows.map(
    (row) =>
      `post with ${row.incidents} incidents: first question after ${row.firstPrompt.post.toFixed(2)} s (new: ${row.firstPrompt.new.toFixed(2)} s), built after ${row.postToBuilt.toFixed(1)} s\n`,
  );
  return `${machine}\n\n${head}${lines.join('')}\n${pages.join('')}${shell.join('')}`;
}

function oddTable(odd: ReturnType<typeof oddFiles>): string {
  const lines = odd.map(({ name, cpuSeconds }) => `| ${name} | ${cpuSeconds.toFixed(2)} |\n`);
  return `\n| to read and render | CPU seconds |\n| --- | ---: |\n${lines.join('')}`;
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
