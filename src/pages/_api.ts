import type { Api } from '../api/answers.ts';
import { siteApi } from '../build/site-api.ts';
import type { SiteData } from './_site.ts';

const made = new WeakMap<SiteData, Api>();

/** The API of a reading of the site. */
export function apiOf(data: SiteData): Api {
  const api = made.get(data) ?? siteApi(data.site, data.status);
  made.set(data, api);
  return api;
}
