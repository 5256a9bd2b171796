import type { APIRoute, GetStaticPaths } from 'astro';
import { rssFeed } from '../../../../feeds/rss.ts';
import { componentFeedKey, feedOfComponent, idsWithFeeds } from '../../../_feeds.ts';
import { languageRoutes, siteData } from '../../../_site.ts';

type Props = {
  language: string;
  id: string;
};

export const getStaticPaths = (async () => {
  const data = await siteData();
  return languageRoutes(data.site).flatMap(({ language, lang }) =>
    idsWithFeeds(data).map((id) => ({
      params: { lang, id },
      props: { language, id } satisfies Props,
      cacheKey: componentFeedKey(data, language, id),
    })),
  );
}) satisfies GetStaticPaths;

export const GET: APIRoute<Props> = async ({ props: { language, id } }) => {
  const { channel, items } = await feedOfComponent(language, id);
  return new Response(await rssFeed(channel, items));
};
