import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Loader, LoaderContext } from 'astro/loaders';
import { heldReading } from './build/held-reading.ts';
import { readNow } from './build/read-now.ts';
import { formatFault } from './content/fault-report.ts';
import type { SiteReading } from './content/read-site.ts';
import type { Instant } from './domain/incident.ts';

/** One collection of Astro's content layer: what it holds of a reading, as id and data. */
type Selection = (reading: SiteReading, now: Instant) => [id: string, data: object][];

interface Source {
  reading: SiteReading;
  now: Instant;
}

/**
 * Loaders for Astro's collections that all publish one and the same reading of the site: in a build the one that
 * the command made, else one of their own, made anew when a file of the site changes. An entry that is no longer
 * in the reading is no longer in its collection.
 */
export class SiteLoaders {
  #source: Promise<Source> | null = null;
  readonly #publishers = new Set<(source: Source) => void>();
  #watching = false;

  /** A loader named `name` for one collection. */
  loader(name: string, select: Selection): Loader {
    return {
      name,
      load: async (context) => {
        const publish = ({ reading, now }: Source) => {
          context.store.clear();
          for (const [id, data] of select(reading, now)) {
            context.store.set({
              id,
              data: { ...data },
              digest: context.generateDigest(JSON.stringify(data)),
            });
          }
        };
        const held = heldReading();
        this.#source ??= held ? Promise.resolve(held) : this.#read(context);
        publish(await this.#source);
        if (held) held.published = true;
        this.#publishers.add(publish);
        if (context.watcher && !this.#watching) this.#watch(context);
      },
    };
  }

  async #read(context: LoaderContext): Promise<Source> {
    const source = await readNow(siteFolder(context), process.env);
    for (const fault of source.reading.faults) context.logger.warn(formatFault(fault, { color: false }));
    return source;
  }

  #watch(context: LoaderContext): void {
    this.#watching = true;
    const folder = siteFolder(context);
    const watched = ['status.config.yml', 'incidents', 'public'].map((name) => join(folder, name));
    let reading = false;
    let again = false;
    const refresh = async () => {
      again = true;
      if (reading) return;
      reading = true;
      while (again) {
        again = false;
        this.#source = this.#read(context);
        const source = await this.#source;
        for (const publish of this.#publishers) publish(source);
      }
      reading = false;
    };
    context.watcher?.add(watched);
    context.watcher?.on('all', (_event, path) => {
      if (watched.some((place) => path === place || path.startsWith(place + sep))) void refresh();
    });
  }
}

function siteFolder(context: LoaderContext): string {
  return process.env.STATUS_SITE || fileURLToPath(context.config.root);
}
