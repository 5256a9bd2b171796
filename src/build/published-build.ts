import { z } from 'zod';
import type { Instant } from '../domain/incident.ts';
import { readTimestamp } from '../domain/time.ts';

/** What a published copy says of itself in `build.json`, as far as it decides whether to build anew. */
export interface PublishedBuild {
  built: Instant;
  /** Of the repository that holds the site; null: it was built from something that was not committed. */
  commit: string | null;
  /** When what it says changes by the clock alone; null: never. */
  nextChange: Instant | null;
}

const FILE = z.object({
  built: z.string(),
  commit: z.string().nullable(),
  next_change: z.string().nullable(),
});

/** Reads a `build.json`; null where the text is none, whatever else it is. */
export function readPublishedBuild(text: string): PublishedBuild | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  const file = FILE.safeParse(json);
  if (!file.success) return null;
  const built = readTimestamp(file.data.built, 'UTC');
  const next = file.data.next_change === null ? null : readTimestamp(file.data.next_change, 'UTC');
  if (!built.ok || next?.ok === false) return null;
  return { built: built.at, commit: file.data.commit, nextChange: next?.at ?? null };
}
