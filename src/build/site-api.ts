import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Api } from '../api/answers.ts';
import { plainParagraphs } from '../content/plain-paragraphs.ts';
import { publicIds } from '../domain/public-ids.ts';
import type { Site } from '../domain/site.ts';
import type { SiteStatus } from '../domain/status.ts';
import { locale } from '../i18n/locale.ts';

/** Files are written so many at a time. */
const AT_ONCE = 64;

/** The API of a site. */
export function siteApi(site: Site, status: SiteStatus): Api {
  const incidents = status.incidents.map(({ incident }) => incident);
  return new Api({
    site,
    status,
    ids: publicIds(site, incidents),
    locale: locale(site.language, { timezone: site.timezone, address: site.address }),
    text: (markdown) => plainParagraphs(markdown, { base: `${site.url}/` }),
  });
}

/**
 * Writes the API's file of each incident and maintenance below the output `folder`. They are as many as the history is
 * long, and small: a route would take ten times as long for them.
 */
export async function writeReportFiles(api: Api, folder: string): Promise<void> {
  const target = join(folder, 'api/v2/incidents');
  await mkdir(target, { recursive: true });
  const { reports } = api;
  for (let i = 0; i < reports.length; i += AT_ONCE) {
    await Promise.all(
      reports
        .slice(i, i + AT_ONCE)
        .map((one) => writeFile(join(target, `${api.idOf(one)}.json`), JSON.stringify(api.report(one)))),
    );
  }
}
