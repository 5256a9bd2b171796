import type { GetStaticPaths } from 'astro';
import { hasCard } from '../../../../social/lifetime.ts';
import { cardPath, drawCard } from '../../../_card-route.ts';
import { contentOfIncident } from '../../../_cards.ts';
import { languageRoutes, siteData } from '../../../_site.ts';

export const getStaticPaths = (async () => {
  const { site, status, now } = await siteData();
  const live = status.incidents.filter((one) => hasCard(one, now));
  return languageRoutes(site).flatMap(({ language, lang }) =>
    live.flatMap((one) => {
      // Posts that link an earlier address keep their picture.
      const slugs = [one.incident.slug, ...one.incident.aliases];
      const content = contentOfIncident(site, one, language);
      return slugs.map((slug) => cardPath({ lang, slug }, { content, size: 'wide' }));
    }),
  );
}) satisfies GetStaticPaths;

export const GET = drawCard;
