import { urlOf } from '../domain/address.ts';
import type { Site } from '../domain/site.ts';
import type { Locale } from '../i18n/locale.ts';
import { markup } from './markup.ts';

/** Texts to copy into pages of one's own. */
export interface Snippets {
  /** HTML that shows the state in a frame. */
  embed: string;
  /** HTML of the badge, leading to the page. */
  badgeHtml: string;
  /** The same for a README. */
  badgeMarkdown: string;
}

/** What to copy in order to show the state of a site elsewhere, in a language of the site; absolute addresses. */
export function snippets(site: Site, language: string, locale: Locale): Snippets {
  const url = (path: string) => urlOf(site, language, path);
  const home = url('index.html');
  const name = locale.t('page.home', { site: site.name });
  const label = name.replace(/[\\[\]]/g, '\\$&');
  return {
    embed: `<iframe src="${markup(url('embed.html'))}" title="${markup(name)}" width="100%" height="150" loading="lazy" referrerpolicy="no-referrer" sandbox="allow-popups allow-popups-to-escape-sandbox" style="border:0"></iframe>`,
    badgeHtml: `<a href="${markup(home)}"><img src="${markup(url('badge.svg'))}" height="20" alt="${markup(name)}"></a>`,
    badgeMarkdown: `[![${label}](${url('badge.svg')})](${home})`,
  };
}
