import { readBody, type Section } from '../content/body.ts';
import { withoutControlCharacters } from '../content/decode.ts';
import type { Edit, Fault } from '../content/fault.ts';
import { lineEnd } from '../content/fences.ts';
import { Frontmatter } from '../content/frontmatter-values.ts';
import { type IncidentReading, readIncidentFile } from '../content/incident-file.ts';
import { belongsTo } from '../content/incident-updates.ts';
import type { ReadContext } from '../content/read-context.ts';
import { openSource, type SourceFile } from '../content/source-file.ts';
import type { Entry } from '../content/yaml-map.ts';
import type { Incident, Instant, Update } from '../domain/incident.ts';
import { updateId } from '../domain/slug.ts';
import { type Stamp, stampText } from '../domain/stamp.ts';
import { type ComponentState, isEnded, type Status } from '../domain/words.ts';
import { harmless, quoted } from './harmless-text.ts';
import { mend } from './mend.ts';
import { splice } from './splice.ts';
import { updateBlock } from './update-block.ts';

/** What an operator wants to say about an incident that has a file. */
export interface Post {
  /** Null: the one it has. */
  status: Status | null;
  /** Markdown, as typed; not empty. */
  text: string;
  /** Keys of the site's authors, or names that the config does not know. */
  authors: string[];
  /** By component id. */
  states: Record<string, ComponentState>;
  /** When the next update is promised: so many milliseconds after this one, or an instant. Null: nothing is promised. */
  next: { span: number } | { at: Instant } | null;
  /** When it was said; null: now. */
  at: Stamp | null;
}

/** What became of a post. */
export type PostResult =
  | {
      ok: true;
      bytes: Uint8Array;
      reading: IncidentReading & { incident: Incident };
      /** The new update as readers get it. */
      update: Update;
      /** Sentences about what was done beside the plain thing. */
      notes: string[];
      /** Why the incident does not have the status that was asked for; null where it has. */
      unmet: string | null;
    }
  | { ok: false; message: string };

/**
 * Puts an update into an incident file (DESIGN §2): heading and text where the file keeps its newest, `status` and
 * `next-update` in the frontmatter, every other byte as it was. The result is read back: older updates keep ids, times
 * and texts, the new one says what was asked, else nothing comes out but why. A file with slips is taken as it is; one
 * that can't be read is mended only as far as publishing needs. `path` lies below the incidents folder. Pure.
 */
export function postUpdate(path: string, bytes: Uint8Array, post: Post, context: ReadContext): PostResult {
  const first = readIncidentFile(path, bytes, context);
  if (first.incident === null)
    return { ok: false, message: 'This file is a draft: it says "draft: true" and is not published.' };
  if (post.status !== null && !belongsTo(post.status, first.incident.kind)) {
    return {
      ok: false,
      message: `"${post.status}" is no status of ${first.incident.kind === 'incident' ? 'an incident' : `a ${first.incident.kind}`}.`,
    };
  }
  const typed = withoutControlCharacters(post.text.replace(/\r\n?/g, '\n')).text.toWellFormed();
  if (typed.trim() === '') return { ok: false, message: 'There is no text.' };
  let whyNot = '';
  let second: PostResult | null = null;
  for (const base of [{ bytes, notes: [] }, mend(path, bytes, context)]) {
    if (base === null) continue;
    for (const text of [harmless(typed, context.site.timezone), quoted(typed)]) {
      for (const side of ['usual', 'top', 'end'] as const) {
        const tried = attempt(path, base.bytes, { ...post, text }, side, context);
        if (!tried.ok) {
          whyNot ||= tried.message;
          continue;
        }
        const result = { ...tried, notes: [...base.notes, ...tried.notes] };
        if (result.unmet === null) return result;
        second ??= result;
      }
    }
  }
  return second ?? { ok: false, message: whyNot };
}

interface Opened {
  source: SourceFile;
  /** In the order of the file. */
  sections: Section[];
  frontmatter: Frontmatter;
  reading: IncidentReading & { incident: Incident };
}

function open(path: string, bytes: Uint8Array, context: ReadContext): Opened | null {
  const reading = readIncidentFile(path, bytes, context);
  if (reading.incident === null) return null;
  const source = openSource(bytes, (word) => context.components.find(word) !== null);
  const { sections } = readBody(source.body, {
    timeZone: context.site.timezone,
    vocabulary: context.vocabulary,
  });
  return {
    source,
    sections,
    frontmatter: new Frontmatter(source.yaml, context.site.timezone),
    reading: { ...reading, incident: reading.incident },
  };
}

type Side = 'usual' | 'top' | 'end';

function attempt(path: string, bytes: Uint8Array, post: Post, side: Side, context: ReadContext): PostResult {
  const file = open(path, bytes, context);
  if (file === null) return { ok: false, message: 'This file is a draft.' };
  const { incident } = file.reading;
  const notes: string[] = [];
  const stamp = stampFor(post.at, incident, context.now, notes);
  const newest = incident.updates.at(-1)!;
  const isNewest = stamp.at > newest.at;
  const status = post.status ?? incident.status;
  const id = isNewest ? null : lateId(stamp, incident.updates);

  const heading = {
    stamp,
    status: isNewest || post.status !== null ? status : null,
    authors: post.authors,
    states: post.states,
    id,
  };
  const eol = lineEnd(file.source.decoded);
  const block = updateBlock(heading, post.text, context.site.timezone).replaceAll('\n', eol);
  const edits: Edit[] = [bodyEdit(file, block, eol, stamp, isNewest, side, context)];
  let promise = incident.nextUpdate;
  if (endsNoMore(incident, stamp, status)) {
    notes.push(
      'The work has begun and was reported on, so it no longer ends by the clock: post the status "completed" once it is done.',
    );
  }
  if (isNewest) {
    edits.push(...statusEdits(file, status, post.status !== null, incident, eol, context));
    promise = promised(post, stamp, status, incident, context.now, notes);
  } else if (post.status !== null && post.status !== incident.status) {
    notes.push(
      `The update is older than the newest one, so it does not change the status: the incident stays ${incident.status}.`,
    );
    if (post.next !== null) promise = promised(post, stamp, incident.status, incident, context.now, notes);
  }
  if (isNewest || post.next !== null) edits.push(...promiseEdits(file, promise, eol, context));

  let written = splice(bytes, merged(edits));
  written = withPinnedStatuses(path, written, incident, context);
  const reading = readIncidentFile(path, written, context);
  const found = judge(file, reading, {
    id,
    stamp,
    text: post.text,
    status: isNewest ? status : (heading.status ?? null),
    whole: isNewest ? status : incident.status,
    post,
    promise,
    context,
  });
  if (typeof found === 'string') return { ok: false, message: found };
  return { ok: true, bytes: written, reading: { ...reading, incident: reading.incident! }, notes, ...found };
}

/** Whether this update keeps a maintenance from ending by itself (DESIGN §2). */
function endsNoMore({ window, autoComplete, updates }: Incident, { at }: Stamp, status: Status): boolean {
  if (window === null || !autoComplete || isEnded(status)) return false;
  return at >= window.from && updates.every((update) => update.at < window.from);
}

/**
 * When the update counts as said. It is later than every older update, to the second where the minute is taken, so
 * that it is the newest whatever the order of the file; unless the operator named an earlier time.
 */
function stampFor(given: Stamp | null, incident: Incident, now: Instant, notes: string[]): Stamp {
  const newest = incident.updates.at(-1)!;
  const minute = (at: Instant) => Math.floor(at / 60_000);
  if (given !== null) {
    const same = incident.updates.findLast(({ at }) => minute(at) === minute(given.at));
    if (same === undefined || given.precision !== 'minute') return given;
    return stampAt(same.at + 1000);
  }
  const whole = minute(now) * 60_000;
  if (whole > newest.at) return stampAt(whole);
  const second = Math.floor(now / 1000) * 1000;
  if (second > newest.at) return stampAt(second);
  if (newest.at - now > 1000) {
    notes.push(
      'The newest update in the file is dated later than now. This one is dated one second after it, so that it is the newest; correct both times when there is time.',
    );
  }
  return stampAt(newest.at + 1000);
}

function stampAt(at: Instant): Stamp {
  return { at, precision: at % 60_000 === 0 ? 'minute' : 'second' };
}

/** An id for an update that is put among older ones, such that none of theirs is counted anew. */
function lateId(stamp: Stamp, updates: Update[]): string | null {
  const taken = new Set(updates.map(({ id }) => id.toLowerCase()));
  const base = updateId(stamp.at, stamp.precision);
  if (!updates.some(({ id }) => id.toLowerCase().startsWith(base.toLowerCase()))) return null;
  for (let count = 1; ; count += 1) {
    const id = count === 1 ? `${base}-late` : `${base}-late-${count}`;
    if (!taken.has(id.toLowerCase())) return id;
  }
}

function bodyEdit(
  file: Opened,
  block: string,
  eol: string,
  stamp: Stamp,
  isNewest: boolean,
  side: Side,
  context: ReadContext,
): Edit {
  const { source, sections } = file;
  const { decoded } = source;
  if (sections.length === 0) return headlessEdit(file, block, eol, isNewest, context);
  const newestFirst = sections.length === 1 || sections[0]!.at > sections.at(-1)!.at;
  const usual = isNewest
    ? newestFirst
      ? sections[0]
      : undefined
    : sections.find(({ at }) => (newestFirst ? at < stamp.at : at > stamp.at));
  const before = side === 'usual' ? usual : side === 'top' ? sections[0] : undefined;
  if (before === undefined) return endEdit(decoded, block, eol);
  const at = lineStart(decoded, source.bodyToFile(before.headingStart));
  return insertion(at, `${block}${eol}${eol}`);
}

function endEdit(decoded: string, block: string, eol: string): Edit {
  const breaks = /(?:\r\n|\n|\r)*$/.exec(decoded)![0].match(/\r\n|\n|\r/g)?.length ?? 0;
  const before = eol.repeat(Math.max(0, 2 - breaks));
  return insertion(decoded.length, `${before}${block}${breaks === 0 ? '' : eol}`);
}

/** A body without headings was one update: it gets the heading that says so. */
function headlessEdit(
  { source, reading }: Opened,
  block: string,
  eol: string,
  isNewest: boolean,
  context: ReadContext,
): Edit {
  const only = reading.incident.updates[0]!;
  const heading = {
    stamp: { at: only.at, precision: only.precision },
    status: only.status,
    authors: [],
    states: {},
    id: only.id === updateId(only.at, only.precision) ? null : only.id,
  };
  const own = updateBlock(heading, '', context.site.timezone);
  const { decoded } = source;
  const from = source.bodyToFile(0);
  const text = /\S/.exec(decoded.slice(from));
  const gap = from === 0 || /[\r\n]/.test(decoded[from - 1]!) ? '' : eol;
  if (text === null) {
    const both = isNewest ? `${block}${eol}${eol}${own}` : `${own}${eol}${eol}${block}`;
    return insertion(
      decoded.length,
      `${gap}${gap === '' && decoded.endsWith(`${eol}${eol}`) ? '' : eol}${both}${eol}`,
    );
  }
  const at = Math.max(from, lineStart(decoded, from + text.index));
  if (isNewest) return insertion(at, `${at === from ? gap : ''}${block}${eol}${eol}${own}${eol}${eol}`);
  const above = insertion(at, `${at === from ? gap : ''}${own}${eol}${eol}`);
  const below = endEdit(decoded, block, eol);
  // One edit, for both belong together: what stands between them is written as it was.
  return {
    start: above.start,
    end: below.start,
    text: above.text + decoded.slice(at, below.start) + below.text,
  };
}

function lineStart(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && text[at - 1] !== '\n' && text[at - 1] !== '\r') at -= 1;
  return at;
}

/** Where the line of an offset ends, before and after its line break. */
function lineEnds(text: string, offset: number): { end: number; next: number } {
  let end = offset;
  while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end += 1;
  const wide = text.startsWith('\r\n', end);
  return { end, next: Math.min(text.length, end + (wide ? 2 : 1)) };
}

function insertion(at: number, text: string): Edit {
  return { start: at, end: at, text };
}

function statusEdits(
  file: Opened,
  status: Status,
  asked: boolean,
  incident: Incident,
  eol: string,
  context: ReadContext,
): Edit[] {
  const edits: Edit[] = [];
  const words = file.frontmatter.words('status');
  const stands =
    words.length > 0 && words.every(({ text }) => context.vocabulary.readStatus(text) === status);
  if (asked && !stands) {
    const entries = file.frontmatter.all('status');
    if (entries.length === 0) edits.push(keyEdit(file, 'status', status, eol));
    for (const entry of entries) edits.push(valueEdit(file, entry, status));
  }
  // A closed notice would be taken for an incident that is over.
  if (incident.kind === 'notice' && status !== 'notice' && !file.frontmatter.has('kind')) {
    edits.push(keyEdit(file, 'kind', 'notice', eol));
  }
  return edits;
}

/** What is promised after the update; a promise that is over, or that nobody made for this update, goes. */
function promised(
  post: Post,
  stamp: Stamp,
  status: Status,
  incident: Incident,
  now: Instant,
  notes: string[],
): Instant | null {
  if (isEnded(status)) {
    if (post.next !== null) {
      notes.push(`What is ${status} promises no further update, so --next is left out.`);
    }
    return null;
  }
  if (post.next !== null) {
    if ('at' in post.next) return post.next.at;
    return Math.ceil((Math.max(stamp.at, now) + post.next.span) / 60_000) * 60_000;
  }
  const old = incident.nextUpdate;
  return old !== null && old > stamp.at ? old : null;
}

function promiseEdits(file: Opened, promise: Instant | null, eol: string, context: ReadContext): Edit[] {
  const entries = file.frontmatter.all('next-update');
  const { nextUpdate } = file.reading.incident;
  const isTime = (entry: Entry) => {
    const word = file.frontmatter.reader.text(entry.value)?.text ?? '';
    return /^\s*\d{4}-/.test(word);
  };
  // A span would be counted anew from this update: a promise that nobody made.
  if (promise === nextUpdate && (promise === null || entries.every(isTime))) return [];
  if (promise === null) return entries.map((entry) => removal(file, entry));
  const text = stampText(stampAt(promise), context.site.timezone);
  if (entries.length === 0) return [keyEdit(file, 'next-update', text, eol)];
  return entries.map((entry) => valueEdit(file, entry, text));
}

/** Another value for a key, in the quotes that it has. */
function valueEdit({ source: { decoded } }: Opened, { value, keyEnd }: Entry, text: string): Edit {
  const written = decoded.slice(value.start, value.end).trimEnd();
  if (written === '') {
    const colon = /^["']?[ \t]*:/.exec(decoded.slice(keyEnd))?.[0].length ?? 0;
    return insertion(keyEnd + colon, ` ${text}`);
  }
  const quote = /^(["'])[\s\S]*\1$/.exec(written)?.[1] ?? '';
  return { start: value.start, end: value.start + written.length, text: `${quote}${text}${quote}` };
}

/** A key that is new to the frontmatter, below the status, in the same manner. */
function keyEdit({ source, frontmatter }: Opened, key: string, text: string, eol: string): Edit {
  const { decoded } = source;
  const entries = source.yaml.entries;
  const after = frontmatter.all('status').at(-1) ?? frontmatter.all('title').at(-1) ?? entries.at(-1);
  if (after === undefined) {
    const from = lineEnds(decoded, 0).next;
    return insertion(from, `${key}: ${text}${eol}`);
  }
  const start = lineStart(decoded, after.keyStart);
  const indent = decoded.slice(start, after.keyStart);
  const { end, next } = lineEnds(decoded, Math.max(after.keyStart, lastCharacter(decoded, after)));
  const line = `${indent}${key}: ${text}`;
  return next > end ? insertion(next, `${line}${eol}`) : insertion(end, `${eol}${line}`);
}

/** The last character of an entry that is no blank. */
function lastCharacter(decoded: string, { keyEnd, value }: Entry): number {
  const written = decoded.slice(value.start, value.end).trimEnd();
  return written === '' ? keyEnd : value.start + written.length;
}

/** Takes an entry out, with its line where nothing else stands there. */
function removal({ source: { decoded } }: Opened, entry: Entry): Edit {
  const start = lineStart(decoded, entry.keyStart);
  const last = Math.max(entry.keyEnd, lastCharacter(decoded, entry));
  const { end, next } = lineEnds(decoded, last);
  const lead = decoded.slice(start, entry.keyStart);
  const tail = decoded.slice(last, end).replace(/^[ \t]*:/, '');
  if (!/^[ \t]*$/.test(lead) || !/^[ \t]*(?:#.*)?$/.test(tail)) {
    return { start: entry.value.start, end: Math.max(entry.value.start, last), text: '' };
  }
  const comment = tail.trim();
  return comment === ''
    ? { start, end: next, text: '' }
    : { start: entry.keyStart, end: end - comment.length, text: '' };
}

/** Insertions at one place become one edit, in their order. */
function merged(edits: Edit[]): Edit[] {
  const result: Edit[] = [];
  for (const edit of edits) {
    const same = result.find(
      (one) => one.start === edit.start && one.end === edit.end && one.start === one.end,
    );
    if (same === undefined) result.push({ ...edit });
    else same.text += edit.text;
  }
  return result;
}

/**
 * An update whose heading names no status takes that of the frontmatter while it is the newest, and another once it
 * is not: where the new update would change what an older one says, the older heading gets its word.
 */
function withPinnedStatuses(
  path: string,
  bytes: Uint8Array,
  before: Incident,
  context: ReadContext,
): Uint8Array {
  let current = bytes;
  for (const old of before.updates) {
    const file = open(path, current, context);
    const now = file?.reading.incident.updates.find(({ id }) => id === old.id);
    if (!file || now === undefined || now.status === old.status) continue;
    const bare = file.sections.filter(
      (section) => section.at === old.at && section.status === null && section.unknownStatus === null,
    );
    if (bare.length !== 1) continue;
    const at = file.source.bodyToFile(bare[0]!.timeEnd);
    current = splice(current, [insertion(at, ` ${old.status}`)]);
  }
  return current;
}

interface Asked {
  id: string | null;
  stamp: Stamp;
  text: string;
  /** Of the update; null: not to be judged. */
  status: Status | null;
  /** Of the incident. */
  whole: Status;
  post: Post;
  promise: Instant | null;
  context: ReadContext;
}

/** Compares what was asked with what readers would get; a text says what is amiss. */
function judge(
  before: Opened,
  after: IncidentReading,
  asked: Asked,
): { update: Update; unmet: string | null } | string {
  const { incident } = after;
  const old = before.reading.incident;
  if (incident === null) return 'The file would become a draft.';
  const ids = new Set(old.updates.map(({ id }) => id));
  const fresh = incident.updates.filter(({ id }) => !ids.has(id));
  const kept = incident.updates.filter(({ id }) => ids.has(id));
  const update = fresh[0];
  if (fresh.length !== 1 || kept.length !== old.updates.length || update === undefined) {
    return 'The new update would not stand by itself among the others.';
  }
  const pinned = before.source.preface !== '';
  for (const [index, one] of kept.entries()) {
    const was = old.updates[index]!;
    const same = one.id === was.id && one.at === was.at && one.precision === was.precision;
    const says = pinned || plain(one.text) === plain(was.text);
    if (!same || !says || !sameJson(one.authors, was.authors) || !sameJson(one.states, was.states)) {
      return `The update of ${stampText(was, asked.context.site.timezone)} would change.`;
    }
  }
  const text = plain(asked.text);
  if (plain(update.text) !== text && !plain(update.text).startsWith(`${text}\n\n[`)) {
    return 'The text would not be published as it was typed.';
  }
  if (
    update.at !== asked.stamp.at ||
    !sameJson(Object.entries(update.states), Object.entries(asked.post.states))
  ) {
    return 'The heading would not be read as it was meant.';
  }
  if (
    incident.title !== old.title ||
    incident.kind !== old.kind ||
    !sameJson(incident.components, old.components)
  ) {
    return 'Title, kind or components would change.';
  }
  const fits = incident.status === asked.whole && (asked.status === null || update.status === asked.status);
  if (fits && incident.nextUpdate !== asked.promise)
    return 'The promised next update would not be read as it was meant.';
  if (fits) return { update, unmet: null };
  const cause = after.faults.find(({ level }) => level === 'error');
  if (old.readable || cause === undefined)
    return `The status would be ${incident.status}, not ${asked.whole}.`;
  return { update, unmet: unmet(incident, cause) };
}

function unmet(incident: Incident, fault: Fault): string {
  return `The text is published, but the incident counts as ${incident.status}, because the file can't be read in full: ${fault.file}:${fault.line}:${fault.column} ${fault.message}`;
}

function plain(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll('\r', '\n').trimEnd();
}

function sameJson(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
