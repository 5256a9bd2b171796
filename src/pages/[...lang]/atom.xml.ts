import type { APIRoute } from 'astro';
import { atomFeed } from '../../feeds/atom.ts';
import { feedOfAll } from '../_feeds.ts';
import { eachLanguage, type LanguageRoute } from '../_site.ts';

export const getStaticPaths = eachLanguage;

export const GET: APIRoute<LanguageRoute> = async ({ props: { language } }) => {
  const { channel, items } = await feedOfAll(language, 'atom.xml');
  return new Response(atomFeed(channel, items));
};
