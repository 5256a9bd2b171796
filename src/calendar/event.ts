import { incidentPath, urlOf } from '../domain/address.ts';
import type { Instant, Update, Window } from '../domain/incident.ts';
import type { IncidentStatus } from '../domain/incident-status.ts';
import { newestChange } from '../domain/newest-change.ts';
import { allComponents, localText, type Site } from '../domain/site.ts';
import type { SiteStatus } from '../domain/status.ts';
import type { Locale } from '../i18n/locale.ts';

/** A maintenance as a calendar shows it. All texts are plain. */
export interface CalendarEvent {
  /** The same for ever and in every language: the first name the maintenance had, at the site's host. */
  uid: string;
  window: Window;
  /** How many updates people have written: it grows with each, and never by the clock. */
  sequence: number;
  /** The newest update, the clock's own among them. */
  modified: Instant;
  cancelled: boolean;
  summary: string;
  /** Several lines. */
  description: string;
  /** Absolute URL of the maintenance's page. */
  url: string;
  /** Names of the components concerned. */
  categories: string[];
  /** BCP 47 tag of the title: the original's where there is no translation. */
  language: string;
}

/** What events need from outside of the domain. */
export interface EventContext {
  site: Site;
  locale: Locale;
  /** A language of the site, as the site spells it: chooses names and titles. */
  language: string;
  /** The instant at which an update counts as said. */
  now: Instant;
  /** The text of an update, or the summary before the first one (null), as plain text; empty where there is none. */
  text: (one: IncidentStatus, update: Update | null) => string;
}

/**
 * The maintenances that a calendar holds, by begin: all that are announced or not over, and the newest `past` of the
 * others, cancelled ones among them. Work without a window is none: there is no time to put it at.
 */
export function calendarWork(status: SiteStatus, past: number): IncidentStatus[] {
  const planned = status.incidents.filter((one) => one.kind === 'maintenance' && one.window !== null);
  const over = planned.filter((one) => one.phase === 'closed').sort((a, b) => byBegin(b, a));
  const kept = new Set(over.slice(0, past));
  return planned.filter((one) => one.phase !== 'closed' || kept.has(one)).sort(byBegin);
}

/** A maintenance that has a window as an event. Throws on one that has none. */
export function calendarEvent(one: IncidentStatus, context: EventContext): CalendarEvent {
  const { site, locale, language, now } = context;
  const { incident, window } = one;
  if (window === null) throw new Error(`${incident.slug} has no window to put into a calendar`);
  const translated = incident.translations[language]?.title ?? null;
  const cancelled = one.status === 'cancelled';
  const event = locale.t('calendar.event', { site: site.name, title: translated ?? incident.title });
  // Not every calendar shows that an event is cancelled.
  const summary = cancelled
    ? locale.t('calendar.marked', { mark: locale.status('cancelled'), title: event })
    : event;
  const names = new Map(allComponents(site).map(({ id, name }) => [id, localText(name, language, site)]));
  const categories = [...one.components.map(({ id }) => names.get(id) ?? id), ...incident.unknownComponents];
  const url = urlOf(site, language, incidentPath(incident.slug));
  return {
    uid: `${encodeURIComponent(incident.aliases[0] ?? incident.slug)}@${URL.parse(site.url)?.hostname ?? 'localhost'}`,
    window,
    sequence: incident.updates.length,
    // A file may hold nothing but updates dated ahead.
    modified: newestChange([one], now)?.at ?? incident.updates[0]!.at,
    cancelled,
    summary: oneLine(summary),
    description: description(one, window, categories, url, context),
    url,
    categories: categories.map(oneLine),
    language: translated === null ? incident.language : language,
  };
}

function description(
  one: IncidentStatus,
  window: Window,
  components: string[],
  url: string,
  { site, locale, text }: EventContext,
): string {
  const { newest } = one;
  // The event itself ends with its window: that work goes on can only be said.
  const when = one.overrun
    ? locale.t('line.overrun', { time: locale.full(window.to) })
    : locale.fullWindow(window.from, window.to);
  const words = newest.clock === null ? text(one, newest) : locale.t(`clock.${newest.clock}`);
  const signers = newest.authors.map((key) => (Object.hasOwn(site.authors, key) ? site.authors[key]! : key));
  const said = locale.t('plain.said', { time: locale.full(newest.at, newest.precision), text: words });
  return [
    locale.t('calendar.state', { status: locale.status(one.status), when }),
    text(one, null),
    words === '' ? '' : [said, ...(signers.length === 0 ? [] : [`— ${locale.list(signers)}`])].join(' '),
    components.length === 0 ? '' : locale.t('plain.affected', { components: locale.list(components) }),
    url,
  ]
    .filter((paragraph) => paragraph !== '')
    .join('\n\n');
}

function byBegin(a: IncidentStatus, b: IncidentStatus): number {
  return a.window!.from - b.window!.from || (a.incident.slug < b.incident.slug ? -1 : 1);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
