import type { SiteReading } from '../content/read-site.ts';
import type { Instant } from '../domain/incident.ts';

/** What one build publishes: one reading of the files, one clock. */
export interface HeldReading {
  reading: SiteReading;
  now: Instant;
  /** Set by the content loader once Astro has the reading. */
  published: boolean;
  /** Sentences about cards that could not be drawn whole; their routes add to it. */
  cardFailures: string[];
}

// Astro loads the content loader a second time, through Vite: a variable of this module would not reach it.
const SLOT = Symbol.for('dran.held-reading');
const slots = globalThis as typeof globalThis & { [SLOT]?: HeldReading };

/** Fixes what the content loader publishes in this process: exactly what the command has read and reported. */
export function holdReading(reading: SiteReading, now: Instant): HeldReading {
  const held: HeldReading = { reading, now, published: false, cardFailures: [] };
  slots[SLOT] = held;
  return held;
}

/** What `holdReading` fixed; null where no command did (`dev`, `astro check`). */
export function heldReading(): HeldReading | null {
  return slots[SLOT] ?? null;
}
