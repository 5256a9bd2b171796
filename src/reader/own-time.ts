import type { Instant } from '../domain/incident.ts';

/**
 * What the reader's own clock shows at an instant, or from one to another, with the date where it is not that of the
 * site's. Empty where both clocks show the same. `site` and `own` are IANA names; without `own` it is the reader's.
 */
export function ownTime(from: Instant, to: Instant, language: string, site: string, own?: string): string {
  const show = (timeZone: string | undefined, dateStyle?: 'medium', timeStyle?: 'short') =>
    new Intl.DateTimeFormat(language, { timeZone, dateStyle, timeStyle }).formatRange(from, to);
  const dated = show(own, 'medium', 'short');
  if (dated === show(site, 'medium', 'short')) return '';
  return show(own, 'medium') === show(site, 'medium') ? show(own, undefined, 'short') : dated;
}
