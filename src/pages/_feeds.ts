import { cacheKey } from '../build/cache-key.ts';
import { renderMarkdown } from '../content/markdown.ts';
import {
  componentFeedPath,
  componentPath,
  incidentPath,
  MAINTENANCE_FEED,
  urlOf,
} from '../domain/address.ts';
import type { Update } from '../domain/incident.ts';
import type { IncidentStatus } from '../domain/incident-status.ts';
import { type Component, type ComponentGroup, isGroup, localText, type Site } from '../domain/site.ts';
import type { SiteStatus } from '../domain/status.ts';
import type { FeedChannel } from '../feeds/channel.ts';
import { type DatedUpdate, datedUpdates, newestOfEach } from '../feeds/dated-update.ts';
import { historyItems } from '../feeds/history-item.ts';
import { type FeedContext, type FeedItem, feedItem, NEWEST, namesIn } from '../feeds/item.ts';
import { type TextPart, updateParts } from '../feeds/update-html.ts';
import type { TextKey } from '../i18n/locale.ts';
import { apiOf } from './_api.ts';
import { localeOf, type SiteData, siteData } from './_site.ts';

/** What the feeds of one reading share. */
interface Shared {
  /** All of the site, newest first. */
  updates: DatedUpdate[];
  /** By id of a component or group. */
  ofEach: Map<string, DatedUpdate[]>;
  /** By language. */
  languages: Map<string, Items>;
  /** What goes into the items of an incident, apart from the site and the language, as one hash. */
  digests: Map<IncidentStatus, string>;
  site: string;
}

/** What makes items out of updates in a language. An update is in several feeds: it is rendered once, and one item. */
interface Items {
  context: FeedContext;
  of(updates: DatedUpdate[]): FeedItem[];
}

const shared = new WeakMap<SiteStatus, Shared>();

function sharedOf({ site, status }: SiteData): Shared {
  let found = shared.get(status);
  if (found === undefined) {
    const updates = datedUpdates(status);
    found = {
      updates,
      ofEach: newestOfEach(site, updates, NEWEST),
      languages: new Map(),
      digests: new Map(),
      site: cacheKey(site),
    };
    shared.set(status, found);
  }
  return found;
}

function itemsIn(data: SiteData, language: string): Items {
  const { languages } = sharedOf(data);
  let items = languages.get(language);
  if (items === undefined) {
    const context = contextIn(data, language);
    const made = new Map<DatedUpdate, FeedItem>();
    const item = (dated: DatedUpdate) => {
      const one = made.get(dated) ?? feedItem(dated, context);
      made.set(dated, one);
      return one;
    };
    items = { context, of: (updates) => updates.map(item) };
    languages.set(language, items);
  }
  return items;
}

function contextIn({ site }: SiteData, language: string): FeedContext {
  const locale = localeOf(site, language);
  const rendered = new Map<Update, TextPart[]>();
  return {
    site,
    locale,
    language,
    names: namesIn(site, language),
    parts(one, update) {
      let parts = rendered.get(update);
      if (parts === undefined) {
        const page = urlOf(site, language, incidentPath(one.incident.slug));
        parts = updateParts(one, update, language, locale, (text) =>
          renderMarkdown(text, { base: `${site.url}/`, page }),
        );
        rendered.set(update, parts);
      }
      return parts;
    },
  };
}

/** A feed of a language as any format takes it. */
interface Feed {
  channel: FeedChannel;
  items: FeedItem[];
}

/** The feed of everything, at `path` below the folder of the language: an item per update. */
export async function feedOfAll(language: string, path: string): Promise<Feed> {
  const data = await siteData();
  return {
    channel: channelOf(data, language, path, {
      title: 'feed.title',
      description: 'feed.description',
      page: 'index.html',
    }),
    items: itemsIn(data, language).of(sharedOf(data).updates.slice(0, NEWEST)),
  };
}

/** The feed of planned work alone, an item per update. */
export async function feedOfMaintenance(language: string): Promise<Feed> {
  const data = await siteData();
  const updates = sharedOf(data).updates.filter(({ one }) => one.kind === 'maintenance');
  return {
    channel: channelOf(data, language, MAINTENANCE_FEED, {
      title: 'feed.maintenance',
      description: 'feed.aboutMaintenance',
      page: 'index.html',
    }),
    items: itemsIn(data, language).of(updates.slice(0, NEWEST)),
  };
}

/** The feed in Statuspage's shape, at `path` below the folder of the language: an item per incident. */
export async function feedOfHistory(language: string, path: string): Promise<Feed> {
  const data = await siteData();
  return {
    channel: channelOf(data, language, path, {
      title: 'feed.history',
      description: 'feed.aboutHistory',
      page: 'history/index.html',
    }),
    items: historyItems(sharedOf(data).updates, NEWEST, itemsIn(data, language).context, (one) =>
      apiOf(data).idOf(one),
    ),
  };
}

/** Ids of all that has a feed of its own: components and groups. */
export function idsWithFeeds({ site }: SiteData): string[] {
  return entriesOf(site).map(({ id }) => id);
}

/**
 * The key of a component's feed: it tells one state from another by what the feed is made from, so that a feed of which
 * nothing changed costs no rendering.
 */
export function componentFeedKey(data: SiteData, language: string, id: string): string {
  const { ofEach, digests, site } = sharedOf(data);
  const updates = (ofEach.get(id) ?? []).map(({ one, update, at }) => {
    let digest = digests.get(one);
    if (digest === undefined) {
      digest = cacheKey(one);
      digests.set(one, digest);
    }
    return [digest, update.id, at];
  });
  return cacheKey({ site, language, id, updates });
}

/** The feed of a component or group: an item per update of every incident that ever touched it. */
export async function feedOfComponent(language: string, id: string): Promise<Feed> {
  const data = await siteData();
  const { name } = entriesOf(data.site).find((entry) => entry.id === id)!;
  return {
    channel: channelOf(data, language, componentFeedPath(id), {
      title: 'feed.component',
      description: 'feed.aboutComponent',
      page: componentPath(id),
      component: localText(name, language, data.site),
    }),
    items: itemsIn(data, language).of(sharedOf(data).ofEach.get(id) ?? []),
  };
}

function entriesOf(site: Site): (Component | ComponentGroup)[] {
  return site.components.flatMap((entry) => (isGroup(entry) ? [entry, ...entry.components] : [entry]));
}

function channelOf(
  { site }: SiteData,
  language: string,
  path: string,
  about: { title: TextKey; description: TextKey; page: string; component?: string },
): FeedChannel {
  const { t } = localeOf(site, language);
  const words = { site: site.name, component: about.component ?? '' };
  return {
    title: t(about.title, words),
    description: t(about.description, words),
    publisher: site.name,
    home: urlOf(site, language, about.page),
    self: urlOf(site, language, path),
    language,
  };
}
