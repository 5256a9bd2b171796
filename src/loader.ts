import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Loader, LoaderContext } from 'astro/loaders';
import { heldReading } from './build/held-reading.ts';
import { type ReadingNow, readNow } from './build/read-now.ts';
import { formatFault } from './content/fault-report.ts';

/** One collection of Astro's content layer: what it holds of a reading, as id and data. */
type Selection = (read: ReadingNow) => [id: string, data: object][];

/**
 * Loaders for Astro's collections that all publish one and the same reading of the site: in a build the one that
 * the command made, else one of their own, made anew when a file of the site changes. An entry that is no longer
 * in the reading is no longer in its collection.
 */
export class SiteLoaders {
  #source: Promise<ReadingNow> | null = null;
  readonly #publishers = new Map<string, (read: ReadingNow) => void>();
  #onChange: ((event: string, path: string) => void) | null = null;

  /** A loader named `name` for one collection. */
  loader(name: string, select: Selection): Loader {
    return {
      name,
      load: async (context) => {
        const publish = (now: ReadingNow) => {
          context.store.clear();
          for (const [id, data] of select(now)) {
            context.store.set({
              id,
              data: { ...data },
              digest: context.generateDigest(JSON.stringify(data)),
            });
          }
        };
        const held = heldReading();
        this.#source ??= held ? Promise.resolve(held.read) : read(context);
        publish(await this.#source);
        if (held) held.published = true;
        this.#publishers.set(name, publish);
        this.#watch(context);
      },
    };
  }

  #watch(context: LoaderContext): void {
    const { watcher } = context;
    if (!watcher) return;
    const places = ['status.config.yml', 'incidents', 'public'].map((name) =>
      join(siteFolder(context), name),
    );
    const refresh = coalesce(async () => {
      this.#source = read(context);
      const source = await this.#source;
      for (const publish of this.#publishers.values()) publish(source);
    });
    this.#onChange ??= (_event, path) => {
      if (!places.some((place) => path === place || path.startsWith(place + sep))) return;
      refresh().catch((error: unknown) => context.logger.error(String(error)));
    };
    watcher.add(places);
    // Astro loads every collection anew now and then and takes all listeners off before it does.
    watcher.off('all', this.#onChange);
    watcher.on('all', this.#onChange);
  }
}

/** Runs `work` once at a time; calls that come meanwhile share one more run after it. */
function coalesce(work: () => Promise<void>): () => Promise<void> {
  let running = false;
  let again = false;
  return async () => {
    again = true;
    if (running) return;
    running = true;
    try {
      while (again) {
        again = false;
        await work();
      }
    } finally {
      running = false;
    }
  };
}

async function read(context: LoaderContext): Promise<ReadingNow> {
  const source = await readNow(siteFolder(context), process.env);
  for (const fault of source.reading.faults) context.logger.warn(formatFault(fault, { color: false }));
  return source;
}

function siteFolder(context: LoaderContext): string {
  return process.env.STATUS_SITE || fileURLToPath(context.config.root);
}
