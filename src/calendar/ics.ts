import ICAL from 'ical.js';
import type { Instant } from '../domain/incident.ts';
import type { CalendarEvent } from './event.ts';

/** What a calendar says of itself. */
export interface Calendar {
  title: string;
  description: string;
  /** BCP 47 tag of its own words. */
  language: string;
  /** Absolute URL of the page that it belongs to. */
  home: string;
  /** Absolute URL of the file itself. */
  self: string;
}

/** How often programs that follow the calendar may look (RFC 7986, 5.7). */
const REFRESH = 'PT1H';

/**
 * Events as an iCalendar file (RFC 5545, with the properties of RFC 7986 and what Outlook and Apple read besides).
 * Times are in UTC, so that no table of zones is needed. There is no "now" in it: DTSTAMP, which in a published file is
 * the time of its last revision, is the newest update's. No alarms: whether to be woken is the reader's choice.
 */
export function calendarFile(calendar: Calendar, events: CalendarEvent[]): string {
  learnProperties();
  // The library counts the blank that begins a further line to the next 75 bytes; a line may have 75 with it.
  ICAL.foldLength = 74;
  const file = new ICAL.Component('vcalendar');
  set(file, 'version', '2.0');
  set(file, 'prodid', `-//Dran//Status page//${calendar.language.toUpperCase()}`);
  set(file, 'calscale', 'GREGORIAN');
  set(file, 'method', 'PUBLISH');
  set(file, 'name', calendar.title, { language: calendar.language });
  set(file, 'x-wr-calname', calendar.title);
  set(file, 'description', calendar.description, { language: calendar.language });
  set(file, 'x-wr-caldesc', calendar.description);
  set(file, 'url', calendar.home);
  set(file, 'source', calendar.self, { type: 'uri' });
  set(file, 'refresh-interval', REFRESH, { type: 'duration' });
  set(file, 'x-published-ttl', REFRESH);
  for (const event of events) file.addSubcomponent(eventOf(event));
  return `${file.toString()}\r\n`;
}

function eventOf(event: CalendarEvent): ICAL.Component {
  const component = new ICAL.Component('vevent');
  set(component, 'uid', event.uid);
  set(component, 'dtstamp', utc(event.modified));
  set(component, 'last-modified', utc(event.modified));
  set(component, 'sequence', event.sequence);
  set(component, 'dtstart', utc(event.window.from));
  set(component, 'dtend', utc(event.window.to));
  set(component, 'summary', event.summary, { language: event.language });
  set(component, 'description', event.description);
  set(component, 'status', event.cancelled ? 'CANCELLED' : 'CONFIRMED');
  // Whoever follows the calendar is not busy meanwhile.
  set(component, 'transp', 'TRANSPARENT');
  if (event.categories.length > 0) set(component, 'categories', event.categories);
  set(component, 'url', event.url);
  return component;
}

/** Tells the library of the properties that are text by default and not in RFC 5545: their commas are escaped, too. */
function learnProperties(): void {
  const known: Record<string, unknown> = ICAL.design.icalendar.property;
  for (const name of ['name', 'x-wr-calname', 'x-wr-caldesc']) known[name] ??= { defaultType: 'text' };
}

type Value = string | number | ICAL.Time | string[];

interface PropertyOptions {
  /** The type of the value, where the format has it said in the parameter VALUE. */
  type?: string;
  /** The parameter LANGUAGE. */
  language?: string;
}

function set(component: ICAL.Component, name: string, value: Value, options: PropertyOptions = {}): void {
  const property = new ICAL.Property(name, component);
  if (options.type !== undefined) property.resetType(options.type);
  if (options.language !== undefined) property.setParameter('language', options.language);
  if (Array.isArray(value)) property.setValues(value.map(clean));
  else property.setValue(typeof value === 'string' ? clean(value) : value);
  component.addProperty(property);
}

/**
 * Text without control characters but line feeds: RFC 5545, 3.1 allows no others, and one of them ends a line. Unicode's
 * own ends of lines are line feeds, too: programs have been seen to lose a text that holds one.
 */
function clean(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replaceAll('\t', ' ')
    .replace(/[^\P{Cc}\n]|\p{Cs}/gu, '');
}

/** To the second, as the format has it. */
function utc(at: Instant): ICAL.Time {
  return ICAL.Time.fromJSDate(new Date(at), true);
}
