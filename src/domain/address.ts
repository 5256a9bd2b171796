import type { Site } from './site.ts';

/** Folder of a language below the output: empty for the site's own, else `en/`. */
export function languageFolder(site: Site, language: string): string {
  return language === site.language ? '' : `${language}/`;
}

/** The public address of a page; the start page of the site's own language is the bare folder. */
export function urlOf(site: Site, language: string, path: string): string {
  const below = languageFolder(site, language) + path;
  return `${site.url}/${below === 'index.html' ? '' : below}`;
}

/** Path of an incident's page below its language's folder. */
export function incidentPath(slug: string): string {
  return `incidents/${encodeURIComponent(slug)}.html`;
}

/** Path of a month's page below its language's folder; `month` is `YYYY-MM`. */
export function monthPath(month: string): string {
  return `history/${month}.html`;
}

/** Path of the calendar file of one maintenance below its language's folder. */
export function calendarFilePath(slug: string): string {
  return `incidents/${encodeURIComponent(slug)}.ics`;
}

/** Path of the badge of a component or group below its language's folder: a picture, or the facts for shields.io. */
export function componentBadgePath(id: string, format: 'svg' | 'json'): string {
  return `components/${encodeURIComponent(id)}/badge.${format}`;
}

/** Path of the page of a component or group below its language's folder. */
export function componentPath(id: string): string {
  return `components/${encodeURIComponent(id)}.html`;
}

/** Path of the feed of a component or group below its language's folder. */
export function componentFeedPath(id: string): string {
  return `components/${encodeURIComponent(id)}/rss.xml`;
}

/** Path of the feed of planned work alone, below its language's folder. */
export const MAINTENANCE_FEED = 'maintenance/rss.xml';
