import type { Build } from './built-files.ts';
import type { Plan } from './plan.ts';
import type { Replacing } from './store.ts';

/** What a publisher is given for one try. */
export interface Try {
  build: Build;
  /** Look, but change nothing. */
  dryRun: boolean;
  /** Aborted when the try has taken too long, or the run is broken off. */
  signal: AbortSignal;
  /** Unique to this try, `[a-z0-9-]+`. */
  run: string;
  /** What is being done, for a line of progress: `sending 12 of 60`. */
  tell(doing: string): void;
}

/** What a try did, or with `dryRun` would do. */
export interface Published {
  /** How many files were sent and of how many bytes; null where only the tool knows. */
  sent: { files: number; bytes: number } | null;
  /** How many were removed. */
  removed: number;
  /** `at-once`: all files changed in one instant. `tool`: as safe as the tool is. */
  replacing: Replacing | 'at-once' | 'tool';
  /** With `dryRun`: what would go; null where only the tool knows. */
  plan: Plan | null;
}

/** A way to publish a build to one target, tried once; safe to be tried again, whatever became of the try before. */
export type Publisher = (attempt: Try) => Promise<Published>;
