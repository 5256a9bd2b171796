import type { APIRoute } from 'astro';
import { atomFeed } from '../../feeds/atom.ts';
import { feedOfHistory } from '../_feeds.ts';
import { eachLanguage, type LanguageRoute } from '../_site.ts';

export const getStaticPaths = eachLanguage;

export const GET: APIRoute<LanguageRoute> = async ({ props: { language } }) => {
  const { channel, items } = await feedOfHistory(language, 'history.atom');
  return new Response(atomFeed(channel, items));
};
