import { createHash } from 'node:crypto';
import type { Build, BuiltFile } from '../../../src/deploy/built-files.ts';
import type { HeldFile } from '../../../src/deploy/plan.ts';
import type { Published } from '../../../src/deploy/publish.ts';
import { publishInWaves } from '../../../src/deploy/publish-in-waves.ts';
import { RECORD_PATH } from '../../../src/deploy/record.ts';
import type { Holding, Store } from '../../../src/deploy/store.ts';

/** Contents by path. */
export type Contents = Map<string, string>;

/** A build of these files. */
export function buildOf(files: Record<string, string>, url = 'https://status.nordhost.example'): Build {
  return {
    folder: '/nowhere',
    hash: sha256(JSON.stringify(files)),
    url,
    files: Object.entries(files)
      .map(([path, text]) => fileOf(path, text))
      .sort((one, other) => (one.path < other.path ? -1 : 1)),
  };
}

/** A file of this content. */
export function fileOf(path: string, text: string): BuiltFile {
  const md5 = createHash('md5').update(text).digest('hex');
  return { path, size: Buffer.byteLength(text), sha256: sha256(text), md5 };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** What stops a deployment as a kill does. */
export class Killed extends Error {}

/** How a place behaves. */
export interface Behaviour {
  /** Each change counts down; at 0 the deployment is killed before the next one. */
  changesLeft: number;
  /** Whether the place tells digests, or only sizes. */
  tellsDigests: boolean;
  /** Called after every change. */
  onChange: (held: Contents) => void;
  /** Called while the place is looked at, after the record was read. */
  onLook: () => Promise<void>;
  /** Called before files are sent: what another run does meanwhile. */
  onSend: (files: readonly BuiltFile[]) => Promise<void>;
}

/** A place in memory that a deployment can be killed at. `held` outlives the store, as a target outlives a run. */
class MemoryStore implements Store {
  readonly #held: Contents;
  readonly #texts: Record<string, string>;
  readonly #behaviour: Behaviour;

  constructor(held: Contents, texts: Record<string, string>, behaviour: Behaviour) {
    this.#held = held;
    this.#texts = texts;
    this.#behaviour = behaviour;
  }

  async look(): Promise<Holding> {
    const record = this.#held.get(RECORD_PATH) ?? null;
    await this.#behaviour.onLook();
    const files = [...this.#held].filter(([path]) => !path.startsWith('.dran/'));
    const asHeld = ([path, text]: [string, string]): [string, HeldFile] => {
      const { size, sha256: digest } = fileOf(path, text);
      return [path, this.#behaviour.tellsDigests ? { size, sha256: digest } : { size }];
    };
    return { files: new Map(files.map(asHeld)), record };
  }

  async readRecord(): Promise<string | null> {
    return this.#held.get(RECORD_PATH) ?? null;
  }

  async writeRecord(text: string): Promise<void> {
    this.#change(() => this.#held.set(RECORD_PATH, text));
  }

  async tidy(): Promise<void> {}

  async send(files: readonly BuiltFile[], onSent: (file: BuiltFile) => void): Promise<'whole'> {
    await this.#behaviour.onSend(files);
    for (const file of files) {
      this.#change(() => this.#held.set(file.path, this.#texts[file.path]!));
      onSent(file);
    }
    return 'whole';
  }

  async remove(paths: readonly string[]): Promise<void> {
    for (const path of paths) this.#change(() => this.#held.delete(path));
  }

  async close(): Promise<void> {}

  #change(change: () => void): void {
    if (this.#behaviour.changesLeft-- <= 0) throw new Killed();
    change();
    this.#behaviour.onChange(this.#held);
  }
}

let runs = 0;

/** Publishes these files to a place in memory; throws `Killed` when it is killed. */
export function publishTo(
  held: Contents,
  files: Record<string, string>,
  behaviour: Partial<Behaviour> = {},
): Promise<Published> {
  const whole = {
    changesLeft: Number.POSITIVE_INFINITY,
    tellsDigests: true,
    onChange: () => {},
    onLook: async () => {},
    onSend: async () => {},
    ...behaviour,
  };
  runs += 1;
  return publishInWaves(async () => new MemoryStore(held, files, whole))({
    build: buildOf(files),
    dryRun: false,
    signal: new AbortController().signal,
    run: `run-${runs}`,
    tell: () => {},
  });
}
