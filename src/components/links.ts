import type { Site } from '../domain/site.ts';

/** A page in one of the site's languages. */
export interface LanguageLink {
  language: string;
  /** Relative to the page that shows it, or absolute where the page asks for that. */
  href: string;
  url: string;
}

/** Where a page finds its neighbours. Both end in `/` or are empty. */
export interface Roots {
  /** To the folder of the page's language: `index.html`, `incidents/`, `rss.xml` lie there. */
  language: string;
  /** To the folder of the whole site: what `public/` held lies there. */
  site: string;
}

/** Folder of a language below the output: empty for the site's own, else `en/`. */
export function languageFolder(site: Site, language: string): string {
  return language === site.language ? '' : `${language}/`;
}

/** The roots of the page at `path` (below its language's folder); with `absolute` they begin with the site's URL. */
export function rootsOf(site: Site, language: string, path: string, absolute = false): Roots {
  const folder = languageFolder(site, language);
  if (absolute) return { language: `${site.url}/${folder}`, site: `${site.url}/` };
  const up = '../'.repeat(path.split('/').length - 1);
  return { language: up, site: up + '../'.repeat(folder.split('/').length - 1) };
}

/** The public address of a page; the start page of the site's own language is the bare folder. */
export function urlOf(site: Site, language: string, path: string): string {
  const below = languageFolder(site, language) + path;
  return `${site.url}/${below === 'index.html' ? '' : below}`;
}

/** The page at `path` in every language of the site, in the config's order. */
export function languageLinks(site: Site, language: string, path: string, absolute = false): LanguageLink[] {
  const roots = rootsOf(site, language, path, absolute);
  return site.languages.map((other) => ({
    language: other,
    href: roots.site + languageFolder(site, other) + path,
    url: urlOf(site, other, path),
  }));
}

/** Path of an incident's page below its language's folder. */
export function incidentPath(slug: string): string {
  return `incidents/${encodeURIComponent(slug)}.html`;
}

/** Path of a month's page below its language's folder; `month` is `YYYY-MM`. */
export function monthPath(month: string): string {
  return `history/${month}.html`;
}

/** The host and path of an address as people write it: without scheme and without a slash at the end. */
export function shortUrl(url: string): string {
  return url.replace(/^[a-z]+:\/\//i, '').replace(/\/$/, '');
}
