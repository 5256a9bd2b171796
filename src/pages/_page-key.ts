import { cacheKey } from '../build/cache-key.ts';
import type { Card } from '../components/card.ts';
import { incidentPath, languageFolder } from '../domain/address.ts';
import type { IncidentStatus } from '../domain/incident-status.ts';
import type { Site } from '../domain/site.ts';
import type { SiteStatus } from '../domain/status.ts';
import { cardOfIncident, cardOfSite } from './_cards.ts';
import { type SiteData, siteData } from './_site.ts';

/** Everything that an incident's page is made from. */
interface IncidentSource {
  site: Site;
  language: string;
  card: Card;
  incident: IncidentStatus;
}

/** Everything that a start page is made from, apart from the clock. */
interface HomeSource {
  site: Site;
  language: string;
  card: Card;
  status: SiteStatus;
}

/** Tells one state of an incident's page from another: 16 hex digits. */
export function incidentPageKey({ site, language, card, incident }: IncidentSource): string {
  return short({ site, language, card, incident });
}

/** Tells one state of a start page from another: 16 hex digits. A later build of the same state has the same key. */
export function homePageKey({ site, language, card, status }: HomeSource): string {
  const { indicator, components, groups, open, maintenance, upcoming, notices, recent } = status;
  const shown = { indicator, components, groups, open, maintenance, upcoming, notices, recent };
  return short({ site, language, card, shown });
}

/**
 * The incidents whose pages are likely to be open somewhere and to change: those that are not over, and those that
 * ended within 14 days.
 */
function livelyIncidents(status: SiteStatus): IncidentStatus[] {
  return [status.open, status.maintenance, status.upcoming, status.notices, status.recent].flat();
}

/** The keys of the start pages and of the pages of lively incidents, by path below the output, in the site's order. */
export async function pageKeys(): Promise<Record<string, string>> {
  const data = await siteData();
  const keys: [path: string, key: string][] = [];
  for (const language of data.site.languages) keys.push(...(await keysIn(language, data)));
  return Object.fromEntries(keys);
}

async function keysIn(language: string, data: SiteData): Promise<[string, string][]> {
  const { site, status } = data;
  const folder = languageFolder(site, language);
  const home = homePageKey({ site, language, status, card: await cardOfSite(data, language) });
  const incidents = livelyIncidents(status).map(async (incident): Promise<[string, string]> => {
    const card = await cardOfIncident(data, incident, language);
    const path = folder + incidentPath(incident.incident.slug);
    return [path, incidentPageKey({ site, language, card, incident })];
  });
  return [[`${folder}index.html`, home], ...(await Promise.all(incidents))];
}

function short(source: object): string {
  return cacheKey(source).slice(0, 16);
}
