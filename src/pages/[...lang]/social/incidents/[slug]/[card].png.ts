import type { GetStaticPaths } from 'astro';
import { hasUpdateCards } from '../../../../../social/lifetime.ts';
import { cardPath, drawCard } from '../../../../_card-route.ts';
import { contentOfUpdate } from '../../../../_cards.ts';
import { languageRoutes, siteData } from '../../../../_site.ts';

export const getStaticPaths = (async () => {
  const { site, status, now } = await siteData();
  const live = status.incidents.filter((one) => hasUpdateCards(one, now));
  return languageRoutes(site).flatMap(({ language, lang }) =>
    live.flatMap((one) =>
      one.updates.flatMap((update) => {
        const { slug } = one.incident;
        const content = contentOfUpdate(site, one, update, language);
        return [
          cardPath({ lang, slug, card: update.id }, { content, size: 'wide' }),
          cardPath({ lang, slug, card: `${update.id}.square` }, { content, size: 'square' }),
        ];
      }),
    ),
  );
}) satisfies GetStaticPaths;

export const GET = drawCard;
