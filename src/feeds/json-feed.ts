import type { Instant } from '../domain/incident.ts';
import type { FeedChannel } from './channel.ts';
import type { FeedItem } from './item.ts';

/** A JSON Feed, as https://www.jsonfeed.org/version/1.1/ has it: what we use of it. */
interface JsonFeed {
  version: 'https://jsonfeed.org/version/1.1';
  title: string;
  description: string;
  home_page_url: string;
  feed_url: string;
  language: string;
  authors: JsonAuthor[];
  items: JsonItem[];
}

interface JsonItem {
  id: string;
  url: string;
  title: string;
  content_html: string;
  date_published?: string;
  date_modified?: string;
  authors?: JsonAuthor[];
  tags?: string[];
}

interface JsonAuthor {
  name: string;
}

/** JSON Feed 1.1 with full texts: `items` newest first, as given. There is no "now" in it. */
export function jsonFeed(channel: FeedChannel, items: FeedItem[]): string {
  const feed: JsonFeed = {
    version: 'https://jsonfeed.org/version/1.1',
    title: channel.title,
    description: channel.description,
    home_page_url: channel.home,
    feed_url: channel.self,
    language: channel.language,
    authors: [{ name: channel.publisher }],
    items: items.map(jsonItem),
  };
  return `${JSON.stringify(feed, null, 2)}\n`;
}

function jsonItem(item: FeedItem): JsonItem {
  return {
    id: item.id,
    url: item.url,
    title: item.title,
    content_html: item.html,
    ...(item.published !== null && { date_published: rfc3339(item.published) }),
    // Only where something was added: a date of change that says nothing makes readers ask what changed.
    ...(item.updated !== null && item.updated !== item.published && { date_modified: rfc3339(item.updated) }),
    ...(item.authors.length > 0 && { authors: item.authors.map((name) => ({ name })) }),
    ...(item.categories.length > 0 && { tags: item.categories }),
  };
}

function rfc3339(at: Instant): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
