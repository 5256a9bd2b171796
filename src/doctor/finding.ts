/**
 * fatal: the page is down, or goes down together with what it reports on; risk: it may, or a copy of it does; hint:
 * worth knowing.
 */
export const SEVERITIES = ['fatal', 'risk', 'hint'] as const;

/** One thing that `doctor` has found. */
export interface Finding {
  /** Stable: the headings of docs/deploy/shared-fate.md. */
  code: string;
  severity: (typeof SEVERITIES)[number];
  /** Host names concerned, the one that is to change first. */
  hosts: string[];
  /** What is so, and what it takes down: whole sentences. */
  why: string;
  /** What to change: whole sentences. */
  change: string;
}
