import { Document, isCollection, stringify } from 'yaml';
import { type Stamp, stampText } from '../domain/stamp.ts';
import type { ComponentState, Impact, Status } from '../domain/words.ts';
import { harmless } from '../write/harmless-text.ts';
import { updateBlock } from '../write/update-block.ts';

/** An update that an importer found. */
export interface UpdateDraft {
  at: Stamp;
  /** Null: its heading names none, and the file's reader takes the one before it. */
  status: Status | null;
  /** Component states that hold from this moment on, by id or by a name that the site does not know. */
  states: Record<string, ComponentState>;
  /** Markdown. */
  text: string;
}

/** What an importer found out about an incident, before it is a file. */
export interface IncidentDraft {
  title: string;
  status: Status;
  /** Null: left out. */
  impact: Impact | null;
  /** Ids of the site's components, and names that it does not know, as written. */
  components: string[];
  /** What `components` were like when it began, all of them; null: what the impact says. */
  initial: Record<string, ComponentState> | null;
  /** Null: left out. The same goes for `resolved` and `until`. */
  started: Stamp | null;
  resolved: Stamp | null;
  until: Stamp | null;
  /** Makes it a maintenance; null: it is none, or nobody knows when. */
  window: { from: Stamp; to: Stamp } | null;
  /** Keeps a notice a notice after `status: resolved`. */
  isNotice: boolean;
  pinned: boolean;
  draft: boolean;
  /** BCP 47 tag of its text; null: the site's. */
  language: string | null;
  /** Markdown before the first update. */
  summary: string;
  /** Oldest first; at least one. */
  updates: UpdateDraft[];
  /** Values of the source that have no place in an incident file: kept as comments in the frontmatter. */
  leftover: Record<string, unknown>;
}

/**
 * An incident file (DESIGN §2) with this content, the newest update first. Times are written in `timeZone`.
 * Text that would be taken for an update's heading, or that would swallow the next one, is made harmless without
 * losing a word. The same draft gives the same bytes.
 */
export function incidentText(draft: IncidentDraft, timeZone: string): string {
  const time = (stamp: Stamp) => stampText(stamp, timeZone);
  const fields: Record<string, unknown> = { title: draft.title, status: draft.status };
  if (draft.isNotice && draft.status !== 'notice') fields.kind = 'notice';
  if (draft.impact !== null) fields.impact = draft.impact;
  if (draft.components.length > 0) fields.components = componentsOf(draft);
  if (draft.started !== null) fields.started = time(draft.started);
  if (draft.resolved !== null) fields.resolved = time(draft.resolved);
  if (draft.window !== null) {
    fields.scheduled = { from: time(draft.window.from), to: time(draft.window.to) };
  }
  if (draft.until !== null) fields.until = time(draft.until);
  if (draft.pinned) fields.pinned = true;
  if (draft.draft) fields.draft = true;
  if (draft.language !== null) fields.language = draft.language;
  return documentText(fields, draft, timeZone);
}

/** A name with a comma in it would be taken for several in a list, but not in a map. */
function componentsOf({ components, initial }: IncidentDraft): unknown {
  if (initial !== null) return initial;
  return components.some((name) => /[,;]/.test(name))
    ? Object.fromEntries(components.map((name) => [name, null]))
    : components;
}

/** A translation (`slug.en.md`) of an incident with this content: its title and texts, the rest is the original's. */
export function translationText(draft: IncidentDraft, timeZone: string): string {
  const texts = draft.updates.map((update) => ({ ...update, status: null, states: {} }));
  const fields = { title: draft.title, ...(draft.draft ? { draft: true } : {}) };
  return documentText(fields, { ...draft, updates: texts }, timeZone);
}

function documentText(fields: Record<string, unknown>, draft: IncidentDraft, timeZone: string): string {
  // Within one minute the reader follows the file, and takes it as newest first only if its ends say so.
  const oldestFirst = draft.updates[0]!.at.at === draft.updates.at(-1)!.at.at;
  const updates = oldestFirst ? draft.updates : draft.updates.toReversed();
  const blocks = updates.map(({ at, status, states, text }) =>
    updateBlock({ stamp: at, status, authors: [], states, id: null }, harmless(text, timeZone), timeZone),
  );
  const body = [harmless(draft.summary, timeZone), ...blocks].filter((block) => block !== '');
  return `---\n${frontmatter(fields)}${comments(draft.leftover)}---\n\n${body.join('\n\n')}\n`;
}

const WIDTH = 100;

function frontmatter(fields: Record<string, unknown>): string {
  const document = new Document(fields);
  for (const key of ['components', 'scheduled']) {
    const value = document.get(key);
    if (!isCollection(value)) continue;
    const length = value.items.reduce((sum: number, item) => sum + String(item).length + 2, 14);
    value.flow = length <= WIDTH;
  }
  return document.toString({ lineWidth: 0, flowCollectionPadding: false, nullStr: '' });
}

function comments(leftover: Record<string, unknown>): string {
  return Object.entries(leftover)
    .flatMap(([key, value]) =>
      stringify({ [key]: value }, { lineWidth: 0 })
        .trimEnd()
        .split('\n'),
    )
    .map((line) => `# ${line}\n`)
    .join('');
}
