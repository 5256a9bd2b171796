import { Api } from '../api/answers.ts';
import { plainParagraphs } from '../content/plain-paragraphs.ts';
import { publicIds } from '../domain/public-ids.ts';
import { localeOf, type SiteData } from './_site.ts';

const made = new WeakMap<SiteData, Api>();

/** The API of a reading of the site. */
export function apiOf(data: SiteData): Api {
  let api = made.get(data);
  if (api === undefined) {
    const { site, status } = data;
    api = new Api({
      site,
      status,
      ids: publicIds(
        site,
        status.incidents.map(({ incident }) => incident),
      ),
      locale: localeOf(site, site.language),
      text: (markdown) => plainParagraphs(markdown, { base: `${site.url}/` }),
    });
    made.set(data, api);
  }
  return api;
}
