import { isEnded } from '../domain/words.ts';
import type { IncidentDraft } from './incident-text.ts';

/** A file of the new site. */
export interface ImportedFile {
  /** Below the new site's folder, with `/`. */
  path: string;
  text: string;
  /** Path of the file that it comes from. */
  source: string;
}

/** Something that the operator should know about one file. */
export interface ImportNote {
  /** Path in the old site. */
  file: string;
  message: string;
}

/** A site made from another product's files. */
export interface ImportResult {
  /** By path. */
  files: ImportedFile[];
  /** What was assumed, in the order of the files. */
  notes: ImportNote[];
  /** Files that could not be read, or only in part: a person should look at them. */
  unread: ImportNote[];
  /** Files that are no part of a status history. */
  passedOver: string[];
  /** Names in incidents that the config does not know, with the number of incidents. */
  unknownComponents: { name: string; count: number }[];
  counts: {
    incidents: number;
    notices: number;
    open: number;
    drafts: number;
    updates: number;
    translations: number;
  };
}

/** A result that says nothing yet. */
export function emptyResult(): ImportResult {
  return {
    files: [],
    notes: [],
    unread: [],
    passedOver: [],
    unknownComponents: [],
    counts: { incidents: 0, notices: 0, open: 0, drafts: 0, updates: 0, translations: 0 },
  };
}

/** Where files are kept that can't be an incident: the reader passes over names that begin with `_`. */
export const NOT_IMPORTED = 'incidents/_not-imported';

/** Counts an incident, or the translation of one. */
export function count(counts: ImportResult['counts'], draft: IncidentDraft, isTranslation = false): void {
  if (isTranslation) {
    counts.translations += 1;
    return;
  }
  if (draft.isNotice) counts.notices += 1;
  else counts.incidents += 1;
  if (draft.draft) counts.drafts += 1;
  else if (!draft.isNotice && !isEnded(draft.status)) counts.open += 1;
  counts.updates += draft.updates.length;
}

/** Brings files and unknown names into the order of the report. */
export function inOrder(result: ImportResult, unknown: ReadonlyMap<string, number>): ImportResult {
  result.files.sort((a, b) => (a.path < b.path ? -1 : 1));
  result.unknownComponents = [...unknown]
    .map(([name, many]) => ({ name, count: many }))
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
  return result;
}
