import type { APIRoute } from 'astro';
import { jsonFeed } from '../../feeds/json-feed.ts';
import { feedOfAll } from '../_feeds.ts';
import { eachLanguage, type LanguageRoute } from '../_site.ts';

export const getStaticPaths = eachLanguage;

export const GET: APIRoute<LanguageRoute> = async ({ props: { language } }) => {
  const { channel, items } = await feedOfAll(language, 'feed.json');
  return new Response(jsonFeed(channel, items));
};
