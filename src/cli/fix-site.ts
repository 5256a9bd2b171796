import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { replaceFile } from '../build/replace-file.ts';
import { decode } from '../content/decode.ts';
import type { Fault } from '../content/fault.ts';
import { veiledTexts } from '../content/leaks.ts';
import type { SiteReading } from '../content/read-site.ts';
import type { Instant } from '../domain/incident.ts';
import type { Site } from '../domain/site.ts';
import { fixFile } from '../write/fix-file.ts';
import { reader } from '../write/reread.ts';
import { textDiff } from '../write/text-diff.ts';

/** One file and what became of it. */
export interface FileMending {
  /** Path below the site's folder. */
  file: string;
  /** How many faults fewer it has. */
  mended: number;
  /** Those of the file's faults that are gone. */
  gone: Fault[];
  /** For people: a unified diff without secrets, below it a line about the encoding where that changes. */
  diff: string;
  bytes: Uint8Array;
  /** What the file held when it was read. */
  before: Uint8Array;
}

interface Job {
  folder: string;
  reading: SiteReading;
  now: Instant;
  /** Whether a file may be changed. */
  isWanted: (file: string) => boolean;
  color: boolean;
}

/** The plain readings of a site's files, not yet written; files that have none are left out. */
export async function mendings({ folder, reading, now, isWanted, color }: Job): Promise<FileMending[]> {
  const { site, incidents, faults } = reading;
  const files = [...new Set(faults.flatMap(({ file, fix }) => (fix === null ? [] : file)))].filter(isWanted);
  const rereading = {
    site,
    fallbackName: basename(resolve(folder)) || 'Status',
    paths: incidents.map(({ path }) => path),
    now,
  };
  const found: FileMending[] = [];
  for (const file of files) {
    const before = await readFile(join(folder, file));
    const read = await reader(file, rereading, (path) => readFile(join(folder, 'incidents', path)));
    const { bytes, ...faultsThen } = fixFile(before, read);
    if (bytes === before) continue;
    found.push({ file, ...faultsThen, diff: await diffOf(file, site, before, bytes, color), bytes, before });
  }
  return found;
}

/** Writes a mended file. False: somebody else has changed it meanwhile, and it stays as it is. */
export function write(folder: string, { file, bytes, before }: FileMending): Promise<boolean> {
  return replaceFile(join(folder, file), bytes, before);
}

const ENCODINGS = {
  'utf-8': 'UTF-8',
  'utf-8-bom': 'UTF-8',
  'utf-16': 'UTF-16',
  'windows-1252': 'Windows-1252',
};

async function diffOf(
  file: string,
  site: Site,
  before: Uint8Array,
  after: Uint8Array,
  color: boolean,
): Promise<string> {
  const [old, mended] = [decode(before), decode(after)];
  const [oldText = '', mendedText = ''] = await veiledTexts([old.text, mended.text], site);
  const diff = textDiff(file, oldText, mendedText, { color });
  const [from, to] = [ENCODINGS[old.encoding], ENCODINGS[mended.encoding]];
  return from === to ? diff : `${diff}${file} is written as ${to} instead of ${from}.\n`;
}
