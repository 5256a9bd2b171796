import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildFacts, readBuild } from './build-facts.ts';

/** What a built site takes of a host. Sizes are in bytes, paths below its folder with `/`. */
export interface DistFacts {
  files: number;
  folders: number;
  bytes: number;
  largest: { path: string; bytes: number };
  /** The folder with the most files directly in it. */
  fullest: { path: string; files: number };
  /** Null: there is no build.json that can be read. */
  build: BuildFacts | null;
}

/** Measures a built site; null where the folder is not there. */
export async function distFacts(folder: string): Promise<DistFacts | null> {
  if (!(await stat(folder).catch(() => null))?.isDirectory()) return null;
  const text = await readFile(join(folder, 'build.json'), 'utf8').catch(() => '');
  const facts: DistFacts = {
    files: 0,
    folders: 0,
    bytes: 0,
    largest: { path: '', bytes: 0 },
    fullest: { path: '', files: 0 },
    build: readBuild(text),
  };
  await measure(folder, '', facts);
  return facts;
}

async function measure(folder: string, below: string, facts: DistFacts): Promise<void> {
  const entries = await readdir(join(folder, below), { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const files = entries.filter((entry) => !entry.isDirectory());
  if (files.length > facts.fullest.files) facts.fullest = { path: below, files: files.length };
  for (const entry of files) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    const { size } = await stat(join(folder, path));
    facts.files += 1;
    facts.bytes += size;
    if (size > facts.largest.bytes) facts.largest = { path, bytes: size };
  }
  for (const entry of entries) {
    if (!entry.isDirectory()) continue;
    facts.folders += 1;
    await measure(folder, below === '' ? entry.name : `${below}/${entry.name}`, facts);
  }
}
