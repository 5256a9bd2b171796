import type { APIRoute } from 'astro';
import { calendarAt, calendarResponse, eventIn, workInCalendar } from '../_calendar.ts';
import { eachLanguage, type LanguageRoute, siteData } from '../_site.ts';

export const getStaticPaths = eachLanguage;

export const GET: APIRoute<LanguageRoute> = async ({ props: { language } }) => {
  const data = await siteData();
  const events = workInCalendar(data).map((one) => eventIn(data, one, language));
  return calendarResponse(calendarAt(data, language, 'calendar.ics'), events);
};
