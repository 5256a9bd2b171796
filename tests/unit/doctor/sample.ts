import { readSiteConfig } from '../../../src/content/site-config.ts';
import { type Facts, gatherNames, NO_FACTS } from '../../../src/doctor/facts.ts';
import type { Finding } from '../../../src/doctor/finding.ts';
import { type Examination, findingsOf } from '../../../src/doctor/findings.ts';
import { subjectsOf } from '../../../src/doctor/subject.ts';
import { zoneResolver } from './zone-resolver.ts';

export const NOW = Date.parse('2026-11-21T17:30:00Z');
export const DAY = 24 * 60 * 60_000;

/** What a config, given as the lines after name, url and zone, says. */
export function configured(text: string, url = 'https://status.moor.example') {
  const config = `name: Moorhost\nurl: ${url}\ntimezone: Europe/Berlin\n${text}`;
  const { site, hosting, faults } = readSiteConfig(new TextEncoder().encode(config));
  if (faults.length > 0) throw new Error(faults.map(({ message }) => message).join('\n'));
  return { site, hosting };
}

interface World {
  /** Lines of the config. */
  config: string;
  url?: string;
  /** Lines of a zone file; none: nobody is asked. */
  zone?: string[];
  /** Names about which nobody answers. */
  dark?: string[];
  facts?: Partial<Facts>;
  rest?: Partial<Examination>;
}

/** What is found in a world that needs no network; a build that fits and a quiet schedule unless `rest` says otherwise. */
export async function examine({ config, url, zone, dark, facts, rest }: World): Promise<Finding[]> {
  const { site, hosting } = configured(config, url);
  const names =
    zone === undefined ? NO_FACTS : await gatherNames(subjectsOf(site, hosting), zoneResolver(zone, dark));
  return findingsOf({
    site,
    hosting,
    facts: { ...names, ...facts },
    dist: {
      files: 20,
      folders: 3,
      bytes: 500_000,
      largest: { path: 'social/status.png', bytes: 40_000 },
      fullest: { path: 'incidents', files: 12 },
      build: { built: NOW, hash: 'a', nextChange: null, url: site.url },
    },
    schedule: { workflows: [], lastCommit: null, remotes: [] },
    now: NOW,
    folder: 'dist',
    ...rest,
  });
}
