import { incidentPath, urlOf } from '../domain/address.ts';
import type { Instant, Update } from '../domain/incident.ts';
import type { IncidentStatus } from '../domain/incident-status.ts';
import { allComponents, localText, type Site } from '../domain/site.ts';
import type { Locale } from '../i18n/locale.ts';
import type { DatedUpdate } from './dated-update.ts';
import { partsHtml, type TextPart } from './update-html.ts';
import { escapeXml, withoutForbidden } from './xml.ts';

/** How many items a feed holds (DESIGN §6): no file grows with the history. */
export const NEWEST = 50;

/** One entry of a feed, ready for any format. Plain text but for `html`; nothing in it that XML can't hold. */
export interface FeedItem {
  /** The same for ever, whatever becomes of text, title and slug. A URI, unique in its feed. */
  id: string;
  /** Absolute URL of what the item tells of, on the incident's page. */
  url: string;
  title: string;
  /** BCP 47 tag of the title. */
  titleLanguage: string;
  /** The full text as safe HTML with absolute links; where nothing was written, the word of the status. */
  html: string;
  /** When it was published: whole seconds, never later than now. Null: no time is known that has passed. */
  published: Instant | null;
  /**
   * When something was last said: later than `published` only where an item gathers several updates. A correction of
   * what was said moves neither date, so that no reader is told of it as of news (RFC 4287 §4.2.15).
   */
  updated: Instant | null;
  /** Names of the components concerned, each once. */
  categories: string[];
  /** Names of who signed, each once. */
  authors: string[];
}

/** What items need from outside of the domain. */
export interface FeedContext {
  site: Site;
  locale: Locale;
  /** A language of the site, as the site spells it: chooses names, titles and texts. */
  language: string;
  /** Names of the components in that language, by id. */
  names: ReadonlyMap<string, string>;
  /** The text of an update. */
  parts: (one: IncidentStatus, update: Update) => TextPart[];
}

/** The names of the components of a site in a language, by id. */
export function namesIn(site: Site, language: string): Map<string, string> {
  return new Map(
    allComponents(site).map((component) => [component.id, localText(component.name, language, site)]),
  );
}

/** The item of an update, titled `[Monitoring] Title`. */
export function feedItem({ one, update, at }: DatedUpdate, context: FeedContext): FeedItem {
  const { site, locale, language } = context;
  const { incident } = one;
  const { title, titleLanguage } = titleIn(one, language);
  const page = (slug: string) =>
    `${urlOf(site, language, incidentPath(slug))}#${encodeURIComponent(update.id)}`;
  const word = locale.status(update.status);
  return {
    id: page(incident.aliases[0] ?? incident.slug),
    url: page(incident.slug),
    title: withoutForbidden(locale.t('feed.item', { status: word, title })),
    titleLanguage,
    html: withoutForbidden(partsHtml(context.parts(one, update), language) || `<p>${escapeXml(word)}</p>`),
    published: at,
    updated: at,
    categories: categoriesOf(one, context.names),
    authors: signersOf(update.authors, site),
  };
}

/** The title of an incident in a language, else the original, and the language that it is in. */
export function titleIn(
  { incident }: IncidentStatus,
  language: string,
): { title: string; titleLanguage: string } {
  const translated = incident.translations[language]?.title;
  return translated
    ? { title: translated, titleLanguage: language }
    : { title: incident.title, titleLanguage: incident.language };
}

/** What an incident is filed under: the components that it concerns, and names that the config does not know. */
export function categoriesOf(one: IncidentStatus, names: ReadonlyMap<string, string>): string[] {
  const all = [...one.components.map(({ id }) => names.get(id) ?? id), ...one.incident.unknownComponents];
  return distinct(all);
}

/** The people who signed, by name; an unknown signature stays as written. */
export function signersOf(keys: string[], { authors }: Site): string[] {
  return distinct(keys.map((key) => (Object.hasOwn(authors, key) ? (authors[key] ?? key) : key)));
}

function distinct(texts: string[]): string[] {
  return [...new Set(texts.map((text) => withoutForbidden(text).trim()))].filter((text) => text !== '');
}
