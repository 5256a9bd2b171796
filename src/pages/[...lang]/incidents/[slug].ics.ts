import type { APIRoute, GetStaticPaths } from 'astro';
import { cacheKey } from '../../../build/cache-key.ts';
import type { CalendarEvent } from '../../../calendar/event.ts';
import type { Calendar } from '../../../calendar/ics.ts';
import { calendarFilePath } from '../../../domain/address.ts';
import { calendarAt, calendarResponse, eventIn, workInCalendar } from '../../_calendar.ts';
import { languageRoutes, siteData } from '../../_site.ts';

export const getStaticPaths = (async () => {
  const data = await siteData();
  return languageRoutes(data.site).flatMap(({ language, lang }) =>
    workInCalendar(data).map((one) => {
      const { slug } = one.incident;
      const props: Props = {
        calendar: calendarAt(data, language, calendarFilePath(slug)),
        event: eventIn(data, one, language),
      };
      return { params: { lang, slug }, props, cacheKey: cacheKey(props) };
    }),
  );
}) satisfies GetStaticPaths;

type Props = { calendar: Calendar; event: CalendarEvent };

export const GET: APIRoute<Props> = ({ props: { calendar, event } }) => calendarResponse(calendar, [event]);
