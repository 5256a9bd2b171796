import { renderMarkdown } from '../content/markdown.ts';
import {
  componentFeedPath,
  componentPath,
  incidentPath,
  MAINTENANCE_FEED,
  urlOf,
} from '../domain/address.ts';
import type { Update } from '../domain/incident.ts';
import { publicIds } from '../domain/public-ids.ts';
import { isGroup, localText } from '../domain/site.ts';
import type { SiteStatus } from '../domain/status.ts';
import type { FeedChannel } from '../feeds/channel.ts';
import { type DatedUpdate, datedUpdates, newestOfEach } from '../feeds/dated-update.ts';
import { historyItems } from '../feeds/history-item.ts';
import { type FeedContext, type FeedItem, feedItems, NEWEST, namesIn } from '../feeds/item.ts';
import { type TextPart, updateParts } from '../feeds/update-html.ts';
import type { TextKey } from '../i18n/locale.ts';
import { localeOf, type SiteData, siteData } from './_site.ts';

/** What the feeds of one reading share. */
interface Shared {
  /** All of the site, newest first. */
  updates: DatedUpdate[];
  /** By id of a component or group. */
  ofEach: Map<string, DatedUpdate[]>;
  /** By language. */
  contexts: Map<string, FeedContext>;
}

const shared = new WeakMap<SiteStatus, Shared>();

function sharedOf({ site, status }: SiteData): Shared {
  let found = shared.get(status);
  if (found === undefined) {
    const updates = datedUpdates(status);
    found = { updates, ofEach: newestOfEach(site, updates, NEWEST), contexts: new Map() };
    shared.set(status, found);
  }
  return found;
}

/** What makes items out of updates in a language. An update is in several feeds and its text is rendered once. */
function feedContext(data: SiteData, language: string): FeedContext {
  const { contexts } = sharedOf(data);
  let context = contexts.get(language);
  if (context === undefined) {
    context = makeContext(data, language);
    contexts.set(language, context);
  }
  return context;
}

function makeContext({ site }: SiteData, language: string): FeedContext {
  const locale = localeOf(site, language);
  const rendered = new WeakMap<Update, TextPart[]>();
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
    items: feedItems(sharedOf(data).updates.slice(0, NEWEST), feedContext(data, language)),
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
    items: feedItems(updates.slice(0, NEWEST), feedContext(data, language)),
  };
}

/** The feed in Statuspage's shape, at `path` below the folder of the language: an item per incident. */
export async function feedOfHistory(language: string, path: string): Promise<Feed> {
  const data = await siteData();
  const ids = publicIds(
    data.site,
    data.status.incidents.map(({ incident }) => incident),
  );
  return {
    channel: channelOf(data, language, path, {
      title: 'feed.history',
      description: 'feed.aboutHistory',
      page: 'history/index.html',
    }),
    items: historyItems(sharedOf(data).updates, NEWEST, feedContext(data, language), ids.incident),
  };
}

/** The feed of each component and group: an item per update of every incident that ever touched it. */
export function feedsOfComponents(data: SiteData, language: string): ({ id: string } & Feed)[] {
  const { site } = data;
  const { ofEach } = sharedOf(data);
  const context = feedContext(data, language);
  return site.components
    .flatMap((entry) => (isGroup(entry) ? [entry, ...entry.components] : [entry]))
    .map(({ id, name }) => ({
      id,
      channel: channelOf(data, language, componentFeedPath(id), {
        title: 'feed.component',
        description: 'feed.aboutComponent',
        page: componentPath(id),
        component: localText(name, language, site),
      }),
      items: feedItems(ofEach.get(id) ?? [], context),
    }));
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
