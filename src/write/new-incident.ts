import { withoutControlCharacters } from '../content/decode.ts';
import { type IncidentReading, readIncidentFile } from '../content/incident-file.ts';
import type { ReadContext } from '../content/read-context.ts';
import type { Incident, Window } from '../domain/incident.ts';
import { slugKey, slugOf } from '../domain/slug.ts';
import { type Stamp, stampText } from '../domain/stamp.ts';
import { dateIn } from '../domain/time.ts';
import type { Impact, Kind, Status } from '../domain/words.ts';
import { harmless, quoted } from './harmless-text.ts';
import { nameOfTitle } from './name-of-title.ts';
import type { Post } from './post-update.ts';
import { updateBlock } from './update-block.ts';
import { yamlText, yamlWord } from './yaml-text.ts';

/** What an operator wants to report. */
export interface NewIncident {
  kind: Kind;
  /** One line, not empty. */
  title: string;
  status: Status;
  /** Null: left out. */
  impact: Impact | null;
  /** Ids, or names where the config has none. */
  components: string[];
  /** Markdown, as typed; not empty. */
  text: string;
  authors: string[];
  next: Post['next'];
  /** Of a maintenance. */
  window: Window | null;
  /** Of a notice. */
  until: Stamp | null;
  /** What the file is to be called, with or without a date; null: after the title. */
  slug: string | null;
  /** BCP 47 tag where it is not the site's language. */
  language: string | null;
  /** When it was said; null: now. */
  at: Stamp | null;
}

/** A file to be written. */
export type NewIncidentResult =
  | { ok: true; path: string; text: string; reading: IncidentReading & { incident: Incident } }
  | { ok: false; message: string };

/**
 * The file of a new report (DESIGN §2): its path below the incidents folder, called after the day and the title and
 * after none of `taken` (slugs that are there), and its text. Read back before it counts. Pure.
 */
export function newIncident(
  report: NewIncident,
  taken: readonly string[],
  context: ReadContext,
): NewIncidentResult {
  const { timezone } = context.site;
  const stamp = report.at ?? { at: Math.floor(context.now / 60_000) * 60_000, precision: 'minute' };
  const typed = withoutControlCharacters(report.text.replace(/\r\n?/g, '\n')).text.toWellFormed();
  if (typed.trim() === '') return { ok: false, message: 'There is no text.' };
  if (report.title.trim() === '') return { ok: false, message: 'There is no title.' };
  const path = `${freeName(report, dateIn(stamp.at, timezone), taken)}.md`;
  let message = '';
  for (const text of [harmless(typed, timezone), quoted(typed)]) {
    const heading = { stamp, status: report.status, authors: report.authors, states: {}, id: null };
    const written = `---\n${frontmatter(report, stamp, context)}---\n\n${updateBlock(heading, text, timezone)}\n`;
    const reading = readIncidentFile(path, new TextEncoder().encode(written), context);
    const wrong = amiss(report, text, reading);
    if (wrong === null)
      return { ok: true, path, text: written, reading: { ...reading, incident: reading.incident! } };
    message ||= wrong;
  }
  return { ok: false, message };
}

function frontmatter(report: NewIncident, stamp: Stamp, { site, now }: ReadContext): string {
  const time = (at: number) =>
    stampText({ at, precision: at % 60_000 === 0 ? 'minute' : 'second' }, site.timezone);
  const { next, window, until } = report;
  const promise =
    next === null
      ? null
      : 'at' in next
        ? next.at
        : Math.ceil((Math.max(stamp.at, now) + next.span) / 60_000) * 60_000;
  const lines = [
    `title: ${yamlText(report.title)}`,
    `status: ${report.status}`,
    report.kind === 'notice' && report.status !== 'notice' ? 'kind: notice' : null,
    report.impact === null ? null : `impact: ${report.impact}`,
    report.components.length === 0 ? null : `components: [${report.components.map(yamlWord).join(', ')}]`,
    window === null ? null : `scheduled: { from: ${time(window.from)}, to: ${time(window.to)} }`,
    until === null ? null : `until: ${stampText(until, site.timezone)}`,
    promise === null ? null : `next-update: ${time(promise)}`,
    report.language === null ? null : `language: ${report.language}`,
  ];
  return lines
    .filter((line) => line !== null)
    .map((line) => `${line}\n`)
    .join('');
}

function amiss(report: NewIncident, text: string, { incident }: IncidentReading): string | null {
  if (incident === null || !incident.readable) return 'The file could not be read.';
  const [update] = incident.updates;
  if (incident.updates.length !== 1 || update!.text !== text.trimEnd()) {
    return 'The text would not be published as it was typed.';
  }
  if (incident.kind !== report.kind || incident.status !== report.status) {
    return `It would be published as ${incident.kind} with the status ${incident.status}.`;
  }
  if ((incident.window === null) !== (report.window === null))
    return 'The window would not be read as it was meant.';
  return null;
}

/** `2026-11-21-power-dresden`, with a number where that is taken. */
function freeName(report: NewIncident, day: string, taken: readonly string[]): string {
  const given = report.slug?.replace(/\.md$/i, '').trim() || null;
  const base =
    given === null
      ? nameOfTitle(report.title)
      : slugOf(given)
          .replace(/^[_.]+/, '')
          .replaceAll('.', '-');
  const dated = /^\d{4}-\d{2}-\d{2}(?!\d)/.test(base) ? base : `${day}-${base}`;
  const used = new Set(taken.map(slugKey));
  let name = dated;
  for (let count = 2; used.has(slugKey(slugOf(name))); count += 1) name = `${dated}-${count}`;
  return name;
}
