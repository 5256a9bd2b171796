import { withoutControlCharacters } from '../content/decode.ts';
import { nameDateOf, slugKey, slugOf } from '../domain/slug.ts';
import { type IssueReading, readIssue } from './cstate-issue.ts';
import { type CstateSite, readCstateSite } from './cstate-site.ts';
import { incidentText } from './incident-text.ts';
import { siteText } from './site-text.ts';
import { oneLine, readWords } from './yaml-words.ts';

/** A file of the old site. */
export interface SourceFile {
  /** Below the site's folder, with `/`. */
  path: string;
  text: string;
}

/** A file of the new site. */
export interface ImportedFile {
  /** Below the new site's folder, with `/`. */
  path: string;
  text: string;
  /** Path of the file that it comes from. */
  source: string;
}

/** Something that the operator should know about one file. */
export interface ImportNote {
  /** Path in the old site. */
  file: string;
  message: string;
}

/** A site made from another product's files. */
export interface ImportResult {
  /** By path. */
  files: ImportedFile[];
  /** What was assumed, in the order of the files. */
  notes: ImportNote[];
  /** Files that could not be read, or only in part: a person should look at them. */
  unread: ImportNote[];
  /** Files that are no part of a status history. */
  passedOver: string[];
  /** Names in incidents that the config does not know, with the number of incidents. */
  unknownComponents: { name: string; count: number }[];
  counts: { incidents: number; notices: number; open: number; drafts: number; updates: number };
}

/** Where files are kept that can't be an incident: the reader passes over names that begin with `_`. */
const NOT_IMPORTED = 'incidents/_not-imported';
const ISSUES = /^content\/(?:[^/]+\/)?issues\//;
const CONFIGS = [
  'config.yml',
  'config.yaml',
  'hugo.yaml',
  'hugo.yml',
  'config/_default/config.yml',
  'config/_default/config.yaml',
];

/**
 * Turns the files of a cState site into `status.config.yml` and `incidents/`. `zone` (an IANA name) is the zone of
 * the new site, and of times without one; null: the config's `timeZone`, else UTC, as cState has it. Every issue comes over: what can't be read as one is kept below
 * `incidents/_not-imported/` as it is. The same files give the same result, in whatever order. Never throws.
 */
export function importCstate(sources: SourceFile[], zone: string | null): ImportResult {
  const files = sources
    .map(({ path, text }) => ({ path, text: withoutControlCharacters(text.toWellFormed()).text }))
    .toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const result: ImportResult = {
    files: [],
    notes: [],
    unread: [],
    passedOver: [],
    unknownComponents: [],
    counts: { incidents: 0, notices: 0, open: 0, drafts: 0, updates: 0 },
  };
  const config = CONFIGS.map((path) => files.find((file) => file.path === path)).find(Boolean) ?? null;
  const named = oneLine(readWords(config?.text ?? '').fields.timeZone);
  const timeZone = zone ?? (named !== null && isTimeZone(named) ? named : 'UTC');
  const site = importConfig(config, files, timeZone, result);
  const issues = files.filter(({ path }) => isIssue(path));
  const names = outputNames(issues, site.site.language, result.notes);
  const unknown = new Map<string, number>();
  for (const issue of issues) {
    const name = names.get(issue.path)!;
    const reading = importIssue(issue, name, site, timeZone);
    if (typeof reading === 'string') {
      result.unread.push({ file: issue.path, message: `${reading} Kept in ${NOT_IMPORTED}/.` });
      const path = `${NOT_IMPORTED}/${issue.path.replace(/^content\//, '')}`;
      result.files.push({ path, text: issue.text, source: issue.path });
      continue;
    }
    for (const message of reading.notes) result.notes.push({ file: issue.path, message });
    if (reading.damaged) {
      result.unread.push({ file: issue.path, message: 'The frontmatter was read only in part.' });
    }
    for (const component of new Set(reading.unknownComponents)) {
      unknown.set(component, (unknown.get(component) ?? 0) + 1);
    }
    count(result.counts, reading);
    result.files.push({
      path: `incidents/${name}.md`,
      text: incidentText(reading.draft, timeZone),
      source: issue.path,
    });
  }
  const known = new Set([...(config ? [config.path] : []), ...issues.map(({ path }) => path)]);
  result.passedOver.push(
    ...files.filter(({ path }) => !known.has(path) && !isCategoryPage(path)).map(({ path }) => path),
  );
  result.files.sort((a, b) => (a.path < b.path ? -1 : 1));
  result.unknownComponents = [...unknown]
    .map(([name, many]) => ({ name, count: many }))
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
  return result;
}

/** Whether a text is the name of a time zone that can be reckoned with. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return /^(?:UTC|[A-Za-z_]+\/[\w+/-]+)$/.test(name);
  } catch {
    return false;
  }
}

function isIssue(path: string): boolean {
  const base = path.split('/').at(-1) ?? '';
  return ISSUES.test(path) && /\.(?:md|markdown)$/i.test(base) && !/^_index\./i.test(base);
}

const COMPONENT_PAGE = /^content\/affected\/.*_index\.(?:md|markdown)$/i;

function isCategoryPage(path: string): boolean {
  return COMPONENT_PAGE.test(path) || /(?:^|\/)\.[^/]*$/.test(path);
}

function importConfig(
  config: SourceFile | null,
  files: SourceFile[],
  timeZone: string,
  result: ImportResult,
): CstateSite {
  const descriptions = new Map<string, string>();
  for (const page of files.filter(({ path }) => COMPONENT_PAGE.test(path))) {
    const parts = partsOf(page.text);
    const name = oneLine(readWords(parts?.yaml ?? '').fields.title);
    const text = (parts?.body ?? '').trim();
    if (name === null || text === '') continue;
    if (/\n/.test(text))
      result.notes.push({ file: page.path, message: 'The text of this component page was left behind.' });
    else descriptions.set(name, text);
  }
  const site = readCstateSite(config?.text ?? null, timeZone, descriptions);
  const file = config?.path ?? 'config.yml';
  for (const message of site.notes) result.notes.push({ file, message });
  if (config === null) {
    result.unread.push({ file, message: 'There is no config in YAML: name and components are missing.' });
  } else if (readWords(config.text).damaged) {
    result.unread.push({ file, message: 'The config was read only in part.' });
  }
  result.files.push({ path: 'status.config.yml', text: siteText(site.site), source: file });
  return site;
}

/** The base names of the new files: as they were, made unlike each other, and such that none is passed over. */
function outputNames(issues: SourceFile[], language: string, notes: ImportNote[]): Map<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  const translation = `.${language.toLowerCase()}`;
  for (const { path } of issues) {
    const parts = path.replace(/\.[^./]+$/, '').split('/');
    const own = parts.at(-1) === 'index' && parts.length > 3 ? parts.at(-2)! : parts.at(-1)!;
    let name = own.replace(/^[_.\s]+/, '').replace(/[~\s]+$/, '') || slugOf(own);
    if (name.toLowerCase().endsWith(translation)) {
      name = `${name.slice(0, -translation.length)}-${name.slice(1 - translation.length)}`;
    }
    let free = name;
    for (let number = 2; taken.has(slugKey(slugOf(free))); number += 1) free = `${name}-${number}`;
    taken.add(slugKey(slugOf(free)));
    names.set(path, free);
    if (free !== own) notes.push({ file: path, message: `The name "${own}" became "${free}".` });
  }
  return names;
}

function importIssue(
  issue: SourceFile,
  name: string,
  site: CstateSite,
  timeZone: string,
): IssueReading | string {
  const parts = partsOf(issue.text);
  if (parts === null) return 'There is no frontmatter in YAML.';
  const nameDate = nameDateOf(name, timeZone);
  const reading = readIssue(parts.yaml, parts.body, {
    timeZone,
    ids: site.ids,
    fallbackTitle: slugOf(name),
    nameDate: nameDate === null ? null : { at: nameDate, precision: 'day' },
  });
  return reading ?? 'There is no time to go by, neither in the frontmatter nor in the text or the name.';
}

function partsOf(text: string): { yaml: string; body: string } | null {
  const plain = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  const match = /^\s*---[ \t]*\n(?:([\s\S]*?)\n)?---[ \t]*(?:\n|$)/.exec(plain);
  return match ? { yaml: match[1] ?? '', body: plain.slice(match[0].length) } : null;
}

function count(counts: ImportResult['counts'], { draft }: IssueReading): void {
  if (draft.isNotice) counts.notices += 1;
  else counts.incidents += 1;
  if (draft.draft) counts.drafts += 1;
  else if (!draft.isNotice && draft.status !== 'resolved' && draft.status !== 'postmortem') counts.open += 1;
  counts.updates += draft.updates.length;
}
