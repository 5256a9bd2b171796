import { slugKey, slugOf } from '../domain/slug.ts';
import type { Stamp } from '../domain/stamp.ts';
import { startOfDay } from '../domain/time.ts';
import { nameOfTitle } from '../write/name-of-title.ts';
import { freeId } from './free-id.ts';
import { count, emptyResult, type ImportResult, inOrder } from './import-result.ts';
import { type IncidentDraft, incidentText } from './incident-text.ts';
import { type SiteDraft, siteText } from './site-text.ts';
import type { SourceFile } from './source-file.ts';
import { mapOf, oneLine, readWords, type Words } from './yaml-words.ts';

const CONFIG = /^\.upptimerc\.ya?ml$/;
const SUMMARY = 'history/summary.json';
const STATE = /^history\/[^/]+\.ya?ml$/;
const PLACEHOLDER = 'https://status.example.com';
const DAY = 86_400_000;
const MINUTES_OF_A_DAY = 1440;

/** Whether a path is that of a file with something of an Upptime site in it. */
export function isUpptimeFile(path: string): boolean {
  return CONFIG.test(path) || path === SUMMARY || STATE.test(path);
}

/** A service that Upptime looks at. */
interface Watched {
  name: string;
  slug: string | null;
  /** Minutes by day in UTC, `YYYY-MM-DD`. */
  down: Map<string, number>;
}

/**
 * Turns the files of an Upptime repository into `status.config.yml` and an incident for each day on which a service
 * was down, and one for days without a break. The files know the minutes of such a day and not the hours: no time is
 * invented. What people wrote is in the repository's issues, which are no files. `zone` (an IANA name) is the zone of
 * the new site; null: UTC, as Upptime has it. The same files give the same result, in whatever order. Never throws.
 */
export function importUpptime(sources: SourceFile[], zone: string | null): ImportResult {
  const files = sources.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const result = emptyResult();
  const config = files.find(({ path }) => CONFIG.test(path));
  const fields = readConfig(config, result);
  const watched = readSummary(files, result);
  const site = siteOf(fields, watched, zone, config?.path ?? SUMMARY, result);
  result.files.push({
    path: 'status.config.yml',
    text: siteText(site.draft),
    source: config?.path ?? SUMMARY,
  });

  const taken = new Set<string>();
  for (const service of watched) {
    for (const days of runsOf(service.down)) {
      const draft = draftOf(service, days, site.ids.get(service.name) ?? service.name, site.draft.timezone);
      const base = `${days[0]!.day}-${nameOfTitle(`${service.name} was down`)}`;
      let name = base;
      for (let number = 2; taken.has(slugKey(slugOf(name))); number += 1) name = `${base}-${number}`;
      taken.add(slugKey(slugOf(name)));
      count(result.counts, draft);
      result.files.push({
        path: `incidents/${name}.md`,
        text: incidentText(draft, site.draft.timezone),
        source: SUMMARY,
      });
    }
  }
  noteStates(files, result);
  const issues = site.repository === null ? "the repository's issues" : `${site.repository}/issues`;
  result.notes.push({
    file: SUMMARY,
    message: `It tells how many minutes of a day a service was down, no more. What people wrote is in ${issues}, not in files: it does not come over. Take over by hand what should stay.`,
  });
  result.passedOver.push(...files.map(({ path }) => path).filter((path) => !isUpptimeFile(path)));
  return inOrder(result, new Map());
}

function readConfig(config: SourceFile | undefined, result: ImportResult): Record<string, Words> {
  if (config === undefined) {
    result.notes.push({
      file: '.upptimerc.yml',
      message: 'It is missing: services are those of the history.',
    });
    return {};
  }
  const { fields, damaged } = readWords(config.text);
  if (damaged) result.unread.push({ file: config.path, message: 'The config was read only in part.' });
  return mapOf(fields);
}

function readSummary(files: SourceFile[], result: ImportResult): Watched[] {
  const summary = files.find(({ path }) => path === SUMMARY);
  const missing = (message: string): Watched[] => {
    result.unread.push({ file: SUMMARY, message });
    return [];
  };
  if (summary === undefined) return missing('It is missing: nothing tells when a service was down.');
  let value: unknown;
  try {
    value = JSON.parse(summary.text);
  } catch (error) {
    return missing(`It is no JSON: ${(error as Error).message}`);
  }
  if (!Array.isArray(value)) return missing('It is no list of services.');
  return value.flatMap((entry): Watched[] => {
    const { name, slug, dailyMinutesDown } = (entry ?? {}) as Record<string, unknown>;
    const shown = typeof name === 'string' ? name.replace(/\s+/g, ' ').trim() : '';
    if (shown === '') return [];
    const days = Object.entries((dailyMinutesDown ?? {}) as Record<string, unknown>);
    const down = days.filter(
      (day): day is [string, number] =>
        /^\d{4}-\d\d-\d\d$/.test(day[0]) &&
        !Number.isNaN(Date.parse(day[0])) &&
        typeof day[1] === 'number' &&
        day[1] > 0,
    );
    if (down.length < days.length)
      result.unread.push({ file: SUMMARY, message: `Days of "${shown}" that can't be read were left out.` });
    return [{ name: shown, slug: typeof slug === 'string' ? slug : null, down: new Map(down.toSorted()) }];
  });
}

interface Site {
  draft: SiteDraft;
  /** Component ids by the service's name. */
  ids: Map<string, string>;
  /** Address of the repository; null: the config does not name it. */
  repository: string | null;
}

function siteOf(
  fields: Record<string, Words>,
  watched: Watched[],
  zone: string | null,
  file: string,
  result: ImportResult,
): Site {
  const note = (message: string) => result.notes.push({ file, message });
  const website = mapOf(fields['status-website']);
  const [owner, repo] = [oneLine(fields.owner), oneLine(fields.repo)];
  const name = oneLine(website.name) ?? repo;
  if (name === null) note('There is no name: the site is called "Status". Change `name`.');
  const host =
    oneLine(website.cname)
      ?.replace(/^https?:\/\//i, '')
      .replace(/\/+$/, '') ?? null;
  const below = oneLine(website.baseurl)?.replace(/\/+$/, '') ?? '';
  const own = owner === null ? null : `https://${owner.toLowerCase()}.github.io${below || `/${repo ?? ''}`}`;
  const url = host === null ? own?.replace(/\/+$/, '') : `https://${host}`;
  if (url === undefined || !URL.canParse(url))
    note(`Nothing says where readers find the page: \`url\` is ${PLACEHOLDER}. Change it.`);

  const listed = (Array.isArray(fields.sites) ? fields.sites : []).flatMap((one) => {
    const shown = oneLine(mapOf(one).name);
    return shown === null ? [] : [{ name: shown, slug: oneLine(mapOf(one).slug) }];
  });
  const ids = new Map<string, string>();
  const taken = new Set<string>();
  for (const one of [...listed, ...watched]) {
    if (ids.has(one.name)) continue;
    ids.set(
      one.name,
      freeId(watched.find(({ name: same }) => same === one.name)?.slug ?? one.slug ?? one.name, taken),
    );
  }
  const former = watched.filter(({ name: same }) => !listed.some((one) => one.name === same));
  if (listed.length > 0 && former.length > 0) {
    const names = former.map((one) => `"${one.name}"`).join(', ');
    note(`No longer among \`sites\`, but in the history, and so in the config: ${names}.`);
  }
  return {
    draft: {
      name: name ?? 'Status',
      url: url !== undefined && URL.canParse(url) ? url : PLACEHOLDER,
      timezone: zone ?? 'UTC',
      language: 'en',
      languages: [],
      components: [...ids].map(([shown, id]) => ({ id, name: shown, description: null })),
      links: linksOf(website.navbar),
    },
    ids,
    repository: owner === null || repo === null ? null : `https://github.com/${owner}/${repo}`,
  };
}

function linksOf(navbar: Words | undefined): SiteDraft['links'] {
  return (Array.isArray(navbar) ? navbar : []).flatMap((entry) => {
    const { title, href } = mapOf(entry);
    const [label, url] = [oneLine(title), oneLine(href)];
    return label === null || url === null || !/^https?:\/\//i.test(url) ? [] : [{ label, url }];
  });
}

interface DownDay {
  day: string;
  minutes: number;
}

/** Days that were down from one midnight to the next belong together; of another day nobody knows the hours. */
function runsOf(down: ReadonlyMap<string, number>): DownDay[][] {
  const runs: DownDay[][] = [];
  for (const [day, minutes] of down) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    const goesOn =
      last !== undefined &&
      last.minutes >= MINUTES_OF_A_DAY &&
      minutes >= MINUTES_OF_A_DAY &&
      Date.parse(day) - Date.parse(last.day) === DAY;
    if (goesOn) run!.push({ day, minutes });
    else runs.push([{ day, minutes }]);
  }
  return runs;
}

function draftOf({ name }: Watched, days: DownDay[], component: string, timeZone: string): IncidentDraft {
  const first = days[0]!;
  const last = days.at(-1)!;
  const isWhole = first.minutes >= MINUTES_OF_A_DAY;
  const start: Stamp = isWhole
    ? { at: Date.parse(first.day), precision: 'minute' }
    : { at: startOfDay(first.day, timeZone), precision: 'day' };
  const end: Stamp | null = isWhole ? { at: Date.parse(last.day) + DAY, precision: 'minute' } : null;
  const span = days.length > 1 ? `from ${first.day} to ${last.day}, all day` : `on ${first.day}`;
  const text = `${name.replace(/[\\*_`[\]<>&#]/g, '\\$&')} was down ${span}${isWhole ? (days.length > 1 ? '' : ', all day') : ` for ${first.minutes} minute${first.minutes === 1 ? '' : 's'}`} (UTC).`;
  const update = (at: Stamp, status: 'investigating' | 'resolved', words: string) => ({
    at,
    status,
    states: {},
    text: words,
  });
  return {
    title: `${name} was down`,
    status: 'resolved',
    impact: 'critical',
    components: [component],
    initial: null,
    started: null,
    resolved: null,
    until: null,
    window: null,
    isNotice: false,
    pinned: false,
    draft: false,
    language: null,
    summary: '',
    updates:
      end === null
        ? [update(start, 'resolved', text)]
        : [update(start, 'investigating', text), update(end, 'resolved', '')],
    leftover: { minutes_down: Object.fromEntries(days.map(({ day, minutes }) => [day, minutes])) },
  };
}

/** What a service was like when the files were saved is no incident: only people say what is so now. */
function noteStates(files: SourceFile[], result: ImportResult): void {
  for (const { path, text } of files) {
    if (!STATE.test(path)) continue;
    const state = oneLine(mapOf(readWords(text).fields).status);
    if (state === null || state === 'up') continue;
    const message = `It was "${state}" when this was saved. If it still is, report it: npm run new.`;
    result.notes.push({ file: path, message });
  }
}
