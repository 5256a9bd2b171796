import { languageFolder, urlOf } from '../domain/address.ts';
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

/** The roots of the page at `path` (below its language's folder); with `absolute` they begin with the site's URL. */
export function rootsOf(site: Site, language: string, path: string, absolute = false): Roots {
  const folder = languageFolder(site, language);
  if (absolute) return { language: `${site.url}/${folder}`, site: `${site.url}/` };
  const up = '../'.repeat(path.split('/').length - 1);
  return { language: up, site: up + '../'.repeat(folder.split('/').length - 1) };
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

/** A copy of a page. */
export interface Copy {
  href: string;
  /** The address of the site that it belongs to, as people write it. */
  text: string;
}

/** The page at `path` at the site's own address, then on each mirror. A page without an address leads to the start page. */
export function copiesOf(site: Site, language: string, path: string): [Copy, ...Copy[]] {
  const copy = (url: string): Copy => ({
    href: urlOf({ ...site, url }, language, path),
    text: shortUrl(url),
  });
  return [copy(site.url), ...site.mirrors.map(copy)];
}

/** The host and path of an address as people write it: without scheme and without a slash at the end. */
export function shortUrl(url: string): string {
  return url.replace(/^[a-z]+:\/\//i, '').replace(/\/$/, '');
}
