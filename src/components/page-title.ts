import type { Site } from '../domain/site.ts';
import type { Locale } from '../i18n/locale.ts';
import { excerpt } from './texts.ts';

// What tabs and search engines show of a title; beyond that they cut where they like.
const MOST = 70;
const LEAST = 20;

/** What the browser's tab says: the headline, cut at a word if need be, and whose page it is. */
export function pageTitle(headline: string, site: Site, locale: Locale): string {
  const rest = locale.t('page.title', { headline: '', site: site.name }).length;
  return locale.t('page.title', {
    headline: excerpt(headline, Math.max(LEAST, MOST - rest)),
    site: site.name,
  });
}
