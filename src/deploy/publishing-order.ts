import { BUILD_MARK } from './built-files.ts';

/** Kinds of files in the order in which they are replaced: each may link to those before it. */
export const RANKS = ['asset', 'page', 'index', 'feed', 'start', 'entry', 'mark'] as const;

/** What a file is to its readers. */
export type Rank = (typeof RANKS)[number];

/**
 * What the file at `path` is: `asset` links to nothing (pictures, styles, settings of hosts); `page` is a report, a
 * month, a component; `index` lists such pages; `feed`, sitemaps and the API lead to pages by their address; `start` is the
 * start page of a further language; `entry` is what readers get without following a link: the start page, and the page
 * of addresses that lead nowhere; `mark` is `build.json`.
 */
export function rankOf(path: string): Rank {
  if (path === BUILD_MARK) return 'mark';
  if (/^(?:index|404)\.html?$/i.test(path)) return 'entry';
  if (/^[a-z]{2,3}(?:-[a-z0-9]{2,8})*\/(?:index|404)\.html?$/i.test(path)) return 'start';
  if (/(?:^|\/)index\.html?$/i.test(path)) return 'index';
  if (/\.html?$/i.test(path)) return 'page';
  if (/\.(?:xml|rss|atom|ics)$|(?:^|\/)feed\.json$|^api\/.*\.json$/i.test(path)) return 'feed';
  return 'asset';
}
