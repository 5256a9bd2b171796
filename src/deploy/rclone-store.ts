import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type BuiltFile, OWN_FOLDER } from './built-files.ts';
import { foldersAbove } from './folders-above.ts';
import { inParallel } from './in-parallel.ts';
import type { HeldFile } from './plan.ts';
import type { Try } from './publish.ts';
import { NotThere, type Rclone, startRclone } from './rclone-daemon.ts';
import { RECORD_PATH } from './record.ts';
import { isOver } from './run-name.ts';
import type { Holding, Replacing, Store } from './store.ts';
import type { Tools } from './tools.ts';

const FILES_AT_ONCE = 8;

const FLAGS = [
  '--contimeout=20s',
  '--timeout=60s',
  '--low-level-retries=3',
  '--retries=1',
  // Servers of FTP hide names that begin with a dot, and rclone then takes them for missing.
  '--ftp-force-list-hidden',
];

/**
 * rclone asks a WebDAV server not to overwrite when it moves a file, and so removes the old one first. With this
 * header, which it sends in place of its own, the server does both in one request, so that nothing can come between.
 * For an instant the file is gone all the same: the server has to remove what is there before it moves (RFC 4918,
 * section 9.9.3).
 */
const OVERWRITE = '--header=Overwrite: T';

const about = z.object({
  String: z.string(),
  Hashes: z.array(z.string()).nullish(),
  Features: z.object({ BucketBased: z.boolean(), Move: z.boolean(), SlowHash: z.boolean().optional() }),
});

const listing = z.object({
  list: z
    .array(
      z.object({
        Path: z.string(),
        Size: z.number(),
        IsDir: z.boolean(),
        Hashes: z.record(z.string(), z.string()).nullish(),
      }),
    )
    .nullish(),
});

/**
 * Any place that rclone knows, as `remote:path` of rclone's own configuration. What becomes of a file that is
 * replaced depends on what the place can do. Buckets (S3 and the like) take each file as a whole. Elsewhere files are
 * uploaded below `.dran/` and moved to their places; where a server does not move over a file that is there, rclone
 * has to remove that first, and where it can't move at all, readers may get a part of a file while it is sent.
 */
export function rcloneStore(to: string, tools: Tools): (attempt: Try) => Promise<Store> {
  return async (attempt) => {
    const local = await mkdtemp(join(tools.scratch, 'rclone-'));
    try {
      let rclone = await startRclone(FLAGS, tools, attempt.signal);
      const found = await aboutPlace(rclone, to);
      if (isWebdav(found)) {
        await rclone.stop();
        rclone = await startRclone([...FLAGS, OVERWRITE], tools, attempt.signal);
      }
      return new RcloneStore({ to, rclone, about: found, attempt, local });
    } catch (error) {
      await rm(local, { recursive: true, force: true });
      throw error;
    }
  };
}

type About = z.infer<typeof about>;

function isWebdav(place: About): boolean {
  return /^webdav\b/i.test(place.String);
}

async function aboutPlace(rclone: Rclone, to: string): Promise<About> {
  try {
    return about.parse(await rclone.call('operations/fsinfo', { fs: to }));
  } catch (error) {
    await rclone.stop();
    throw error;
  }
}

interface Parts {
  to: string;
  rclone: Rclone;
  about: About;
  attempt: Try;
  local: string;
}

class RcloneStore implements Store {
  readonly #parts: Parts;
  readonly #temporary: string;
  readonly #replacing: Replacing;
  /** What was there before this run; what it has put there itself counts as well. */
  #there = new Set<string>();
  #leftovers: string[] = [];
  /** Set once a server has refused to move over a file. */
  #removesFirst = false;
  #count = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#temporary = `${OWN_FOLDER}/half-${parts.attempt.run}`;
    const { BucketBased, Move } = parts.about.Features;
    this.#replacing = BucketBased ? 'whole' : !Move ? 'in-place' : isWebdav(parts.about) ? 'gap' : 'whole';
  }

  async look(): Promise<Holding> {
    const { Hashes, Features } = this.#parts.about;
    const opt = {
      recurse: true,
      noModTime: true,
      noMimeType: true,
      // Elsewhere each file would have to be read for it.
      ...(Hashes?.includes('md5') && !Features.SlowHash ? { showHash: true, hashTypes: ['md5'] } : {}),
    };
    // Asked for by name: some servers leave names with a dot out of lists.
    const record = await this.readRecord();
    const answer = await this.#call('operations/list', { fs: this.#parts.to, remote: '', opt }).catch(
      noneIfNotThere,
    );
    const entries = listing.parse(answer).list ?? [];
    const isOwn = (path: string) => path.startsWith(`${OWN_FOLDER}/`);
    this.#leftovers = [...new Set(entries.flatMap(({ Path }) => /^\.dran\/half-[^/]+/.exec(Path)?.[0] ?? []))]
      .filter((path) => isOver(path.slice(`${OWN_FOLDER}/half-`.length), this.#parts.attempt.run))
      .sort();
    const files = entries.filter(({ IsDir }) => !IsDir);
    this.#there = new Set(files.map(({ Path }) => Path));
    return {
      files: new Map(
        files
          .filter(({ Path }) => !isOwn(Path))
          .map(({ Path, Size, Hashes: known }): [string, HeldFile] => [
            Path,
            { size: Size, md5: known?.md5 || null },
          ]),
      ),
      record,
    };
  }

  async readRecord(): Promise<string | null> {
    const { to, local } = this.#parts;
    const file = join(local, 'got.json');
    await rm(file, { force: true });
    try {
      await this.#call('operations/copyfile', {
        srcFs: to,
        srcRemote: RECORD_PATH,
        dstFs: local,
        dstRemote: 'got.json',
      });
    } catch (error) {
      if (error instanceof NotThere) return null;
      throw error;
    }
    return readFile(file, 'utf8');
  }

  async writeRecord(text: string): Promise<void> {
    await writeFile(join(this.#parts.local, 'record.json'), text);
    await this.#put(this.#parts.local, 'record.json', RECORD_PATH);
  }

  async tidy(): Promise<void> {
    for (const remote of this.#leftovers) await this.#purge(remote);
  }

  async send(files: readonly BuiltFile[], onSent: (file: BuiltFile) => void): Promise<Replacing> {
    await inParallel(files, FILES_AT_ONCE, async (file) => {
      await this.#put(this.#parts.attempt.build.folder, file.path, file.path);
      onSent(file);
    });
    return this.#removesFirst ? 'gap' : this.#replacing;
  }

  async #put(srcFs: string, srcRemote: string, path: string): Promise<void> {
    const { to, about: place } = this.#parts;
    const dstFs = to;
    // Always sent, never compared with what is there: whether it is the same was decided before.
    // A digest that the server would have to read the file for again is not asked for; the size is compared.
    const plainly = { _config: { NoCheckDest: true, IgnoreChecksum: place.Features.SlowHash ?? false } };
    if (place.Features.BucketBased || !place.Features.Move) {
      await this.#call('operations/copyfile', { srcFs, srcRemote, dstFs, dstRemote: path, ...plainly });
    } else {
      const half = `${this.#temporary}/${this.#count++}`;
      await this.#call('operations/copyfile', { srcFs, srcRemote, dstFs, dstRemote: half, ...plainly });
      await this.#move(half, path, plainly);
    }
    this.#there.add(path);
  }

  async #move(half: string, path: string, plainly: Record<string, unknown>): Promise<void> {
    const move = { srcFs: this.#parts.to, srcRemote: half, dstFs: this.#parts.to, dstRemote: path };
    const replaces = this.#there.has(path);
    if (!replaces || !this.#removesFirst) {
      try {
        await this.#call('operations/movefile', { ...move, ...plainly });
        return;
      } catch (error) {
        if (!replaces) throw error;
      }
    }
    await this.#call('operations/movefile', move);
    this.#removesFirst = true;
  }

  async remove(paths: readonly string[]): Promise<void> {
    const { to, about: place } = this.#parts;
    await inParallel(paths, FILES_AT_ONCE, (remote) =>
      this.#call('operations/deletefile', { fs: to, remote }).catch(noneIfNotThere),
    );
    if (place.Features.BucketBased) return;
    const folders = new Set(paths.flatMap(foldersAbove));
    for (const remote of [...folders].sort((one, other) => other.length - one.length)) {
      // One that still holds something stays.
      await this.#call('operations/rmdir', { fs: to, remote }).catch(() => {});
    }
  }

  async close(): Promise<void> {
    const { rclone, local, about: place, attempt } = this.#parts;
    const used = this.#count > 0 && !place.Features.BucketBased && !attempt.signal.aborted;
    if (used) await this.#purge(this.#temporary).catch(() => {});
    await rclone.stop();
    await rm(local, { recursive: true, force: true });
  }

  async #purge(remote: string): Promise<void> {
    await this.#call('operations/purge', { fs: this.#parts.to, remote }).catch(noneIfNotThere);
  }

  #call(command: string, input: Record<string, unknown>): Promise<Record<string, unknown>> {
    return this.#parts.rclone.call(command, input);
  }
}

function noneIfNotThere(error: unknown): Record<string, unknown> {
  if (error instanceof NotThere) return {};
  throw error;
}
