import type { Badge } from './badge.ts';
import { BADGE_COLOURS } from './colours.ts';

/** Seconds that shields.io keeps a badge: the least it allows (shields.io/badges/endpoint-badge). */
const KEPT = 300;

/** What shields.io draws a badge from (endpoint badge, schema version 1). */
export interface ShieldsEndpoint {
  schemaVersion: 1;
  label: string;
  message: string;
  /** `#rrggbb`: white letters on it are readable by WCAG AA. */
  color: string;
  cacheSeconds: number;
}

/** A badge for shields.io. */
export function shieldsEndpoint({ label, message, state }: Badge): ShieldsEndpoint {
  return { schemaVersion: 1, label, message, color: BADGE_COLOURS.light[state], cacheSeconds: KEPT };
}
