import { nameDateOf, slugKey, slugOf } from '../domain/slug.ts';
import type { Stamp } from '../domain/stamp.ts';
import { type Impact, isEnded, type Status } from '../domain/words.ts';
import { freeId } from './free-id.ts';
import { languageTag } from './hugo-languages.ts';
import type { HugoPage } from './hugo-page.ts';
import { count, emptyResult, type ImportResult, inOrder, NOT_IMPORTED } from './import-result.ts';
import { type IncidentDraft, incidentText, translationText, type UpdateDraft } from './incident-text.ts';
import { readScriptWords, wordsAt } from './script-words.ts';
import { type SiteDraft, siteText } from './site-text.ts';
import type { SourceFile } from './source-file.ts';
import { readStamp } from './stamp.ts';
import { readStatusfyBody, readStatusfyPage } from './statusfy-page.ts';
import { isTimeZone } from './time-zone.ts';
import { booleanOf, listOf, oneLine, spelledAs, type Words } from './yaml-words.ts';

const CONFIG = /^(?:statusfy\.)?config\.(?:js|cjs|mjs|ts)$/;
const CONTENT = /^content\/(?:([^/]+)\/)?([^/]+)\.(?:md|markdown)$/i;
const PLACEHOLDER = 'https://status.example.com';

/** Whether a path is that of a Statusfy site's config. */
export function isStatusfyConfig(path: string): boolean {
  return CONFIG.test(path);
}

/** Whether a path is that of an incident, in whatever language. */
export function isStatusfyIncident(path: string): boolean {
  return CONTENT.test(path);
}

/**
 * Turns the files of a Statusfy site into `status.config.yml` and `incidents/`. `zone` (an IANA name) is the zone of
 * the new site, and of times without one; null: UTC. Every incident comes over: what can't be read as one is kept
 * below `incidents/_not-imported/` as it is. The same files give the same result, in whatever order. Never throws.
 */
export function importStatusfy(sources: SourceFile[], zone: string | null): ImportResult {
  const files = sources.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const result = emptyResult();
  const { site, ids } = importConfig(files, zone, result);
  const taken = new Set<string>();
  const unknown = new Map<string, number>();
  const originals = new Map<string, { name: string; draft: IncidentDraft }>();
  const pages = files.flatMap((file) => {
    const [, folder, base] = CONTENT.exec(file.path) ?? [];
    if (base === undefined) return [];
    const language = folder === undefined ? null : languageTag(folder);
    return [{ file, base, language: language === site.language ? null : language }];
  });
  for (const { file, base, language } of pages.toSorted(
    (a, b) => Number(a.language !== null) - Number(b.language !== null),
  )) {
    const page = readStatusfyPage(file.text);
    const original = language === null ? undefined : originals.get(base);
    const name = original === undefined ? freeName(base, language, taken) : `${original.name}.${language}`;
    const reading = page === null ? null : readIncident(page, name, language, site.timezone, ids);
    if (reading === null) {
      const why = page === null ? 'There is no frontmatter.' : 'There is no time to go by.';
      result.unread.push({ file: file.path, message: `${why} Kept in ${NOT_IMPORTED}/.` });
      const path = `${NOT_IMPORTED}/${file.path.replace(/^content\//, '')}`;
      result.files.push({ path, text: file.text, source: file.path });
      continue;
    }
    const { draft, notes } = reading;
    if (page!.words.damaged)
      result.unread.push({ file: file.path, message: 'The frontmatter was read only in part.' });
    for (const message of original === undefined ? notes : [`A translation of "${original.draft.title}".`])
      result.notes.push({ file: file.path, message });
    if (original === undefined) {
      originals.set(base, { name, draft });
      const names = draft.components.filter((component) => !new Set(ids.values()).has(component));
      for (const component of names) unknown.set(component, (unknown.get(component) ?? 0) + 1);
    }
    count(result.counts, draft, original !== undefined);
    const text = original === undefined ? incidentText : translationText;
    result.files.push({ path: `incidents/${name}.md`, text: text(draft, site.timezone), source: file.path });
  }
  const known = (path: string) => isStatusfyConfig(path) || isStatusfyIncident(path);
  result.passedOver.push(...files.map(({ path }) => path).filter((path) => !known(path)));
  return inOrder(result, unknown);
}

function importConfig(
  files: SourceFile[],
  zone: string | null,
  result: ImportResult,
): { site: SiteDraft; ids: Map<string, string> } {
  const config = files.find(({ path }) => isStatusfyConfig(path));
  const file = config?.path ?? 'config.js';
  const note = (message: string) => result.notes.push({ file, message });
  const reading = config === undefined ? null : readScriptWords(config.text);
  const fields = reading?.fields ?? {};
  if (config === undefined)
    result.unread.push({ file, message: 'There is no config: name and components are missing.' });
  else if (reading === null || reading.damaged)
    result.unread.push({ file, message: 'The config is a script that was read only in part.' });

  const name = oneLine(wordsAt(fields, 'title')) ?? oneLine(wordsAt(fields, 'name'));
  if (name === null) note('There is no title: the site is called "Status". Change `name`.');
  const base = oneLine(wordsAt(fields, 'baseurl'))?.replace(/\/+$/, '') ?? '';
  const isUrl = /^https?:\/\/(?!localhost\b)/i.test(base) && URL.canParse(base);
  if (!isUrl)
    note(`\`baseUrl\` names no address that readers could use: \`url\` is ${PLACEHOLDER}. Change it.`);
  const named = oneLine(wordsAt(fields, 'timezone'));
  const timezone = zone ?? (named !== null && isTimeZone(named) ? named : 'UTC');
  const language = languageTag(oneLine(wordsAt(fields, 'defaultlocale')) ?? 'en') ?? 'en';
  const locales = wordsAt(fields, 'locales');
  const others = (Array.isArray(locales) ? locales : []).flatMap((locale) => {
    const code = typeof locale === 'string' ? locale : oneLine(wordsAt({ locale }, 'locale', 'code'));
    return (code === null ? null : languageTag(code)) ?? [];
  });
  const folders = files.flatMap(({ path }) => CONTENT.exec(path)?.[1] ?? []);
  const languages = [...new Set([language, ...others, ...folders.flatMap((one) => languageTag(one) ?? [])])];
  const ids = new Map<string, string>();
  const taken = new Set<string>();
  const systems = [...listOf(wordsAt(fields, 'content', 'systems')), ...listOf(wordsAt(fields, 'systems'))];
  for (const system of systems) if (!ids.has(system)) ids.set(system, freeId(system, taken));
  const site: SiteDraft = {
    name: name ?? 'Status',
    url: isUrl ? base : PLACEHOLDER,
    timezone,
    language,
    languages,
    components: [...ids].map(([system, id]) => ({ id, name: system, description: null })),
    links: [],
  };
  result.files.push({ path: 'status.config.yml', text: siteText(site), source: file });
  return { site, ids };
}

function freeName(base: string, language: string | null, taken: Set<string>): string {
  const plain = base.replace(/^[_.\s]+/, '').replace(/[~\s]+$/, '') || slugOf(base);
  const name = language === null ? plain : `${plain}-${language}`;
  let free = name;
  for (let number = 2; taken.has(slugKey(slugOf(free))); number += 1) free = `${name}-${number}`;
  taken.add(slugKey(slugOf(free)));
  return free;
}

const IMPACT_OF_SEVERITY: Record<string, Impact> = {
  'major-outage': 'critical',
  'partial-outage': 'major',
  'degraded-performance': 'minor',
};

/** Keys that have a place in an incident file. */
const KEYS = [
  ...[
    'title',
    'description',
    'date',
    'modified',
    'severity',
    'affectedsystems',
    'resolved',
    'scheduled',
    'duration',
  ],
];

interface Reading {
  draft: IncidentDraft;
  notes: string[];
}

/** Null: there is no time to go by. */
function readIncident(
  page: HugoPage,
  name: string,
  language: string | null,
  timeZone: string,
  ids: ReadonlyMap<string, string>,
): Reading | null {
  const notes: string[] = [];
  const fields = spelledAs(page.words.fields, KEYS);
  const time = (key: string) => readStamp(oneLine(fields[key])?.replace(/^["']|["']$/g, '') ?? '', timeZone);
  const body = readStatusfyBody(page.body, timeZone);
  const nameDate = nameDateOf(name, timeZone);
  const scheduled = time('scheduled');
  const began =
    time('date') ??
    body.updates[0]?.at ??
    scheduled ??
    (nameDate === null ? null : { at: nameDate, precision: 'day' as const });
  if (began === null) return null;
  if (time('date') === null) notes.push("`date` can't be read: the next best time counts as the beginning.");

  const severity = oneLine(fields.severity)?.toLowerCase() ?? '';
  const isMaintenance = severity === 'under-maintenance' || scheduled !== null;
  const impact = Object.hasOwn(IMPACT_OF_SEVERITY, severity) ? IMPACT_OF_SEVERITY[severity]! : null;
  if (impact === null && severity !== 'under-maintenance')
    notes.push(`The severity "${severity}" is none: no impact given, which counts as minor.`);
  const window = windowOf(scheduled, oneLine(fields.duration), notes);
  const isResolved = booleanOf(fields.resolved) === true;
  const openStatus: Status = !isMaintenance ? 'investigating' : window === null ? 'in progress' : 'scheduled';

  const first: UpdateDraft = {
    at: began,
    status: isMaintenance ? openStatus : null,
    states: {},
    text: body.text,
  };
  const told = body.updates.map((update): UpdateDraft => {
    const status = statusOf(update.title, isMaintenance);
    const lead = status === null ? `**${update.title.replace(/[\\*_`[\]<>]/g, '\\$&')}**` : '';
    const text = [lead, update.text].filter((part) => part !== '').join('\n\n');
    return { at: update.at, status, states: {}, text };
  });
  const newestFirst = told.length > 1 && told[0]!.at.at > told.at(-1)!.at.at;
  const inTime = (newestFirst ? told.toReversed() : told).toSorted((a, b) => a.at.at - b.at.at);
  const updates = [first, ...inTime].sort((a, b) => a.at.at - b.at.at);
  if (updates[0] !== first) notes.push('An update is older than `date`.');
  if (body.loose) notes.push('Text that stood between or below updates stands in the first one.');
  for (const line of body.undated)
    notes.push(`"${line}" has no time that can be read: it stays text, as on the old page.`);

  const last = updates.at(-1)!;
  const ended: Status = isMaintenance
    ? 'completed'
    : last.status === 'postmortem'
      ? 'postmortem'
      : 'resolved';
  const open = updates.findLast(({ status }) => status !== null && !isEnded(status))?.status ?? openStatus;
  const status = isResolved ? ended : open;
  if (isResolved && (last.status === null || !isEnded(last.status)))
    closeAt(time('modified'), ended, updates, notes);
  else if (!isResolved && last.status !== null && isEnded(last.status)) {
    notes.push(`Its last update says ${last.status}, but \`resolved\` is not true: it stays open.`);
    last.status = null;
  }
  const newest = updates.at(-1)!;
  if (newest.status !== null && newest.status !== status && !isEnded(status)) newest.status = null;

  const components = [...new Set(listOf(fields.affectedsystems).map((system) => ids.get(system) ?? system))];
  const strange = components.filter((component) => ![...ids.values()].includes(component));
  if (strange.length > 0)
    notes.push(`Not in the config, kept as written: ${strange.map((one) => `"${one}"`).join(', ')}.`);
  const description = oneLine(fields.description) ?? '';
  const title = oneLine(fields.title);
  if (title === null) notes.push('There is no title: the name of the file stands for it.');
  const leftover = Object.entries(fields).filter(
    ([key, value]: [string, Words]) =>
      value !== '' &&
      (!KEYS.includes(key) || (key === 'modified' && updates.at(-1)!.at.at !== time(key)?.at)),
  );
  return {
    draft: {
      title: title ?? slugOf(name),
      status,
      impact: isMaintenance ? null : impact,
      components,
      initial: null,
      started: null,
      resolved: null,
      until: null,
      window,
      isNotice: false,
      pinned: false,
      draft: false,
      language,
      summary: description === '' || body.text.includes(description) ? '' : description,
      updates,
      leftover: Object.fromEntries(leftover),
    },
    notes,
  };
}

/** What ends an incident that no update ended: its last change, else its last update. */
function closeAt(modified: Stamp | null, ended: Status, updates: UpdateDraft[], notes: string[]): void {
  const last = updates.at(-1)!;
  if (modified !== null && modified.at > last.at.at) {
    notes.push('No update ends it: `modified` counts as the end.');
    updates.push({ at: modified, status: ended, states: {}, text: '' });
  } else {
    notes.push('No update ends it: the last known time counts as the end.');
    // The newest update takes the status of the file.
    last.status = null;
  }
}

function windowOf(
  scheduled: Stamp | null,
  duration: string | null,
  notes: string[],
): IncidentDraft['window'] {
  if (scheduled === null) return null;
  const minutes = Number(duration ?? '');
  if (!Number.isFinite(minutes) || minutes <= 0) {
    notes.push(
      'It is planned, but has no `duration` in minutes: it has no window, and does not run by the clock.',
    );
    return null;
  }
  return { from: scheduled, to: { at: scheduled.at + minutes * 60_000, precision: scheduled.precision } };
}

const INCIDENT_WORDS: Record<string, Status> = {
  investigating: 'investigating',
  identified: 'identified',
  monitoring: 'monitoring',
  resolved: 'resolved',
  postmortem: 'postmortem',
  'post-mortem': 'postmortem',
};
const MAINTENANCE_WORDS: Record<string, Status> = {
  scheduled: 'scheduled',
  'in progress': 'in progress',
  'in-progress': 'in progress',
  verifying: 'verifying',
  monitoring: 'verifying',
  complete: 'completed',
  completed: 'completed',
  resolved: 'completed',
  cancelled: 'cancelled',
};

/** Null: a title that people thought up. */
function statusOf(title: string, isMaintenance: boolean): Status | null {
  const words = isMaintenance ? MAINTENANCE_WORDS : INCIDENT_WORDS;
  const word = title.trim().toLowerCase();
  return Object.hasOwn(words, word) ? words[word]! : null;
}
