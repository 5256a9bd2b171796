import { withoutControlCharacters } from '../content/decode.ts';
import { nameDateOf, slugKey, slugOf } from '../domain/slug.ts';
import { type IssueReading, readIssue } from './cstate-issue.ts';
import { type CstateSite, readCstateSite } from './cstate-site.ts';
import { type HugoConfig, readHugoConfig } from './hugo-config.ts';
import { type HugoLanguages, pageLanguage } from './hugo-languages.ts';
import { readHugoPage } from './hugo-page.ts';
import {
  count,
  emptyResult,
  type ImportNote,
  type ImportResult,
  inOrder,
  NOT_IMPORTED,
} from './import-result.ts';
import { type IncidentDraft, incidentText, translationText } from './incident-text.ts';
import { siteText } from './site-text.ts';
import type { SourceFile } from './source-file.ts';
import { isTimeZone } from './time-zone.ts';
import { mapOf, oneLine } from './yaml-words.ts';

const ISSUES = /^content\/(?:[^/]+\/)?issues\//;
/**
 * Turns the files of a cState site into `status.config.yml` and `incidents/`. `zone` (an IANA name) is the zone of
 * the new site, and of times without one; null: the config's
 * `timeZone`, else UTC, as cState has it. Every issue comes over: what can't be read as one is kept below `incidents/_not-imported/` as it is. The same files give the same result, in whatever order. Never throws.
 */
export function importCstate(sources: SourceFile[], zone: string | null): ImportResult {
  const files = sources
    .map(({ path, text }) => ({ path, text: withoutControlCharacters(text.toWellFormed()).text }))
    .toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const result = emptyResult();
  const config = readHugoConfig(files);
  const named = oneLine(mapOf(config?.words.fields).timezone);
  const timeZone = zone ?? (named !== null && isTimeZone(named) ? named : 'UTC');
  const site = importConfig(config, files, timeZone, result);
  const posts = postsOf(
    files.filter(({ path }) => isCstateIssue(path)),
    site.languages,
  );
  const names = outputNames(posts, site.site.language, result.notes);
  const unknown = new Map<string, number>();
  const originals = new Map<string, IncidentDraft>();
  for (const post of posts) {
    const { file, original } = post;
    // Without the original there is nothing to translate: the post stands for itself.
    const alone = original !== null && !originals.has(original.file.path);
    const name = alone ? names.get(file.path)!.replace(/\.([^.]+)$/, '-$1') : names.get(file.path)!;
    const reading = importIssue(post, name, site, timeZone);
    if (typeof reading === 'string') {
      result.unread.push({ file: file.path, message: `${reading} Kept in ${NOT_IMPORTED}/.` });
      const path = `${NOT_IMPORTED}/${file.path.replace(/^content\//, '')}`;
      result.files.push({ path, text: file.text, source: file.path });
      continue;
    }
    const { draft } = reading;
    const translated = original === null ? undefined : originals.get(original.file.path);
    const messages = translated ? translationNotes(draft, translated) : reading.notes;
    for (const message of messages) result.notes.push({ file: file.path, message });
    if (reading.damaged) {
      result.unread.push({ file: file.path, message: 'The frontmatter was read only in part.' });
    }
    if (!translated) {
      originals.set(file.path, draft);
      for (const component of new Set(reading.unknownComponents)) {
        unknown.set(component, (unknown.get(component) ?? 0) + 1);
      }
    }
    count(result.counts, draft, translated !== undefined);
    result.files.push({
      path: `incidents/${name}.md`,
      text: translated ? translationText(draft, timeZone) : incidentText(draft, timeZone),
      source: file.path,
    });
  }
  const known = new Set([...(config?.paths ?? []), ...posts.map(({ file }) => file.path)]);
  result.passedOver.push(
    ...files.filter(({ path }) => !known.has(path) && !isCategoryPage(path)).map(({ path }) => path),
  );
  return inOrder(result, unknown);
}

/** Whether a path is that of an issue: Hugo makes pages of Markdown and of HTML. */
export function isCstateIssue(path: string): boolean {
  const base = path.split('/').at(-1) ?? '';
  return ISSUES.test(path) && PAGE.test(base) && !/^_index\./i.test(base);
}

const PAGE = /\.(?:md|markdown|mdown|mmark|html?)$/i;

const COMPONENT_PAGE = /^content\/affected\/.*_index\.(?:md|markdown)$/i;

function isCategoryPage(path: string): boolean {
  return COMPONENT_PAGE.test(path) || /(?:^|\/)\.[^/]*$/.test(path);
}

function importConfig(
  config: HugoConfig | null,
  files: SourceFile[],
  timeZone: string,
  result: ImportResult,
): CstateSite {
  const descriptions = new Map<string, string>();
  for (const page of files.filter(({ path }) => COMPONENT_PAGE.test(path))) {
    const parts = readHugoPage(page.text);
    const name = oneLine(mapOf(parts?.words.fields).title);
    const text = (parts?.body ?? '').trim();
    if (name === null || text === '') continue;
    if (/\n/.test(text))
      result.notes.push({ file: page.path, message: 'The text of this component page was left behind.' });
    else descriptions.set(name, text);
  }
  const site = readCstateSite(config?.words ?? null, timeZone, descriptions);
  const file = config?.path ?? 'config.yml';
  for (const message of site.notes) result.notes.push({ file, message });
  if (config === null) {
    result.unread.push({ file, message: 'There is no config: name and components are missing.' });
  } else if (config.words.damaged) {
    result.unread.push({ file, message: 'The config was read only in part.' });
  }
  result.files.push({ path: 'status.config.yml', text: siteText(site.site), source: file });
  return site;
}

/** An issue of the old site, perhaps in another language than the site's own. */
interface Post {
  file: SourceFile;
  /** Null: the site's own. */
  language: string | null;
  /** Below the folder of issues, without folder and endings. */
  key: string;
  /** The post of the site's own language that it translates. */
  original: Post | null;
}

/** The posts, those that translate another one last. */
function postsOf(issues: SourceFile[], languages: HugoLanguages): Post[] {
  const posts = issues.map((file): Post => ({ file, ...pageLanguage(file.path, languages), original: null }));
  const own = new Map<string, Post>();
  for (const post of posts) if (post.language === null && !own.has(post.key)) own.set(post.key, post);
  const taken = new Set<string>();
  for (const post of posts) {
    const which = `${post.language} ${post.key}`;
    if (post.language === null || taken.has(which)) continue;
    taken.add(which);
    post.original = own.get(post.key) ?? null;
  }
  return [...posts.filter(({ original }) => original === null), ...posts.filter(({ original }) => original)];
}

/** The base names of the new files: as they were, made unlike each other, and such that none is passed over. */
function outputNames(posts: Post[], language: string, notes: ImportNote[]): Map<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  const translation = `.${language.toLowerCase()}`;
  for (const post of posts) {
    const { path } = post.file;
    if (post.original !== null) {
      names.set(path, `${names.get(post.original.file.path)!}.${post.language}`);
      continue;
    }
    const parts = post.key.split('/');
    const isBundle = parts.at(-1) === 'index' && parts.length > 2;
    const own = isBundle ? parts.at(-2)! : parts.at(-1)!;
    let name = own.replace(/^[_.\s]+/, '').replace(/[~\s]+$/, '') || slugOf(own);
    if (name.toLowerCase().endsWith(translation)) {
      name = `${name.slice(0, -translation.length)}-${name.slice(1 - translation.length)}`;
    }
    if (post.language !== null) name = `${name}-${post.language}`;
    let free = name;
    for (let number = 2; taken.has(slugKey(slugOf(free))); number += 1) free = `${name}-${number}`;
    taken.add(slugKey(slugOf(free)));
    names.set(path, free);
    if (free !== own) notes.push({ file: path, message: `The name "${own}" became "${free}".` });
  }
  return names;
}

function importIssue(post: Post, name: string, site: CstateSite, timeZone: string): IssueReading | string {
  const page = readHugoPage(post.file.text);
  if (page === null) return 'There is no frontmatter.';
  const nameDate = nameDateOf(name, timeZone);
  const reading = readIssue(page, {
    timeZone,
    ids: site.ids,
    fallbackTitle: slugOf(name),
    nameDate: nameDate === null ? null : { at: nameDate, precision: 'day' },
    language: post.language,
  });
  return reading ?? 'There is no time to go by, neither in the frontmatter nor in the text or the name.';
}

/** What the page of a translation leaves out: the original says what happened when. */
function translationNotes(draft: IncidentDraft, original: IncidentDraft): string[] {
  const minute = ({ at }: { at: { at: number } }) => Math.floor(at.at / 60_000);
  const there = original.updates.map(minute);
  const alone = draft.updates.filter((update) => {
    const place = there.indexOf(minute(update));
    if (place !== -1) there.splice(place, 1);
    return place === -1 && update.text !== '';
  });
  const notes = [`A translation of "${original.title}": only title and texts are used.`];
  if (alone.length > 0) {
    notes.push(
      `${alone.length} of its posts have a time that the original has not: they stand in the file, but not on the page.`,
    );
  }
  return notes;
}
