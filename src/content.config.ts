import { defineCollection } from 'astro:content';
import { z } from 'astro/zod';
import type { SourceState } from './build/read-now.ts';
import type { Incident, Instant } from './domain/incident.ts';
import type { Site } from './domain/site.ts';
import { SiteLoaders } from './loader.ts';

const loaders = new SiteLoaders();

/** The one entry of the collection `site`. */
export interface SiteEntry {
  site: Site;
  /** The clock of this build: every page derives from this instant. */
  now: Instant;
  source: SourceState;
}

export const collections = {
  /** One entry with the id `site`. */
  site: defineCollection({
    loader: loaders.loader('site', ({ reading, now, source }) => [
      ['site', { site: reading.site, now, source }],
    ]),
    schema: z.custom<SiteEntry>(),
  }),
  /** An entry per incident; the id is its slug. */
  incidents: defineCollection({
    loader: loaders.loader('incidents', ({ reading }) =>
      reading.incidents.map((incident) => [incident.slug, incident]),
    ),
    schema: z.custom<Incident>(),
  }),
};
