import type { APIRoute, GetStaticPaths } from 'astro';
import { cacheKey } from '../../../../build/cache-key.ts';
import type { FeedChannel } from '../../../../feeds/channel.ts';
import type { FeedItem } from '../../../../feeds/item.ts';
import { rssFeed } from '../../../../feeds/rss.ts';
import { feedsOfComponents } from '../../../_feeds.ts';
import { languageRoutes, siteData } from '../../../_site.ts';

/** All that goes into a feed. */
type Props = {
  channel: FeedChannel;
  items: FeedItem[];
};

export const getStaticPaths = (async () => {
  const data = await siteData();
  return languageRoutes(data.site).flatMap(({ language, lang }) =>
    feedsOfComponents(data, language).map(({ id, channel, items }) => {
      const props: Props = { channel, items };
      return { params: { lang, id }, props, cacheKey: cacheKey(props) };
    }),
  );
}) satisfies GetStaticPaths;

export const GET: APIRoute<Props> = async ({ props: { channel, items } }) =>
  new Response(await rssFeed(channel, items));
