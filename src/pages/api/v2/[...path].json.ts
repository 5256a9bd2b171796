import type { APIRoute, GetStaticPaths } from 'astro';
import { ENDPOINTS } from '../../../api/answers.ts';
import type { Answer } from '../../../api/payload.ts';
import { apiOf } from '../../_api.ts';
import { siteData } from '../../_site.ts';

interface Props extends Record<string, unknown> {
  answer: () => Answer;
}

/**
 * Statuspage's public API as static files: an endpoint each, and a file for each incident and maintenance. Without cache
 * keys: making these files takes less time than finding out that they are the same.
 */
export const getStaticPaths = (async () => {
  const api = apiOf(await siteData());
  return [
    ...ENDPOINTS.map((path) => ({ params: { path }, props: { answer: () => api.answer(path) } })),
    ...api.reports.map((one) => ({
      params: { path: `incidents/${api.idOf(one)}` },
      props: { answer: () => api.report(one) },
    })),
  ];
}) satisfies GetStaticPaths;

export const GET: APIRoute<Props> = ({ props: { answer } }) => new Response(JSON.stringify(answer()));
