import type { Instant, Update } from '../domain/incident.ts';
import { updateId } from '../domain/slug.ts';
import { readLeadingTimestamp } from '../domain/time.ts';
import type { Status } from '../domain/words.ts';
import { readIncidentFile } from './incident-file.ts';
import type { ReadContext } from './read-context.ts';

/** An update as one version of a file says it. */
interface Said {
  update: Update;
  /** The status that the heading names; null: none. */
  written: Status | null;
  /** Its time stands in the frontmatter. */
  headless: boolean;
}

/**
 * Follows one incident file through its versions and tells which updates were changed after they had been
 * published. A change is another text (line breaks aside), another time, status or component state; what only moves,
 * what only the frontmatter says, who signed and a fixed id are none. Versions that are drafts were never published.
 */
export class EditTrail {
  readonly #path: string;
  readonly #context: ReadContext;
  #last: { text: string; bytes: Uint8Array } | null = null;
  #edits = new Map<string, Instant>();
  #publishedAt: Instant | null = null;

  /** `path`: below the incidents folder. All versions are read in the same context. */
  constructor(path: string, context: ReadContext) {
    this.#path = path;
    this.#context = context;
  }

  /** Adds the next newer version, committed at `at`. */
  add(bytes: Uint8Array, at: Instant): void {
    const text = new TextDecoder().decode(bytes);
    if (/^[ \t"']*draft["']?[ \t]*:/im.test(text) && this.#read(bytes) === null) return;
    const last = this.#last;
    this.#last = { text, bytes };
    this.#publishedAt ??= at;
    if (last === null) return;
    const plain = plainEdits(last.text, text, this.#context.site.timezone);
    if (plain === null) this.#compare(last.bytes, bytes, at);
    else for (const id of plain) this.#edits.set(id, at);
  }

  /** When each changed update was last changed, by its id in the newest version. */
  edits(): ReadonlyMap<string, Instant> {
    return this.#edits;
  }

  /** When the first version that is no draft was committed; null: there was none. */
  publishedAt(): Instant | null {
    return this.#publishedAt;
  }

  #read(bytes: Uint8Array): Said[] | null {
    const { incident, written, headless } = readIncidentFile(this.#path, bytes, this.#context);
    return (
      incident?.updates.map((update, index) => ({ update, written: written[index] ?? null, headless })) ??
      null
    );
  }

  #compare(before: Uint8Array, after: Uint8Array, at: Instant): void {
    const edits = new Map<string, Instant>();
    for (const [old, now] of matched(this.#read(before) ?? [], this.#read(after) ?? [])) {
      const edited = isChanged(old, now) ? at : this.#edits.get(old.update.id);
      if (edited !== undefined) edits.set(now.update.id, edited);
    }
    this.#edits = edits;
  }
}

/** When texts of a translation were changed after they had been published, by update id. Oldest version first. */
export function translationEdits(
  versions: { at: Instant; texts: Record<string, string> }[],
): ReadonlyMap<string, Instant> {
  const edits = new Map<string, Instant>();
  const said = new Map<string, string>();
  for (const { at, texts } of versions) {
    for (const [id, text] of Object.entries(texts)) {
      const before = said.get(id);
      if (before !== undefined && !sameWords(before, text)) edits.set(id, at);
      said.set(id, text);
    }
  }
  return edits;
}

function isChanged(old: Said, now: Said): boolean {
  const [a, b] = [old.update, now.update];
  if (!sameWords(a.text, b.text)) return true;
  // The time of a body without headings is the frontmatter's.
  if (a.at !== b.at && !(old.headless && now.headless)) return true;
  // A heading without a status, and one that the frontmatter overrules, changes with the frontmatter.
  if (old.written !== now.written && a.status !== b.status) return true;
  return states(a) !== states(b);
}

function sameWords(a: string, b: string): boolean {
  return a === b || squeezed(a) === squeezed(b);
}

function squeezed(text: string): string {
  return text.replace(/[ \t\r\n]+/g, ' ').trim();
}

function states({ states: given }: Update): string {
  return JSON.stringify(Object.entries(given).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * Which update of a version is which of the next: by id, else by time, else by the same text, else by the text that
 * has most words in common, if it is more than half of them.
 */
function matched(before: Said[], after: Said[]): [Said, Said][] {
  const pairs: [Said, Said][] = [];
  let left = before;
  let right = after;
  const pair = (key: (said: Said) => string | null) => {
    const byKey = new Map<string, Said>();
    for (const said of right) {
      const at = key(said);
      if (at !== null && !byKey.has(at)) byKey.set(at, said);
    }
    const taken = new Set<Said>();
    for (const said of left) {
      const at = key(said);
      const other = at === null ? undefined : byKey.get(at);
      if (other === undefined || taken.has(other)) continue;
      taken.add(said).add(other);
      pairs.push([said, other]);
    }
    left = left.filter((said) => !taken.has(said));
    right = right.filter((said) => !taken.has(said));
  };
  pair(({ update }) => update.id);
  pair(({ update }) => String(update.at));
  pair(({ update }) => squeezed(update.text) || null);
  // Time and words changed in one commit. Where that befell many, a guess would cost much and say little.
  if (left.length > FEW || right.length > FEW) return pairs;
  for (const old of left) {
    const alike = right
      .map((said) => ({ said, share: likeness(old.update.text, said.update.text) }))
      .sort((a, b) => b.share - a.share)[0];
    if (alike === undefined || alike.share <= 0.5) continue;
    right = right.filter((said) => said !== alike.said);
    pairs.push([old, alike.said]);
  }
  return pairs;
}

/** So many updates of one commit at most are told apart by their words. */
const FEW = 20;

/** The share of words that two texts have in common, 0 to 1. */
function likeness(a: string, b: string): number {
  const words = (text: string) => new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
  const [left, right] = [words(a), words(b)];
  if (left.size + right.size === 0) return 0;
  const common = [...left].filter((word) => right.has(word)).length;
  return (2 * common) / (left.size + right.size);
}

const UPDATE = /^(?= {0,3}##[ \t][^\n\p{L}\d]{0,8}(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\.\d{1,2}\.\d{4}))/mu;

/** Whatever could make of the line of a heading something else, or let a text reach beyond its section. */
const NOT_PLAIN = /^ +##|^ {0,3}(?:```|~~~|<|\[[^\]\n]*\]:)|<!--|^##.*\{#/m;

/**
 * The ids of the updates whose texts changed between two versions, found by a look at the lines: where each heading
 * of the older version stands in the newer one, too, letter by letter, only texts can have changed. Most commits are
 * so, and reading every version of every file as a whole would take minutes where there are many. Null: the lines do
 * not tell.
 */
function plainEdits(older: string, newer: string, timeZone: string): string[] | null {
  const [oldHead = '', ...old] = older.split(UPDATE);
  const [newHead = '', ...now] = newer.split(UPDATE);
  if (squeezed(bodyStart(oldHead)) !== squeezed(bodyStart(newHead))) return null;
  const kept = new Set(now.map(squeezed));
  const touched = old.filter((section) => !kept.has(squeezed(section)));
  if (touched.length === 0) return [];
  if (NOT_PLAIN.test(bodyStart(oldHead) + old.join('')) || NOT_PLAIN.test(newer.slice(newHead.length)))
    return null;
  const ids = new Map<string, string>();
  for (const heading of now.map(headingOf)) {
    const reading = readLeadingTimestamp(heading.replace(/^##[^\p{L}\d]*/u, ''), timeZone);
    if (!reading?.ok) return null;
    ids.set(heading, updateId(reading.at, reading.precision));
  }
  // Two updates of one minute are told apart by their place.
  if (new Set(ids.values()).size < now.length) return null;
  const edited = touched.map((section) => ids.get(headingOf(section)));
  return edited.every((id) => id !== undefined) ? edited : null;
}

function headingOf(section: string): string {
  return squeezed(section.slice(0, section.search(/[\r\n]|$/)));
}

/** What stands between the frontmatter and the first update; the whole text where no closing fence is to be seen. */
function bodyStart(head: string): string {
  const fences = [...head.matchAll(/^---[ \t\r]*$/gm)];
  const closing = fences[1];
  return closing === undefined ? head : head.slice(closing.index);
}
