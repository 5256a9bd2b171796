import { join, resolve } from 'node:path';
import { readClock } from '../clock.ts';
import { readSite, type SiteReading } from '../content/read-site.ts';
import type { Instant } from '../domain/incident.ts';
import { cacheFolderOf } from './site-cache.ts';
import { withHistory } from './site-history.ts';

/** What is known of a site at one instant. */
export interface ReadingNow {
  reading: SiteReading;
  now: Instant;
  /** Why edits are not, or not everywhere, marked; null: they are. */
  historyNote: string | null;
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
  const { reading, note } = await withHistory(folder, settled, now, fresh ? null : await logFile(folder));
  return { reading, now, historyNote: note };
}

/** Where a long history of the site in `folder` is kept between runs. */
async function logFile(folder: string): Promise<string | null> {
  const root = resolve(import.meta.dirname, '../..');
  const cache = await cacheFolderOf(root, folder).catch(() => null);
  return cache === null ? null : join(cache, 'history.log');
}
