import type { GetStaticPaths } from 'astro';
import { hasCard } from '../../../../social/lifetime.ts';
import { cardPath, drawCard } from '../../../_card-route.ts';
import { contentOfIncident } from '../../../_cards.ts';
import { languageRoutes, siteData } from '../../../_site.ts';

export const getStaticPaths = (async () => {
  const { site, status, now } = await siteData();
  const live = status.incidents.filter((one) => hasCard(one, now));
  return languageRoutes(site).flatMap(({ language, lang }) =>
    live.map((one) =>
      cardPath(
        { lang, slug: one.incident.slug },
        { content: contentOfIncident(site, one, language), size: 'wide' },
      ),
    ),
  );
}) satisfies GetStaticPaths;

export const GET = drawCard;
