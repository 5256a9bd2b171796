import type { StatusTextContent, ToldEntry } from '../badges/status-text.ts';
import { contactText } from '../components/contact-text.ts';
import { affectedNames } from '../components/description.ts';
import { headline } from '../components/headline.ts';
import { type StateLine, stateLine } from '../components/state-line.ts';
import { steadyHeadline } from '../components/steady-headline.ts';
import { componentNames, signers, titleOf } from '../components/texts.ts';
import { plainText } from '../content/markdown.ts';
import { urlOf } from '../domain/address.ts';
import type { IncidentStatus } from '../domain/incident-status.ts';
import { newestChange } from '../domain/newest-change.ts';
import { localText } from '../domain/site.ts';
import type { Locale } from '../i18n/locale.ts';
import { localeOf, type SiteData } from './_site.ts';

/** How things are, in plain words in a language of the site. */
export function statusTextContent({ site, status }: SiteData, language: string): StatusTextContent {
  const locale = localeOf(site, language);
  const head = headline(status, site, language, locale);
  const { more, lead, state } = head;
  const { text } = steadyHeadline(head, language, locale);
  const names = componentNames(site, language);
  const tell = (one: IncidentStatus): ToldEntry => ({
    title: titleOf(one.incident, language).text,
    line: lineText(stateLine(one, locale, null)),
    affected: affectedNames(one, names),
    said: saidOf(one, language, locale, (keys) => locale.list(signers(keys, site))),
    promise: promiseOf(one, status.now, locale),
  });
  const others = (entries: IncidentStatus[]) => entries.filter((one) => one !== lead).map(tell);
  const newest = newestChange(status.incidents, status.now);
  const contacts = site.contacts.map(({ label, url }) => {
    const text = contactText(localText(label, language, site), url);
    return /^https?:/i.test(url) ? `${text} ${url}` : text;
  });
  // Open and without a known effect: the entry's own line says so, and nothing says that all is well.
  const harmless = lead !== null && state === 'operational';
  return {
    siteName: site.name,
    state: lead === null ? null : harmless ? locale.t('line.noEffect') : locale.state(state),
    headline: more === null ? text : `${text} (${more})`,
    lead: lead === null ? null : tell(lead),
    sections: [
      { heading: locale.t('section.moreIncidents'), entries: others(status.open) },
      { heading: locale.t('section.maintenance'), entries: others(status.maintenance) },
      { heading: locale.t('section.notices'), entries: others(status.notices) },
      { heading: locale.t('section.upcoming'), entries: others(status.upcoming) },
    ],
    contacts: contacts.length === 0 ? '' : `${locale.t('contact')} ${contacts.join(', ')}`,
    url: urlOf(site, language, 'index.html'),
    newest:
      newest === null ? null : locale.t('page.newest', { time: locale.full(newest.at, newest.precision) }),
  };
}

function lineText({ word, parts }: StateLine): string {
  // What the clock makes of a window is for readers' clocks.
  const told = parts.flatMap((part) => {
    if ('window' in part) return [];
    return [part.at === null ? part.text : part.before + part.text + part.after];
  });
  return [word, ...told].join(', ');
}

function saidOf(
  one: IncidentStatus,
  language: string,
  locale: Locale,
  sign: (keys: string[]) => string,
): ToldEntry['said'] {
  const { newest, incident } = one;
  const text =
    newest.clock === null
      ? plainText(incident.translations[language]?.updates[newest.id] ?? newest.text)
      : locale.t(`clock.${newest.clock}`);
  const time = locale.full(newest.at, newest.precision);
  return text === '' ? null : { text, time, signature: sign(newest.authors) };
}

function promiseOf({ nextUpdate }: IncidentStatus, now: number, locale: Locale): string {
  if (nextUpdate === null) return '';
  const time = locale.full(nextUpdate);
  return nextUpdate <= now ? locale.t('promise.late', { time }) : locale.t('promise.by', { time });
}
