import { setTimeout as pause } from 'node:timers/promises';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { referencesOf } from '../tests/build/references.ts';
import { type Contents, digestOf, SITE_URL } from './site.ts';
import type { Place } from './targets.ts';

/** What a reader has done and met. */
export interface Reading {
  requests: number;
  pages: number;
  feeds: number;
  /** How often a file was gone for an instant, where the target can't do better. */
  gaps: number;
  lost: string[];
}

/** Somebody who reads a copy of the page all the time. */
export interface Reader {
  /** To be called when a deployment of this generation begins. */
  attempting(generation: number): void;
  /** The generation that `build.json` last told of; null: none that is known. */
  shown(): number | null;
  stop(): Promise<Reading>;
}

const LINKS_AT_ONCE = 6;
const LOSSES_SHOWN = 5;
const INSTANT = 100;
/** A reader who never rests would take the machine for itself. */
const STEP = 25;

/**
 * Reads the copy at `url` until it is stopped: begins at the start page, fetches every link, picture and feed of the
 * page it has just read, goes on to one of them at random, and begins anew now and then. Lost is: an address that is
 * missing, bytes that no generation has at that address (a file cut off or mixed up), a feed that is no XML, and,
 * once `build.json` tells of the generation that is being deployed, anything that is not of it. Where the target
 * leaves gaps a file that is missing is asked for once more after an instant, and `until-next` no loss at all.
 */
export function startReader(url: string, generations: Contents[], gaps: Place['gaps']): Reader {
  const reading: Reading = { requests: 0, pages: 0, feeds: 0, gaps: 0, lost: [] };
  const links = new Map<string, string[]>();
  let attempt = 0;
  let deployed = -1;
  let settled = -1;
  let shown: number | null = null;
  let stopping = false;

  const lose = (loss: string) => {
    if (reading.lost.length < LOSSES_SHOWN) reading.lost.push(loss);
  };

  /** The bytes at a path, and their digest; null where there are none, which is a loss. */
  const get = async (path: string, from: string): Promise<{ text: string; digest: string } | null> => {
    const during = attempt;
    const all = settled === attempt;
    reading.requests += 1;
    let status: number;
    let bytes: Buffer;
    try {
      let response = await fetch(`${url}/${path}`);
      if (gaps !== null && response.status === 404) {
        await response.arrayBuffer();
        await pause(INSTANT);
        response = await fetch(`${url}/${path}`);
        if (response.ok || gaps === 'until-next') reading.gaps += 1;
      }
      status = response.status;
      bytes = Buffer.from(await response.arrayBuffer());
    } catch (error) {
      lose(`${path}, linked from ${from}, was cut off: ${String((error as Error).cause ?? error)}`);
      return null;
    }
    if (status !== 200) {
      if (gaps !== 'until-next') lose(`${path}, linked from ${from}, was answered with ${status}.`);
      return null;
    }
    const digest = digestOf(bytes);
    const file = filePath(path);
    if (!generations.some((contents) => contents[file] === digest)) {
      lose(`${path}, linked from ${from}, held what no build has there (${bytes.length} bytes).`);
    } else if (all && during === attempt) {
      // A link of an earlier page may lead to what the build no longer has.
      const expected = generations[deployed]![file];
      if (expected !== undefined && expected !== digest) lose(`${path} was older than build.json said.`);
    }
    return { text: bytes.toString('utf8'), digest };
  };

  const readMark = async () => {
    const during = attempt;
    const mark = await get('build.json', 'every page');
    if (mark === null) return;
    const generation = generations.findIndex((contents) => contents['build.json'] === mark.digest);
    shown = generation < 0 ? null : generation;
    if (during === attempt && generation === deployed) settled = attempt;
  };

  const walk = async () => {
    let path = 'index.html';
    let from = 'its address';
    while (!stopping) {
      await readMark();
      const file = await get(path, from);
      if (file === null) {
        path = 'index.html';
        from = 'its address';
        continue;
      }
      const isFeed = filePath(path).endsWith('.xml');
      if (isFeed) reading.feeds += 1;
      else reading.pages += 1;
      if (isFeed && XMLValidator.validate(file.text) !== true) lose(`${path} was no XML.`);
      const found = links.get(file.digest) ?? (isFeed ? feedLinks(file.text) : pageLinks(file.text, path));
      links.set(file.digest, found);
      for (let start = 0; start < found.length && !stopping; start += LINKS_AT_ONCE) {
        await Promise.all(found.slice(start, start + LINKS_AT_ONCE).map((link) => get(link, path)));
      }
      const next = found.filter((link) => /\.(?:html|xml)$/.test(filePath(link)));
      from = path;
      path =
        Math.random() < 0.3 || next.length === 0
          ? 'index.html'
          : next[Math.floor(Math.random() * next.length)]!;
      await pause(STEP);
    }
  };

  const walking = walk();
  return {
    attempting(generation) {
      attempt += 1;
      deployed = generation;
    },
    shown: () => shown,
    async stop() {
      stopping = true;
      await walking;
      return reading;
    },
  };
}

/** The file that a path of an address names. */
function filePath(path: string): string {
  return decodeURIComponent(path.split('?')[0]!);
}

/** Paths of the same site that a page leads to, by whatever kind of link. */
function pageLinks(html: string, path: string): string[] {
  return unique(referencesOf(html).map(({ url }) => ownPath(url, path)));
}

/** What a feed, RSS or Atom, leads to: by its own links, and by those in the texts of its items. */
function feedLinks(xml: string): string[] {
  const isArray = (name: string) => ['item', 'entry', 'link'].includes(name);
  const { rss, feed } = new XMLParser({ isArray, ignoreAttributes: false }).parse(xml);
  const whole: FeedPart & { item?: FeedPart[]; entry?: FeedPart[] } = rss?.channel ?? feed;
  const urls = [whole, ...(whole.item ?? whole.entry ?? [])].flatMap(
    ({ link = [], description, content }) => [
      ...link.map((one) => (typeof one === 'string' ? one : one['@_href'])),
      ...[description, content?.['#text']].flatMap((html) => referencesOf(html ?? '').map(({ url }) => url)),
    ],
  );
  return unique(urls.map((url) => ownPath(url, 'rss.xml')));
}

/** A feed or one of its items, as the parser gives it. */
interface FeedPart {
  /** RSS: an address. Atom: an element with the address as attribute. */
  link?: (string | { '@_href': string })[];
  description?: string;
  content?: { '#text'?: string };
}

/** The path below the site that an address names; null: it is somebody else's. */
function ownPath(url: string, from: string): string | null {
  const target = new URL(url, `${SITE_URL}/${from}`);
  if (target.origin !== SITE_URL) return null;
  const path = target.pathname.slice(1);
  // Buckets know no start page of a folder.
  return (path === '' || path.endsWith('/') ? `${path}index.html` : path) + target.search;
}

function unique(paths: (string | null)[]): string[] {
  return [...new Set(paths.filter((path) => path !== null))];
}
