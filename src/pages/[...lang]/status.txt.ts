import type { APIRoute } from 'astro';
import { statusText } from '../../badges/status-text.ts';
import { eachLanguage, type LanguageRoute, localeOf, siteData } from '../_site.ts';
import { statusTextContent } from '../_status-text.ts';

export const getStaticPaths = eachLanguage;

export const GET: APIRoute<LanguageRoute> = async ({ props: { language } }) => {
  const data = await siteData();
  const text = statusText(statusTextContent(data, language), localeOf(data.site, language));
  return new Response(text, { headers: { 'Content-Type': 'text/plain; charset=utf-8' } });
};
