import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Ajv from 'ajv';
import { beforeAll, describe, expect, it } from 'vitest';
import { atomProblems, rssProblems } from '../unit/feeds/feed-rules.ts';
import { jsonFeedSchema } from '../unit/feeds/json-feed-schema.ts';
import { PARSERS, type ReadItem } from '../unit/feeds/parsers.ts';
import { filesBelow, makeSite, runBuild, snapshot, type TestSite } from './harness.ts';
import { attribute, elementsOf, referencesOf } from './references.ts';
import { SAMPLE_SITE } from './sample-site.ts';

const SITE_URL = 'https://status.nordhost.example';
const OUTAGE = 'incidents/2026-11-21-power-dresden.md';
const LATER = '2026-11-21T21:00:00Z';

/** Feeds of a language, below its folder. */
const XML_FEEDS = [
  'atom.xml',
  'components/api/rss.xml',
  'components/mail/rss.xml',
  'components/rechenzentrum-dresden/rss.xml',
  'components/webhosting/rss.xml',
  'history.atom',
  'history.rss',
  'maintenance/rss.xml',
  'rss.xml',
];

/** Two updates in one minute, a link to a place on the page, markup, and signs that break feeds. */
const ODD = `---
title: "Odd & <b>bold</b> ]]> title"
status: monitoring
impact: minor
components: [api]
language: en
---

See [below](#facts), ![a plan](plan.png) and [the plan](./plan.png).

## 2026-11-21 19:10 monitoring ^mk

<script>alert(1)</script> ]]> & done {api: operational}

## 2026-11-21 19:10 identified

- one
- two

## 2026-11-21 19:05 investigating {mail: degraded performance}

| a | b |
| :-: | --: |
| 1 | 2 |

[bad](javascript:alert(1)) and ![far](https://elsewhere.example/x.png)
`;

let site: TestSite;
const read = (path: string) => readFile(join(site.outDir, path), 'utf8');
const problemsIn = (path: string, xml: string) => (/atom/.test(path) ? atomProblems(xml) : rssProblems(xml));
const itemsOf = async (path: string): Promise<ReadItem[]> => PARSERS.feedsmith!(await read(path));

async function build(now = '2026-11-21T18:40:00Z'): Promise<void> {
  const run = await runBuild(site, { env: { STATUS_NOW: now } });
  expect(run.code, run.stderr).toBe(0);
}

async function change(path: string, edit: (text: string) => string): Promise<void> {
  const file = join(site.folder, path);
  await writeFile(file, edit(await readFile(file, 'utf8')));
}

beforeAll(async () => {
  site = await makeSite({ ...SAMPLE_SITE, 'incidents/2026-11-21-odd.md': ODD });
  await build();
});

/** Where an address of the site's own URL lies below `dist/`; null for addresses of others. */
function ownPath(url: string): string | null {
  if (url !== SITE_URL && !url.startsWith(`${SITE_URL}/`)) return null;
  const path = decodeURIComponent(new URL(url).pathname).slice(1);
  return path === '' || path.endsWith('/') ? `${path}index.html` : path;
}

describe.each(['', 'en/'])('the feeds of a built site below /%s', (folder) => {
  it('are all there', async () => {
    const made = (await filesBelow(site.outDir)).filter((path) => path.startsWith(folder));
    expect(made).toEqual(expect.arrayContaining([...XML_FEEDS, 'feed.json'].map((path) => folder + path)));
  });

  it.each(XML_FEEDS)('break none of the validator’s rules: %s', async (name) => {
    const path = folder + name;
    const xml = await read(path);
    expect(problemsIn(path, xml)).toEqual([]);
    expect(xml).toContain(`href="${SITE_URL}/${path}"`);
    expect(xml).toContain(/atom/.test(path) ? `xml:lang="${folder === '' ? 'de' : 'en'}"` : '<language>');
  });

  it.each(XML_FEEDS)('hold the same items in the eyes of each reader: %s', async (name) => {
    const xml = await read(folder + name);
    const [first, ...others] = await Promise.all(Object.values(PARSERS).map((parse) => parse(xml)));
    const facts = (items: ReadItem[] = []) =>
      items.map(({ id, url, at, categories }) => ({ id, url, at, categories }));
    expect(first!.length).toBeGreaterThan(0);
    for (const items of others) expect(facts(items)).toEqual(facts(first));
  });

  it('say the same in RSS, Atom and JSON', async () => {
    const rss = await itemsOf(`${folder}rss.xml`);
    expect(rss.length).toBeGreaterThan(8);
    expect(await itemsOf(`${folder}atom.xml`)).toEqual(rss);
    const json = JSON.parse(await read(`${folder}feed.json`));
    const valid = new Ajv().compile(jsonFeedSchema);
    expect(valid(json), JSON.stringify(valid.errors)).toBe(true);
    expect(json.feed_url).toBe(`${SITE_URL}/${folder}feed.json`);
    expect(
      json.items.map((item: Record<string, string>) => ({
        id: item.id,
        url: item.url,
        title: item.title,
        html: item.content_html,
        at: new Date(item.date_published!).toISOString(),
        categories: item.tags ?? [],
      })),
    ).toEqual(rss);
    expect((await itemsOf(`${folder}history.atom`)).map(({ at: _, ...item }) => item)).toEqual(
      (await itemsOf(`${folder}history.rss`)).map(({ at: _, ...item }) => item),
    );
  });

  it('lead to what is there: pages, places on them, pictures', async () => {
    const missing: string[] = [];
    for (const name of XML_FEEDS) {
      for (const item of await itemsOf(folder + name)) {
        for (const url of [item.url, ...referencesOf(item.html).map((reference) => reference.url)]) {
          const own = ownPath(url);
          if (own === null) continue;
          if (!(await stat(join(site.outDir, own)).catch(() => null))?.isFile())
            missing.push(`${name}: ${url}`);
        }
        const id = decodeURIComponent(new URL(item.url).hash.slice(1));
        const ids = elementsOf(await read(ownPath(item.url)!)).map((one) => attribute(one, 'id'));
        if (id !== '' && !ids.includes(id)) missing.push(`${name}: ${item.url} has no such place`);
      }
    }
    expect(missing).toEqual([]);
  });

  it('are found from every page', async () => {
    const page = elementsOf(await read(`${folder}incidents/2026-11-21-odd.html`));
    const found = page
      .filter((one) => attribute(one, 'rel') === 'alternate' && attribute(one, 'type') !== null)
      .map((one) => [attribute(one, 'type'), attribute(one, 'href')]);
    expect(found).toEqual([
      ['application/rss+xml', '../rss.xml'],
      ['application/atom+xml', '../atom.xml'],
      ['application/feed+json', '../feed.json'],
    ]);
  });
});

describe('a feed', () => {
  it('keeps the order of two updates in one minute, and an id for each', async () => {
    const ids = (await itemsOf('rss.xml')).map(({ id }) => id).filter((id) => id.includes('odd'));
    expect(ids.map((id) => id.split('#')[1])).toEqual([
      '20261121T1810Z-2',
      '20261121T1810Z',
      '20261121T1805Z',
    ]);
  });

  it('leads from a link on the page back to the page', async () => {
    const [item] = (await itemsOf('rss.xml')).filter(({ id }) => id.includes('odd.html#20261121T1805Z'));
    expect(item!.html).toContain(`href="${SITE_URL}/incidents/2026-11-21-odd.html#facts"`);
    expect(item!.html).toContain(`src="${SITE_URL}/plan.png"`);
    expect(item!.html).not.toMatch(/<[^>]+(javascript:|elsewhere)/);
  });

  it('of a component has what ever touched it; that of planned work nothing else', async () => {
    const files = async (path: string) => [
      ...new Set((await itemsOf(path)).map(({ url }) => /incidents\/(.*)\.html/.exec(url)![1])),
    ];
    expect(await files('components/mail/rss.xml')).toEqual([
      '2026-11-21-power-dresden',
      '2026-11-21-odd',
      '2026-11-14-mail-slow',
    ]);
    expect(await files('components/rechenzentrum-dresden/rss.xml')).toEqual([
      '2026-11-21-power-dresden',
      '2026-11-21-odd',
      '2026-11-14-mail-slow',
    ]);
    expect(await files('maintenance/rss.xml')).toEqual(['2026-11-18-core-router']);
  });
});

describe('while time passes and files are edited', () => {
  const feeds = async () =>
    Object.fromEntries(
      Object.entries(await snapshot(site.outDir)).filter(([path]) =>
        /\.(xml|rss|atom)$|feed\.json$/.test(path),
      ),
    );

  it('no feed changes when nothing was published', async () => {
    const before = await feeds();
    await build(LATER);
    expect(await feeds()).toEqual(before);
  });

  it('a typing correction changes a text, and neither an item’s id nor its dates', async () => {
    const paths = ['rss.xml', 'atom.xml', 'history.rss', 'history.atom', 'components/mail/rss.xml'];
    const before = await Promise.all(paths.map(itemsOf));
    const atom = await read('atom.xml');
    await change(OUTAGE, (text) => text.replace('Wir sind dran.', 'Wir sind dabei.'));
    await build(LATER);
    for (const [index, path] of paths.entries()) {
      const after = await itemsOf(path);
      const bare = (items: ReadItem[]) => items.map(({ html: _, ...item }) => item);
      expect(bare(after), path).toEqual(bare(before[index]!));
      expect(after.filter(({ html }) => html.includes('dabei')).length, path).toBe(1);
    }
    expect((await read('atom.xml')).replace('Wir sind dabei.', 'Wir sind dran.')).toBe(atom);
  });

  it('a report after the end is a new item, and moves its incident in the histories', async () => {
    const before = await itemsOf('rss.xml');
    await change('incidents/archive/2025-02-03-zertifikat.md', (text) =>
      text
        .replace('status: resolved', 'status: postmortem')
        .replace(
          '## 2025-02-03 08:40',
          '## 2026-11-21 21:30 postmortem\n\nDer Bericht.\n\n## 2025-02-03 08:40',
        ),
    );
    await build(LATER);
    const after = await itemsOf('rss.xml');
    expect(after.slice(1)).toEqual(before);
    expect(after[0]).toMatchObject({ html: '<p>Der Bericht.</p>', at: '2026-11-21T20:30:00.000Z' });
    expect((await itemsOf('history.rss'))[0]!.url).toContain('2025-02-03-zertifikat');
    expect(await read('history.atom')).toContain(
      '<title>Zertifikat abgelaufen</title><published>2025-02-03T07:00:00Z</published><updated>2026-11-21T20:30:00Z</updated>',
    );
  });
});
