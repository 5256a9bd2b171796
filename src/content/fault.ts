/**
 * A fault in a file that somebody wrote: part of the interface, see DESIGN §5.
 * Positions are those of the file as it is on disk (after decoding), never of a repaired copy.
 */
export interface Fault {
  /** Path below the site's folder, with `/`: `incidents/2026-11-21-power.md`, `status.config.yml`. */
  file: string;
  /** 1-based. */
  line: number;
  /** 1-based, in characters as an editor counts them (UTF-16 units). */
  column: number;
  /** How many characters the marker underlines; at least 1. */
  length: number;
  level: 'error' | 'warning';
  /** Stable, kebab-case: `unknown-status`. */
  code: string;
  /** What is wrong, why it matters where that is not obvious, what to write instead. Plain English sentences. */
  message: string;
  /** What the build publishes for now: `investigating (open)`. Null where nothing doubtful is published. */
  publishedAs: string | null;
  /** The whole line of the file that `line` names; empty where the file has none. */
  source: string;
  /** The fault comes and goes with the clock or with git: `check --strict --changed-since` passes over it. */
  transient: boolean;
  /** The plain reading, as edits of the decoded text; null where it is not plain and a person must decide. */
  fix: Edit[] | null;
}

/** Where a fault stands. */
export type FaultPlace = Pick<Fault, 'file' | 'line' | 'column' | 'length' | 'source'>;

/** Replaces the characters from `start` up to `end` (UTF-16 offsets into the decoded text of the file). */
export interface Edit {
  start: number;
  end: number;
  text: string;
}

/** A fault before it knows its file: what the parts of the reader report. Offsets are UTF-16, into the text they were given. */
export interface Problem {
  start: number;
  end: number;
  level: Fault['level'];
  code: string;
  message: string;
  publishedAs: string | null;
  transient: boolean;
  fix: Edit[] | null;
}
