import type { Instant, Update } from '../domain/incident.ts';
import type { IncidentStatus } from '../domain/incident-status.ts';
import { allComponents, localText, type Site } from '../domain/site.ts';
import type { SiteStatus } from '../domain/status.ts';
import type { Locale } from '../i18n/locale.ts';

/** One update, ready for any feed format. Plain text but for `html`. */
export interface FeedItem {
  /** The same for ever, whatever becomes of text, title and slug. An absolute URL. */
  id: string;
  /** Absolute URL of the update on the incident's page. */
  url: string;
  /** `[Monitoring] Title`. */
  title: string;
  /** The full text as safe HTML with absolute links. */
  html: string;
  /** Whole seconds, no two items of a feed alike, never later than now. Null: no time is known that has passed. */
  at: Instant | null;
  /** Names of the components concerned. */
  categories: string[];
  /** Names of who signed. */
  authors: string[];
}

/** What a feed needs from outside of the domain. */
export interface FeedContext {
  site: Site;
  locale: Locale;
  /** A language of the site, as the site spells it: chooses names and titles. */
  language: string;
  /** Absolute URL of the language's pages, with a slash at the end. */
  base: string;
  /** The text of an update (its summary, for the first one, before it) as safe HTML with absolute links. */
  html: (one: IncidentStatus, update: Update) => string;
}

const SECOND = 1000;

/** The newest `count` updates of all incidents, newest first: an item per update. */
export function feedItems(status: SiteStatus, count: number, context: FeedContext): FeedItem[] {
  const dated = datesOf(status);
  return dated.slice(0, count).map(({ one, update, at }) => item(one, update, at, context));
}

interface Dated {
  one: IncidentStatus;
  update: Update;
  at: Instant | null;
}

/**
 * Every update with the date that feeds give it, newest first. An update later than now is dated a second after the
 * newest past one, so that a date never lies in the future. Where two share a second, the later one moves on.
 */
function datesOf(status: SiteStatus): Dated[] {
  const now = floor(status.now);
  const all: Dated[] = status.incidents.flatMap((one) =>
    one.updates.map((update) => ({ one, update, at: floor(update.at) })),
  );
  // Stable: updates of one incident that share a second keep their order.
  all.sort((a, b) => a.at! - b.at! || compare(a.one.incident.slug, b.one.incident.slug));
  const firstAhead = all.findIndex(({ at }) => at! > now);
  const past = firstAhead < 0 ? all : all.slice(0, firstAhead);
  const ahead = firstAhead < 0 ? [] : all.slice(firstAhead);
  let last = -Infinity;
  for (const dated of past) {
    dated.at = Math.max(dated.at!, last + SECOND);
    last = dated.at;
  }
  for (const dated of ahead) {
    dated.at = last === -Infinity ? null : last + SECOND;
    if (dated.at !== null) last = dated.at;
  }
  // Moving on may have led past now.
  let limit = now;
  for (const dated of all.toReversed()) {
    if (dated.at === null) continue;
    if (dated.at <= limit) break;
    dated.at = limit;
    limit -= SECOND;
  }
  return all.reverse();
}

function item(one: IncidentStatus, update: Update, at: Instant | null, context: FeedContext): FeedItem {
  const { site, locale, language, base } = context;
  const { incident } = one;
  const names = new Map(
    allComponents(site).map((component) => [component.id, localText(component.name, language, site)]),
  );
  const title = incident.translations[language]?.title ?? incident.title;
  const page = (slug: string) =>
    `${base}incidents/${encodeURIComponent(slug)}.html#${encodeURIComponent(update.id)}`;
  return {
    id: page(incident.aliases[0] ?? incident.slug),
    url: page(incident.slug),
    title: locale.t('feed.item', { status: locale.status(update.status), title }),
    html: context.html(one, update),
    at,
    categories: [...one.components.map(({ id }) => names.get(id) ?? id), ...incident.unknownComponents],
    authors: update.authors.map((key) => site.authors[key] ?? key),
  };
}

function floor(at: Instant): Instant {
  return Math.floor(at / SECOND) * SECOND;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
