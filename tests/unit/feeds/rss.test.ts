import { XMLParser } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import type { FeedItem } from '../../../src/feeds/item.ts';
import { rssFeed } from '../../../src/feeds/rss.ts';
import { locale } from '../../../src/i18n/locale.ts';

const english = locale('en', { timezone: 'UTC', address: 'Sie' });
const channel = {
  siteName: 'Nord & Süd <host>',
  home: 'https://status.example/',
  self: 'https://status.example/rss.xml',
  language: 'en',
  locale: english,
};
const item: FeedItem = {
  id: 'https://status.example/incidents/old.html#a',
  url: 'https://status.example/incidents/new.html#a',
  title: '[Monitoring] <script>alert("1")</script> ]]> & more',
  html: '<p>Text ]]&gt; &amp; more</p>',
  at: Date.parse('2026-11-21T17:30:00Z'),
  categories: ['Mail & more', '007'],
  authors: ['Tanja <B.>'],
};

const parser = new XMLParser({ ignoreAttributes: false, parseTagValue: false });

describe('an RSS feed', () => {
  it('gives every text back as it was, whatever signs are in it', async () => {
    const { rss } = parser.parse(await rssFeed(channel, [item]));
    expect(rss.channel.title).toContain('Nord & Süd <host>');
    expect(rss.channel.item).toMatchObject({
      title: item.title,
      'content:encoded': item.html,
      category: item.categories,
      'dc:creator': 'Tanja <B.>',
      link: item.url,
      guid: { '#text': item.id, '@_isPermaLink': 'false' },
      pubDate: 'Sat, 21 Nov 2026 17:30:00 GMT',
    });
  });

  it('names its own address and language', async () => {
    const { rss } = parser.parse(await rssFeed(channel, []));
    expect(rss.channel['atom:link']).toEqual({
      '@_href': channel.self,
      '@_rel': 'self',
      '@_type': 'application/rss+xml',
    });
    expect(rss.channel.language).toBe('en');
    expect(rss.channel.link).toBe(channel.home);
  });

  it('has the same bytes for the same items', async () => {
    expect(await rssFeed(channel, [item])).toBe(await rssFeed(channel, [item]));
  });
});
