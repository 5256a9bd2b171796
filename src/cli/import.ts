import { link, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { parseArgs, stripVTControlCharacters } from 'node:util';
import { slugKey, slugOf } from '../domain/slug.ts';
import type { ImportedFile, ImportResult } from '../import/import-result.ts';
import { isTimeZone } from '../import/time-zone.ts';
import { DEMO_FOLDER, holdingsOf, moveDemo } from './demo/demo-site.ts';
import { readFlags } from './flags.ts';
import { IMPORTERS } from './importers.ts';

const HELP = `Turns the files of another status page into incidents/ and status.config.yml.

  npm run import -- statuspage ../saved
  npm run import -- cstate ../old-status
  npm run import -- cstate ../old-status --timezone Europe/Berlin --into ../our-status
  STATUS_SITE=../our-status npm run build

  statuspage DIR    saved answers of Atlassian Statuspage's public API, in a folder or as one file: incidents.json,
                    scheduled-maintenances.json, components.json, summary.json, from https://YOUR-PAGE/api/v2/
  cstate DIR        a cState site: the folder with config.yml (or .toml, hugo.yaml, config/_default/) and
                    content/issues/ (or content/LANGUAGE/issues/)
  statusfy DIR      a Statusfy site: the folder with config.js and content/
  upptime DIR       an Upptime repository: .upptimerc.yml and history/. What people wrote there is in its issues, which
                    are no files: it does not come over
  --timezone ZONE   zone of the new site, and of times that name none (default: the old site's, else UTC)
  --into DIR        where the files go (default: STATUS_SITE, else this repository)
  --force           overwrite files that are there and differ
  --help            this text

What becomes of what (Statuspage):
  components        groups and components in their order, with ids made from their names
  name, status      title, status. A file is called after the day and the title
  impact            impact; of a maintenance none
  incident_updates  updates at display_at, in the order of the API where two share a time
  body              Markdown that shows the same: HTML is turned into it, other signs are escaped where they would mean
                    something
  affected_components   component states in the headings, where they change
  scheduled_for, scheduled_until   the window. What the old page's clock did is in its updates
  started_at, resolved_at          started, resolved, where the updates do not tell them
  id, shortlink and other keys     comments in the frontmatter. Ids of updates, who was notified and tweets' ids stay
                    behind
What becomes of what (cState):
  down, disrupted, notice   impact critical, major, none; an open "notice" counts as minor, for the page must not
                            be green while it stands. No or another severity: no impact given, which counts as minor
  resolved, resolvedWhen    status resolved, ended then. Without \`resolved: true\` an incident stays open
  informational             a notice, over at resolvedWhen; with \`pin\` a pinned one
  affected                  components by exact name; unknown names stay as written and are listed
  posts in the text         the first is dated as the issue, the last as its end. A post between them without a time
                            of its own stands in the text of the next dated one: no time is invented
  other keys                comments in the frontmatter; the comments that stood there are not taken over
What becomes of what (Statusfy):
  major-outage, partial-outage, degraded-performance   impact critical, major, minor
  under-maintenance, scheduled, duration   a maintenance with its window; without \`scheduled\` one without a window
  ::: update Title | time   an update; "Resolved", "Monitoring" and the like are its status, other titles its first line
  resolved                  status resolved. Where no update ends it, \`modified\` counts as the end, else the last time
  affectedsystems, content/LANGUAGE/   components by exact name; translations
What becomes of what (Upptime):
  sites, history/summary.json   components
  dailyMinutesDown          an incident a day, with the minutes in its text, without hours: nobody knows them. Days that
                            were down from midnight to midnight make one, with start and end
Times are to the second. Pictures and other pages are not copied.

Importing again writes the same bytes. A file that differs is not overwritten without --force. The demonstration,
where the new folder holds it, goes to demo/.
Exit code   0 all came over, 1 a file was refused or could not be read whole, 2 wrong usage`;

const ROOT = resolve(import.meta.dirname, '../..');
const OPTIONS = {
  timezone: { type: 'string' },
  into: { type: 'string' },
  force: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  const { tokens } = parseArgs({
    args,
    options: OPTIONS,
    strict: false,
    tokens: true,
    allowPositionals: true,
  });
  const words = tokens.filter((token) => token.kind === 'positional');
  const flags = readFlags(
    args.filter((_, index) => !words.some((word) => word.index === index)),
    OPTIONS,
  );
  if (!flags.ok) return usage(flags.message);
  if (flags.values.help) {
    process.stdout.write(`${HELP}\n`);
    return 0;
  }
  const [product, folder, ...more] = words.map((word) => word.value);
  const products = Object.keys(IMPORTERS).join(', ');
  if (product === undefined) return usage(`What is to be imported? One of: ${products}.`);
  const importer = Object.hasOwn(IMPORTERS, product) ? IMPORTERS[product]! : null;
  if (importer === null) return usage(`There is no importer for "${product}". There are: ${products}.`);
  if (folder === undefined) return usage(`Which folder holds ${importer.what}?`);
  if (more[0] !== undefined) return usage(`"${more[0]}" is not expected here.`);
  const zone = flags.values.timezone ?? null;
  if (zone !== null && !isTimeZone(zone))
    return usage(`"${zone}" is no time zone. Name one like Europe/Berlin.`);

  const from = resolve(folder);
  const into = resolve(flags.values.into ?? (process.env.STATUS_SITE || ROOT));
  const sources = await importer.read(from);
  if (typeof sources === 'string') return usage(sources);
  const result = importer.run(sources.files, zone);
  const moved = await demoAway(into);
  if (typeof moved === 'string') {
    process.stderr.write(moved);
    return 1;
  }
  const outcome = await writeAll(result.files, into, flags.values.force ?? false);
  const unread = [
    ...sources.unread.map((file) => ({ file, message: 'The file could not be opened.' })),
    ...result.unread,
  ];
  process.stdout.write(stripVTControlCharacters(report({ ...result, unread }, outcome, into)));
  if (moved > 0)
    process.stdout.write(`Moved: ${many(moved, 'file')} of the demonstration, to ${DEMO_FOLDER}/\n`);
  return unread.length + outcome.refused.length > 0 ? 1 : 0;
}

function usage(message: string): number {
  process.stderr.write(`${message}\nnpm run import -- --help says how it is used.\n`);
  return 2;
}

/** An invented outage has no place beside a real history. Gives how many files went, or why they can't. */
async function demoAway(into: string): Promise<number | string> {
  const { demo } = await holdingsOf(into).catch(() => ({ demo: [] }));
  const blocked = demo.length === 0 ? null : await moveDemo(into, demo);
  return blocked === null
    ? demo.length
    : `${into} holds the demonstration. It can't go to ${DEMO_FOLDER}/, for another ${DEMO_FOLDER}/${blocked} is there. Move that away.\n`;
}

interface Outcome {
  written: number;
  unchanged: number;
  refused: { file: string; message: string }[];
}

async function writeAll(files: ImportedFile[], into: string, force: boolean): Promise<Outcome> {
  const outcome: Outcome = { written: 0, unchanged: 0, refused: [] };
  const slugs = await slugsIn(join(into, 'incidents'));
  for (const { path, text } of files) {
    const target = join(into, path);
    const bytes = Buffer.from(text);
    const found = await readFile(target).catch((error: NodeJS.ErrnoException) =>
      error.code === 'ENOENT' ? null : error,
    );
    const namesake = path.startsWith('incidents/_') ? undefined : slugs.get(keyOf(path));
    if (Buffer.isBuffer(found) && found.equals(bytes)) {
      outcome.unchanged += 1;
    } else if (found !== null && !(force && Buffer.isBuffer(found))) {
      const why = Buffer.isBuffer(found)
        ? 'It is there and differs. Overwrite it with --force.'
        : `It can't be written: ${found.message}`;
      outcome.refused.push({ file: path, message: why });
    } else if (found === null && namesake !== undefined) {
      outcome.refused.push({
        file: path,
        message: `incidents/${namesake} has the same name. Move one of them.`,
      });
    } else {
      const fault = await writeWhole(target, bytes, force).catch((error: Error) => error.message);
      if (fault === null) outcome.written += 1;
      else outcome.refused.push({ file: path, message: `It can't be written: ${fault}` });
    }
  }
  return outcome;
}

function keyOf(path: string): string {
  return slugKey(slugOf((path.split('/').at(-1) ?? '').replace(/\.md$/i, '')));
}

/** The incidents that are there already, by what makes their names unique. */
async function slugsIn(incidents: string): Promise<Map<string, string>> {
  const found = await readdir(incidents, { recursive: true }).catch(() => []);
  const paths = found.map((path) => path.split(sep).join('/'));
  const read = paths.filter((path) => /\.md$/i.test(path) && !/(?:^|\/)[_.]/.test(path));
  return new Map(read.map((path) => [keyOf(path), path]));
}

/** Writes beside the target, then puts it in place: never half a file, and never over another one unasked. */
async function writeWhole(target: string, bytes: Buffer, force: boolean): Promise<string | null> {
  await mkdir(dirname(target), { recursive: true });
  const beside = join(dirname(target), `.import-${process.pid}.tmp`);
  try {
    await writeFile(beside, bytes);
    if (force) await rename(beside, target);
    else {
      // Some file systems have no links; there, another program's file of this very moment could be lost.
      await link(beside, target).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'EEXIST') throw error;
        return rename(beside, target);
      });
    }
    return null;
  } finally {
    await rm(beside, { force: true });
  }
}

function many(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

function report(result: ImportResult, outcome: Outcome, into: string): string {
  const lines: string[] = [];
  const byFile = new Map<string, string[]>();
  for (const { file, message } of result.notes) byFile.set(file, [...(byFile.get(file) ?? []), message]);
  for (const [file, messages] of byFile) lines.push(file, ...messages.map((message) => `  ${message}`));
  const list = (title: string, items: string[]) => {
    if (items.length > 0) lines.push('', title, ...items.map((item) => `  ${item}`));
  };
  list(
    'Not in the config, but named by incidents (add them to `components` where the page should show them):',
    result.unknownComponents.map(({ name, count }) => `${name} (${count})`),
  );
  list('Left behind, for they are no part of the history:', result.passedOver);
  list(
    'Could not be read whole; look at them:',
    result.unread.map(({ file, message }) => `${file}: ${message}`),
  );
  list(
    'Refused:',
    outcome.refused.map(({ file, message }) => `${file}: ${message}`),
  );
  const { incidents, notices, open, drafts, updates, translations } = result.counts;
  lines.push(
    '',
    `${many(incidents, 'incident')} (${open} open) and ${many(notices, 'notice')} with ${many(updates, 'update')}.`,
    ...(translations > 0 ? [`${many(translations, 'translation')} of them.`] : []),
    ...(drafts > 0 ? [`${many(drafts, 'draft')} among them: not built.`] : []),
    `${into}: ${many(outcome.written, 'file')} written, ${outcome.unchanged} unchanged, ${outcome.refused.length} refused.`,
  );
  return `${lines.join('\n').replace(/^\n/, '')}\n`;
}
