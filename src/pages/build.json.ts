import type { APIRoute } from 'astro';
import { instantText } from '../domain/stamp.ts';
import { pageKeys } from './_page-key.ts';
import { siteData } from './_site.ts';

/**
 * What was built, for readers' pages, `deploy` and machines: the only file besides the start pages that carries the
 * time of the build. Instants are RFC 3339 in the site's zone.
 */
export const GET: APIRoute = async () => {
  const { site, now, source, status } = await siteData();
  const instant = (at: number | null) => (at === null ? null : instantText(at, site.timezone));
  // An update that is dated ahead counts from now on, as in the feeds.
  const updates = status.incidents.map((one) => Math.min(one.newest.at, now));
  const newest = updates.reduce<number | null>((last, at) => Math.max(last ?? at, at), null);
  const build = {
    built: instant(now),
    commit: source.commit,
    newest_update: instant(newest),
    hash: source.hash,
    next_change: instant(status.nextChange),
    indicator: status.indicator,
    url: site.url,
    mirrors: site.mirrors,
    pages: await pageKeys(),
  };
  return new Response(`${JSON.stringify(build, null, 2)}\n`);
};
