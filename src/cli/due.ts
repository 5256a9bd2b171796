import { randomBytes } from 'node:crypto';
import { appendFile, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type PublishedCopy, whetherDue } from '../build/build-due.ts';
import { askGit } from '../build/git.ts';
import { readPublishedBuild } from '../build/published-build.ts';
import { readClock } from '../clock.ts';
import { CONFIG_FILE, readSiteConfig } from '../content/site-config.ts';
import { readFlags } from './flags.ts';
import { atTerminal } from './operator/at-terminal.ts';
import type { Surroundings } from './operator/surroundings.ts';

const HELP = `Says whether the published page has to be built anew: for jobs that run by the clock.

Usage: npm run due [-- FLAGS]

  --url URL         where a copy is found, instead of those in the config; more than once
  --format FORMAT   text (default), or github: writes due=true or due=false to the file that GITHUB_OUTPUT names,
                    for the steps after it, and exits with 0 either way
  --help            print this

It asks build.json of the site's url, of its mirrors and targets. A build is due when one of them shows an older
commit than this repository, when a window has begun or ended or an announced update has become late since, when it
was made on another day, and when it is not there. It is not due when nothing answers, and when a copy was made from
a commit that this repository does not hold: somebody has published by hand, and that may be newer. A mirror that is
no target is only asked for that.

Examples:
  npm run due && npm run build && npm run deploy
  npm run due -- --format github
  npm run due -- --url https://status.example.com

Environment:
  STATUS_SITE   the folder that holds status.config.yml (else: this repository)
  STATUS_NOW    an instant that stands for the clock: 2026-11-21T17:30:00Z

Exits with 0 where a build is due; with 4 where it is not; with 2 for wrong usage.
`;

const PATIENCE = 10_000;
const FORMATS = ['text', 'github'];

/** Answers that don't say whether something is there. */
const UNTOLD = new Set([401, 403, 407, 408, 429]);

/** Runs `due`; gives its exit code. */
export async function due(around: Surroundings): Promise<number> {
  const { env, print, printError } = around;
  const flags = readFlags(around.args, {
    url: { type: 'string', multiple: true },
    format: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  });
  if (!flags.ok) return misused(flags.message, around);
  if (flags.values.help) {
    print(HELP);
    return 0;
  }
  const { format = 'text', url: given } = flags.values;
  if (!FORMATS.includes(format)) return misused(`There is no format "${format}": text or github.`, around);
  const wrong = given?.find((one) => !/^https?:\/\/[^/]/.test(one) || !URL.canParse(one));
  if (wrong !== undefined)
    return misused(`"${wrong}" is no address. Write https://status.example.com.`, around);
  const bytes = await readFile(join(around.site, CONFIG_FILE)).catch(() => null);
  if (bytes === null) return misused(`There is no ${CONFIG_FILE} in ${around.site}.`, around);
  const { site, hosting } = readSiteConfig(bytes);
  let now: number;
  try {
    now = readClock(env, site.clock);
  } catch (cause) {
    return misused(cause instanceof Error ? cause.message : String(cause), around);
  }
  const fed = new Set((given ?? [site.url, ...hosting.targets.map(({ url }) => url)]).map(recordAt));
  const urls = new Set([...fed, ...(given === undefined ? site.mirrors.map(recordAt) : [])]);
  const copies = await Promise.all([...urls].map((url) => askFor(url, fed.has(url))));
  const head = await askGit(around.site, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']);
  const past = await pastOf(around.site, copies);
  const verdict = whetherDue(copies, {
    head: head.ok ? head.output.trim() : null,
    isPast: (commit) => past.has(commit),
    timezone: site.timezone,
    now,
  });
  print(`${verdict.due ? 'Due' : 'Not due'}: ${verdict.reason}\n`);
  if (format === 'text') return verdict.due ? 0 : 4;
  // Nothing in a sentence may end the command, or begin another.
  if (verdict.doubtful)
    print(`::warning::${verdict.reason.replaceAll('%', '%25').replace(/[\r\n]+/g, ' ')}\n`);
  if (env.GITHUB_OUTPUT) await appendFile(resolve(env.GITHUB_OUTPUT), `due=${verdict.due}\n`);
  else printError('GITHUB_OUTPUT names no file: nothing was written.\n');
  return 0;
}

function misused(message: string, { printError }: Surroundings): number {
  printError(`${message}\nnpm run due -- --help says how it is used.\n`);
  return 2;
}

function recordAt(url: string): string {
  return `${url.replace(/\/+$/, '')}/build.json`;
}

async function askFor(url: string, fed: boolean): Promise<PublishedCopy> {
  const silent = (unreachable: string) => ({ url, fed, unreachable, build: null });
  try {
    // Whatever stands between asks the origin when the address is new.
    const answer = await fetch(`${url}?${randomBytes(6).toString('hex')}`, {
      cache: 'no-store',
      signal: AbortSignal.timeout(PATIENCE),
    });
    const { status } = answer;
    if (UNTOLD.has(status) || status >= 500) return silent(`status ${status}`);
    const build = answer.ok ? readPublishedBuild(await answer.text()) : null;
    return { url, fed, unreachable: null, build };
  } catch (cause) {
    return silent(whyNot(cause));
  }
}

function whyNot(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  if (cause.name === 'TimeoutError') return `no answer within ${PATIENCE / 1000} seconds`;
  const { code, message } = (cause.cause ?? cause) as Error & { code?: string };
  return code ?? message;
}

/** Which of the published commits are the one that would be built, or came before it. */
async function pastOf(folder: string, copies: readonly PublishedCopy[]): Promise<Set<string>> {
  const commits = new Set(copies.flatMap(({ build }) => build?.commit ?? []));
  const past = new Set<string>();
  for (const commit of commits) {
    if (!/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(commit)) continue;
    if ((await askGit(folder, ['merge-base', '--is-ancestor', commit, 'HEAD'])).ok) past.add(commit);
  }
  return past;
}

if (import.meta.main) process.exitCode = await due(atTerminal(resolve(import.meta.dirname, '../..')));
