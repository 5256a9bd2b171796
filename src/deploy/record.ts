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
  /** What deployments have begun to write since and not come to the end of. */
  begun: Set<string>;
  /** Of `begun`, what they said to have sent; of the rest nobody knows the content. */
  sent: Map<string, string>;
  /**
   * What builds have beside `files` of which deployments have begun to change pages that readers had: there may be
   * links to it. What is neither here nor in `files` is linked to by no page that readers can come to.
   */
  linked: Set<string>;
  /** Which run began last; null when the last one came to its end. */
  run: string | null;
}

/** Of a target that Dran has never published to. */
export const NO_RECORD: DeployRecord = {
  files: new Map(),
  left: new Set(),
  begun: new Set(),
  sent: new Map(),
  linked: new Set(),
  run: null,
};

const shape = z.object({
  version: z.literal(1),
  run: z.string().nullable(),
  files: z.record(z.string(), z.tuple([z.int(), z.string()])),
  left: z.array(z.string()),
  begun: z.array(z.string()),
  sent: z.record(z.string(), z.string()),
  linked: z.array(z.string()),
});

/** Reads a record. What can't be read counts as no record: then everything is sent again and nothing removed. */
export function readRecord(text: string | null): DeployRecord {
  if (text === null) return NO_RECORD;
  try {
    const { files, left, begun, sent, linked, run } = shape.parse(JSON.parse(text));
    return {
      files: new Map(Object.entries(files).map(([path, [size, sha256]]) => [path, { size, sha256 }])),
      left: new Set(left),
      begun: new Set(begun),
      sent: new Map(Object.entries(sent)),
      linked: new Set(linked),
      run,
    };
  } catch {
    return NO_RECORD;
  }
}

/** The bytes of a record: the same for the same content, without any time. */
export function formatRecord({ files, left, begun, sent, linked, run }: DeployRecord): string {
  const inOrder = <Value>(map: Map<string, Value>) =>
    [...map].sort(([one], [other]) => (one < other ? -1 : 1));
  const lines = inOrder(files).map(
    ([path, { size, sha256 }]) => `${JSON.stringify(path)}:${JSON.stringify([size, sha256])}`,
  );
  const rest = {
    run,
    left: [...left].sort(),
    begun: [...begun].sort(),
    sent: Object.fromEntries(inOrder(sent)),
    linked: [...linked].sort(),
  };
  // A line for each file, so that git keeps little of what has not changed.
  return `{"version":1,\n${JSON.stringify(rest).slice(1, -1)},\n"files":{\n${lines.join(',\n')}\n}}\n`;
}

/** The record while `run` is about to write `paths`. */
export function begunRecord(record: DeployRecord, paths: Iterable<string>, run: string): DeployRecord {
  const begun = new Set([...record.begun, ...paths]);
  const sent = new Map(record.sent);
  for (const path of paths) sent.delete(path);
  return { ...record, begun, sent, run };
}

/**
 * The record of another run, `there`, once `paths` are in doubt too, and readers may come to what `mine` says is
 * linked: a run that was overtaken may have written any of it after the other one had.
 */
export function doubtedRecord(
  there: DeployRecord,
  paths: Iterable<string>,
  mine: DeployRecord,
): DeployRecord {
  const { run } = there;
  return {
    ...begunRecord(there, paths, ''),
    run,
    linked: new Set([...there.linked, ...mine.linked].filter((path) => !there.files.has(path))),
  };
}

/** The record once these files have been sent, of those that were about to be written. */
export function sentRecord(record: DeployRecord, files: readonly BuiltFile[]): DeployRecord {
  return {
    ...record,
    sent: new Map([...record.sent, ...files.map(({ path, sha256 }) => [path, sha256] as const)]),
  };
}

/** The record from the moment on that pages which readers had are about to link to any of these files. */
export function linkedRecord(record: DeployRecord, files: readonly BuiltFile[]): DeployRecord {
  const added = files.map(({ path }) => path).filter((path) => !record.files.has(path));
  return { ...record, linked: new Set([...record.linked, ...added]) };
}

/** Whether a page that readers can come to may link to `path`. */
export function mayBeLinked({ files, linked }: DeployRecord, path: string): boolean {
  return files.has(path) || linked.has(path);
}

/**
 * The record of a deployment that has come to its end: it holds `files`, and `left` is there for the last time.
 * `before`: the record that it began from. Where a run had begun that has not ended, it may still be at work on
 * another machine: what it had not yet sent stays in doubt until the next deployment.
 */
export function finishedRecord(
  files: readonly BuiltFile[],
  left: Iterable<string>,
  before: DeployRecord,
): DeployRecord {
  const doubts = before.run === null ? [] : [...before.begun].filter((path) => !before.sent.has(path));
  return {
    files: new Map(files.map(({ path, size, sha256 }) => [path, { size, sha256 }])),
    left: new Set(left),
    begun: new Set(doubts),
    sent: new Map(),
    linked: new Set(),
    run: null,
  };
}

/** The digest of what the target holds at `path`, as far as the record tells; null: nobody knows. */
export function recordedDigest({ files, begun, sent }: DeployRecord, path: string): string | null {
  return (begun.has(path) ? sent.get(path) : files.get(path)?.sha256) ?? null;
}
