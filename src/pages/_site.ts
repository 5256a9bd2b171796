import { getCollection, getEntry } from 'astro:content';
import type { GetStaticPaths } from 'astro';
import type { SourceState } from '../build/read-now.ts';
import { languageFolder } from '../domain/address.ts';
import type { Instant } from '../domain/incident.ts';
import type { Site } from '../domain/site.ts';
import { deriveStatus, type SiteStatus } from '../domain/status.ts';
import { type Locale, locale } from '../i18n/locale.ts';

/** What every route starts from. */
export interface SiteData {
  site: Site;
  now: Instant;
  source: SourceState;
  status: SiteStatus;
}

let derived: Promise<SiteData> | null = null;

/** The reading of this build, with everything derived from it; in `npm run dev` anew for each request. */
export function siteData(): Promise<SiteData> {
  if (import.meta.env.DEV) return derive();
  derived ??= derive();
  return derived;
}

async function derive(): Promise<SiteData> {
  const entry = await getEntry('site', 'site');
  if (!entry) throw new Error('The site was not read.');
  const { site, now, source } = entry.data;
  const incidents = (await getCollection('incidents')).map(({ data }) => data);
  return { site, now, source, status: deriveStatus(site, incidents, now) };
}

/** A language of the site, and the folder of its pages as the route parameter `lang`. */
export type LanguageRoute = {
  language: string;
  lang: string | undefined;
};

/** The languages of the site, its own first, at the root. */
export function languageRoutes(site: Site): LanguageRoute[] {
  return site.languages.map((language) => ({
    language,
    lang: languageFolder(site, language).replace('/', '') || undefined,
  }));
}

/** The words and formats of a language of the site. */
export function localeOf(site: Site, language: string): Locale {
  return locale(language, { timezone: site.timezone, address: site.address });
}

/**
 * `getStaticPaths` of a route with one page per language. Without a cache key: such pages are few, and say something of
 * everything.
 */
export const eachLanguage = (async () => {
  const { site } = await siteData();
  return languageRoutes(site).map((route) => ({ params: { lang: route.lang }, props: route }));
}) satisfies GetStaticPaths;
