import type { ReadingNow } from './read-now.ts';

/** What one build publishes: one reading of the files, one clock. */
export interface HeldReading {
  read: ReadingNow;
  /** Set by the content loader once Astro has the reading. */
  published: boolean;
  /** Sentences about cards that could not be drawn whole; their routes add to it. */
  cardFailures: string[];
}

// Astro loads the content loader a second time, through Vite: a variable of this module would not reach it.
const SLOT = Symbol.for('dran.held-reading');
const slots = globalThis as typeof globalThis & { [SLOT]?: HeldReading };

/** Fixes what the content loader publishes in this process: exactly what the command has read and reported. */
export function holdReading(read: ReadingNow): HeldReading {
  const held: HeldReading = { read, published: false, cardFailures: [] };
  slots[SLOT] = held;
  return held;
}

/** What `holdReading` fixed; null where no command did (`dev`, `astro check`). */
export function heldReading(): HeldReading | null {
  return slots[SLOT] ?? null;
}
