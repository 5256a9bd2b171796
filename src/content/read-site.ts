import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { Hosting } from '../domain/hosting.ts';
import type { Incident, Instant } from '../domain/incident.ts';
import { publicIds } from '../domain/public-ids.ts';
import type { Site } from '../domain/site.ts';
import { slugKey } from '../domain/slug.ts';
import { type AliasClaim, settleAliases } from './aliases.ts';
import { decode } from './decode.ts';
import type { Fault } from './fault.ts';
import { sortFaults } from './fault-report.ts';
import { idClashFaults } from './id-clashes.ts';
import { readIncidentFile, slugOfPath } from './incident-file.ts';
import { type GuardedFile, guardLeaks } from './leaks.ts';
import { faultOfFile } from './locate.ts';
import { type ReadContext, readContext } from './read-context.ts';
import { CONFIG_FILE, NO_HOSTING, readSiteConfig, siteWithoutConfig } from './site-config.ts';
import { readTranslation } from './translation-file.ts';
import { stemOf, translationName } from './translation-name.ts';

/** Everything that a site's folder holds, as far as it can be read. */
export interface SiteReading {
  site: Site;
  /** Where the page is published; no page shows it. */
  hosting: Hosting;
  /** In the order of their paths. */
  incidents: Incident[];
  /** Of all files, by file, line and column. */
  faults: Fault[];
  /** How many files were read: the config, incidents and translations. */
  files: number;
}

/** Files are opened so many at a time. */
const AT_ONCE = 64;

/**
 * Reads `status.config.yml` and `incidents/` in `folder`, and looks which files `public/` holds. Total: never throws
 * for what the folder holds or lacks; every fault is in the answer. The same bytes give the same answer, whatever the
 * machine's order of files, language and zone. `now` decides only about warnings marked as transient and about how
 * far back is warned of leaks (and dates a file that has no time at all). What looks like a secret is blacked out in
 * all that is given back (see `guardLeaks`).
 */
export async function readSite(folder: string, now: Instant): Promise<SiteReading> {
  const { site, hosting, faults } = await readConfig(folder);
  const pictures = new Set(await filesBelow(join(folder, 'public'), () => {}));
  const context = readContext(site, now, (path) => pictures.has(path));
  const listing = await listIncidents(join(folder, 'incidents'), faults);
  const { incidents, files } = await readIncidents(join(folder, 'incidents'), listing, context, faults);
  const guarded = await guardLeaks({ site, incidents, faults, files }, now);
  return {
    site,
    hosting,
    incidents: guarded.incidents,
    faults: sortFaults([...guarded.faults, ...idClashFaults(publicIds(site, guarded.incidents).clashes)]),
    files: 1 + listing.length,
  };
}

async function readConfig(folder: string): Promise<{ site: Site; hosting: Hosting; faults: Fault[] }> {
  const fallback = basename(resolve(folder)) || 'Status';
  try {
    return readSiteConfig(await readFile(join(folder, CONFIG_FILE)), fallback);
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    const message = missing
      ? `There is no ${CONFIG_FILE}: the site has no name, no address and no components. Write one ("npm run init" asks what it needs), or set STATUS_SITE to the folder that has one.`
      : `${CONFIG_FILE} can't be opened (${(cause as NodeJS.ErrnoException).code ?? 'unknown cause'}).`;
    return {
      site: siteWithoutConfig(fallback),
      hosting: NO_HOSTING,
      faults: [
        faultOfFile(
          CONFIG_FILE,
          'error',
          missing ? 'no-config' : 'unreadable-file',
          message,
          `${fallback}, times in UTC`,
        ),
      ],
    };
  }
}

/** Paths of the files below a folder, with `/`, in the order of their code units; none where there is no folder. */
async function filesBelow(
  folder: string,
  onProblem: (path: string, cause: NodeJS.ErrnoException) => void,
  skip: (name: string) => boolean = () => false,
): Promise<string[]> {
  const files: string[] = [];
  const walk = async (path: string): Promise<void> => {
    let entries: import('node:fs').Dirent[];
    try {
      entries = await readdir(join(folder, path), { withFileTypes: true });
    } catch (cause) {
      onProblem(path, cause as NodeJS.ErrnoException);
      return;
    }
    for (const entry of entries) {
      if (skip(entry.name)) continue;
      const child = path === '' ? entry.name : `${path}/${entry.name}`;
      if (entry.isDirectory()) await walk(child);
      else if (entry.isSymbolicLink()) await link(child);
      else files.push(child);
    }
  };
  const link = async (path: string): Promise<void> => {
    try {
      // A link to a folder could lead round in circles; one to a file is that file.
      if ((await stat(join(folder, path))).isFile()) files.push(path);
      else onProblem(path, Object.assign(new Error('link'), { code: 'EISDIR' }));
    } catch (cause) {
      onProblem(path, cause as NodeJS.ErrnoException);
    }
  };
  await walk('');
  return files.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** Names that lie beside incidents and are none: templates, hidden files, what editors leave behind. */
function isIgnored(name: string): boolean {
  return /^[_.]|~$/.test(name);
}

async function listIncidents(folder: string, faults: Fault[]): Promise<string[]> {
  // A link that leads nowhere is a file that can't be read: its name stands on the page (law 2).
  const broken: string[] = [];
  const whole = await filesBelow(
    folder,
    (path, cause) => {
      if (/\.md$/i.test(path) && (cause.code === 'ENOENT' || cause.code === 'ELOOP')) {
        broken.push(path);
        return;
      }
      if (path === '' && cause.code === 'ENOENT') {
        faults.push(
          faultOfFile(
            'incidents',
            'warning',
            'no-incidents',
            'There is no folder incidents/. Is this the folder of the site? Make one; it may be empty.',
          ),
        );
        return;
      }
      const message =
        cause.code === 'EISDIR'
          ? 'This link leads to a folder and is not followed. Put the files here.'
          : `This can't be opened (${cause.code ?? 'unknown cause'}).`;
      faults.push(
        faultOfFile(path === '' ? 'incidents' : `incidents/${path}`, 'error', 'unreadable-file', message),
      );
    },
    isIgnored,
  );
  const all = broken.length === 0 ? whole : [...whole, ...broken].sort((a, b) => (a < b ? -1 : 1));
  return all.filter((path) => {
    if (/\.md$/i.test(path)) return true;
    const near = /\.md[.\s_-]?\w*$|\.(?:markdown|mdx|mdown|txt|md)$/i.test(path);
    const advice = near
      ? ' If it is an incident, let its name end in ".md".'
      : ' Put pictures into public/, and let names of other files begin with "_".';
    faults.push(
      faultOfFile(
        `incidents/${path}`,
        'warning',
        'not-an-incident',
        `This file is not read: only names that end in ".md" are incidents.${advice}`,
      ),
    );
    return false;
  });
}

interface Original {
  path: string;
  translations: { path: string; language: string }[];
}

/** Puts translations beside their originals. `slug.en.md` is one only where `en` is a language of the site. */
function grouped(paths: string[], context: ReadContext, faults: Fault[]): Original[] {
  const stems = new Map(paths.map((path) => [stemOf(path), path]));
  const originals = new Map<string, Original>();
  const asTranslation: { path: string; of: string; language: string }[] = [];
  for (const path of paths) {
    const name = translationName(path, context.site.languages);
    const of = name === null ? undefined : stems.get(name.stem);
    if (name !== null && of !== undefined) {
      asTranslation.push({ path, of, language: name.language });
      continue;
    }
    if (name !== null) {
      faults.push(
        faultOfFile(
          `incidents/${path}`,
          'warning',
          'translation-alone',
          `The name of this file says that it is a translation (.${name.language}), but there is no original beside it: it is read as an incident of its own. Correct one of the names.`,
        ),
      );
    }
    originals.set(path, { path, translations: [] });
  }
  for (const { path, of, language } of asTranslation)
    originals.get(of)?.translations.push({ path, language });
  return [...originals.values()];
}

async function readIncidents(
  folder: string,
  paths: string[],
  context: ReadContext,
  faults: Fault[],
): Promise<{ incidents: Incident[]; files: GuardedFile[] }> {
  const incidents: Incident[] = [];
  const files: GuardedFile[] = [];
  const guard = (path: string, bytes: Uint8Array | string, incident: string) => {
    if (bytes instanceof Uint8Array) files.push({ path, text: decode(bytes).text, incident });
  };
  const takenBy = new Map<string, string>();
  const aliases: AliasClaim[] = [];
  const originals = grouped(paths, context, faults);
  for (let i = 0; i < originals.length; i += AT_ONCE) {
    const batch = originals.slice(i, i + AT_ONCE);
    const opened = await Promise.all(
      batch.map(async (original) => ({
        ...original,
        bytes: await bytesOf(join(folder, original.path)),
        translations: await Promise.all(
          original.translations.map(async (one) => ({
            ...one,
            bytes: await bytesOf(join(folder, one.path)),
          })),
        ),
      })),
    );
    for (const { path, bytes, translations } of opened) {
      guard(path, bytes, path);
      for (const translation of translations) guard(translation.path, translation.bytes, path);
      const reading = readIncidentFile(path, bytes instanceof Uint8Array ? bytes : new Uint8Array(), context);
      if (bytes instanceof Uint8Array) for (const fault of reading.faults) faults.push(fault);
      else
        faults.push(
          faultOfFile(
            `incidents/${path}`,
            'error',
            'unreadable-file',
            `This file can't be opened (${bytes}).`,
            `an open report, "${slugOfPath(path)}"`,
          ),
        );
      const incident = reading.incident;
      if (incident === null) continue;
      for (const translation of translations)
        translate(incident, reading.headless, translation, context, faults);
      aliases.push(...reading.aliases.map((alias) => ({ ...alias, path })));
      incidents.push(withFreeSlug(incident, takenBy, faults));
    }
  }
  return { incidents: settleAliases(incidents, aliases, faults), files };
}

/** The bytes of a file, or the code of the fault that kept them. */
async function bytesOf(path: string): Promise<Uint8Array | string> {
  try {
    return await readFile(path);
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code ?? 'unknown cause';
  }
}

function translate(
  incident: Incident,
  headless: boolean,
  file: { path: string; language: string; bytes: Uint8Array | string },
  context: ReadContext,
  faults: Fault[],
): void {
  const { path, language, bytes } = file;
  const refuse = (level: Fault['level'], code: string, message: string) =>
    faults.push(
      faultOfFile(`incidents/${path}`, level, code, message, 'the original text, without this translation'),
    );
  if (!(bytes instanceof Uint8Array))
    refuse('error', 'unreadable-file', `This file can't be opened (${bytes}).`);
  else if (language === incident.language)
    refuse(
      'warning',
      'translation-same-language',
      `The original, ${incident.path}, is written in "${language}" itself; this file is not used. Correct the name of this file, or "language" in the original.`,
    );
  else if (incident.translations[language] !== undefined)
    refuse(
      'warning',
      'translation-twice',
      `There is another translation of ${incident.path} into "${language}"; this file is not used. Delete one of the two.`,
    );
  else {
    const reading = readTranslation(path, bytes, incident, headless, context);
    for (const fault of reading.faults) faults.push(fault);
    if (reading.translation !== null) incident.translations[language] = reading.translation;
  }
}

/** Of two files with one slug both are published, the second by path under another. */
function withFreeSlug(incident: Incident, takenBy: Map<string, string>, faults: Fault[]): Incident {
  const first = takenBy.get(slugKey(incident.slug));
  let slug = incident.slug;
  for (let count = 2; takenBy.has(slugKey(slug)); count += 1) slug = `${incident.slug}-${count}`;
  takenBy.set(slugKey(slug), incident.path);
  if (first === undefined) return incident;
  faults.push(
    faultOfFile(
      `incidents/${incident.path}`,
      'error',
      'duplicate-slug',
      `This file and ${first} have the same slug, "${incident.slug}", without regard to case: their pages would be one. Both are published. Rename one of them.`,
      `incidents/${slug}.html`,
    ),
  );
  return { ...incident, slug, title: incident.title === incident.slug ? slug : incident.title };
}
