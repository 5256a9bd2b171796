import { readClock } from '../clock.ts';
import { readSite, type SiteReading } from '../content/read-site.ts';
import type { Instant } from '../domain/incident.ts';

/**
 * Reads the site in `folder` and the clock that goes with it: `STATUS_NOW`, else the site's own `clock`, else the
 * machine's. The site's clock is known only once its config is read, so a site that has one is read again: faults
 * that depend on the time must see the instant that the pages see. Throws what `readClock` throws.
 */
export async function readNow(
  folder: string,
  env: Record<string, string | undefined>,
): Promise<{ reading: SiteReading; now: Instant }> {
  const first = readClock(env, null);
  const reading = await readSite(folder, first);
  if (reading.site.clock === null) return { reading, now: first };
  const now = readClock(env, reading.site.clock);
  return now === first ? { reading, now } : { reading: await readSite(folder, now), now };
}
