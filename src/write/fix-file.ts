import { decode } from '../content/decode.ts';
import type { Edit, Fault } from '../content/fault.ts';
import { splice } from './splice.ts';

/** What reading a file gives: what is published of it, as plain JSON, and what is wrong with it. */
export interface FileReading {
  published: unknown;
  faults: Fault[];
}

/** A file with its plain readings written in. */
export interface FixedFile {
  /** The given bytes themselves where nothing was changed. */
  bytes: Uint8Array;
  /** How many faults fewer it has. */
  mended: number;
  /** Faults of the given bytes that the file has no longer. */
  gone: Fault[];
}

/** A file is read no more often than that; one that people wrote takes two or three readings. */
const MOST_READINGS = 400;

/**
 * Writes the plain readings of a file's faults into it. Pure; `read` says what the file gives. A change is made only
 * if the file, read again, publishes the same, has fewer faults and no new ones; the mending of an error may bring to
 * light what could not be read before. Bytes outside of the changed places stay; a file that is not UTF-8 becomes
 * UTF-8. Doing it twice changes nothing more.
 */
export function fixFile(bytes: Uint8Array, read: (bytes: Uint8Array) => FileReading): FixedFile {
  const { faults: before } = read(bytes);
  let current = { bytes, ...read(bytes) };
  let size = Number.POSITIVE_INFINITY;
  const refused = new Set<string>();
  for (let count = 0; count < MOST_READINGS; count += 1) {
    const waiting = current.faults.filter((fault) => fault.fix !== null && !refused.has(nameOf(fault)));
    const step = nextStep(waiting, current.bytes, size);
    if (step.length === 0) break;
    const changed = withEdits(current.bytes, step);
    const next = { bytes: changed, ...read(changed) };
    if (isBetter(current, next, step)) {
      current = next;
      size *= 2;
      refused.clear();
    } else if (step.length === 1) refused.add(nameOf(step[0]!));
    else size = Math.floor(step.length / 2);
  }
  return {
    bytes: current.bytes,
    mended: before.length - current.faults.length,
    gone: without(before, current.faults),
  };
}

/** The faults that have no like among others: of one code and message. */
function without(faults: Fault[], others: Fault[]): Fault[] {
  const left = Map.groupBy(others, ({ code, message }) => `${code} ${message}`);
  return faults.filter(({ code, message }) => left.get(`${code} ${message}`)?.pop() === undefined);
}

function nameOf({ code, line, column, source }: Fault): string {
  return `${line}:${column} ${code} ${source}`;
}

/** An empty fix asks for the text as it is, in UTF-8. */
function isEncoding({ fix }: Fault): boolean {
  return fix?.length === 0;
}

/** Faults to mend together: the encoding alone, an error alone, else warnings whose edits lie in lines of their own. */
function nextStep(waiting: Fault[], bytes: Uint8Array, most: number): Fault[] {
  const alone = waiting.find(isEncoding) ?? waiting.find(({ level }) => level === 'error');
  if (alone !== undefined) return [alone];
  const { text } = decode(bytes);
  const step: Fault[] = [];
  let from = 0;
  for (const { fault, start, end } of waiting.map(stretchOf).toSorted((a, b) => a.start - b.start)) {
    if (step.length >= most) break;
    if (step.length > 0 && !text.slice(from, start).includes('\n')) continue;
    step.push(fault);
    from = Math.max(from, end);
  }
  return step;
}

function stretchOf(fault: Fault): { fault: Fault; start: number; end: number } {
  let start = Number.POSITIVE_INFINITY;
  let end = 0;
  for (const edit of fault.fix ?? []) {
    start = Math.min(start, edit.start);
    end = Math.max(end, edit.end);
  }
  return { fault, start, end };
}

function withEdits(bytes: Uint8Array, step: Fault[]): Uint8Array {
  if (step.some(isEncoding)) return Buffer.from(decode(bytes).text, 'utf8');
  const edits: Edit[] = step.flatMap(({ fix }) => fix ?? []);
  return splice(bytes, edits);
}

/** Whether the second reading is the first without faults. */
function isBetter(before: FileReading, after: FileReading, step: Fault[]): boolean {
  const errors = ({ faults }: FileReading) => faults.filter(({ level }) => level === 'error').length;
  if (step.some(({ level }) => level === 'error')) return errors(after) < errors(before);
  if (after.faults.length >= before.faults.length) return false;
  const counts = codeCounts(before.faults);
  for (const [code, count] of codeCounts(after.faults)) if (count > (counts.get(code) ?? 0)) return false;
  return JSON.stringify(after.published) === JSON.stringify(before.published);
}

function codeCounts(faults: Fault[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { code } of faults) counts.set(code, (counts.get(code) ?? 0) + 1);
  return counts;
}
