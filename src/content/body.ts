import { isMap, isScalar, parseDocument } from 'yaml';
import type { Instant } from '../domain/incident.ts';
import { UPDATE_ID } from '../domain/slug.ts';
import { readLeadingTimestamp, spellingAdvice, type TimestampReading } from '../domain/time.ts';
import type { Status } from '../domain/words.ts';
import type { Edit, Problem } from './fault.ts';
import { definitionsOf, type MarkdownNode, markdownTree, nodesOf, placeOf } from './markdown-tree.ts';
import { warning } from './problem.ts';
import { isSpoiltHeading } from './spoilt-heading.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A component state in an update's heading, as written. Offsets are into the body. */
export interface StateEntry {
  name: string;
  value: string;
  nameStart: number;
  nameEnd: number;
  valueStart: number;
  valueEnd: number;
}

/** One update as its heading and text say it. Offsets are UTF-16, into the text that `readBody` was given. */
export interface Section {
  at: Instant;
  precision: 'day' | 'minute' | 'second';
  /** Null: the heading names none that is known. */
  status: Status | null;
  /**
   * A word where a status stands that is none. Not yet reported: what it counts as depends on what the file is
   * about. `near` is what was likely meant.
   */
  unknownStatus: {
    word: string;
    start: number;
    end: number;
    near: { value: Status; word: string } | null;
  } | null;
  /** As signed, each once. */
  authors: string[];
  /** Where each of `authors` stands, without the `^`. */
  authorSpans: { start: number; end: number }[];
  states: StateEntry[];
  /** From `{#id}`. */
  id: string | null;
  /** Markdown without blank lines around it. Definitions that stand in other sections and are used here follow it. */
  text: string;
  /** The heading's line, from its first `#` to the end of its text. */
  headingStart: number;
  headingEnd: number;
  /** Where the timestamp stands. */
  timeStart: number;
  timeEnd: number;
  /**
   * `text[i]` stands at `textStart + i`, except in a first paragraph that came out of the heading, and in the
   * definitions that follow.
   */
  textStart: number;
}

/** What follows the frontmatter. */
export interface Body {
  /** Markdown before the first update's heading. */
  summary: string;
  /** In the order of the file. */
  sections: Section[];
  /** Offsets into the text that was given. */
  problems: Problem[];
}

/** What reading a body needs to know. */
export interface BodyContext {
  /** IANA name. */
  timeZone: string;
  vocabulary: Vocabulary;
}

/** A line that may be an update's heading. */
interface Candidate {
  start: number;
  end: number;
  /** Where what follows `##`, spaces and emphasis begins. */
  contentStart: number;
  /** The line lacks a space after `##`. */
  unspaced: boolean;
}

/** Definitions carried into other sections may make a text this much longer, or as long again as it is. */
const MOST_CARRIED = 100_000;
/** So many warnings of text in one heading tell enough. */
const MOST_LOOSE = 5;
const STATES_ADVICE = 'Component states are written {mail: operational, web: partial outage}.';
/** More words than any status has. */
const LONGEST_STATUS = 4;

/** More characters than the states in any heading take. */
const LONGEST_STATES = 2_000;

/** What may stand around the parts of a heading. */
const FILLER = /[\s*_~`:;,.|·•()[\]\u2010-\u2015\u2212\uFF1A\uFE58\uFE63\uFF0D-]/u;
/** What belongs to the text that follows it. */
const OPENING = /[*_~`([]/;
const WORD = /[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}_'’-]*/uy;

/**
 * Reads the body of an incident file (DESIGN §2, "Body"): the summary and one section for each level-2 heading
 * that begins with a timestamp. Total; doubtful places are reported, their text is never lost.
 */
export function readBody(text: string, context: BodyContext): Body {
  const root = markdownTree(text);
  const problems: Problem[] = [];
  const sections: Section[] = [];
  const starts: { heading: Candidate; section: Section; loose: string[] }[] = [];

  for (const candidate of candidates(text, root.children, context, problems)) {
    const reading = readLeadingTimestamp(text.slice(candidate.contentStart, candidate.end), context.timeZone);
    if (reading === null) {
      reportSpoilt(text, candidate.start, candidate.end, context, problems);
      continue;
    }
    if (!reading.ok) {
      problems.push(unreadableTime(text, candidate, reading));
      continue;
    }
    const { section, loose } = readHeading(text, candidate, reading, context, problems);
    starts.push({ heading: candidate, section, loose });
    sections.push(section);
  }

  const ends = starts.map((_, i) => starts[i + 1]?.heading.start ?? text.length);
  const carried = carriedDefinitions(
    text,
    root,
    starts.map((one) => one.heading.start),
  );
  const summaryEnd = starts[0]?.heading.start ?? text.length;
  const summary = trimmed(text, 0, summaryEnd).text + (carried[0] ?? '');
  starts.forEach(({ heading, section, loose }, i) => {
    const own = trimmed(text, lineEnd(text, heading.end), ends[i] ?? text.length);
    const lead = loose.length === 0 ? '' : `${escapedStart(loose.join(' '))}\n\n`;
    section.text = (lead + own.text).trimEnd() + (carried[i + 1] ?? '');
    section.textStart = own.start - lead.length;
  });
  return { summary, sections, problems: problems.sort((a, b) => a.start - b.start) };
}

/** The lines that may open an update, in the order of the text; headings of another kind are reported. */
function candidates(
  text: string,
  nodes: readonly MarkdownNode[],
  context: BodyContext,
  problems: Problem[],
): Candidate[] {
  const found: Candidate[] = [];
  let cutHeading: { start: number; end: number } | null = null;
  for (const node of nodes) {
    const place = placeOf(node);
    if (cutHeading !== null && node.type === 'paragraph') {
      reportParted(text, cutHeading, place.start, context, problems);
    }
    cutHeading = node.type === 'heading' && node.depth === 2 && place.end - place.start < 20 ? place : null;
    if (node.type === 'heading') {
      const hashes = /^#{1,6}(?=[ \t\r\n]|$)/.exec(text.slice(place.start, place.start + 8))?.[0];
      if (hashes === '##') {
        found.push(candidate(text, place.start, place.end, false));
      } else if (hashes === undefined) {
        for (const line of unspacedLines(text, place.start, place.end)) found.push(line);
        reportSetext(text, place, context, problems);
      } else {
        reportLevel(text, place, hashes, context, problems);
      }
    } else if (node.type === 'paragraph') {
      for (const line of unspacedLines(text, place.start, place.end)) found.push(line);
      for (const line of linesOf(text, place)) {
        if (!UNSPACED.test(line.text)) reportSpoilt(text, line.start, line.end, context, problems);
      }
    } else if (node.type === 'html') {
      reportSwallowed(text, place, context, problems);
    } else if (node.type === 'code') {
      reportOpenFence(text, place, context, problems);
    }
  }
  return found;
}

function candidate(text: string, start: number, end: number, unspaced: boolean): Candidate {
  let contentStart = start + 2;
  while (contentStart < end && FILLER.test(text[contentStart] ?? '')) contentStart++;
  return { start, end, contentStart, unspaced };
}

const UNSPACED = /^ {0,3}##(?!#)/;

/** The lines of a stretch that a heading's first sign may stand in, with their places. */
function linesOf(
  text: string,
  { start, end }: { start: number; end: number },
): { text: string; start: number; end: number }[] {
  const slice = text.slice(start, end);
  const lines = slice.includes('#') ? slice.matchAll(/[^\r\n]+/g) : [];
  return Array.from(lines, ({ 0: line, index }) => ({
    text: line,
    start: start + index,
    end: start + index + line.trimEnd().length,
  }));
}

/** `##2026-11-21 18:30` without a space, or with one that CommonMark does not know, is a paragraph's line. */
function unspacedLines(text: string, start: number, end: number): Candidate[] {
  const found: Candidate[] = [];
  const slice = text.slice(start, end);
  if (!slice.includes('##')) return found;
  for (const match of slice.matchAll(/^ {0,3}(##(?!#)[^\r\n]*)/gm)) {
    const at = start + match.index + match[0].length - (match[1]?.length ?? 0);
    found.push(candidate(text, at, start + match.index + match[0].trimEnd().length, true));
  }
  return found;
}

/** Where the line that `offset` stands in ends, after its line break. */
function lineEnd(text: string, offset: number): number {
  let end = offset;
  while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end++;
  if (text[end] === '\r' && text[end + 1] === '\n') end++;
  return Math.min(end + 1, text.length);
}

/** A stretch without the blank lines around it; the first line keeps its indentation. */
function trimmed(text: string, from: number, to: number): { text: string; start: number } {
  let start = from;
  for (let at = from; at < to; at++) {
    const character = text[at] ?? '';
    if (character === '\n' || character === '\r') start = at + 1;
    else if (!/\s/.test(character)) break;
    else if (at === to - 1) start = to;
  }
  return { text: text.slice(start, to).trimEnd(), start };
}

/** Text that came out of a heading, as a paragraph: what would open a list, quote or heading loses that sense. */
function escapedStart(text: string): string {
  return text.replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2').replace(/^([#>+=|<~`-])/, '\\$1');
}

type GoodReading = Extract<TimestampReading, { ok: true }>;
type BadReading = Extract<TimestampReading, { ok: false }>;

function unreadableTime(text: string, heading: Candidate, reading: BadReading): Problem {
  const content = text.slice(heading.contentStart, heading.end);
  const written = /^\S+(?: +[\d:.]+\S*)?/.exec(content)?.[0] ?? content;
  return warning(
    heading.contentStart,
    heading.contentStart + Math.max(written.length, 1),
    'unreadable-time',
    `This heading opens no update: ${reading.message}${spellingAdvice(reading)}`,
    { publishedAs: 'text of the section it stands in' },
  );
}

function firstLine(text: string): string {
  return /^[^\r\n]*/.exec(text)?.[0].trimEnd() ?? '';
}

/** Whether a line of text begins as an update's heading does. */
function beginsWithTime(line: string, context: BodyContext): boolean {
  const content = candidate(line, -2, Math.min(line.length, 200), false).contentStart;
  return readLeadingTimestamp(line.slice(content), context.timeZone)?.ok === true;
}

function reportLevel(
  text: string,
  place: { start: number; end: number },
  hashes: string,
  context: BodyContext,
  problems: Problem[],
): void {
  if (!beginsWithTime(text.slice(place.start + hashes.length, place.end), context)) {
    reportSpoilt(text, place.start, place.end, context, problems);
    return;
  }
  problems.push(
    warning(
      place.start,
      place.start + hashes.length,
      'heading-level',
      'This heading begins with a time, but only headings with two # open an update. Write ## if it is meant as one.',
      { publishedAs: 'text of the section it stands in' },
    ),
  );
}

function reportSetext(
  text: string,
  place: { start: number; end: number },
  context: BodyContext,
  problems: Problem[],
): void {
  const slice = text.slice(place.start, place.end).trimEnd();
  if (!beginsWithTime(slice, context)) return;
  problems.push(
    warning(
      place.start,
      place.start + firstLine(slice).length,
      'heading-level',
      'This underlined heading begins with a time, but only headings that begin with ## open an update. Write ## before it if it is meant as one.',
      { publishedAs: 'text of the section it stands in' },
    ),
  );
}

/** A line that has all of an update's heading but for one slip. */
function reportSpoilt(
  text: string,
  start: number,
  end: number,
  context: BodyContext,
  problems: Problem[],
): void {
  if (!isSpoiltHeading(text.slice(start, Math.min(end, start + 60)), context.timeZone)) return;
  problems.push(
    warning(
      start,
      end,
      'spoilt-heading',
      'This line looks like the heading of an update, but opens none. If it is meant as one, write ## YYYY-MM-DD HH:MM at the beginning of the line.',
      { publishedAs: 'text of the section it stands in' },
    ),
  );
}

/** `##`, and the time, or the rest of it, in the next paragraph. */
function reportParted(
  text: string,
  heading: { start: number; end: number },
  start: number,
  context: BodyContext,
  problems: Problem[],
): void {
  const begun = text.slice(heading.start, heading.end).replace(/^#+\s*/, '');
  if (!/^[\d.-]*$/.test(begun)) return;
  const time = begun + firstLine(text.slice(start, start + 60));
  if (readLeadingTimestamp(time, context.timeZone)?.ok !== true) return;
  problems.push(
    warning(
      heading.start,
      Math.max(heading.end, heading.start + 1),
      'spoilt-heading',
      'The time of this heading stands in a line of its own: it opens no update. If it is meant as one, write ## and the time in one line.',
      { publishedAs: 'text of the section it stands in' },
    ),
  );
}

/** A comment without an end, and an update's heading within other raw HTML, which goes on until a blank line. */
function reportSwallowed(
  text: string,
  place: { start: number; end: number },
  context: BodyContext,
  problems: Problem[],
): void {
  const html = text.slice(place.start, place.end);
  if (html.startsWith('<!--')) {
    if (html.includes('-->')) return;
    problems.push(
      warning(
        place.start,
        place.start + '<!--'.length,
        'open-comment',
        'The comment that begins here is never closed, so it is no comment and updates below it are not read. Write --> where it ends.',
        { publishedAs: 'text, to the end of the file' },
      ),
    );
    return;
  }
  const swallowed = swallowedHeading(html, context);
  if (swallowed === null) return;
  problems.push(
    warning(
      place.start + swallowed.start,
      place.start + swallowed.end,
      'hidden-heading',
      'This heading opens no update: it stands within raw HTML. Put an empty line before it, or close what is open.',
      { publishedAs: 'text of the section it stands in' },
    ),
  );
}

function reportOpenFence(
  text: string,
  place: { start: number; end: number },
  context: BodyContext,
  problems: Problem[],
): void {
  const code = text.slice(place.start, place.end);
  const fence = /^(`{3,}|~{3,})/.exec(code)?.[1];
  if (fence === undefined) return;
  const last = code.slice(code.trimEnd().lastIndexOf('\n') + 1).trim();
  const closed = code.includes('\n') && last.length >= fence.length && last === fence[0]?.repeat(last.length);
  if (closed) return;
  const swallowed = swallowedHeading(code, context);
  if (swallowed === null) return;
  problems.push(
    warning(
      place.start,
      place.start + fence.length,
      'open-code',
      `The code that begins here is never closed: updates below it are shown as code. Write ${fence} on a line of its own where it ends.`,
      { publishedAs: 'code, to the end of the text' },
    ),
  );
}

function swallowedHeading(block: string, context: BodyContext): { start: number; end: number } | null {
  for (const match of block.matchAll(/^ {0,3}##(?!#)[^\r\n]*/gm)) {
    const lead = match[0].length - match[0].trimStart().length;
    if (beginsWithTime(match[0].trimStart().slice(2), context)) {
      return { start: match.index + lead, end: match.index + match[0].trimEnd().length };
    }
  }
  return null;
}

/** Reads the parts after the timestamp. `loose` is text that is no part of a heading. */
function readHeading(
  text: string,
  heading: Candidate,
  reading: GoodReading,
  context: BodyContext,
  problems: Problem[],
): { section: Section; loose: string[] } {
  const raw = text.slice(heading.contentStart, heading.end);
  const timeStart = heading.contentStart + (raw.length - raw.trimStart().length);
  const timeEnd = heading.contentStart + reading.length;
  reportTime(text, heading, reading, timeStart, timeEnd, problems);

  const section: Section = {
    at: reading.at,
    precision: reading.precision,
    status: null,
    unknownStatus: null,
    authors: [],
    authorSpans: [],
    states: [],
    id: null,
    text: '',
    headingStart: heading.start,
    headingEnd: heading.end,
    timeStart,
    timeEnd,
    textStart: heading.end,
  };
  const end = contentEnd(text, timeEnd, heading.end);
  const loose: string[] = [];
  let looseStart = -1;
  const flush = (to: number): void => {
    const piece = looseStart < 0 ? '' : text.slice(looseStart, to).replace(/(?<![\s([])[\s([]+$/, '');
    if (piece !== '') {
      loose.push(piece);
      if (loose.length <= MOST_LOOSE)
        problems.push(
          warning(
            looseStart,
            looseStart + piece.length,
            'heading-text',
            'The heading of an update holds a time, a status, signatures and component states. Write the rest below it.',
            { publishedAs: 'the first paragraph of the update' },
          ),
        );
    }
    looseStart = -1;
  };

  let partEnd = timeEnd;
  let at = timeEnd;
  while (at < end) {
    const parted = at === partEnd || /[\s\p{P}\p{S}]/u.test(text[at - 1] ?? '');
    const part = parted ? readPart(text, at, end, section, problems) : null;
    if (part?.read === true) {
      flush(at);
      at = part.end;
      partEnd = at;
    } else if (part) {
      if (looseStart < 0) looseStart = at;
      at = part.end;
    } else if (looseStart >= 0 || FILLER.test(text[at] ?? '')) {
      at++;
    } else {
      const unnamed = section.status === null && section.unknownStatus === null && loose.length === 0;
      const stop = unnamed ? readStatus(text, at, end, section, context) : null;
      if (stop === null) {
        looseStart = at;
        while (looseStart > partEnd && OPENING.test(text[looseStart - 1] ?? '')) looseStart--;
        at++;
      } else {
        at = stop;
        partEnd = stop;
      }
    }
  }
  flush(end);
  return { section, loose };
}

/** Where the content of a heading ends: before spaces and a closing run of `#`. */
function contentEnd(text: string, from: number, to: number): number {
  const isSpace = (at: number): boolean => /\s/.test(text[at] ?? '');
  let end = to;
  while (end > from && isSpace(end - 1)) end--;
  let closing = end;
  while (closing > from && text[closing - 1] === '#') closing--;
  if (closing === end || (closing > from && !isSpace(closing - 1))) return end;
  while (closing > from && isSpace(closing - 1)) closing--;
  return closing;
}

function reportTime(
  text: string,
  heading: Candidate,
  reading: GoodReading,
  timeStart: number,
  timeEnd: number,
  problems: Problem[],
): void {
  if (heading.unspaced) {
    const after = heading.start + 2;
    const spaces = /^\s*/.exec(text.slice(after, timeStart))?.[0].length ?? 0;
    problems.push(
      warning(heading.start, after, 'heading-space', 'A plain space belongs between ## and the time.', {
        fix: [{ start: after, end: after + spaces, text: ' ' }],
      }),
    );
  }
  const inexact = new Set(['skipped-hour', 'repeated-hour']);
  const spelling = reading.notes.some((note) => !inexact.has(note.code));
  let fixed = false;
  for (const note of reading.notes) {
    const clockChange = inexact.has(note.code);
    const edit =
      !clockChange && spelling && !fixed
        ? [{ start: timeStart, end: timeEnd, text: reading.canonical }]
        : null;
    if (edit) fixed = true;
    problems.push(
      warning(
        timeStart,
        timeEnd,
        note.code,
        clockChange ? note.message : `${note.message} Write "${reading.canonical}".`,
        { publishedAs: reading.canonical, fix: edit },
      ),
    );
  }
}

/** A part that ends at `end`; not `read`: it is text. */
interface Part {
  end: number;
  read: boolean;
}

/** Reads a signature, an id or component states that begin at `at`; null where nothing of the kind begins. */
function readPart(text: string, at: number, end: number, section: Section, problems: Problem[]): Part | null {
  if (text[at] === '^') {
    const stop = readSignature(text.slice(at, end), at, section);
    return stop === null ? null : { end: stop, read: true };
  }
  if (text[at] !== '{') return null;
  const rest = text.slice(at, end);
  const id = /^\{\s*#([^{}]*)\}/.exec(rest);
  if (!id) return readStates(rest, at, section, problems);
  readId((id[1] ?? '').trim(), at, at + id[0].length, section, problems);
  return { end: at + id[0].length, read: true };
}

function readSignature(rest: string, at: number, section: Section): number | null {
  const name = /^\^([\p{L}\p{M}\p{N}_](?:[\p{L}\p{M}\p{N}._-]*[\p{L}\p{M}\p{N}_])?)/u.exec(rest)?.[1];
  if (name === undefined) return null;
  if (!section.authors.includes(name)) {
    section.authors.push(name);
    section.authorSpans.push({ start: at + 1, end: at + 1 + name.length });
  }
  return at + 1 + name.length;
}

function readId(id: string, start: number, end: number, section: Section, problems: Problem[]): void {
  if (!UPDATE_ID.test(id)) {
    problems.push(
      warning(
        start,
        end,
        'bad-id',
        'An id is made of the letters A to Z, digits and hyphens: {#first-word}.',
        {
          publishedAs: 'the id that the time gives',
        },
      ),
    );
  } else if (section.id !== null) {
    problems.push(
      warning(start, end, 'second-id', 'An update has one id.', {
        publishedAs: `the first one: ${section.id}`,
      }),
    );
  } else {
    section.id = id;
  }
}

/** Where a flow map that begins `rest` ends, or -1. */
function flowEnd(rest: string): number {
  let depth = 0;
  let quote = '';
  for (let i = 0; i < rest.length; i++) {
    const character = rest[i] ?? '';
    if (quote !== '') {
      if (character === '\\' && quote === '"') i++;
      else if (character === quote) quote = '';
    } else if ((character === '"' || character === "'") && /[{[,:\s]/.test(rest[i - 1] ?? ''))
      quote = character;
    else if (character === '{') depth++;
    else if (character === '}' && --depth === 0) return i + 1;
  }
  return -1;
}

function readStates(rest: string, at: number, section: Section, problems: Problem[]): Part {
  const closed = flowEnd(rest);
  // Where nothing but states follows, there is one place for a brace that is missing.
  const lacking = closed < 0 && rest.length <= LONGEST_STATES && !/[\^{}#]/.test(rest.slice(1));
  const opened = lacking ? rest.trimEnd() : null;
  const length = opened?.length ?? closed;
  const refuse = (end: number, message: string): Part => {
    problems.push(
      warning(at, end, 'unreadable-states', message, { publishedAs: 'text, without these states' }),
    );
    return { end, read: false };
  };
  if (length < 0) {
    return refuse(at + rest.length, `A closing brace is missing. ${STATES_ADVICE}`);
  }
  const end = at + length;
  const written = opened === null ? rest.slice(0, length) : `${opened}}`;
  const document = parseDocument(plainCharacters(written), {
    schema: 'failsafe',
    uniqueKeys: false,
    logLevel: 'silent',
  });
  if (document.errors.length > 0 || !isMap(document.contents)) {
    if (opened !== null) return refuse(end, `A closing brace is missing. ${STATES_ADVICE}`);
    return refuse(end, `These component states can't be read. ${STATES_ADVICE}`);
  }
  const entries: StateEntry[] = [];
  const notes: Problem[] = [];
  if (opened !== null) {
    notes.push(
      warning(
        end - 1,
        end,
        'unclosed-bracket',
        'The brace that opens in this heading is not closed: write "}" here.',
        {
          fix: [{ start: end, end, text: '}' }],
        },
      ),
    );
  }
  const quotes = typographicQuotes(written, at);
  if (quotes.length > 0) {
    notes.push(
      warning(
        quotes[0]!.start,
        quotes.at(-1)!.end,
        'typographic-quotes',
        'Typographic quotes stand around a component or state; YAML knows only " and \'. Write them without quotes.',
        { fix: quotes },
      ),
    );
  }
  for (const { key, value } of document.contents.items) {
    const name = scalarSpan(key);
    const state = scalarSpan(value);
    const entry = name && (state ? { name, state } : parted(name));
    if (!entry) return refuse(end, `Each component needs one state. ${STATES_ADVICE}`);
    if (!state) {
      const colon = at + entry.name.end;
      notes.push(
        warning(colon, colon + 1, 'missing-space', 'A space belongs after the colon.', {
          fix: [{ start: colon + 1, end: colon + 1, text: ' ' }],
        }),
      );
    }
    entries.push({
      name: entry.name.text,
      value: entry.state.text,
      nameStart: at + entry.name.start,
      nameEnd: at + entry.name.end,
      valueStart: at + entry.state.start,
      valueEnd: at + entry.state.end,
    });
  }
  for (const entry of entries) section.states.push(entry);
  for (const note of notes) problems.push(note);
  return { end, read: true };
}

interface Span {
  text: string;
  start: number;
  end: number;
}

/** A scalar of a flow map as written; null for anything else and for an empty one. */
function scalarSpan(node: unknown): Span | null {
  if (!isScalar(node) || !node.range) return null;
  const text = String(node.value ?? '').trim();
  return text === '' ? null : { text, start: node.range[0], end: node.range[1] };
}

/** `mail:operational`, which YAML takes for one word, as name and state. */
function parted(word: Span): { name: Span; state: Span } | null {
  const match = /^([^:]+):(\S[^:]*)$/.exec(word.text);
  if (!match || word.end - word.start !== word.text.length) return null;
  const [, name = '', state = ''] = match;
  return {
    name: { text: name, start: word.start, end: word.start + name.length },
    state: { text: state, start: word.end - state.length, end: word.end },
  };
}

/** A flow map with the spaces, colons and quotes that YAML knows; as long as before. */
function plainCharacters(source: string): string {
  return source
    .replace(/[\u00A0\u2000-\u200A\u202F\u205F\u3000\t]/g, ' ')
    .replace(/\uFF1A/g, ':')
    .replace(/(?<=[{,:]\s*)[\u201C-\u201F](?=[^\u201C-\u201F"]*[\u201C-\u201F]\s*[,:}])/g, '"')
    .replace(/(?<="[^\u201C-\u201F"]*)[\u201C-\u201F](?=\s*[,:}])/g, '"');
}

/** Edits that write ordinary quotes for those that `plainCharacters` takes for such. */
function typographicQuotes(source: string, at: number): Edit[] {
  const plain = plainCharacters(source);
  return plain
    .split('')
    .flatMap((character, i) =>
      character === '"' && source[i] !== '"' ? { start: at + i, end: at + i + 1, text: '"' } : [],
    );
}

/** Reads the status that begins at `at`; gives where it ends, or null where no status stands there. */
function readStatus(
  text: string,
  at: number,
  end: number,
  section: Section,
  context: BodyContext,
): number | null {
  const ends = wordEnds(text, at, end);
  for (const stop of ends.toReversed()) {
    const status = context.vocabulary.readStatus(bare(text.slice(at, stop)));
    if (status !== null) {
      section.status = status;
      return stop;
    }
  }
  const first = ends[0];
  if (first === undefined) return null;
  for (const stop of ends.toReversed()) {
    const word = bare(text.slice(at, stop));
    const near = context.vocabulary.nearStatus(word);
    if (near === null) continue;
    section.unknownStatus = { word, start: at, end: at + word.length, near };
    return stop;
  }
  let next = first;
  while (next < end && FILLER.test(text[next] ?? '')) next++;
  if (next < end && text[next] !== '^' && text[next] !== '{') return null;
  const word = bare(text.slice(at, first));
  section.unknownStatus = { word, start: at, end: at + word.length, near: null };
  return first;
}

/** Where the first word, the first two … that begin at `at` end. */
function wordEnds(text: string, at: number, end: number): number[] {
  const ends: number[] = [];
  let from = at;
  while (ends.length < LONGEST_STATUS) {
    WORD.lastIndex = from;
    const match = WORD.exec(text);
    if (!match || from + match[0].length > end) break;
    ends.push(from + match[0].length);
    from += match[0].length;
    const gap = /^[\s*_]+/.exec(text.slice(from, end))?.[0].length ?? 0;
    if (gap === 0) break;
    from += gap;
  }
  return ends;
}

/** A word without the emphasis, hyphens and apostrophes at its end. */
function bare(word: string): string {
  return word.replace(/[_*'’-]+$/, '');
}

/**
 * The link and footnote definitions that each stretch of the text uses and another one holds, as Markdown to put
 * at its end. `starts` are the sections' beginnings; entry 0 of the answer is what stands before them.
 */
function carriedDefinitions(text: string, root: MarkdownNode, starts: readonly number[]): string[] {
  const carried = starts.map(() => '').concat('');
  if (root.type !== 'root') return carried;
  const definitions = definitionsOf(root);
  if (definitions.links.size === 0 && definitions.footnotes.size === 0) return carried;

  const used = carried.map(() => new Set<MarkdownNode>());
  let stretch = 0;
  for (const node of nodesOf(root)) {
    const { start } = placeOf(node);
    while (stretch < starts.length && (starts[stretch] ?? 0) <= start) stretch++;
    const target = definitionOf(node, definitions);
    if (target) used[stretch]?.add(target);
  }
  const within = new Map<MarkdownNode, MarkdownNode[]>();
  for (const note of definitions.footnotes.values()) {
    within.set(
      note,
      [...nodesOf(note)].flatMap((node) => definitionOf(node, definitions) ?? []),
    );
  }
  let room = Math.max(MOST_CARRIED, text.length);
  return used.map((targets, i) => {
    const from = i === 0 ? 0 : (starts[i - 1] ?? 0);
    const to = starts[i] ?? text.length;
    const out: string[] = [];
    // Grows while it is walked: a footnote may use further definitions.
    for (const target of targets) {
      const place = placeOf(target);
      for (const further of within.get(target) ?? []) targets.add(further);
      if (place.start >= from && place.start < to) continue;
      const source = text.slice(place.start, place.end).trimEnd();
      if (source.length > room) continue;
      room -= source.length;
      out.push(source);
    }
    return out.length === 0 ? '' : `\n\n${out.join('\n\n')}`;
  });
}

function definitionOf(
  node: MarkdownNode,
  definitions: ReturnType<typeof definitionsOf>,
): MarkdownNode | undefined {
  if (node.type === 'linkReference' || node.type === 'imageReference') {
    return definitions.links.get(node.identifier);
  }
  return node.type === 'footnoteReference' ? definitions.footnotes.get(node.identifier) : undefined;
}
