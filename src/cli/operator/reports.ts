import { existsSync, readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join, resolve, sep } from 'node:path';
import { readClock } from '../../clock.ts';
import { readIncidentFile, slugOfPath } from '../../content/incident-file.ts';
import { type ReadContext, readContext } from '../../content/read-context.ts';
import { CONFIG_FILE, readSiteConfig, siteWithoutConfig } from '../../content/site-config.ts';
import { readTranslation } from '../../content/translation-file.ts';
import type { Incident } from '../../domain/incident.ts';
import { deriveIncident, type IncidentStatus } from '../../domain/incident-status.ts';
import { isSurelyClosed } from '../../write/surely-closed.ts';

/** A site to write into. */
export interface OperatedSite {
  /** Absolute. */
  folder: string;
  context: ReadContext;
}

/** A report that is there. */
export interface Report {
  slug: string;
  titles: string[];
  /** Below the incidents folder, with `/`. */
  path: string;
  bytes: Uint8Array;
  incident: Incident;
  status: IncidentStatus;
}

/** Reads the config of a site and its clock. Throws a sentence for people where `STATUS_NOW` can't be read. */
export async function operatedSite(
  folder: string,
  env: Record<string, string | undefined>,
): Promise<OperatedSite> {
  const fallback = basename(resolve(folder)) || 'Status';
  const bytes = await readFile(join(folder, CONFIG_FILE)).catch(() => null);
  const site = bytes === null ? siteWithoutConfig(fallback) : readSiteConfig(bytes, fallback).site;
  const now = readClock(env, site.clock);
  return {
    folder,
    context: readContext(site, now, (path) => existsSync(join(folder, 'public', path))),
  };
}

/** Paths of the incident files and translations below the incidents folder, in the order of their code units. */
async function incidentPaths(folder: string): Promise<string[]> {
  const found = await readdir(join(folder, 'incidents'), { recursive: true }).catch(() => []);
  return found
    .map((path) => path.split(sep).join('/'))
    .filter((path) => /\.md$/i.test(path) && !path.split('/').some((name) => /^[_.]/.test(name)))
    .sort();
}

/**
 * The reports of a site in the order of their paths, drafts left out. With `which` `live` only what is open or to come
 * is read in full: what beyond doubt is over is passed over quickly.
 */
export async function reportsOf({ folder, context }: OperatedSite, which: 'live' | 'all'): Promise<Report[]> {
  const paths = await incidentPaths(folder);
  const stems = new Map(paths.map((path) => [stem(path), path]));
  const translations = Map.groupBy(paths, (path) => originalOf(path, stems, context) ?? '');
  translations.delete('');
  const reports: Report[] = [];
  for (const path of paths) {
    if (originalOf(path, stems, context) !== null) continue;
    const bytes = bytesOf(join(folder, 'incidents', path));
    if (bytes === null || (which === 'live' && isSurelyClosed(bytes.toString('latin1'), context.now)))
      continue;
    const { incident, headless } = readIncidentFile(path, bytes, context);
    if (incident === null) continue;
    const status = deriveIncident(incident, context.now);
    if (which === 'live' && status.phase !== 'open' && status.phase !== 'upcoming') continue;
    const titles = [incident.title];
    for (const other of translations.get(path) ?? []) {
      const translated = bytesOf(join(folder, 'incidents', other));
      const title =
        translated && readTranslation(other, translated, incident, headless, context).translation?.title;
      if (title) titles.push(title);
    }
    reports.push({ slug: incident.slug, titles, path, bytes, incident, status });
  }
  return reports;
}

/** Slugs that are taken. */
export async function takenSlugs(folder: string): Promise<string[]> {
  return (await incidentPaths(folder)).map(slugOfPath);
}

function stem(path: string): string {
  return path.replace(/\.md$/i, '');
}

/** The original that a translation's file stands beside; null where the path is no translation. */
function originalOf(path: string, stems: Map<string, string>, { site }: ReadContext): string | null {
  const match = /^(.*)\.([a-z0-9-]+)$/is.exec(stem(path));
  if (match === null) return null;
  const language = site.languages.some((tag) => tag.toLowerCase() === match[2]!.toLowerCase());
  return language ? (stems.get(match[1]!) ?? null) : null;
}

function bytesOf(path: string): Buffer | null {
  try {
    // One after the other is faster than many small promises.
    return readFileSync(path);
  } catch {
    return null;
  }
}
