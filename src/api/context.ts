import type { Instant } from '../domain/incident.ts';
import type { IncidentStatus } from '../domain/incident-status.ts';
import type { PublicIds } from '../domain/public-ids.ts';
import type { Site } from '../domain/site.ts';
import { exactInstantText } from '../domain/stamp.ts';
import type { SiteStatus } from '../domain/status.ts';
import type { Locale } from '../i18n/locale.ts';
import { Dates } from './dates.ts';
import { type Placed, placedComponents } from './placed.ts';

/** What the API is made from. */
export interface ApiSource {
  site: Site;
  status: SiteStatus;
  ids: PublicIds;
  /** Of the site's own language: the API has no other. */
  locale: Locale;
  /** Markdown as plain text in paragraphs, with absolute addresses. */
  text: (markdown: string) => string;
}

/** What every part of the API needs. */
export interface ApiContext extends ApiSource {
  /** Components and groups by id. */
  placed: Map<string, Placed>;
  dates: Dates;
  /** Incidents and maintenances, newest first. Statuspage has no notices, and no word for a file that can't be read and is old. */
  reports: IncidentStatus[];
  /** The newest change of all reports; of a site without any, 1970. */
  changed: Instant;
  /** The first update of all reports; of a site without any, 1970. */
  began: Instant;
  instant: (at: Instant) => string;
}

/** Works out once what many answers hold. */
export function apiContext(source: ApiSource): ApiContext {
  const { site, status } = source;
  const dates = new Dates(status, site.language);
  const reports = status.incidents.filter(({ kind, phase }) => kind !== 'notice' && phase !== 'unread');
  return {
    ...source,
    placed: placedComponents(site),
    dates,
    reports,
    changed: dates.newest(reports) ?? 0,
    began: dates.oldest(reports) ?? 0,
    instant: (at) => exactInstantText(at, site.timezone),
  };
}
