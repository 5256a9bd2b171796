import type { Card } from '../components/card.ts';
import { headline } from '../components/headline.ts';
import { titleOf } from '../components/texts.ts';
import { firstSentences, plainText } from '../content/markdown.ts';
import { languageFolder } from '../domain/address.ts';
import type { Update } from '../domain/incident.ts';
import type { IncidentStatus } from '../domain/incident-status.ts';
import type { Site } from '../domain/site.ts';
import type { Locale } from '../i18n/locale.ts';
import { type CardContent, cardAltText, incidentCard, siteCard, updateCard } from '../social/card-content.ts';
import { hasCard } from '../social/lifetime.ts';
import { cardVersion } from '../social/render-card.ts';
import { localeOf, type SiteData } from './_site.ts';

/** More than any card has room for; the card itself cuts to what fits. */
const MOST_TEXT = 320;

/** The content of the card for the whole page in a language. */
export function contentOfSite({ site, status }: SiteData, language: string): CardContent {
  const locale = localeOf(site, language);
  const { text: title, lead, state } = headline(status, site, language, locale);
  const text = lead === null ? '' : textOf(lead, lead.newest, language, locale);
  return siteCard({ site, locale }, status, { title, text, state });
}

/** The content of an incident's card in a language: the incident as it stands. */
export function contentOfIncident(site: Site, one: IncidentStatus, language: string): CardContent {
  // The page that links the card and the card itself both ask for it.
  const known = made.get(one) ?? new Map<string, CardContent>();
  made.set(one, known);
  let content = known.get(language);
  if (content === undefined) {
    const locale = localeOf(site, language);
    const title = titleOf(one.incident, language).text;
    content = incidentCard({ site, locale }, one, { title, text: textOf(one, one.newest, language, locale) });
    known.set(language, content);
  }
  return content;
}

const made = new WeakMap<IncidentStatus, Map<string, CardContent>>();

/** The content of an update's card in a language: the update as it was said. */
export function contentOfUpdate(
  site: Site,
  one: IncidentStatus,
  update: Update,
  language: string,
): CardContent {
  const locale = localeOf(site, language);
  const title = titleOf(one.incident, language).text;
  return updateCard({ site, locale }, one, update, { title, text: textOf(one, update, language, locale) });
}

/** The card for the whole page, as its start page links it. */
export function cardOfSite(data: SiteData, language: string): Promise<Card> {
  return card(data.site, language, 'social/status.png', contentOfSite(data, language));
}

/** The card that the page of an incident links: its own, or that of the site for an old one. */
export async function cardOfIncident(data: SiteData, one: IncidentStatus, language: string): Promise<Card> {
  const { site, now } = data;
  if (!hasCard(one, now)) return anyCardOfSite(site, language);
  const path = `social/incidents/${encodeURIComponent(one.incident.slug)}.png`;
  return card(site, language, path, contentOfIncident(site, one, language));
}

/** The card of the site without a mark of its content, for pages that would else change whenever it does. */
export function anyCardOfSite(site: Site, language: string): Card {
  const url = `${site.url}/${languageFolder(site, language)}social/status.png`;
  return { url, alt: localeOf(site, language).t('page.home', { site: site.name }), width: 1200, height: 630 };
}

async function card(site: Site, language: string, path: string, content: CardContent): Promise<Card> {
  const url = `${site.url}/${languageFolder(site, language)}${path}?v=${await cardVersion(content)}`;
  return { url, alt: cardAltText(content), width: 1200, height: 630 };
}

function textOf(one: IncidentStatus, update: Update, language: string, locale: Locale): string {
  if (update.clock !== null) return locale.t(`clock.${update.clock}`);
  const translated = one.incident.translations[language]?.updates[update.id];
  return firstSentences(
    plainText(translated ?? update.text),
    MOST_TEXT,
    translated ? language : one.incident.language,
  );
}
