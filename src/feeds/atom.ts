import { XMLBuilder } from 'fast-xml-parser';
import type { Instant } from '../domain/incident.ts';
import type { FeedChannel } from './channel.ts';
import type { FeedItem } from './item.ts';
import { withoutForbidden } from './xml.ts';

/** The date of what has none that has passed: Atom demands one, and it must neither move nor lie ahead. */
const UNDATED: Instant = Date.UTC(2000, 0, 1);

const SECOND = 1000;

const builder = new XMLBuilder({
  ignoreAttributes: false,
  suppressEmptyNode: true,
  suppressBooleanAttributes: false,
});

/**
 * Atom 1.0 (RFC 4287) with full texts: `items` newest first, as given. The feed was updated when its newest item was:
 * there is no "now" in it.
 */
export function atomFeed(channel: FeedChannel, items: FeedItem[]): string {
  const dated = items.map((item, index) => {
    const undated = UNDATED + (items.length - 1 - index) * SECOND;
    return { item, published: item.published ?? undated, updated: item.updated ?? undated };
  });
  const text = (value: string) => withoutForbidden(value);
  return builder.build({
    '?xml': { '@_version': '1.0', '@_encoding': 'utf-8' },
    feed: {
      '@_xmlns': 'http://www.w3.org/2005/Atom',
      '@_xml:lang': channel.language,
      id: channel.self,
      title: text(channel.title),
      subtitle: text(channel.description),
      updated: rfc3339(Math.max(UNDATED, ...dated.map(({ updated }) => updated))),
      author: { name: text(channel.publisher) },
      link: [
        { '@_rel': 'self', '@_type': 'application/atom+xml', '@_href': channel.self },
        { '@_rel': 'alternate', '@_type': 'text/html', '@_href': channel.home },
      ],
      entry: dated.map(({ item, published, updated }) => ({
        id: item.id,
        title:
          item.titleLanguage === channel.language
            ? item.title
            : { '@_xml:lang': item.titleLanguage, '#text': item.title },
        published: rfc3339(published),
        updated: rfc3339(updated),
        link: { '@_rel': 'alternate', '@_type': 'text/html', '@_href': item.url },
        author: item.authors.map((name) => ({ name })),
        category: item.categories.map((name) => ({ '@_term': name })),
        content: { '@_type': 'html', '#text': item.html },
      })),
    },
  });
}

function rfc3339(at: Instant): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
