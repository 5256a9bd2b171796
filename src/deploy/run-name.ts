import { isAbandoned, ownName } from '../build/own-folder.ts';
import type { Instant } from '../domain/incident.ts';

/** A name for a try to publish that begins at `now`, `[a-z0-9-]+`, never given twice. */
export function runName(now: Instant): string {
  return `${Math.floor(now / 1000).toString(36)}-${ownName('')}`;
}

const A_DAY = 24 * 60 * 60;

/**
 * Whether `other`, the name of a try that left half files behind, is of none that may still be at work beside `run`:
 * its process was one of this machine and is gone, or it began more than a day before. What is no such name counts
 * as left behind.
 */
export function isOver(other: string, run: string): boolean {
  const process = processOf(other);
  return process === null || isAbandoned(process, '') || startOf(run) - startOf(other) > A_DAY;
}

function processOf(name: string): string | null {
  return /^[0-9a-z]+-([0-9a-f]{8}-\d+(?:-[0-9a-f]{8}){3})$/.exec(name)?.[1] ?? null;
}

function startOf(name: string): number {
  return Number.parseInt(name, 36);
}
