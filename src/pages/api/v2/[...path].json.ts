import type { APIRoute, GetStaticPaths } from 'astro';
import { ENDPOINTS } from '../../../api/answers.ts';
import type { Answer } from '../../../api/payload.ts';
import { apiOf } from '../../_api.ts';
import { siteData } from '../../_site.ts';

interface Props extends Record<string, unknown> {
  answer: () => Answer;
}

/**
 * Statuspage's public API as static files, an endpoint each. The files of single incidents are written by the build
 * command; `npm run dev` answers with them here.
 */
export const getStaticPaths = (async () => {
  const api = apiOf(await siteData());
  const single = import.meta.env.DEV ? api.reports : [];
  return [
    ...ENDPOINTS.map((path) => ({ params: { path }, props: { answer: () => api.answer(path) } })),
    ...single.map((one) => ({
      params: { path: `incidents/${api.idOf(one)}` },
      props: { answer: () => api.report(one) },
    })),
  ];
}) satisfies GetStaticPaths;

export const GET: APIRoute<Props> = ({ props: { answer } }) => new Response(JSON.stringify(answer()));
