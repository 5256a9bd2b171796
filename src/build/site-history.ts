import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EditTrail, translationEdits } from '../content/edit-trail.ts';
import type { Fault } from '../content/fault.ts';
import { sortFaults } from '../content/fault-report.ts';
import { readIncidentFile } from '../content/incident-file.ts';
import { veiledTexts } from '../content/leaks.ts';
import { type ReadContext, readContext } from '../content/read-context.ts';
import type { SiteReading } from '../content/read-site.ts';
import { readTranslation } from '../content/translation-file.ts';
import { historyUrl } from '../domain/history-url.ts';
import type { FileEdits, Incident, Instant } from '../domain/incident.ts';
import { type GitHistory, gitBlobs, gitHistory } from './git-history.ts';
import type { FileHistory, FileVersion } from './git-log.ts';

/** A reading with what git tells of its files. */
export interface ReadingWithHistory {
  reading: SiteReading;
  /** A sentence that says why edits are not, or not everywhere, marked; null: they are. */
  note: string | null;
}

/** Faults that only the history of a file can tell of. */
const CODES: ReadonlySet<string> = new Set(['committed-before-start', 'backdated']);

/**
 * Looks up the history of every incident file: `edits` of the incidents are filled in, and faults are added where a
 * file was published at another time than it says. Only commits count: what is not committed yet makes no mark. The
 * same commit gives the same answer. Never throws; without a history the reading is as it was. `cacheFile` is where a
 * long history may be kept between builds; null: nowhere.
 */
export async function withHistory(
  folder: string,
  reading: SiteReading,
  now: Instant,
  cacheFile: string | null,
): Promise<ReadingWithHistory> {
  if (reading.incidents.length === 0) return { reading, note: null };
  const git = await gitHistory(folder, cacheFile);
  if (!git.known) return { reading, note: `Edited updates are not marked: ${WHY[git.why]}` };
  const context = readContext(reading.site, now);
  const { pasts, uncommitted } = pastsOf(reading.incidents, git);
  try {
    await readVersions(folder, pasts, context);
  } catch {
    return { reading, note: `Edited updates are not marked: ${WHY.partial}` };
  }
  const incidents: Incident[] = [];
  const faults: Fault[] = [];
  for (const incident of reading.incidents) {
    const past = pasts.get(incident);
    if (past === undefined) {
      incidents.push(incident);
      continue;
    }
    const edits = editsOf(incident, past, (path, { commit }) =>
      reading.site.source === null ? null : historyUrl(reading.site.source, commit, git.prefix + path),
    );
    incidents.push(Object.keys(edits).length === 0 ? incident : { ...incident, edits });
    faults.push(...(await clockFaults(folder, incident, past, context)));
  }
  const sources = await veiledTexts(
    faults.map(({ source }) => source),
    reading.site,
  );
  const shown = faults.map((fault, index) => ({ ...fault, source: sources[index]! }));
  return {
    reading: { ...reading, incidents, faults: sortFaults([...reading.faults, ...shown]) },
    note: uncommitted === 0 ? null : notCommitted(uncommitted),
  };
}

const WHY: Record<Exclude<GitHistory, { known: true }>['why'], string> = {
  'no-repository': 'git tells no history of this site (no repository, no git, or no safe.directory).',
  shallow:
    'this is a shallow clone. Fetch the whole history (git fetch --unshallow; actions/checkout: fetch-depth: 0).',
  'no-commit': 'nothing is committed yet.',
  partial: 'git lacks older versions of the files (a partial clone). Fetch the whole history.',
};

function notCommitted(count: number): string {
  const files = count === 1 ? 'one incident file that is' : `${count} incident files that are`;
  return `Edited updates are not marked in ${files} not committed.`;
}

/** One file through time. */
interface Past {
  path: string;
  history: FileHistory;
}

/** What is known of an incident's files through time. */
interface IncidentPast {
  original: Past;
  /** By language. */
  translations: Map<string, Past>;
  /** When the file was first published; null: never. */
  publishedAt: Instant | null;
  /** When updates were edited, by language, then by id. */
  edits: Map<string, ReadonlyMap<string, Instant>>;
}

function pastsOf(
  incidents: Incident[],
  { files }: Extract<GitHistory, { known: true }>,
): { pasts: Map<Incident, IncidentPast>; uncommitted: number } {
  const pasts = new Map<Incident, IncidentPast>();
  // Endings are read without regard to case.
  const byKey = new Map([...files].map(([path, history]) => [path.toLowerCase(), { path, history }]));
  let uncommitted = 0;
  for (const incident of incidents) {
    const path = `incidents/${incident.path}`;
    const history = files.get(path);
    if (history === undefined) {
      uncommitted += 1;
      continue;
    }
    const translations = new Map<string, Past>();
    for (const language of Object.keys(incident.translations)) {
      const found = byKey.get(`${path.replace(/\.md$/i, '')}.${language}.md`.toLowerCase());
      if (found !== undefined) translations.set(language, found);
    }
    pasts.set(incident, {
      original: { path, history },
      translations,
      publishedAt: history.versions[0]!.at,
      edits: new Map(),
    });
  }
  return { pasts, uncommitted };
}

/** Reads the older versions of all files that have some, by one process, a file after the other. */
async function readVersions(
  folder: string,
  pasts: Map<Incident, IncidentPast>,
  context: ReadContext,
): Promise<void> {
  const jobs: { versions: FileVersion[]; take: (contents: Uint8Array[]) => void | Promise<void> }[] = [];
  for (const [incident, past] of pasts) {
    const versions = differing(past.original.history);
    if (versions.length > 1) {
      jobs.push({
        versions,
        take(contents) {
          const trail = new EditTrail(incident.path, context);
          for (const [index, bytes] of contents.entries()) trail.add(bytes, versions[index]!.at);
          past.publishedAt = trail.publishedAt();
          past.edits.set(incident.language, trail.edits());
        },
      });
    }
    for (const [language, { path, history }] of past.translations) {
      const translated = differing(history);
      if (translated.length < 2) continue;
      jobs.push({
        versions: translated,
        async take(contents) {
          const original = await readFile(join(folder, 'incidents', incident.path)).catch(() => null);
          if (original === null) return;
          const { headless } = readIncidentFile(incident.path, original, context);
          const texts = contents.map((bytes, index) => ({
            at: translated[index]!.at,
            texts: readTranslation(path, bytes, incident, headless, context).translation?.updates ?? {},
          }));
          past.edits.set(language, translationEdits(texts));
        },
      });
    }
  }
  const blobs = gitBlobs(
    folder,
    jobs.flatMap(({ versions }) => versions.map(({ blob }) => blob)),
  );
  for (const { versions, take } of jobs) {
    const contents: Uint8Array[] = [];
    while (contents.length < versions.length) {
      const next = await blobs.next();
      if (next.done) return;
      contents.push(next.value);
    }
    await take(contents);
  }
}

/** The versions that differ from the one before. */
function differing({ versions }: FileHistory): FileVersion[] {
  return versions.filter(({ blob }, index) => blob !== versions[index - 1]?.blob);
}

function editsOf(
  incident: Incident,
  { original, translations, edits }: IncidentPast,
  urlOf: (path: string, newest: FileVersion) => string | null,
): Record<string, FileEdits> {
  const found: Record<string, FileEdits> = {};
  for (const [language, times] of edits) {
    const updates: Record<string, Instant> = {};
    for (const { id } of incident.updates) {
      const at = times.get(id);
      if (at !== undefined) updates[id] = at;
    }
    if (Object.keys(updates).length === 0) continue;
    const { path, history } = translations.get(language) ?? original;
    found[language] = { updates, url: urlOf(path, history.versions.at(-1)!) };
  }
  return found;
}

/** Reads the file again where its history may speak against its times: they know their place in the text. */
async function clockFaults(
  folder: string,
  incident: Incident,
  { original, publishedAt }: IncidentPast,
  context: ReadContext,
): Promise<Fault[]> {
  if (publishedAt === null || original.history.imported || context.now - publishedAt > LOOKED_AT) return [];
  const bytes = await readFile(join(folder, 'incidents', incident.path)).catch(() => null);
  if (bytes === null) return [];
  const { faults } = readIncidentFile(incident.path, bytes, { ...context, publishedAt: () => publishedAt });
  return faults.filter(({ code }) => CODES.has(code));
}

/** Older files are not compared with their history, so they need not be read. */
const LOOKED_AT = 31 * 86_400_000;
