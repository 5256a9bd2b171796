import type { Instant } from '../domain/incident.ts';

/** What a `build.json` says, as far as `doctor` looks at it. */
export interface BuildFacts {
  built: Instant;
  /** Of everything that is published, without the clock. */
  hash: string;
  /** When the page next changes by the clock; null: never. */
  nextChange: Instant | null;
  /** The address that the build was made for. */
  url: string;
}

/** Reads a `build.json`; null where it is none of ours. */
export function readBuild(text: string): BuildFacts | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const { built, hash, next_change: next, url } = value as Record<string, unknown>;
  const at = instant(built);
  if (at === null || typeof hash !== 'string' || typeof url !== 'string') return null;
  return { built: at, hash, nextChange: instant(next), url };
}

function instant(value: unknown): Instant | null {
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? null : at;
}
