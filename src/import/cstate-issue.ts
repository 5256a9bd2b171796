import type { Stamp } from '../domain/stamp.ts';
import { IMPACTS, type Impact, isEnded, type Status } from '../domain/words.ts';
import { type BodyReading, readBody, type Section } from './cstate-body.ts';
import type { HugoPage } from './hugo-page.ts';
import type { IncidentDraft, UpdateDraft } from './incident-text.ts';
import { readStamp } from './stamp.ts';
import { booleanOf, listOf, oneLine, spelledAs, type Words } from './yaml-words.ts';

/** What reading needs to know beside the file. */
export interface IssueContext {
  /** Serves where a time has no zone. */
  timeZone: string;
  /** Component ids by the exact name that incidents use. */
  ids: ReadonlyMap<string, string>;
  /** The title of an issue without one. */
  fallbackTitle: string;
  /** The date in the file's name, where it has one: serves where the issue has no time at all. */
  nameDate: Stamp | null;
  /** BCP 47 tag of the text; null: the site's language. */
  language: string | null;
}

/** An issue of a cState site as an incident, and what was assumed. */
export interface IssueReading {
  draft: IncidentDraft;
  notes: string[];
  /** The frontmatter could be read only in part. */
  damaged: boolean;
  /** Names in `affected` that the config does not have. */
  unknownComponents: string[];
}

/** The words of cState, and what they stand for here. */
const IMPACT_OF_SEVERITY: Record<string, Impact> = { notice: 'none', disrupted: 'major', down: 'critical' };

const isText = (value: Words): boolean => typeof value === 'string';
const isFlag = (value: Words): boolean => booleanOf(value) !== null;

/** The keys that have a place in an incident file, and the values that fit there. */
const PLACED: Record<string, (value: Words, timeZone: string) => boolean> = {
  title: isText,
  description: isText,
  date: isTime,
  resolvedWhen: isTime,
  resolved: isFlag,
  informational: isFlag,
  pin: isFlag,
  draft: isFlag,
  severity: (value) => severityOf(value) !== null,
  affected: (value) => isText(value) || (Array.isArray(value) && value.every(isText)),
  section: (value) => value === 'issue',
};

function isTime(value: Words, timeZone: string): boolean {
  return stampOf(value, timeZone) !== null;
}

function stampOf(value: Words | undefined, timeZone: string): Stamp | null {
  return readStamp(oneLine(value)?.replace(/^["']|["']$/g, '') ?? '', timeZone);
}

function severityOf(value: Words | undefined): Impact | null {
  const word = oneLine(value)?.toLowerCase() ?? '';
  return Object.hasOwn(IMPACT_OF_SEVERITY, word) ? IMPACT_OF_SEVERITY[word]! : null;
}

/** What has no place: other keys, and values that do not fit their key. */
function leftoverOf(fields: Record<string, Words>, timeZone: string): Record<string, Words> {
  const isLeft = ([key, value]: [string, Words]) =>
    !Object.hasOwn(PLACED, key) || (value !== '' && !PLACED[key]!(value, timeZone));
  return Object.fromEntries(Object.entries(fields).filter(isLeft));
}

/**
 * Reads an issue of a cState site. No time is invented: the first post is dated as the issue, what closes it as its
 * end; a post between them without a time of its own stands in the text of the next dated one, under its own words.
 * Null: the issue has no time to go by. Never throws.
 */
export function readIssue(page: HugoPage, context: IssueContext): IssueReading | null {
  const { head, body } = page;
  const { damaged } = page.words;
  const fields = spelledAs(page.words.fields, Object.keys(PLACED));
  const notes: string[] = [];
  if (damaged) notes.push('The frontmatter has faults: only what stands in plain lines was read.');
  const leftover = leftoverOf(fields, context.timeZone);
  if (damaged) leftover.frontmatter = head;

  const timeOf = (key: string): Stamp | null => {
    const stamp = stampOf(fields[key], context.timeZone);
    if (stamp === null && oneLine(fields[key]) !== null) {
      notes.push(`\`${key}: ${oneLine(fields[key])}\` can't be read as a time.`);
    }
    return stamp;
  };
  const resolvedWhen = timeOf('resolvedWhen');
  const stated = timeOf('date');
  const reading = readBody(body, stated?.at ?? null, context.timeZone);
  const { sections } = reading;
  const date = stated ?? sections.find(({ at }) => at !== null)?.at ?? context.nameDate;
  if (date === null) return null;
  if (stated === null)
    notes.push('There is no `date`: the time that the text or the name of the file gives serves.');

  const flag = (key: string): boolean => {
    const value = booleanOf(fields[key]);
    if (value === null && oneLine(fields[key]) !== null) {
      notes.push(`\`${key}: ${oneLine(fields[key])}\` is neither true nor false: read as false.`);
    }
    return value ?? false;
  };
  const isNotice = flag('informational');
  const isResolved = flag('resolved');
  if (!isResolved && fields.resolved === undefined && !isNotice) {
    notes.push('There is no `resolved`: the incident stays open.');
  }
  const isPublished = oneLine(fields.section) === 'issue';
  if (!isPublished)
    notes.push('It has no `section: issue`, so the old page did not show it: kept as a draft.');
  if (!isResolved && resolvedWhen !== null && !isNotice) {
    leftover.resolvedWhen = oneLine(fields.resolvedWhen)!;
    notes.push('`resolvedWhen` is set, but `resolved` is not true: the incident stays open.');
  }

  const lines = timelineOf(
    sections,
    { date, end: isResolved ? resolvedWhen : null, isResolved, isNotice },
    notes,
  );
  const components = componentsOf(affectedOf(fields.affected, context.ids, notes), context.ids, notes);
  const title = oneLine(fields.title);
  if (title === null) notes.push(`There is no title: "${context.fallbackTitle}" serves.`);
  noteBody(reading, notes);
  return {
    draft: {
      title: title ?? context.fallbackTitle,
      ...lines,
      impact: isNotice ? null : impactOf(fields.severity, isResolved, notes),
      components: components.all,
      initial: null,
      window: null,
      isNotice,
      pinned: isNotice && flag('pin'),
      draft: flag('draft') || !isPublished,
      language: context.language,
      summary: [oneLine(fields.description), reading.summary].filter(Boolean).join('\n\n'),
      leftover,
    },
    notes,
    damaged,
    unknownComponents: components.unknown,
  };
}

function impactOf(severity: Words | undefined, isResolved: boolean, notes: string[]): Impact | null {
  const word = oneLine(severity)?.toLowerCase() ?? null;
  if (word === null) {
    notes.push('There is no severity: `impact` is left out, which counts as minor.');
    return null;
  }
  const impact = severityOf(severity);
  if (impact === 'none' && !isResolved) {
    notes.push('An open issue of severity "notice" would leave the page green: its impact is minor.');
    return 'minor';
  }
  if (impact !== null) return impact;
  const own = IMPACTS.find((candidate) => candidate === word) ?? null;
  notes.push(
    own === null
      ? `The severity "${word}" is unknown: \`impact\` is left out, which counts as minor.`
      : `The severity "${word}" is none of cState's: read as the impact of that name.`,
  );
  return own;
}

/** The names in `affected`: a list, one name, names between commas, or keys with something to say about each. */
function affectedOf(value: Words | undefined, ids: ReadonlyMap<string, string>, notes: string[]): string[] {
  const isKnown = (name: string) =>
    [...ids.keys()].some((known) => known.toLowerCase() === name.toLowerCase());
  const name = oneLine(value);
  if (name !== null && !isKnown(name)) {
    const parts = name.split(/\s*,\s*/).filter(Boolean);
    if (parts.length > 1 && parts.every(isKnown)) {
      notes.push(`\`affected: ${name}\` was read as ${parts.length} names.`);
      return parts;
    }
  }
  if (typeof value === 'object' && !Array.isArray(value)) {
    notes.push('`affected` is no list: its keys are read as names, the whole stays as a comment.');
    return Object.keys(value);
  }
  if (Array.isArray(value) && value.some((item) => typeof item !== 'string')) {
    notes.push('`affected` holds more than names: the whole stays as a comment.');
  }
  return listOf(value);
}

function componentsOf(
  names: string[],
  ids: ReadonlyMap<string, string>,
  notes: string[],
): { all: string[]; unknown: string[] } {
  const all: string[] = [];
  const unknown: string[] = [];
  for (const name of names) {
    const near = ids.has(name)
      ? [name]
      : [...ids.keys()].filter((known) => known.toLowerCase() === name.toLowerCase());
    const id = near.length === 1 ? ids.get(near[0]!)! : null;
    if (id === null) unknown.push(name);
    else if (near[0] !== name) notes.push(`"${name}" was read as the system "${near[0]}".`);
    const entry = id ?? name;
    if (!all.includes(entry)) all.push(entry);
  }
  if (unknown.length > 0) {
    notes.push(`Not in the config, kept as written: ${unknown.map((name) => `"${name}"`).join(', ')}.`);
  }
  return { all, unknown };
}

function noteBody(reading: BodyReading, notes: string[]): void {
  const { order, newestFirst, sections, invisible, shortcodes, htmlTags, pictures } = reading;
  const many = (count: number, one: string, more: string) => `${count} ${count === 1 ? one : more}`;
  if (order === 'assumed') {
    const how = newestFirst ? 'newest first' : 'oldest first';
    notes.push(`The order of the ${sections.length} posts is not marked: read as ${how}.`);
  }
  if (invisible > 0)
    notes.push(`${many(invisible, 'invisible character was', 'invisible characters were')} removed.`);
  if (shortcodes > 0)
    notes.push(`${many(shortcodes, 'shortcode stays', 'shortcodes stay')} in the text as written.`);
  if (htmlTags > 0) notes.push(`${many(htmlTags, 'HTML tag stays', 'HTML tags stay')}: shown as text.`);
  if (pictures > 0) notes.push(`${many(pictures, 'picture', 'pictures')} from elsewhere became a link.`);
}

interface Span {
  date: Stamp;
  /** Null: not given, or not over. */
  end: Stamp | null;
  isResolved: boolean;
  isNotice: boolean;
}

/** What one dated update holds: a section with a time, undated ones said before it, and undated ones said after it. */
interface Gathered {
  at: Stamp;
  /** Null: the update that the end alone makes. */
  own: Section | null;
  before: Section[];
  after: Section[];
}

type Timeline = Pick<IncidentDraft, 'status' | 'started' | 'resolved' | 'until' | 'updates'>;

function timelineOf(sections: Section[], span: Span, notes: string[]): Timeline {
  const gathered = gather(sections, span, notes);
  const last = gathered.at(-1)!;
  const { isResolved, isNotice, date } = span;
  const end = span.end ?? (isResolved ? last.at : null);
  if (isResolved && span.end === null) {
    notes.push('There is no readable `resolvedWhen`: the last known time counts as the end.');
  }
  if (end !== null && end.at < date.at) {
    notes.push('`resolvedWhen` lies before `date`: both are kept as they stand.');
  }
  const folded = gathered.reduce((sum, { before, after }) => sum + before.length + after.length, 0);
  if (folded > 0) {
    notes.push(
      folded === 1
        ? 'A post without a time of its own stands in the text of a dated update.'
        : `${folded} posts without a time of their own stand in the text of dated updates.`,
    );
  }

  const status = isNotice ? noticeStatus(span) : isResolved ? endStatus(last) : openStatus(sections);
  const closed = isResolved && !isNotice;
  const closing = closed ? closingIndex(gathered, end!) : gathered.length;
  const updates = gathered.map((one, index): UpdateDraft => {
    const newest = index === gathered.length - 1;
    const said = isNotice ? null : (one.own?.status ?? null);
    const ended = said === 'postmortem' ? 'postmortem' : 'resolved';
    const word = newest ? status : index >= closing ? ended : said;
    return { at: one.at, status: word, states: {}, text: textOf(one, word) };
  });
  return {
    status,
    started: updates[0]!.at.at === date.at ? null : date,
    resolved: closed && closedAt(updates) !== end!.at ? end : null,
    until: isNotice && isResolved && span.end !== null ? span.end : null,
    updates,
  };
}

/** Gives every section its place: at its own time, the first at the date, the rest where a known time comes after them. */
function gather(sections: Section[], { date, end, isResolved, isNotice }: Span, notes: string[]): Gathered[] {
  const gathered: Gathered[] = [];
  let waiting: Section[] = [];
  let known = Number.NEGATIVE_INFINITY;
  let late = 0;
  for (const [index, section] of sections.entries()) {
    const own = section.at ?? (index === 0 ? date : null);
    const backwards = own !== null && own.at < known;
    if (backwards) late += 1;
    if (own === null || backwards) {
      waiting.push(section);
      continue;
    }
    known = own.at;
    gathered.push({ at: own, own: section, before: waiting, after: [] });
    waiting = [];
  }
  if (late > 0) {
    notes.push(
      `${late === 1 ? 'A time does' : `${late} times do`} not fit the order of the posts: kept as text.`,
    );
  }
  const last = gathered.at(-1)!;
  const endsLater = isResolved && end !== null && end.at > last.at.at;
  if (endsLater && (waiting.length > 0 || !isNotice)) {
    gathered.push({ at: end, own: waiting.pop() ?? null, before: waiting, after: [] });
  } else {
    last.after = waiting;
  }
  return gathered;
}

function noticeStatus({ isResolved, end }: Span): Status {
  return isResolved && end === null ? 'resolved' : 'notice';
}

function endStatus(last: Gathered): Status {
  return last.own?.status === 'postmortem' && last.own.at !== null ? 'postmortem' : 'resolved';
}

/** The last thing said that does not end an incident which the page keeps open. */
function openStatus(sections: Section[]): Status {
  const said = sections.findLast(({ status }) => status !== null && !isEnded(status))?.status;
  return said ?? 'investigating';
}

/** The first update at or after the end that no word of work going on follows; the newest where there is none. */
function closingIndex(gathered: Gathered[], end: Stamp): number {
  const newest = gathered.length - 1;
  if (end.at < gathered[0]!.at.at) return newest;
  const open = gathered.findLastIndex(
    ({ own }) => own !== null && own.status !== null && !isEnded(own.status),
  );
  const index = gathered.findIndex(({ at }, place) => at.at >= end.at && place > open);
  return index === -1 ? newest : index;
}

/** When these updates say that the incident was closed for good. */
function closedAt(updates: UpdateDraft[]): number {
  let before: Status = 'investigating';
  let lastOpen = -1;
  for (const [index, { status }] of updates.entries()) {
    before = status ?? before;
    if (!isEnded(before)) lastOpen = index;
  }
  return updates[lastOpen + 1]!.at.at;
}

interface Part {
  text: string;
  isMarked: boolean;
}

/** The texts of an update, newest first, each undated one under its own marker. */
function textOf({ own, before, after }: Gathered, status: Status | null): string {
  const marked = (section: Section): Part => ({
    text: section.marked,
    isMarked: section.role !== 'unmarked',
  });
  const parts = after.toReversed().map(marked);
  if (own !== null) {
    const headed = after.length === 0 && (own.status === null || own.status === status);
    parts.push(headed ? { ...marked(own), text: own.text } : marked(own));
  }
  parts.push(...before.toReversed().map(marked));
  return parts
    .filter(({ text }) => text !== '')
    .map(({ text, isMarked }, index) =>
      index === 0 ? text : isMarked ? `\n\n${text}` : `\n\n---\n\n${text}`,
    )
    .join('');
}
