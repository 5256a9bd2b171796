import FeedParser from 'feedparser';
import { parseFeed } from 'feedsmith';
import RssParser from 'rss-parser';

/** What every reader must find in an item. */
export interface ReadItem {
  id: string;
  url: string;
  title: string;
  html: string;
  /** RFC 3339 in UTC; null where the item has none. */
  at: string | null;
  categories: string[];
}

const iso = (value: Date | string | null | undefined) =>
  value == null ? null : new Date(value).toISOString();

// It reads no ids and categories of Atom by itself, but hands over what it found.
const rssParser = new RssParser<object, { id?: string; found?: (string | { $: { term: string } })[] }>({
  customFields: { item: ['id', ['category', 'found', { keepArray: true }]] },
});

async function byRssParser(xml: string): Promise<ReadItem[]> {
  const feed = await rssParser.parseString(xml);
  return feed.items.map((item) => ({
    id: item.guid ?? item.id ?? '',
    url: item.link ?? '',
    title: item.title ?? '',
    html: item.content ?? '',
    at: item.isoDate ?? null,
    categories: (item.found ?? []).map((one) => (typeof one === 'string' ? one : one.$.term)),
  }));
}

async function byFeedParser(xml: string): Promise<ReadItem[]> {
  const parser = new FeedParser({ addmeta: false });
  parser.end(xml);
  const items: ReadItem[] = [];
  for await (const item of parser) {
    items.push({
      id: item.guid,
      url: item.link,
      title: item.title,
      html: item.description,
      at: iso(item.pubdate),
      categories: item.categories,
    });
  }
  return items;
}

function byFeedsmith(xml: string): ReadItem[] {
  const { format, feed } = parseFeed(xml);
  if (format === 'atom') {
    return (feed.entries ?? []).map((entry) => ({
      id: entry.id ?? '',
      url: entry.links?.[0]?.href ?? '',
      title: entry.title?.value ?? '',
      html: entry.content?.value ?? '',
      at: iso(entry.published),
      categories: (entry.categories ?? []).map(({ term }) => term ?? ''),
    }));
  }
  if (format !== 'rss') throw new Error(`feedsmith takes this for ${format}`);
  return (feed.items ?? []).map((item) => ({
    id: item.guid?.value ?? '',
    url: item.link ?? '',
    title: item.title ?? '',
    html: item.description ?? '',
    at: iso(item.pubDate),
    categories: (item.categories ?? []).map(({ name }) => name ?? ''),
  }));
}

/** Feed readers that have nothing to do with one another, by name. */
export const PARSERS: Record<string, (xml: string) => Promise<ReadItem[]> | ReadItem[]> = {
  'rss-parser': byRssParser,
  feedparser: byFeedParser,
  feedsmith: byFeedsmith,
};
