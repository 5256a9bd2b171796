import type { GetStaticPaths } from 'astro';
import { cardPath, drawCard } from '../../_card-route.ts';
import { contentOfSite } from '../../_cards.ts';
import { languageRoutes, siteData } from '../../_site.ts';

export const getStaticPaths = (async () => {
  const data = await siteData();
  return languageRoutes(data.site).map(({ language, lang }) =>
    cardPath({ lang }, { content: contentOfSite(data, language), size: 'wide' }),
  );
}) satisfies GetStaticPaths;

export const GET = drawCard;
