import type { Instant, Update } from '../domain/incident.ts';
import type { IncidentStatus } from '../domain/incident-status.ts';

/** That an update was changed after it was published. */
export interface Edit {
  at: Instant;
  /** Where readers see what changed; null: nowhere. */
  url: string | null;
}

/** The latest edit of an update, in the original or in the translation that a page in `language` shows; null: none. */
export function editOf({ incident }: IncidentStatus, update: Update, language: string): Edit | null {
  let latest: Edit | null = null;
  for (const text of new Set([incident.language, language])) {
    const edits = Object.hasOwn(incident.edits, text) ? incident.edits[text] : undefined;
    const at =
      edits !== undefined && Object.hasOwn(edits.updates, update.id) ? edits.updates[update.id] : undefined;
    if (at !== undefined && (latest === null || at > latest.at)) latest = { at, url: edits!.url };
  }
  return latest;
}
