import type { Site } from '../../../src/domain/site.ts';
import type { FeedChannel } from '../../../src/feeds/channel.ts';
import type { FeedContext, FeedItem } from '../../../src/feeds/item.ts';
import { namesIn } from '../../../src/feeds/item.ts';
import { updateParts } from '../../../src/feeds/update-html.ts';
import { locale } from '../../../src/i18n/locale.ts';
import { site as sampleSite } from '../domain/sample.ts';

/** What makes items for a site in a language; Markdown becomes one paragraph as it is. */
export function contextOf(site: Site = sampleSite, language = 'en'): FeedContext {
  const words = locale(language, { timezone: site.timezone, address: site.address });
  return {
    site,
    locale: words,
    language,
    names: namesIn(site, language),
    parts: (one, update) => updateParts(one, update, language, words, (text) => `<p>${text}</p>`),
  };
}

/** A feed that says as little as it may. */
export function channel(more: Partial<FeedChannel> = {}): FeedChannel {
  return {
    title: 'Nordhost status',
    description: 'Every update at Nordhost.',
    publisher: 'Nordhost',
    home: 'https://status.example/',
    self: 'https://status.example/rss.xml',
    language: 'en',
    ...more,
  };
}

/** An item with sensible defaults. */
export function item(more: Partial<FeedItem> = {}): FeedItem {
  return {
    id: 'https://status.example/incidents/power.html#a',
    url: 'https://status.example/incidents/power.html#a',
    title: '[Monitoring] Power failure',
    titleLanguage: 'en',
    html: '<p>Better.</p>',
    published: Date.parse('2026-11-21T17:30:00Z'),
    updated: Date.parse('2026-11-21T17:30:00Z'),
    categories: ['Mail'],
    authors: ['Tanja B.'],
    ...more,
  };
}

/** Texts that break feeds. */
export const NASTY_TEXTS: string[] = [
  ']]>',
  '<![CDATA[ x ]]>',
  '&amp; &lt;b&gt; & < > " \' &#0; &unknown;',
  '<script>alert("1")</script><img src=x onerror=alert(1)>',
  '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>&a;',
  '<!-- x -- y --> -->',
  'emoji 👩‍🚒🇩🇪 ☠️ \u{1F9EF}',
  'ערבית العربية \u202Eabc\u202C',
  'Rechenzentrums-Notstromaggregat ẞ ß ﬁ İ é',
  '007',
  '1e3',
  '0x1F',
  'true',
  'null',
  '$& $1 $$ \\n \\u0000',
  'Störung bei Rechenzentrum '.repeat(7).slice(0, 174),
  'All services are affected & <being repaired> ]]> '.repeat(90).slice(0, 4000),
];
