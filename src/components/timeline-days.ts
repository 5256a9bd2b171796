import type { Update } from '../domain/incident.ts';
import type { Locale } from '../i18n/locale.ts';

/** The updates of one day of the site's calendar, newest first. */
export interface TimelineDay {
  /** `YYYY-MM-DD` */
  day: string;
  updates: [Update, ...Update[]];
}

/** Updates (oldest first) as a timeline to read: days newest first. */
export function timelineDays(updates: Update[], locale: Locale): TimelineDay[] {
  const days: TimelineDay[] = [];
  for (const update of updates.toReversed()) {
    const day = locale.day(update.at);
    const last = days.at(-1);
    if (last?.day === day) last.updates.push(update);
    else days.push({ day, updates: [update] });
  }
  return days;
}
