import { join, resolve } from 'node:path';
import { readClock } from '../clock.ts';
import { readSite, type SiteReading } from '../content/read-site.ts';
import type { Instant } from '../domain/incident.ts';
import { cacheKey } from './cache-key.ts';
import { commitOf } from './git-commit.ts';
import { publicDigest } from './public-files.ts';
import { cacheFolderOf } from './site-cache.ts';
import { withHistory } from './site-history.ts';

/** What is known of a site at one instant. */
export interface ReadingNow {
  reading: SiteReading;
  now: Instant;
  source: SourceState;
  /** Why edits are not, or not everywhere, marked; null: they are. */
  historyNote: string | null;
}

/** What the files of a site are, apart from the clock. */
export interface SourceState {
  /** The commit that holds just these files; null: none does, or git can't tell. */
  commit: string | null;
  /** SHA-256 (hex) of all that is published: config, incidents with the history of their texts, `public/`. */
  hash: string;
}

/**
 * Reads the site in `folder` with the history of its files, and the clock that goes with it: `STATUS_NOW`, else the
 * site's own `clock`, else the machine's. The site's clock is known only once its config is read, so a site that has
 * one is read again: faults that depend on the time must see the instant that the pages see. Throws what `readClock`
 * throws. `fresh`: nothing that earlier runs kept is used.
 */
export async function readNow(
  folder: string,
  env: Record<string, string | undefined>,
  { fresh = false }: { fresh?: boolean } = {},
): Promise<ReadingNow> {
  const first = readClock(env, null);
  const once = await readSite(folder, first);
  const now = once.site.clock === null ? first : readClock(env, once.site.clock);
  const settled = now === first ? once : await readSite(folder, now);
  const [{ reading, note }, commit, files] = await Promise.all([
    withHistory(folder, settled, now, fresh ? null : await logFile(folder)),
    commitOf(folder),
    publicDigest(join(folder, 'public')),
  ]);
  const { site, incidents } = reading;
  return { reading, now, source: { commit, hash: cacheKey({ site, incidents, files }) }, historyNote: note };
}

/** Where a long history of the site in `folder` is kept between runs. */
async function logFile(folder: string): Promise<string | null> {
  const root = resolve(import.meta.dirname, '../..');
  const cache = await cacheFolderOf(root, folder).catch(() => null);
  return cache === null ? null : join(cache, 'history.log');
}
