import { readIncidentFile } from '../content/incident-file.ts';
import { readContext } from '../content/read-context.ts';
import { CONFIG_FILE, readSiteConfig } from '../content/site-config.ts';
import { readTranslation } from '../content/translation-file.ts';
import { stemOf, translationName } from '../content/translation-name.ts';
import type { Instant } from '../domain/incident.ts';
import type { Site } from '../domain/site.ts';
import type { FileReading } from './fix-file.ts';

/** A site of which single files are read again. */
export interface RereadSite {
  site: Site;
  /** What the config's reader was given as the name of a site without one. */
  fallbackName: string;
  /** Paths of the files below the incidents folder. */
  paths: string[];
  now: Instant;
}

/**
 * How to read a file (by its path below the site's folder) with other bytes than it has. A translation needs the bytes
 * of its original: `bytesOf` gives those of a path below the incidents folder. Faults that concern more than one file,
 * or `public/`, are not among those it finds.
 */
export async function reader(
  file: string,
  { site, fallbackName, paths, now }: RereadSite,
  bytesOf: (path: string) => Promise<Uint8Array>,
): Promise<(bytes: Uint8Array) => FileReading> {
  if (file === CONFIG_FILE) {
    return (bytes) => {
      const { site: published, faults } = readSiteConfig(bytes, fallbackName);
      return { published, faults };
    };
  }
  const context = readContext(site, now);
  const path = file.replace(/^incidents\//, '');
  const name = translationName(path, site.languages);
  const original = name === null ? undefined : paths.find((one) => stemOf(one) === name.stem);
  if (original === undefined) {
    return (bytes) => {
      const { incident, faults } = readIncidentFile(path, bytes, context);
      return { published: incident, faults };
    };
  }
  const { incident, headless } = readIncidentFile(original, await bytesOf(original), context);
  if (incident === null) return () => ({ published: null, faults: [] });
  return (bytes) => {
    const { translation, faults } = readTranslation(path, bytes, incident, headless, context);
    return { published: translation, faults };
  };
}
