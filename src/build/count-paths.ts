import type { AstroIntegration } from 'astro';

/** What Astro has made, counted while it works. */
export interface PathCount {
  pages: number;
  cards: number;
  /** Cards that were not taken over from the last build. */
  drawn: number;
  /** Everything that is to be made. */
  total: number;
  /** Everything made anew so far. */
  made: number;
}

/** An Astro integration that fills `count` and calls `progress` after each path that is made anew. */
export function countPaths(count: PathCount, progress: () => void): AstroIntegration {
  return {
    name: 'dran:count-paths',
    hooks: {
      'astro:build:start': ({ setPrerenderer }) => {
        setPrerenderer((standard) => ({
          ...standard,
          async getStaticPaths() {
            const paths = await standard.getStaticPaths();
            count.total = paths.length;
            count.pages = paths.filter(({ route }) => route.type === 'page').length;
            count.cards = paths.filter(({ pathname }) => pathname.endsWith('.png')).length;
            return paths;
          },
          async render(request, options) {
            const path = decodeURI(new URL(request.url).pathname);
            const result = await standard.render(request, options).catch((cause: unknown) => {
              throw new Error(`${path} could not be made`, { cause });
            });
            count.made += 1;
            if (path.endsWith('.png')) count.drawn += 1;
            progress();
            return result;
          },
        }));
      },
    },
  };
}
