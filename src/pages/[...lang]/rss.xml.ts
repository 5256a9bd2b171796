import type { APIRoute } from 'astro';
import { renderMarkdown } from '../../content/markdown.ts';
import { languageFolder, urlOf } from '../../domain/address.ts';
import { feedItems } from '../../feeds/item.ts';
import { rssFeed } from '../../feeds/rss.ts';
import { updateHtml } from '../../feeds/update-html.ts';
import { eachLanguage, type LanguageRoute, localeOf, siteData } from '../_site.ts';

/** How many updates the feed holds (DESIGN §6). */
const NEWEST = 50;

export const getStaticPaths = eachLanguage;

export const GET: APIRoute<LanguageRoute> = async ({ props: { language } }) => {
  const { site, status } = await siteData();
  const locale = localeOf(site, language);
  const items = feedItems(status, NEWEST, {
    site,
    locale,
    language,
    base: `${site.url}/${languageFolder(site, language)}`,
    html: (one, update) =>
      updateHtml(one, update, language, locale, (text) => renderMarkdown(text, { base: `${site.url}/` })),
  });
  const channel = {
    siteName: site.name,
    home: urlOf(site, language, 'index.html'),
    self: urlOf(site, language, 'rss.xml'),
    language,
    locale,
  };
  return new Response(await rssFeed(channel, items));
};
