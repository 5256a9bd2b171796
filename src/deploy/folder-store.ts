import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, copyFile, mkdir, open, readdir, readFile, rename, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type BuiltFile, OWN_FOLDER } from './built-files.ts';
import { DeployFailure } from './failure.ts';
import { foldersAbove } from './folders-above.ts';
import { inParallel } from './in-parallel.ts';
import type { HeldFile } from './plan.ts';
import type { Try } from './publish.ts';
import { readRecord as parseRecord, RECORD_PATH } from './record.ts';
import { isOver } from './run-name.ts';
import type { Holding, Store } from './store.ts';

const FILES_AT_ONCE = 8;

/**
 * A folder on this machine or on a disk that is mounted here: each file is written below `.dran/`, put on the disk
 * (fsync) and renamed to its place, so that readers get the old one or the new one, also after a power cut. Files are
 * readable for all, as a web server needs them. Throws where `folder` is a file.
 */
export function folderStore(folder: string): (attempt: Try) => Promise<Store> {
  return async (attempt) => {
    const found = await stat(folder).catch(() => null);
    if (found !== null && !found.isDirectory()) {
      throw new DeployFailure(`${folder} is a file, not a folder.`, {
        advice: 'Name a folder.',
        again: false,
      });
    }
    if (found === null && (await stat(dirname(folder)).catch(() => null)) === null) {
      throw new DeployFailure(`There is no folder ${dirname(folder)}.`, {
        advice: 'Make it, or mount the disk that holds it.',
        again: false,
      });
    }
    return new FolderStore(folder, attempt);
  };
}

class FolderStore implements Store {
  readonly #folder: string;
  readonly #attempt: Try;
  readonly #temporary: string;
  #count = 0;

  constructor(folder: string, attempt: Try) {
    this.#folder = folder;
    this.#attempt = attempt;
    this.#temporary = join(folder, OWN_FOLDER, `${TEMPORARY}${attempt.run}`);
  }

  async look(): Promise<Holding> {
    const record = await this.readRecord();
    const { files: recorded, left } = parseRecord(record);
    const own = [...this.#attempt.build.files.map(({ path }) => path), ...recorded.keys(), ...left];
    const paths = await this.#paths(new Set(own.flatMap(foldersAbove)));
    const files = await inParallel(paths, FILES_AT_ONCE, async (path): Promise<[string, HeldFile][]> => {
      this.#attempt.signal.throwIfAborted();
      const bytes = await readFile(join(this.#folder, path)).catch(
        (error: NodeJS.ErrnoException) => error.code,
      );
      // A link to a folder is as good as a folder.
      if (bytes === 'EISDIR') return [];
      if (typeof bytes !== 'object') return [[path, { size: -1 }]];
      return [[path, { size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }]];
    });
    return { files: new Map(files.flat()), record };
  }

  /** Folders that nobody here may look into are passed over where Dran has nothing in them, such as `lost+found`. */
  async #paths(needed: ReadonlySet<string>, below = ''): Promise<string[]> {
    this.#attempt.signal.throwIfAborted();
    const entries = await readdir(join(this.#folder, below), { withFileTypes: true }).catch(
      (error: NodeJS.ErrnoException) => {
        const isHidden = error.code === 'EACCES' || error.code === 'EPERM';
        if (error.code === 'ENOENT' || (isHidden && below !== '' && !needed.has(below))) return [];
        throw error;
      },
    );
    const paths: string[] = [];
    for (const entry of entries) {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (path === OWN_FOLDER || path === '.git') continue;
      if (entry.isDirectory()) paths.push(...(await this.#paths(needed, path)));
      else if (entry.isFile() || entry.isSymbolicLink()) paths.push(path);
    }
    return paths;
  }

  async readRecord(): Promise<string | null> {
    return readFile(join(this.#folder, RECORD_PATH), 'utf8').catch(nullIfMissing);
  }

  async writeRecord(text: string): Promise<void> {
    await this.#place(RECORD_PATH, async (half) => {
      const file = await open(half, 'w', 0o644);
      try {
        await file.writeFile(text);
        await file.sync();
      } finally {
        await file.close();
      }
    });
  }

  async tidy(): Promise<void> {
    const own = join(this.#folder, OWN_FOLDER);
    const names = (await readdir(own).catch(nullIfMissing)) ?? [];
    for (const name of names) {
      if (!name.startsWith(TEMPORARY)) continue;
      if (isOver(name.slice(TEMPORARY.length), this.#attempt.run))
        await rm(join(own, name), { recursive: true, force: true });
    }
  }

  async send(files: readonly BuiltFile[], onSent: (file: BuiltFile) => void): Promise<'whole'> {
    await inParallel(files, FILES_AT_ONCE, async (file) => {
      this.#attempt.signal.throwIfAborted();
      await this.#place(file.path, async (half) => {
        await copyFile(join(this.#attempt.build.folder, file.path), half, constants.COPYFILE_FICLONE);
        const copy = await open(half, 'r+');
        try {
          await copy.chmod(0o644);
          await copy.sync();
        } finally {
          await copy.close();
        }
      });
      onSent(file);
    });
    for (const name of new Set(files.map(({ path }) => dirname(path))))
      await settle(join(this.#folder, name));
    return 'whole';
  }

  async #place(path: string, write: (half: string) => Promise<void>): Promise<void> {
    const target = join(this.#folder, path);
    const half = join(this.#temporary, String(this.#count++));
    await makeFolder(this.#temporary);
    await write(half);
    await makeFolder(dirname(target));
    await rename(half, target);
  }

  async remove(paths: readonly string[]): Promise<void> {
    for (const path of paths) {
      this.#attempt.signal.throwIfAborted();
      await rm(join(this.#folder, path), { force: true });
      for (const parent of foldersAbove(path)) {
        const emptied = await rmdir(join(this.#folder, parent)).then(
          () => true,
          () => false,
        );
        if (!emptied) break;
      }
    }
  }

  async close(): Promise<void> {
    await rm(this.#temporary, { recursive: true, force: true }).catch(() => {});
  }
}

/** How the names of folders for half files begin. */
const TEMPORARY = 'half-';

/** Makes a folder, and those above it, that a web server may read whatever the mask of this process. */
async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  if (first === undefined) return;
  for (let made = folder; made.length >= first.length; made = dirname(made)) await chmod(made, 0o755);
}

function nullIfMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}

/** Puts the names that a folder holds on the disk, where the file system can. */
async function settle(folder: string): Promise<void> {
  const opened = await open(folder, 'r');
  try {
    await opened.sync().catch(() => {});
  } finally {
    await opened.close();
  }
}
