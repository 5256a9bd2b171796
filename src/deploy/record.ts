import { z } from 'zod';
import type { BuiltFile } from './built-files.ts';

/*
 * What Dran remembers of a target stands at the target itself, so that it is true whoever publishes from whatever
 * machine. It is written before anything else changes and again at the end. Nothing that is not in it is ever removed:
 * what others keep there is theirs.
 */

/** Where the record lies at a target. */
export const RECORD_PATH = '.dran/deployed.json';

/** What Dran has put at a target. */
export interface DeployRecord {
  /** The last deployment that came to its end: each file's size and SHA-256 by path. Readers may have any of it. */
  files: Map<string, { size: number; sha256: string }>;
  /** What that deployment no longer had, still there: the next one that comes to its end removes it. */
  left: Set<string>;
  /** What deployments have begun to write since and not come to the end of: of these nobody knows the content. */
  begun: Set<string>;
  /** Which run began last; null when the last one came to its end. */
  run: string | null;
}

/** Of a target that Dran has never published to. */
export const NO_RECORD: DeployRecord = { files: new Map(), left: new Set(), begun: new Set(), run: null };

const shape = z.object({
  version: z.literal(1),
  run: z.string().nullable(),
  files: z.record(z.string(), z.tuple([z.int(), z.string()])),
  left: z.array(z.string()),
  begun: z.array(z.string()),
});

/** Reads a record. What can't be read counts as no record: then everything is sent again and nothing removed. */
export function readRecord(text: string | null): DeployRecord {
  if (text === null) return NO_RECORD;
  try {
    const { files, left, begun, run } = shape.parse(JSON.parse(text));
    return {
      files: new Map(Object.entries(files).map(([path, [size, sha256]]) => [path, { size, sha256 }])),
      left: new Set(left),
      begun: new Set(begun),
      run,
    };
  } catch {
    return NO_RECORD;
  }
}

/** The bytes of a record: the same for the same content, without any time. */
export function formatRecord({ files, left, begun, run }: DeployRecord): string {
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  const entries = sorted.map(([path, { size, sha256 }]) => `${JSON.stringify(path)}:[${size},"${sha256}"]`);
  const list = (paths: Set<string>) => JSON.stringify([...paths].sort());
  return `{"version":1,"run":${JSON.stringify(run)},"left":${list(left)},"begun":${list(begun)},"files":{\n${entries.join(',\n')}\n}}\n`;
}

/** The record while `run` is about to write or remove `paths`. */
export function begunRecord(record: DeployRecord, paths: Iterable<string>, run: string): DeployRecord {
  return { ...record, begun: new Set([...record.begun, ...paths]), run };
}

/** The record of a deployment that has come to its end: it holds `files`, and `left` is there for the last time. */
export function finishedRecord(files: readonly BuiltFile[], left: Iterable<string>): DeployRecord {
  return {
    files: new Map(files.map(({ path, size, sha256 }) => [path, { size, sha256 }])),
    left: new Set(left),
    begun: new Set(),
    run: null,
  };
}
