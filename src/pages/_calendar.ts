import { type CalendarEvent, calendarEvent, calendarWork, type EventContext } from '../calendar/event.ts';
import { type Calendar, calendarFile } from '../calendar/ics.ts';
import { plainText } from '../content/markdown.ts';
import { urlOf } from '../domain/address.ts';
import type { Update } from '../domain/incident.ts';
import type { IncidentStatus } from '../domain/incident-status.ts';
import { localeOf, type SiteData } from './_site.ts';

/** How many maintenances that are over a calendar holds, and have a file of their own. */
const PAST = 50;

/** The maintenances that have a calendar file of their own, and stand in that of the site. */
export function workInCalendar({ status }: SiteData): IncidentStatus[] {
  return calendarWork(status, PAST);
}

/** A maintenance as an event in a language. */
export function eventIn({ site, now }: SiteData, one: IncidentStatus, language: string): CalendarEvent {
  const translation = one.incident.translations[language];
  const text = ({ incident }: IncidentStatus, update: Update | null) =>
    plainText(
      update === null
        ? (translation?.summary ?? incident.summary)
        : (translation?.updates[update.id] ?? update.text),
    );
  const context: EventContext = { site, locale: localeOf(site, language), language, now, text };
  return calendarEvent(one, context);
}

/** What the calendar file at a path says of itself. */
export function calendarAt({ site }: SiteData, language: string, path: string): Calendar {
  const locale = localeOf(site, language);
  return {
    title: locale.t('calendar.title', { site: site.name }),
    description: locale.t('calendar.about', { site: site.name }),
    language,
    home: urlOf(site, language, 'index.html'),
    self: urlOf(site, language, path),
  };
}

/** The answer to who asks for a calendar. */
export function calendarResponse(calendar: Calendar, events: CalendarEvent[]): Response {
  return new Response(calendarFile(calendar, events), {
    headers: { 'Content-Type': 'text/calendar; charset=utf-8' },
  });
}
