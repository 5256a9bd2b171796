import { calendarEvent, calendarWork, type EventContext } from '../../../src/calendar/event.ts';
import { type Calendar, calendarFile } from '../../../src/calendar/ics.ts';
import type { Incident, Instant } from '../../../src/domain/incident.ts';
import { deriveStatus } from '../../../src/domain/status.ts';
import { locale } from '../../../src/i18n/locale.ts';
import { now, site } from '../components/given.ts';

/** What the calendar of the sample site says of itself. */
export const calendar: Calendar = {
  title: 'Nordhost: planned work',
  description: 'Planned work at Nordhost, as announced.',
  language: 'en',
  home: 'https://status.nordhost.example/',
  self: 'https://status.nordhost.example/calendar.ics',
};

/** What events of the sample site are made with; texts stand as the files have them. */
export function contextAt(at: Instant, language = 'en'): EventContext {
  return {
    site,
    locale: locale(language, site),
    language,
    now: at,
    text: ({ incident }, update) => (update === null ? incident.summary : update.text),
  };
}

/** The calendar file of the sample site with these incidents. */
export function fileOf(incidents: Incident[], { at = now, language = 'en', past = 50 } = {}): string {
  const events = calendarWork(deriveStatus(site, incidents, at), past).map((one) =>
    calendarEvent(one, contextAt(at, language)),
  );
  return calendarFile(calendar, events);
}
