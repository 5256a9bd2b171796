import Ajv from 'ajv';
import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { atomFeed } from '../../../src/feeds/atom.ts';
import type { FeedItem } from '../../../src/feeds/item.ts';
import { jsonFeed } from '../../../src/feeds/json-feed.ts';
import { rssFeed } from '../../../src/feeds/rss.ts';
import { escapeXml, withoutForbidden } from '../../../src/feeds/xml.ts';
import { atomProblems, rssProblems } from './feed-rules.ts';
import { jsonFeedSchema } from './json-feed-schema.ts';
import { PARSERS } from './parsers.ts';
import { channel, item, NASTY_TEXTS } from './sample.ts';

const validJsonFeed = new Ajv({ allErrors: true }).compile(jsonFeedSchema);
const self = { rss: 'https://status.example/rss.xml', atom: 'https://status.example/atom.xml' };

/** An item about a text: in its title, in its HTML as text, as category and as signature. */
function about(text: string, index: number): FeedItem {
  const plain = withoutForbidden(text).trim() || 'x';
  const at = Date.parse('2026-11-21T17:30:00Z') - index * 1000;
  return item({
    id: `https://status.example/incidents/old.html#u${index}`,
    url: `https://status.example/incidents/new.html#u${index}`,
    title: plain.replace(/\s+/g, ' '),
    html: `<p>${escapeXml(withoutForbidden(text))}</p>`,
    published: at,
    updated: at,
    categories: [plain.replace(/\s+/g, ' ')],
    authors: [plain.replace(/\s+/g, ' ')],
  });
}

const nasty = NASTY_TEXTS.map(about);

describe.each([
  ['RSS', (items: FeedItem[]) => rssFeed(channel({ self: self.rss }), items), rssProblems],
  ['Atom', async (items: FeedItem[]) => atomFeed(channel({ self: self.atom }), items), atomProblems],
])('a feed in %s', (_, write, problemsIn) => {
  it('breaks none of the validator’s rules, with and without items', async () => {
    expect(problemsIn(await write(nasty))).toEqual([]);
    expect(problemsIn(await write([]))).toEqual([]);
  });

  it.each(Object.entries(PARSERS))(
    'is read by %s as it was meant, whatever signs are in it',
    async (name, read) => {
      const items = await read(await write(nasty));
      expect(items).toHaveLength(nasty.length);
      for (const [index, one] of items.entries()) {
        const meant = nasty[index]!;
        expect({ ...one, html: undefined, title: undefined }, NASTY_TEXTS[index]).toEqual({
          id: meant.id,
          url: meant.url,
          at: new Date(meant.updated!).toISOString(),
          categories: meant.categories,
        });
        expect(one.html.replace(/\s+/g, ' '), NASTY_TEXTS[index]).toBe(meant.html.replace(/\s+/g, ' '));
        // feedparser takes markup out of titles.
        if (name !== 'feedparser') expect(one.title).toBe(meant.title);
      }
    },
  );

  it('holds any text that can be typed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), { maxLength: 4 }),
        async (texts) => {
          const items = texts.map(about);
          const xml = await write(items);
          expect(problemsIn(xml)).toEqual([]);
          const read = await PARSERS['rss-parser']!(xml);
          expect(read.map(({ id, title }) => [id, title.trim()])).toEqual(
            items.map(({ id, title }) => [id, title.trim()]),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  it('has the same bytes for the same items', async () => {
    expect(await write(nasty)).toBe(await write(nasty));
  });
});

describe('an RSS feed', () => {
  const parser = new XMLParser({ ignoreAttributes: false, parseTagValue: false });

  it('gives every field back as it was', async () => {
    const strange = item({
      id: 'https://status.example/incidents/old.html#a',
      url: 'https://status.example/incidents/new.html#a',
      authors: ['Tanja <B.>', '007'],
    });
    const { rss } = parser.parse(await rssFeed(channel({ title: 'Nord & Süd <host>' }), [strange]));
    expect(rss.channel).toMatchObject({
      title: 'Nord & Süd <host>',
      link: 'https://status.example/',
      language: 'en',
      'atom:link': { '@_href': self.rss, '@_rel': 'self', '@_type': 'application/rss+xml' },
    });
    expect(rss.channel.item).toEqual({
      title: strange.title,
      link: strange.url,
      guid: { '#text': strange.id, '@_isPermaLink': 'false' },
      description: strange.html,
      pubDate: 'Sat, 21 Nov 2026 17:30:00 GMT',
      'dc:creator': strange.authors,
      category: 'Mail',
    });
  });
});

describe('an Atom feed', () => {
  const parser = new XMLParser({ ignoreAttributes: false, parseTagValue: false });
  const parsed = (items: FeedItem[]) => parser.parse(atomFeed(channel({ self: self.atom }), items)).feed;

  it('gives every field back as it was', () => {
    const one = item({
      titleLanguage: 'de',
      updated: Date.parse('2026-11-22T09:00:00Z'),
      authors: ['Tanja B.', 'Marko K.'],
      categories: ['Mail', 'Web "hosting"'],
    });
    const feed = parsed([one]);
    expect(feed).toMatchObject({
      '@_xml:lang': 'en',
      id: self.atom,
      title: 'Nordhost status',
      author: { name: 'Nordhost' },
      updated: '2026-11-22T09:00:00Z',
    });
    expect(feed.entry).toEqual({
      id: one.id,
      title: { '#text': one.title, '@_xml:lang': 'de' },
      published: '2026-11-21T17:30:00Z',
      updated: '2026-11-22T09:00:00Z',
      link: { '@_rel': 'alternate', '@_type': 'text/html', '@_href': one.url },
      author: [{ name: 'Tanja B.' }, { name: 'Marko K.' }],
      category: [{ '@_term': 'Mail' }, { '@_term': 'Web "hosting"' }],
      content: { '@_type': 'html', '#text': one.html },
    });
  });

  it('has a date that never moves where none is known', () => {
    const undated = [item({ id: 'https://a.example/x#1' }), item({ id: 'https://a.example/x#2' })];
    const feed = parsed(undated.map((one) => ({ ...one, published: null, updated: null })));
    expect(feed.entry.map((one: { updated: string }) => one.updated)).toEqual([
      '2000-01-01T00:00:01Z',
      '2000-01-01T00:00:00Z',
    ]);
    expect(feed.updated).toBe('2000-01-01T00:00:01Z');
    expect(parsed([]).updated).toBe('2000-01-01T00:00:00Z');
  });
});

describe('a JSON feed', () => {
  it('is valid, and gives every text back', () => {
    const feed = JSON.parse(jsonFeed(channel({ self: 'https://status.example/feed.json' }), nasty));
    expect(validJsonFeed(feed), JSON.stringify(validJsonFeed.errors)).toBe(true);
    expect(feed.items).toEqual(
      nasty.map(({ id, url, title, html, published, authors, categories }) => ({
        id,
        url,
        title,
        content_html: html,
        date_published: new Date(published!).toISOString().replace('.000', ''),
        authors: authors.map((name) => ({ name })),
        tags: categories,
      })),
    );
  });

  it('is valid without items, dates, authors and categories', () => {
    const bare = item({ published: null, updated: null, authors: [], categories: [] });
    for (const items of [[], [bare]]) {
      const feed = JSON.parse(jsonFeed(channel(), items));
      expect(validJsonFeed(feed), JSON.stringify(validJsonFeed.errors)).toBe(true);
      expect(feed.items).toHaveLength(items.length);
    }
  });

  it('tells when something was added later', () => {
    const added = item({ updated: Date.parse('2026-11-22T09:00:00Z') });
    const feed = JSON.parse(jsonFeed(channel(), [added]));
    expect(feed.items[0]).toMatchObject({
      date_published: '2026-11-21T17:30:00Z',
      date_modified: '2026-11-22T09:00:00Z',
    });
  });
});

describe('the rules that feeds are held against', () => {
  const rss = (change: (xml: string) => string) =>
    rssFeed(channel(), nasty.slice(0, 2)).then((xml) => rssProblems(change(xml)));
  const atom = (change: (xml: string) => string) =>
    atomProblems(change(atomFeed(channel({ self: self.atom }), nasty.slice(0, 2))));

  it.each<[string, (xml: string) => string]>([
    ['a title', (xml) => xml.replace(/<title>.*?<\/title>/, '')],
    ['a language', (xml) => xml.replace('<language>en<', '<language>English please<')],
    ['a link to itself', (xml) => xml.replace(/<atom:link[^>]*>/, '')],
    ['an absolute link to itself', (xml) => xml.replace('href="https://status.example/', 'href="/')],
    [
      'what it says of itself before the items',
      (xml) => xml.replace(/(<language>.*?<\/language>)(.*)<\/channel>/, '$2$1</channel>'),
    ],
    ['one guid an item', (xml) => xml.replaceAll('#u1<', '#u0<')],
    ['guids', (xml) => xml.replace(/<guid.*?<\/guid>/, '')],
    ['the right weekday', (xml) => xml.replace('Sat,', 'Sun,')],
    ['dates as RFC 822 has them', (xml) => xml.replace('21 Nov 2026', '2026-11-21')],
    ['HTML that runs nothing', (xml) => xml.replace('&lt;p&gt;', '&lt;script&gt;x&lt;/script&gt;&lt;p&gt;')],
    ['HTML without handlers', (xml) => xml.replace('&lt;p&gt;', '&lt;p onclick=&quot;x&quot;&gt;')],
    ['HTML without styles', (xml) => xml.replace('&lt;p&gt;', '&lt;p style=&quot;color:red&quot;&gt;')],
    [
      'absolute links in it',
      (xml) => xml.replace('&lt;p&gt;', '&lt;p&gt;&lt;a href=&quot;#x&quot;&gt;x&lt;/a&gt;'),
    ],
    ['closed elements', (xml) => xml.replace('</item>', '')],
    ['characters that XML allows', (xml) => xml.replace('<title>', '<title>\u0085')],
  ])('ask RSS for %s', async (_, change) => {
    expect(await rss((xml) => xml)).toEqual([]);
    expect(await rss(change)).not.toEqual([]);
  });

  it.each<[string, (xml: string) => string]>([
    ['an id', (xml) => xml.replace(/<id>.*?<\/id>/, '')],
    ['ids of its own for each entry', (xml) => xml.replaceAll('#u1<', '#u0<')],
    ['dates of their own for each entry', (xml) => xml.replaceAll('17:29:59Z', '17:30:00Z')],
    ['a date not older than its entries', (xml) => xml.replace('<updated>2026', '<updated>2025')],
    ['dates as RFC 3339 has them', (xml) => xml.replace('T17:30:00Z</published>', ' 17:30</published>')],
    ['an author', (xml) => xml.replaceAll(/<author>.*?<\/author>/g, '')],
    ['a language', (xml) => xml.replace(' xml:lang="en"', '')],
    ['one alternate link', (xml) => xml.replace(/(<entry>.*?)(<link [^>]*>)/, '$1$2$2')],
    ['content as HTML', (xml) => xml.replace('type="html"', 'type="text"')],
    ['content', (xml) => xml.replace(/<content.*?<\/content>/, '')],
  ])('ask Atom for %s', (_, change) => {
    expect(atom((xml) => xml)).toEqual([]);
    expect(atom(change)).not.toEqual([]);
  });
});
