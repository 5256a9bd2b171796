import { getRssString } from '@astrojs/rss';
import type { Locale } from '../i18n/locale.ts';
import type { FeedItem } from './item.ts';
import { escapeXml } from './xml.ts';

/** What an RSS feed says of itself. */
export interface RssChannel {
  siteName: string;
  /** Absolute URL of the page that the feed belongs to. */
  home: string;
  /** Absolute URL of the feed itself. */
  self: string;
  /** BCP 47 tag of the feed's own words. */
  language: string;
  locale: Locale;
}

/** RSS 2.0 with full texts: `items` newest first, as given. There is no "now" in it: it changes only with them. */
export function rssFeed(channel: RssChannel, items: FeedItem[]): Promise<string> {
  const { locale, siteName } = channel;
  return getRssString({
    title: locale.t('feed.title', { site: siteName }),
    description: locale.t('feed.description', { site: siteName }),
    site: channel.home,
    xmlns: { atom: 'http://www.w3.org/2005/Atom', dc: 'http://purl.org/dc/elements/1.1/' },
    customData: [
      // As given: the library would add or take away a slash at its end.
      element('link', channel.home),
      element('language', channel.language),
      `<atom:link href="${escapeXml(channel.self)}" rel="self" type="application/rss+xml"/>`,
    ].join(''),
    items: items.map((item) => ({
      title: item.title,
      link: item.url,
      ...(item.at !== null && { pubDate: new Date(item.at) }),
      content: item.html,
      categories: item.categories,
      // The library writes the link as guid; ours outlives a change of the link.
      customData: [
        `<guid isPermaLink="${item.id === item.url}">${escapeXml(item.id)}</guid>`,
        ...item.authors.map((name) => element('dc:creator', name)),
      ].join(''),
    })),
  });
}

function element(name: string, text: string): string {
  return `<${name}>${escapeXml(text)}</${name}>`;
}
