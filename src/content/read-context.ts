import type { Instant } from '../domain/incident.ts';
import type { Site } from '../domain/site.ts';
import { ComponentIndex } from './component-index.ts';
import { type Vocabulary, vocabulary } from './vocabulary.ts';

/** What reading an incident file needs to know beside its bytes. */
export interface ReadContext {
  site: Site;
  vocabulary: Vocabulary;
  components: ComponentIndex;
  /** Decides nothing but warnings that come and go with the clock, and the day of a file without any time. */
  now: Instant;
  /** Whether `public/` holds a file, by its path below it. */
  hasPublicFile: (path: string) => boolean;
  /** When a file was first published, by its path below the incidents folder, as far as its history tells; else null. */
  publishedAt: (path: string) => Instant | null;
}

/** A context for all files of a site; making one costs more than using it. */
export function readContext(
  site: Site,
  now: Instant,
  hasPublicFile: (path: string) => boolean = () => true,
): ReadContext {
  return {
    site,
    vocabulary: vocabulary(site.languages),
    components: new ComponentIndex(site),
    now,
    hasPublicFile,
    publishedAt: () => null,
  };
}
