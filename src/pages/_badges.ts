import type { APIRoute, GetStaticPaths } from 'astro';
import { type Badge, componentBadges, pageBadge } from '../badges/badge.ts';
import { shieldsEndpoint } from '../badges/badge-json.ts';
import { badgeSvg } from '../badges/badge-svg.ts';
import { cacheKey } from '../build/cache-key.ts';
import { headline } from '../components/headline.ts';
import { languageRoutes, localeOf, siteData } from './_site.ts';
import { textWidthOf } from './_text-width.ts';

/** All that goes into a badge. */
export type BadgeProps = { badge: Badge };

/** A route for the badges of the page, in each language. */
export const pageBadgePaths = (async () => {
  const { site, status } = await siteData();
  return languageRoutes(site).map(({ language, lang }) => {
    const locale = localeOf(site, language);
    const { state } = headline(status, site, language, locale);
    return path({ lang }, { badge: pageBadge(site, status, state, locale) });
  });
}) satisfies GetStaticPaths;

/** A route for the badges of components and groups, in each language. */
export const componentBadgePaths = (async () => {
  const { site, status } = await siteData();
  return languageRoutes(site).flatMap(({ language, lang }) =>
    [...componentBadges(site, status, localeOf(site, language))].map(([id, badge]) =>
      path({ lang, id }, { badge }),
    ),
  );
}) satisfies GetStaticPaths;

function path<Params extends Record<string, string | undefined>>(params: Params, props: BadgeProps) {
  return { params, props, cacheKey: cacheKey(props) };
}

/** Answers with the badge as a picture. */
export const drawBadge: APIRoute<BadgeProps> = async ({ props: { badge } }) => {
  const widthOf = await textWidthOf([badge.label, badge.message], badge.language);
  return new Response(badgeSvg(badge, widthOf), { headers: { 'Content-Type': 'image/svg+xml' } });
};

/** Answers with what shields.io draws the badge from. */
export const describeBadge: APIRoute<BadgeProps> = ({ props: { badge } }) =>
  new Response(`${JSON.stringify(shieldsEndpoint(badge), null, 2)}\n`);
