import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { incidentPath, monthPath, urlOf } from '../domain/address.ts';
import type { Hosting } from '../domain/hosting.ts';
import type { Site } from '../domain/site.ts';
import { instantText } from '../domain/stamp.ts';
import type { SiteStatus } from '../domain/status.ts';
import { escapeXml } from '../feeds/xml.ts';

/** A file for the machine that serves the page, or for search engines; `path` is relative to the output. */
export interface HostFile {
  path: string;
  content: string;
}

/** Incidents that a sitemap names at most; older ones are found through the months. */
const NAMED = 500;

/**
 * What hosts and search engines look for beside the pages. `.nojekyll` always: GitHub Pages would else leave out files
 * that begin with an underscore. The others where the config asks for them.
 */
export function hostFiles(site: Site, hosting: Hosting, status: SiteStatus): HostFile[] {
  const files: HostFile[] = [{ path: '.nojekyll', content: '' }];
  if (hosting.cname) files.push({ path: 'CNAME', content: `${new URL(site.url).hostname}\n` });
  if (hosting.searchEngines === false) {
    files.push({ path: 'robots.txt', content: 'User-agent: *\nDisallow: /\n' });
  }
  if (hosting.searchEngines === true) {
    const address = `${site.url}/sitemap.xml`;
    files.push({ path: 'robots.txt', content: `User-agent: *\nAllow: /\n\nSitemap: ${address}\n` });
    files.push({ path: 'sitemap.xml', content: sitemap(site, status) });
  }
  return files;
}

/** Writes the files into a finished build. */
export async function writeHostFiles(files: HostFile[], built: string): Promise<void> {
  for (const { path, content } of files) {
    await mkdir(dirname(join(built, path)), { recursive: true });
    await writeFile(join(built, path), content);
  }
}

/** The pages of the site, every language, with the time of their newest content (sitemaps.org, protocol 0.9). */
function sitemap(site: Site, status: SiteStatus): string {
  const newest = status.incidents.slice(0, NAMED);
  const months = new Set(
    newest
      .filter(({ phase }) => phase !== 'upcoming')
      .map(({ startedAt }) => instantText(startedAt, site.timezone).slice(0, 7)),
  );
  const pages: { path: string; changed: number | null }[] = [
    { path: 'index.html', changed: null },
    { path: 'history/index.html', changed: null },
    ...[...months].map((month) => ({ path: monthPath(month), changed: null })),
    ...newest.map((one) => ({
      path: incidentPath(one.incident.slug),
      changed: Math.min(one.newest.at, status.now),
    })),
  ];
  const entries = pages.flatMap(({ path, changed }) =>
    site.languages.map((language) => {
      const when =
        changed === null ? '' : `<lastmod>${escapeXml(instantText(changed, site.timezone))}</lastmod>`;
      return `  <url><loc>${escapeXml(urlOf(site, language, path))}</loc>${when}</url>\n`;
    }),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${entries.join('')}</urlset>\n`;
}
