import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Status } from '../../domain/words.ts';
import type { Post, PostResult } from '../../write/post-update.ts';
import { readArguments } from './arguments.ts';
import { askChoice, askText, askWhether, type Choice } from './ask.ts';
import { Cancelled } from './cancelled.ts';
import { Misused } from './misused.ts';
import { pipedText } from './piped-text.ts';
import type { OperatedSite, Report } from './reports.ts';
import type { Surroundings } from './surroundings.ts';

const HELP = `Puts an update into an incident: heading and text on top, status and promise in the frontmatter.

Usage: npm run post -- [NAME] ["TEXT"] [FLAGS]

  NAME                 a part of the file's name or of the title, in any language of the site; it must be meant
                       by one open incident only. Something that is closed is named in full
  --text TEXT          the text, Markdown; "-" reads it from standard input, and so does a pipe
  --status STATUS      investigating, identified, monitoring, resolved (else: as before)
  --next SPAN          when the next update comes: 30m, 2h, 19:00, "2026-11-21 19:00" (else: only what was
                       promised for later still stands)
  --by NAME            who signs, as in "authors" of the config; several: tb,mk
  --state NAME=STATE   what becomes of a component: --state mail=operational, more than once
  --at TIME            when it was said: 18:30, "2026-11-21 18:30" (else: now)
  --commit             commit this file
  --push               commit and push
  --dry-run            write nothing, show what readers would see
  --help               print this

Examples:
  npm run post
  npm run post -- dresden "Power is back." --status monitoring --next 30m --by tb --push
  npm run post -- dresden --status resolved --text - < report.md

What is missing is asked for on a terminal ($VISUAL or $EDITOR for the text), and told of elsewhere.

Environment:
  STATUS_SITE   the folder that holds status.config.yml and incidents/ (else: this repository)
  STATUS_NOW    an instant that stands for the clock: 2026-11-21T17:30:00Z

Exits with 0; with 1 where it could not be written as asked, committed or pushed (it says how far it got); with 2
for wrong usage, where nothing is written; with 130 where somebody broke off.
`;

const OPTIONS = {
  text: { type: 'string' },
  status: { type: 'string' },
  next: { type: 'string' },
  by: { type: 'string' },
  state: { type: 'string', multiple: true },
  at: { type: 'string' },
  commit: { type: 'boolean' },
  push: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Runs `post`; gives its exit code. */
export async function postCommand(around: Surroundings): Promise<number> {
  const { words, flags } = readArguments(around.args, OPTIONS);
  if (!flags.ok) return misused(flags.message, around);
  if (flags.values.help) {
    around.print(HELP);
    return 0;
  }
  if (words.length > 2) {
    return misused(`"${words[2]}" is not expected here: put the text in quotes.`, around);
  }
  try {
    return await post(words, flags.values, around);
  } catch (cause) {
    if (cause instanceof Misused) return misused(cause.message, around);
    if (cause instanceof Cancelled) {
      around.printError('Broken off: nothing was written.\n');
      return 130;
    }
    around.printError(`Nothing was written. ${cause instanceof Error ? cause.message : String(cause)}\n`);
    return 1;
  }
}

function misused(message: string, { printError }: Surroundings): number {
  printError(`${message}\nNothing was written. npm run post -- --help says how it is used.\n`);
  return 2;
}

interface Given {
  text?: string | undefined;
  status?: string | undefined;
  next?: string | undefined;
  by?: string | undefined;
  state?: string[] | undefined;
  at?: string | undefined;
  commit?: boolean | undefined;
  push?: boolean | undefined;
  'dry-run'?: boolean | undefined;
}

async function post(words: string[], given: Given, around: Surroundings): Promise<number> {
  const { operatedSite, reportsOf } = await import('./reports.ts');
  const site = await operatedSite(around.site, around.env);
  const piped = await textGiven(words, given, around);
  const live = await reportsOf(site, 'live');
  const { name, text } = await nameAndText(words, piped, live);
  const missing = name === null || text === null;
  const report = await chosen(name, text, given, { site, live }, around);
  const wanted = await meanings(given, report, site);
  const asking = around.isTerminal && missing;
  if (asking) {
    if (given.status === undefined) wanted.status = await askStatus(report);
    if (text === null) {
      const initial = await reportTemplate(wanted.status ?? report.incident.status, report, site);
      wanted.text = await askText('What do you want to say?', initial, around.env);
    }
    if (given.next === undefined && !(await isOver(wanted.status ?? report.incident.status))) {
      wanted.next = await (await import('./questions.ts')).next(site.context);
    }
    if (given.by === undefined) wanted.authors = await (await import('./questions.ts')).author(site.context);
  }
  wanted.text = text ?? wanted.text;
  return write(report, wanted, given, site, around, asking);
}

/** The text of `--text` or a pipe; null where there is none. */
async function textGiven(words: string[], given: Given, around: Surroundings): Promise<string | null> {
  if (given.text !== undefined && given.text !== '-') return given.text;
  if (given.text !== '-' && words.length > 1) return null;
  const piped = await pipedText(around.stdin, given.text === '-');
  if (piped === null && given.text === '-') {
    throw new Misused('Standard input holds no text. Pipe it in, or give it as --text "…".');
  }
  return piped;
}

async function nameAndText(
  words: string[],
  piped: string | null,
  live: Report[],
): Promise<{ name: string | null; text: string | null }> {
  const [first, second] = words;
  if (second !== undefined && piped !== null) {
    throw new Misused('The text is given twice: as a word and by --text or a pipe.');
  }
  if (second !== undefined) return { name: first!, text: second };
  if (first === undefined || piped !== null) return { name: first ?? null, text: piped };
  // One word alone names an incident; a sentence that names none is the text.
  const { reportsCalled } = await import('../../write/find-report.ts');
  const called = reportsCalled(first, live).length > 0;
  return called || !/\s/.test(first.trim()) ? { name: first, text: null } : { name: null, text: first };
}

/** The report that is meant. Throws `Misused` where that is not certain and nobody can be asked. */
async function chosen(
  name: string | null,
  text: string | null,
  given: Given,
  { site, live }: { site: OperatedSite; live: Report[] },
  around: Surroundings,
): Promise<Report> {
  const { nearReport, reportsCalled } = await import('../../write/find-report.ts');
  if (text === null && !around.isTerminal) {
    throw new Misused(
      `The text is missing: --text "…"${name === null ? '.' : `, if "${name}" names the incident.`}`,
    );
  }
  if (name === null) {
    if (live.length === 0) throw new Misused('Nothing is open. Report something new: npm run new');
    const running = live.filter(({ status }) => status.phase === 'open' && status.kind !== 'notice');
    if (!around.isTerminal && running.length === 1) return running[0]!;
    if (!around.isTerminal) throw new Misused(`Which one? Name it:\n${listed(live)}`);
    // With the text at hand nothing but the name is open, and only one can be meant.
    if (text !== null && running.length === 1) return running[0]!;
    return choose('Which one?', live);
  }
  const found = reportsCalled(name, live);
  if (found.length === 1) return found[0]!;
  if (found.length > 1) {
    if (around.isTerminal) return choose(`"${name}" can mean ${found.length}. Which one?`, found);
    throw new Misused(`"${name}" can mean ${found.length}. Name one of them in full:\n${listed(found)}`);
  }
  const { reportsOf } = await import('./reports.ts');
  const all = reportsCalled(name, await reportsOf(site, 'all'));
  const inFull = all.filter(({ slug }) => slug.toLowerCase() === name.toLowerCase().replace(/\.md$/, ''));
  const { meantStatus } = await import('../../write/operator-words.ts');
  const report = given.status === undefined ? null : meantStatus(given.status, 'incident', site.context);
  const last = report?.ok && report.value === 'postmortem';
  if (inFull.length === 1) return inFull[0]!;
  if (last && all.length === 1) return all[0]!;
  const near = nearReport(name, live);
  const open = live.length === 0 ? 'Nothing is open.' : `Open or planned:\n${listed(live)}`;
  const advice =
    near !== null
      ? ` Did you mean ${near.slug}?`
      : all.length > 0
        ? ` What is over has to be named in full: ${all
            .slice(-3)
            .map(({ slug }) => slug)
            .join(', ')}.`
        : '';
  throw new Misused(`No open incident matches "${name}".${advice} ${open}`);
}

function listed(reports: Report[]): string {
  return reports
    .map((report) => `  ${report.slug}  ${report.incident.title} (${report.status.status})`)
    .join('\n');
}

async function choose(message: string, reports: Report[]): Promise<Report> {
  const newest = reports.toSorted((a, b) => rank(a) - rank(b) || b.status.newest.at - a.status.newest.at);
  const choices = newest.map(
    ({ path, incident, status }): Choice => ({
      value: path,
      label: incident.title,
      hint: status.kind === 'notice' ? 'notice' : status.status,
    }),
  );
  const path = await askChoice(message, choices);
  return reports.find((report) => report.path === path)!;
}

function rank({ status }: Report): number {
  if (status.kind === 'notice') return 2;
  return status.phase === 'open' ? 0 : 1;
}

/** What the flags mean. Throws `Misused` at the first that means nothing. */
async function meanings(given: Given, report: Report, { context }: OperatedSite): Promise<Post> {
  const words = await import('../../write/operator-words.ts');
  const take = <Value>(meaning: { ok: true; value: Value } | { ok: false; message: string }): Value => {
    if (!meaning.ok) throw new Misused(meaning.message);
    return meaning.value;
  };
  return {
    text: '',
    status:
      given.status === undefined
        ? null
        : take(words.meantStatus(given.status, report.incident.kind, context)),
    authors: given.by === undefined ? [] : take(words.meantAuthors(given.by, context)),
    states: take(words.meantStates(given.state ?? [], context)),
    next: given.next === undefined ? null : take(words.meantPromise(given.next, context)),
    at: given.at === undefined ? null : take(words.meantMoment(given.at, context)),
  };
}

/** A final report is long: it begins with a template where the site has one. */
async function reportTemplate(status: Status, { incident }: Report, site: OperatedSite): Promise<string> {
  if (status !== 'postmortem') return '';
  const templates = await import('./templates.ts');
  const all = await templates.templatesFor(site, incident.language);
  const chosen = await templates.askTemplate(all.filter((one) => one.status === 'postmortem'));
  if (chosen === null) return '';
  const filled = await templates.filledIn(chosen, { title: incident.title }, true);
  return filled.template.text;
}

async function isOver(status: Status): Promise<boolean> {
  return (await import('../../domain/words.ts')).isEnded(status);
}

async function askStatus({ incident }: Report): Promise<Status> {
  const { statusesOfKind } = await import('../../write/operator-words.ts');
  const choices = statusesOfKind(incident.kind).map(
    (status): Choice =>
      status === incident.status
        ? { value: status, label: status, hint: 'as it is' }
        : { value: status, label: status },
  );
  return (await askChoice('Status?', choices, incident.status)) as Status;
}

async function write(
  report: Report,
  wanted: Post,
  given: Given,
  site: OperatedSite,
  around: Surroundings,
  confirm: boolean,
): Promise<number> {
  const { postUpdate } = await import('../../write/post-update.ts');
  const { guarded, publish, showFaults, showReaders } = await import('./published.ts');
  const file = join(site.folder, 'incidents', report.path);
  const make = (bytes: Uint8Array) => postUpdate(report.path, bytes, wanted, site.context);
  let bytes: Uint8Array = report.bytes;
  let result = make(bytes);
  if (!result.ok) return refused(result.message, wanted.text, report, around);
  const show = (made: Extract<PostResult, { ok: true }>) =>
    guarded({ site, path: report.path, ...made }, made.bytes);
  let written = await show(result);
  showReaders(written, around);
  if (given['dry-run']) {
    showFaults(written, around);
    around.print('\nNothing was written: --dry-run.\n');
    return 0;
  }
  if (confirm && !(await askWhether('Write it?'))) {
    around.print(`Your text:\n\n${wanted.text}\n\n`);
    throw new Cancelled();
  }
  // Somebody else may have written while this one was thinking.
  const fresh = await readFile(file);
  if (!fresh.equals(bytes)) {
    bytes = fresh;
    result = make(bytes);
    if (!result.ok) return refused(result.message, wanted.text, report, around);
    around.print('\nThe file has changed in the meantime; the update was put into what it is now.\n');
    written = await show(result);
    showReaders(written, around);
  }
  const { replaceFile } = await import('./whole-file.ts');
  await replaceFile(file, result.bytes);
  showFaults(written, around);
  const code = await publish(written, given, around);
  if (result.unmet === null) return code;
  around.printError(`\n${result.unmet}\n`);
  return 1;
}

function refused(message: string, text: string, report: Report, { printError }: Surroundings): number {
  printError(
    `Nothing was written: ${message} Write the update into incidents/${report.path} by hand, and see npm run check. Your text:\n\n${text}\n`,
  );
  return 1;
}
