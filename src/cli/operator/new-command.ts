import { join } from 'node:path';
import type { Window } from '../../domain/incident.ts';
import type { NewFileLink } from '../../domain/new-file-url.ts';
import type { Kind, Status } from '../../domain/words.ts';
import type { NewIncident } from '../../write/new-incident.ts';
import type { Meaning } from '../../write/operator-words.ts';
import { readArguments } from './arguments.ts';
import { askChoice, askText, askWhether, type Choice } from './ask.ts';
import { Cancelled } from './cancelled.ts';
import { Misused } from './misused.ts';
import { pipedText } from './piped-text.ts';
import type { Written } from './published.ts';
import type { OperatedSite } from './reports.ts';
import type { Surroundings } from './surroundings.ts';

const HELP = `Writes a new incident, maintenance or notice.

Usage: npm run new -- [FLAGS]

  --title TEXT           one line that says what fails
  --text TEXT            the first update, Markdown; "-" reads it from standard input, and so does a pipe
  --impact IMPACT        none, minor, major, critical (else: minor)
  --components NAMES     webhosting,mail: ids or names of the config, parted by commas
  --by NAME              who signs, as in "authors" of the config; several: tb,mk
  --status STATUS        else investigating; scheduled for a maintenance
  --next SPAN            when the next update comes: 30m, 2h, 19:00, "2026-11-21 19:00"
  --from TIME --to TIME  a maintenance, with its window
  --until TIME           a notice, and when it ends (a notice without an end: --status notice)
  --template NAME        a text of incidents/_templates, in the report's language
  --set NAME=VALUE       for a {{placeholder}} of the template, more than once
  --slug NAME            what the file is called (else: after day and title)
  --language TAG         of the text, where it is not the site's
  --at TIME              when it was said: 18:05, "2026-11-21 18:05" (else: now)
  --commit               commit this file
  --push                 commit and push
  --link                 write nothing: print a link that opens the web editor of the repository's host with this
                         file filled in, for a phone or for somebody without a clone
  --branch NAME          for --link: the branch that is published (else the main one)
  --dry-run              write nothing, show the file and what readers would see
  --help                 print this

Examples:
  npm run new
  npm run new -- --title "No power in Dresden" --impact critical --components webhosting,mail --text "We're on it." --by tb --push
  npm run new -- --title "Router swap" --from "2026-11-25 22:00" --to "2026-11-26 04:00" --components api --text "Short breaks."
  npm run -s new -- --link --template power --set place=Dresden | qrencode -t ansiutf8

What is missing is asked for on a terminal ($VISUAL or $EDITOR for the text), and told of elsewhere.

Environment:
  STATUS_SITE   the folder that holds status.config.yml and incidents/ (else: this repository)
  STATUS_NOW    an instant that stands for the clock: 2026-11-21T17:30:00Z

Exits with 0; with 1 where it could not be written, committed or pushed (it says how far it got); with 2 for wrong
usage, where nothing is written; with 130 where somebody broke off.
`;

const OPTIONS = {
  title: { type: 'string' },
  text: { type: 'string' },
  impact: { type: 'string' },
  components: { type: 'string' },
  by: { type: 'string' },
  status: { type: 'string' },
  next: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  until: { type: 'string' },
  template: { type: 'string' },
  set: { type: 'string', multiple: true },
  slug: { type: 'string' },
  language: { type: 'string' },
  at: { type: 'string' },
  commit: { type: 'boolean' },
  push: { type: 'boolean' },
  link: { type: 'boolean' },
  branch: { type: 'string' },
  'dry-run': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

type Name = Exclude<keyof typeof OPTIONS, 'set' | 'commit' | 'push' | 'link' | 'dry-run' | 'help'>;
type Given = { [K in Name]?: string | undefined } & {
  set?: string[] | undefined;
  commit?: boolean | undefined;
  push?: boolean | undefined;
  link?: boolean | undefined;
  'dry-run'?: boolean | undefined;
};

/** Runs `new`; gives its exit code. */
export async function newCommand(around: Surroundings): Promise<number> {
  const { words, flags } = readArguments(around.args, OPTIONS);
  if (!flags.ok) return misused(flags.message, around);
  if (flags.values.help) {
    around.print(HELP);
    return 0;
  }
  if (words[0] !== undefined) {
    return misused(`"${words[0]}" is not expected here: put the title in quotes behind --title.`, around);
  }
  try {
    return await report(flags.values, around);
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
  printError(`${message}\nNothing was written. npm run new -- --help says how it is used.\n`);
  return 2;
}

async function report(flags: Given, around: Surroundings): Promise<number> {
  const given: Draft = { ...flags, initialText: '', initialNext: '' };
  if (given.link && (given.commit || given.push)) {
    throw new Misused('--link writes nothing, so there is nothing to commit: leave --commit and --push out.');
  }
  if (given.branch !== undefined && !given.link) throw new Misused('--branch belongs to --link.');
  let kind = kindOf(given);
  if (given.text === undefined || given.text === '-') {
    const piped = await pipedText(around.stdin, given.text === '-');
    if (piped === null && given.text === '-') {
      throw new Misused('Standard input holds no text. Pipe it in, or give it as --text "…".');
    }
    given.text = piped ?? undefined;
  }
  if (given.template === undefined && around.isTerminal && kind === null && given.title === undefined) {
    // Asked before anything is loaded.
    kind = await askKind();
  }
  const { operatedSite } = await import('./reports.ts');
  const site = await operatedSite(around.site, around.env);
  kind = (await fromTemplate(given, kind, site, around)) ?? kind ?? 'incident';
  const missing = missingIn(given, kind);
  const needed = missing.find((name) => name !== 'impact' && name !== 'components');
  if (!around.isTerminal && needed !== undefined) {
    throw new Misused(`--${needed} is missing${needed === 'text' ? ' (or a text piped in)' : ''}.`);
  }
  const asking = around.isTerminal && missing.length > 0;
  const draft = await drafted(given, kind, site, asking);
  return write(draft, given, site, around, asking);
}

/** What flags, a pipe and a template give. */
type Draft = Given & {
  /** Of a template, to be edited. */
  initialText: string;
  initialNext: string;
};

function kindOf(given: Given): Kind | null {
  if (given.from !== undefined || given.to !== undefined) {
    if (given.until !== undefined)
      throw new Misused('--until ends a notice, --from and --to are a maintenance: leave one out.');
    return 'maintenance';
  }
  if (given.until !== undefined || /^(?:notice|hinweis)$/i.test(given.status ?? '')) return 'notice';
  return null;
}

function missingIn(given: Given, kind: Kind | null): Name[] {
  const names: Name[] =
    kind === 'maintenance'
      ? ['title', 'from', 'to', 'components', 'text']
      : kind === 'notice'
        ? ['title', 'text']
        : ['title', 'impact', 'components', 'text'];
  return names.filter((name) => given[name] === undefined);
}

async function askKind(): Promise<Kind> {
  const choices: Choice[] = [
    { value: 'incident', label: 'Something fails', hint: 'incident' },
    { value: 'maintenance', label: 'Work is planned', hint: 'maintenance' },
    { value: 'notice', label: 'Something else customers should know', hint: 'notice' },
  ];
  return (await askChoice('What is it?', choices)) as Kind;
}

/**
 * Takes over what a template gives and no flag does, where one is named, or chosen on a terminal; gives what it is a
 * template for. Null: there is none.
 */
async function fromTemplate(
  given: Draft,
  kind: Kind | null,
  site: OperatedSite,
  around: Surroundings,
): Promise<Kind | null> {
  if (given.template === undefined && !(around.isTerminal && given.text === undefined)) {
    if (given.set !== undefined) throw new Misused('--set fills in a template: name it with --template.');
    return null;
  }
  const templates = await import('./templates.ts');
  const { kindOfTemplate } = await import('../../write/template.ts');
  const all = await templates.templatesFor(site, given.language ?? site.context.site.language);
  const fitting = all.filter((one) => kindOfTemplate(one) === (kind ?? 'incident'));
  const chosen =
    given.template === undefined
      ? await templates.askTemplate(fitting)
      : templates.templateNamed(given.template, all);
  if (chosen === null) return null;
  const known = templates.placeholderValues(given.set ?? []);
  for (const end of ['from', 'to'] as const) {
    const name = /^\{\{\s*(.+?)\s*\}\}$/.exec(chosen.window?.[end] ?? '')?.[1];
    if (name !== undefined && given[end] !== undefined) known[name] ??= given[end];
  }
  const { template, values } = await templates.filledIn(chosen, known, around.isTerminal);
  given.title ??= template.title ?? undefined;
  given.status ??= template.status ?? undefined;
  given.impact ??= template.impact ?? undefined;
  given.from ??= template.window?.from;
  given.to ??= template.window?.to;
  given.initialNext = Object.entries(values).find(([name]) => /^(?:next|nächste)/i.test(name))?.[1] ?? '';
  given.initialText = template.text;
  if (!around.isTerminal) {
    given.text ??= template.text;
    // What the text promises, the page promises.
    const { meantPromise } = await import('../../write/operator-words.ts');
    if (given.initialNext !== '' && meantPromise(given.initialNext, site.context).ok) {
      given.next ??= given.initialNext;
    }
  }
  return kindOfTemplate(chosen);
}

/** Everything that the file says; asks for what is missing. */
async function drafted(given: Draft, kind: Kind, site: OperatedSite, asking: boolean): Promise<NewIncident> {
  const { context } = site;
  const words = await import('../../write/operator-words.ts');
  const status =
    given.status === undefined ? firstStatus(kind) : take(words.meantStatus(given.status, kind, context));
  const impact = given.impact === undefined ? null : take(words.meantImpact(given.impact, context));
  const components =
    given.components === undefined ? null : take(words.meantComponents(given.components, context));
  const authors = given.by === undefined ? null : take(words.meantAuthors(given.by, context));
  const next = given.next === undefined ? null : take(words.meantPromise(given.next, context));
  const at = given.at === undefined ? null : take(words.meantMoment(given.at, context));
  const until = given.until === undefined ? null : take(words.readMoment(given.until, context));
  const language = given.language === undefined ? null : languageOf(given.language, context.site.languages);
  const ask = asking ? await import('./questions.ts') : null;

  const title = given.title?.trim() || (await ask?.title()) || '';
  if (title === '') throw new Misused('--title is missing.');
  const incident = kind === 'incident';
  return {
    kind,
    title,
    status,
    impact: impact ?? (incident ? ((await ask?.impact()) ?? null) : null),
    window: kind === 'maintenance' ? await windowOf(given, site, ask) : null,
    components: components ?? (kind === 'notice' ? [] : ((await ask?.components(context)) ?? [])),
    until:
      until ??
      (kind === 'notice' && given.until === undefined ? ((await ask?.until(context)) ?? null) : null),
    text: given.text ?? '',
    authors: authors ?? (await ask?.author(context)) ?? [],
    next:
      next ??
      (given.next === undefined && incident ? ((await ask?.next(context, given.initialNext)) ?? null) : null),
    slug: given.slug ?? null,
    language: language === context.site.language ? null : language,
    at,
  };
}

function take<Value>(meaning: Meaning<Value>): Value {
  if (!meaning.ok) throw new Misused(meaning.message);
  return meaning.value;
}

function firstStatus(kind: Kind): Status {
  if (kind === 'maintenance') return 'scheduled';
  return kind === 'notice' ? 'notice' : 'investigating';
}

async function windowOf(
  given: Given,
  { context }: OperatedSite,
  ask: typeof import('./questions.ts') | null,
): Promise<Window> {
  const { readMoment } = await import('../../write/operator-words.ts');
  const end = async (which: 'from' | 'to', after: number | null) => {
    const word = given[which];
    if (word !== undefined) return take(readMoment(word, context)).at;
    if (ask === null) throw new Misused(`--${which} is missing: a maintenance has a window.`);
    return ask.windowEnd(which, after, context);
  };
  const from = await end('from', null);
  const to = await end('to', from);
  if (to <= from) throw new Misused('The window ends before it begins: check --from and --to.');
  return { from, to };
}

function languageOf(word: string, languages: readonly string[]): string {
  const known = languages.find((tag) => tag.toLowerCase() === word.toLowerCase());
  if (known !== undefined) return known;
  try {
    return Intl.getCanonicalLocales(word)[0]!;
  } catch {
    throw new Misused(`"${word}" is not a language tag. Write one such as "de" or "pt-BR".`);
  }
}

async function write(
  draft: NewIncident,
  given: Draft,
  site: OperatedSite,
  around: Surroundings,
  asking: boolean,
): Promise<number> {
  const report = { ...draft };
  if (asking && given.text === undefined) {
    report.text = await askText('What do you want to say?', given.initialText, around.env);
  }
  const { newIncident } = await import('../../write/new-incident.ts');
  const { takenSlugs } = await import('./reports.ts');
  const { guarded, publish, showFaults, showReaders } = await import('./published.ts');
  const { createFile } = await import('./whole-file.ts');
  for (let tries = 0; tries < 5; tries += 1) {
    const made = newIncident(report, await takenSlugs(site.folder), site.context);
    if (!made.ok) {
      around.printError(`Nothing was written: ${made.message} Your text:\n\n${report.text}\n`);
      return 1;
    }
    const update = made.reading.incident.updates[0]!;
    const bytes = Buffer.from(made.text);
    const written = await guarded({ site, path: made.path, reading: made.reading, update, notes: [] }, bytes);
    if (given.link) return await offerLink(written, made.text, given, around);
    if (tries === 0) showReaders(written, around);
    if (given['dry-run']) {
      showFaults(written, around);
      around.print(`\nincidents/${made.path}:\n\n${made.text}\nNothing was written: --dry-run.\n`);
      return 0;
    }
    if (tries === 0 && asking && !(await askWhether('Write it?'))) {
      around.print(`Your text:\n\n${report.text}\n\n`);
      throw new Cancelled();
    }
    const file = join(site.folder, 'incidents', made.path);
    if (!(await createFile(file, bytes))) continue;
    showFaults(written, around);
    return publish(written, given, around);
  }
  throw new Error('Files of that name keep appearing. Name another with --slug.');
}

/** Prints the link alone on standard output, below it the text where that has to be pasted; all talk goes elsewhere. */
async function offerLink(
  written: Written,
  text: string,
  given: Draft,
  around: Surroundings,
): Promise<number> {
  const { editorLink } = await import('./editor-link.ts');
  const { showFaults, showReaders } = await import('./published.ts');
  const link = await editorLink(written.site, { path: written.path, text, branch: given.branch ?? null });
  const talk = { ...around, print: around.printError };
  showReaders(written, talk);
  showFaults(written, talk);
  if (written.secret) {
    around.printError(
      '\nNo link: the text holds what looks like a secret, and an address is kept in many places. Take it out.\n',
    );
    return 1;
  }
  around.printError(`\n${LINK_ADVICE[link.filled](written.path)}\n\n`);
  around.print(`${link.url}\n`);
  if (link.filled === 'whole') return 0;
  if (link.tooLong) around.printError('\nThe text is too long for an address: paste it.\n');
  around.print(`\n${text}`);
  return 0;
}

const LINK_ADVICE: Record<NewFileLink['filled'], (path: string) => string> = {
  whole: () => 'Open this, look it over and commit. Nothing was written here.',
  name: () => 'Open this, paste the text below it and commit. Nothing was written here.',
  nothing: (path) =>
    `Open this, make the file incidents/${path} with the text below and commit. Nothing was written here.`,
};
