import { incidentPath, urlOf } from '../domain/address.ts';
import type { IncidentStatus } from '../domain/incident-status.ts';
import type { Site } from '../domain/site.ts';
import type { Locale } from '../i18n/locale.ts';
import { datetimeOf } from './instant.ts';
import { signers, titleOf } from './texts.ts';

/** A schema.org document. */
export type LinkedData = Record<string, unknown>;

/** The start page for machines. */
export function siteData(site: Site, language: string): LinkedData {
  return {
    '@context': 'https://schema.org',
    '@type': 'WebSite',
    name: site.name,
    url: urlOf(site, language, 'index.html'),
    inLanguage: language,
  };
}

/** An incident's page for machines: running coverage of an event, closed when the incident is. */
export function incidentData(
  entry: IncidentStatus,
  description: string,
  site: Site,
  language: string,
  locale: Locale,
): LinkedData {
  const { incident, newest, updates } = entry;
  const first = updates[0] ?? newest;
  const title = titleOf(incident, language);
  const names = [...new Set(updates.flatMap((update) => signers(update.authors, site)))];
  return {
    '@context': 'https://schema.org',
    '@type': 'LiveBlogPosting',
    headline: title.text,
    description,
    inLanguage: title.language,
    url: urlOf(site, language, incidentPath(incident.slug)),
    datePublished: datetimeOf(first.at, first.precision, locale),
    dateModified: datetimeOf(newest.at, newest.precision, locale),
    coverageStartTime: datetimeOf(entry.startedAt, entry.startedPrecision, locale),
    ...(entry.endedAt === null
      ? {}
      : { coverageEndTime: datetimeOf(entry.endedAt, entry.endedPrecision, locale) }),
    ...(names.length === 0 ? {} : { author: names.map((name) => ({ '@type': 'Person', name })) }),
    publisher: { '@type': 'Organization', name: site.name, url: `${site.url}/` },
  };
}

/** A schema.org document as the text of a `<script>` element, which nothing inside can end. */
export function scriptText(data: LinkedData): string {
  return JSON.stringify(data).replaceAll('<', '\\u003c');
}
