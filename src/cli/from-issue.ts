import { appendFile, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { formatFault } from '../content/fault-report.ts';
import { readTimestamp } from '../domain/time.ts';
import { readIssue } from '../write/issue-report.ts';
import { newIncident } from '../write/new-incident.ts';
import { readFlags } from './flags.ts';
import { atTerminal } from './operator/at-terminal.ts';
import { commitFile, pushBranch, takeOver } from './operator/git.ts';
import { guarded, showFaults, showReaders, type Written } from './operator/published.ts';
import { type OperatedSite, operatedSite, takenSlugs } from './operator/reports.ts';
import type { Surroundings } from './operator/surroundings.ts';
import { createFile } from './operator/whole-file.ts';

const HELP = `Turns an issue that was made with the form "Incident" into an incident file. For GitHub Actions.

Usage: npm run from-issue [-- FLAGS]

  --push   commit the file and push it
  --help   print this

Only somebody who may write to the repository can report so: the host is asked. The issue gets an answer and is
closed once the file is pushed.

Environment, as GitHub Actions sets it:
  GITHUB_EVENT_PATH   the event: an issue was opened
  GITHUB_REPOSITORY   owner/name
  GITHUB_TOKEN        asks and answers
  GITHUB_API_URL      else https://api.github.com
  GITHUB_OUTPUT       gets written=true or written=false
  STATUS_SITE         the folder that holds status.config.yml and incidents/ (else: this repository)

Exits with 0, also where the issue is none of this command's; with 1 where it could not be taken over; with 2 for wrong
usage.
`;

const PATIENCE = 20_000;
const TRIES = 3;

/** Of the event, what is used. */
interface Opened {
  number: number;
  title: string;
  body: string;
  author: string;
  createdAt: string;
}

/** Runs `from-issue`; gives its exit code. */
export async function fromIssue(around: Surroundings): Promise<number> {
  const { env, print, printError } = around;
  const flags = readFlags(around.args, { push: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } });
  if (!flags.ok) return misused(flags.message, around);
  if (flags.values.help) {
    print(HELP);
    return 0;
  }
  for (const name of ['GITHUB_EVENT_PATH', 'GITHUB_REPOSITORY', 'GITHUB_TOKEN']) {
    if (!env[name]) return misused(`${name} is not set: this runs in GitHub Actions.`, around);
  }
  const issue = openedIssue(await readFile(env.GITHUB_EVENT_PATH!, 'utf8').catch(() => ''));
  if (issue === null) return misused('The event is no issue that was opened.', around);
  const api = hostApi(env);
  let written = false;
  try {
    const outcome = await takeIn(issue, api, flags.values.push ?? false, around);
    written = outcome.written;
    if (outcome.answer !== null) await answer(issue, api, outcome.answer, written, around);
    return outcome.code;
  } catch (cause) {
    printError(`${cause instanceof Error ? cause.message : String(cause)}\n`);
    return 1;
  } finally {
    if (env.GITHUB_OUTPUT) await appendFile(env.GITHUB_OUTPUT, `written=${written}\n`);
  }
}

function misused(message: string, { printError }: Surroundings): number {
  printError(`${message}\nnpm run from-issue -- --help says how it is used.\n`);
  return 2;
}

interface Outcome {
  code: number;
  written: boolean;
  /** What the issue is told; null: nothing. */
  answer: string | null;
}

async function takeIn(issue: Opened, api: HostApi, push: boolean, around: Surroundings): Promise<Outcome> {
  const { print, printError } = around;
  const passed = (sentence: string): Outcome => {
    print(`${sentence} Nothing is done.\n`);
    return { code: 0, written: false, answer: null };
  };
  if (!(await mayWrite(issue.author, api)))
    return passed(`${issue.author} may not write to this repository.`);
  const site = await operatedSite(around.site, around.env);
  const created = readTimestamp(issue.createdAt, 'UTC');
  const report = readIssue({ ...issue, createdAt: created.ok ? created.at : null }, site.context);
  if (report === null) return passed('The issue was not made with the form.');
  const refused = (why: string): Outcome => {
    printError(`${why}\n`);
    return { code: 1, written: false, answer: `Nothing was published. ${why}` };
  };
  for (let tries = 0; tries < TRIES; tries += 1) {
    const made = newIncident(report.incident, await takenSlugs(site.folder), site.context);
    if (!made.ok) return refused(made.message);
    const bytes = Buffer.from(made.text);
    const update = made.reading.incident.updates[0]!;
    const { path, reading } = made;
    const written = await guarded({ site, path, reading, update, notes: report.notes }, bytes);
    if (written.secret) {
      return refused(
        'It holds what looks like a secret. Everybody who can read the issue can read it: revoke it, delete the issue and open another without it.',
      );
    }
    if (!(await createFile(join(site.folder, 'incidents', path), bytes))) continue;
    showReaders(written, around);
    showFaults(written, around);
    return await settled(written, push, around);
  }
  return refused('Files of that name keep appearing. Open the issue again.');
}

async function settled(written: Written, push: boolean, around: Surroundings): Promise<Outcome> {
  const { site, path, reading, update } = written;
  const file = join(site.folder, 'incidents', path);
  around.print(`\nSaved: incidents/${path}\n`);
  if (!push) return { code: 0, written: true, answer: null };
  const failed = (sentence: string): Outcome => {
    around.printError(`${sentence}\n`);
    return {
      code: 1,
      written: false,
      answer: 'The file could not be pushed. The log of the workflow says why.',
    };
  };
  const committed = await commitFile(file, `${update.status}: ${reading.incident.title}`);
  if (!committed.done) return failed(committed.sentence);
  const pushed = await pushedInTime(site);
  return pushed.done ? { code: 0, written: true, answer: saidOf(written) } : failed(pushed.sentence);
}

/** Pushes; what somebody else has pushed meanwhile is taken over first, as when two report the same outage. */
async function pushedInTime({ folder }: OperatedSite): ReturnType<typeof pushBranch> {
  const place = join(folder, 'incidents');
  let pushed = await pushBranch(place);
  for (let tries = 1; !pushed.done && tries < TRIES; tries += 1) {
    const taken = await takeOver(place);
    if (!taken.done) return taken;
    pushed = await pushBranch(place);
  }
  return pushed;
}

function saidOf({ path, reading, notes }: Written): string {
  const faults = reading.faults.map((fault) => formatFault(fault, { color: false }));
  const more = [...notes, ...faults].join('\n\n');
  // A fence that nothing in it can end.
  return `Committed as \`incidents/${path}\`; the page follows in a few minutes. Updates go into that file.${
    more === '' ? '' : `\n\n~~~~~~~~~~\n${more.replaceAll('~~~~~~~~~~', '~')}\n~~~~~~~~~~`
  }`;
}

function openedIssue(text: string): Opened | null {
  try {
    const { action, issue } = JSON.parse(text);
    const { number, title, body, user, created_at: createdAt } = issue;
    const author = user?.login;
    const sound =
      action === 'opened' &&
      Number.isSafeInteger(number) &&
      [title, author, createdAt].every((value) => typeof value === 'string') &&
      /^[\w.-]+(?:\[bot\])?$/.test(author);
    return sound ? { number, title, body: typeof body === 'string' ? body : '', author, createdAt } : null;
  } catch {
    return null;
  }
}

/** Asks the repository's host; `path` below the repository. Throws a sentence where there is no answer of use. */
type HostApi = (method: string, path: string, body?: object) => Promise<unknown>;

function hostApi(env: Surroundings['env']): HostApi {
  const base = `${env.GITHUB_API_URL || 'https://api.github.com'}/repos/${env.GITHUB_REPOSITORY}`;
  return async (method, path, body) => {
    const silent = (cause: Error): never => {
      const { code, message } = (cause.cause ?? cause) as NodeJS.ErrnoException;
      const why = cause.name === 'TimeoutError' ? `no answer within ${PATIENCE / 1000} seconds` : code;
      throw new Error(
        `${base} could not be asked (${why ?? message}). Run the job again once it answers, or write the file yourself: npm run new -- --push`,
      );
    };
    const response = await fetch(`${base}/${path}`, {
      method,
      headers: {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${env.GITHUB_TOKEN}`,
        'x-github-api-version': '2022-11-28',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(PATIENCE),
    }).catch(silent);
    if (!response.ok) throw new Error(`${method} ${path} was answered with status ${response.status}.`);
    return response.json();
  };
}

async function mayWrite(login: string, api: HostApi): Promise<boolean> {
  const said = await api('GET', `collaborators/${encodeURIComponent(login)}/permission`);
  const permission = (said as { permission?: unknown } | null)?.permission;
  return permission === 'admin' || permission === 'write';
}

/** Tells the issue what became of it. The report is out by then: an answer that fails is no failure. */
async function answer(
  { number }: Opened,
  api: HostApi,
  text: string,
  done: boolean,
  { printError }: Surroundings,
): Promise<void> {
  try {
    await api('POST', `issues/${number}/comments`, { body: text });
    if (done) await api('PATCH', `issues/${number}`, { state: 'closed' });
  } catch (cause) {
    printError(`The issue got no answer: ${cause instanceof Error ? cause.message : String(cause)}\n`);
  }
}

if (import.meta.main) process.exitCode = await fromIssue(atTerminal(resolve(import.meta.dirname, '../..')));
