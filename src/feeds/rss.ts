import { getRssString } from '@astrojs/rss';
import type { FeedChannel } from './channel.ts';
import type { FeedItem } from './item.ts';
import { escapeXml, withoutForbidden } from './xml.ts';

/** The library parses what it is given and makes a number of "007": with this in front, which no text has, it doesn't. */
const AS_TEXT = '\uFDD0';

/**
 * RSS 2.0 with full texts: `items` newest first, as given. There is no "now" in it: it changes only with them. An item is
 * dated by when something was last said in it.
 */
export async function rssFeed(channel: FeedChannel, items: FeedItem[]): Promise<string> {
  const xml = await getRssString({
    title: withoutForbidden(channel.title),
    description: withoutForbidden(channel.description),
    site: channel.home,
    xmlns: { atom: 'http://www.w3.org/2005/Atom', dc: 'http://purl.org/dc/elements/1.1/' },
    customData: [
      // As given: the library would add or take away a slash at its end.
      element('link', channel.home),
      element('language', channel.language),
      `<atom:link href="${escapeXml(channel.self)}" rel="self" type="application/rss+xml"/>`,
    ].join(''),
    items: items.map((item) => {
      // The library writes the link as guid; ours outlives a change of the link. Parsing it takes most of the time.
      const custom = [
        ...(item.id === item.url ? [] : [`<guid isPermaLink="false">${escapeXml(item.id)}</guid>`]),
        ...item.authors.map((name) => element('dc:creator', name)),
      ].join('');
      return {
        title: item.title,
        link: item.url,
        ...(item.updated !== null && { pubDate: new Date(item.updated) }),
        description: item.html,
        categories: item.categories,
        ...(custom !== '' && { customData: custom }),
      };
    }),
  });
  return xml.replaceAll(AS_TEXT, '');
}

function element(name: string, text: string): string {
  return `<${name}>${AS_TEXT}${escapeXml(text)}</${name}>`;
}
