import type { APIRoute } from 'astro';
import { rssFeed } from '../../feeds/rss.ts';
import { feedOfAll } from '../_feeds.ts';
import { eachLanguage, type LanguageRoute } from '../_site.ts';

export const getStaticPaths = eachLanguage;

export const GET: APIRoute<LanguageRoute> = async ({ props: { language } }) => {
  const { channel, items } = await feedOfAll(language, 'rss.xml');
  return new Response(await rssFeed(channel, items));
};
