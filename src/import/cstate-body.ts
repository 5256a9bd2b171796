import { markdownToMdast } from 'satteri';
import type { Instant } from '../domain/incident.ts';
import type { Stamp } from '../domain/stamp.ts';
import type { Status } from '../domain/words.ts';
import { type Marker, readMarker } from './cstate-marker.ts';
import { readStamp } from './stamp.ts';

/** One thing said on a cState page. */
export interface Section {
  role: Marker['role'] | 'unmarked';
  status: Status | null;
  /** Its own time; null where the page gives none. */
  at: Stamp | null;
  /** Markdown without the marker, where a heading can say what the marker says. */
  text: string;
  /** Markdown with the marker as it was written. */
  marked: string;
}

/** What stands in the body of a cState page. */
export interface BodyReading {
  /** Undated words above the marked sections: links to tickets and the like. */
  summary: string;
  /** Oldest first; at least one, perhaps an empty one. */
  sections: Section[];
  /** How the order was found: markers or times say it, or it is taken from the words and the custom (newest first). */
  order: 'single' | 'said' | 'assumed';
  newestFirst: boolean;
  /** Byte order marks that stood invisibly inside the text and were taken out. */
  invisible: number;
  /** Hugo shortcodes that stay in the text as they are. */
  shortcodes: number;
  /** Raw HTML tags that stay in the text; comments are not counted. */
  htmlTags: number;
  /** Pictures from elsewhere that became links. */
  pictures: number;
}

interface Line {
  text: string;
  /** Inside code or a comment: never a marker, never changed. */
  verbatim: boolean;
}

interface Piece {
  marker: Marker | null;
  lines: Line[];
  /** A line of dashes stands before it. */
  separated: boolean;
}

const SEPARATOR = /^ {0,3}(?:\\?-[\\-]*-|={3,})\s*$/;
const TRACK = /\{\{[<%]\s*track\s+["'`“”]?([^"'`“”<>%{}]{1,60}?)["'`“”]?\s*[>%]\}\}/g;
const LEADING_TRACK = new RegExp(`^\\s*(${TRACK.source})[ \\t]*`);
const SHORTCODE = /\{\{[<%][^{}]{0,400}[>%]\}\}/g;
const HTML_TAG = /<\/?[a-z][a-z0-9-]*(?:\s[^<>]*)?\/?>/gi;
const PICTURE = /!\[([^\][]*)\]\(\s*(https?:\/\/[^\s()]+)(?:\s[^()]*)?\)/g;
const COMMENT = /<!--[\s\S]*?-->/g;
const CLOSING_WORDS =
  /(?<!\b(?:be|not|until|once|when|get) )\b(?:resolved|resolving|restored|fixed|completed?|finished|back (?:online|up|to normal)|is back|concluded|closed|done|successful(?:ly)?)\b/i;

/** Whether a post begins with words that people use when trouble is over. */
function tellsOfTheEnd(text: string): boolean {
  return CLOSING_WORDS.test(text.slice(0, 160));
}

/**
 * Takes the body of a cState page apart. Its updates are a custom, not a format: markers, dated lines, `track`
 * shortcodes and lines of dashes separate them, and they are written newest first or oldest first. Every word
 * stands in the sections or in the summary. `start` is when the page says that trouble began; `timeZone` serves for
 * times without one. Never throws.
 */
export function readBody(body: string, start: Instant | null, timeZone: string): BodyReading {
  const source = body.replace(/\ufeff/g, '').replace(/\r\n?/g, '\n');
  const lines = trailTracks(linesOf(source));
  const pictures = linkPictures(lines);
  const pieces = splitFirstPost(splitTracks(piecesOf(lines, timeZone)), start, timeZone);
  const sections = pieces.map((piece) => sectionOf(piece, timeZone));
  const numbers = pieces.map((piece) => piece.marker?.number ?? null);
  const summary = takeSummary(sections, pieces);
  if (summary !== '') numbers.shift();
  if (sections.length === 0) {
    sections.push({ role: 'unmarked', status: null, at: null, text: '', marked: '' });
  }
  const { order, newestFirst } = orderOf(sections, numbers);
  if (newestFirst) sections.reverse();
  if (sections.every((section) => section.at !== null)) sections.sort((a, b) => a.at!.at - b.at!.at);
  const prose = lines
    .filter((line) => !line.verbatim)
    .map((line) => line.text.replace(SHORTCODE, '').replace(/`[^`]*`/g, ''));
  return {
    summary,
    sections,
    order,
    newestFirst,
    invisible: body.match(/\ufeff/g)?.length ?? 0,
    shortcodes: sections.reduce((sum, { text }) => sum + (text.match(SHORTCODE)?.length ?? 0), 0),
    htmlTags: prose.reduce((sum, text) => sum + (text.match(HTML_TAG)?.length ?? 0), 0),
    pictures,
  };
}

function linesOf(source: string): Line[] {
  const lines = source.split('\n').map((text) => ({ text, verbatim: false }));
  const tree = markdownToMdast(source, { features: { frontmatter: false } });
  for (const block of 'children' in tree ? tree.children : []) {
    const verbatim =
      block.type === 'code' ||
      (block.type === 'html' && /^\s*<(?:!--|pre\b|script\b|style\b|textarea\b)/i.test(block.value));
    if (!verbatim || block.position === undefined) continue;
    for (let at = block.position.start.line; at <= block.position.end.line; at += 1) {
      const line = lines[at - 1];
      if (line) line.verbatim = true;
    }
  }
  return lines;
}

/**
 * Times follow their post by custom. On a page that begins with a time and ends without one they lead: each is
 * moved to the end of its post.
 */
function trailTracks(lines: Line[]): Line[] {
  const said = lines.filter((line) => !isBlank(line));
  const leads = (line: Line | undefined) =>
    line !== undefined && !line.verbatim && LEADING_TRACK.test(line.text);
  const last = said.at(-1);
  const endsInTime = last !== undefined && endsInTrack([last]) && last.text.replace(LEADING_TRACK, '') === '';
  if (!leads(said[0]) || endsInTime || said.slice(1).some((line) => !leads(line) && endsInTrack([line]))) {
    return lines;
  }
  const moved: Line[] = [];
  let track = '';
  const close = () => {
    if (track === '') return;
    const end = moved.findLastIndex((line) => !isBlank(line) && !SEPARATOR.test(line.text));
    const post = moved[end];
    if (post && !post.verbatim) moved[end] = { text: `${post.text} ${track}`, verbatim: false };
    else moved.splice(end + 1, 0, { text: '', verbatim: false }, { text: track, verbatim: false });
    track = '';
  };
  for (const line of lines) {
    const time = line.verbatim ? null : LEADING_TRACK.exec(line.text);
    if (time === null) {
      moved.push(line);
      continue;
    }
    close();
    track = time[1]!;
    moved.push({ text: line.text.slice(time[0].length), verbatim: false });
  }
  close();
  return moved;
}

/** Pictures from elsewhere are not shown on a page that loads nothing from elsewhere: a link still leads there. */
function linkPictures(lines: Line[]): number {
  let count = 0;
  for (const line of lines) {
    if (line.verbatim) continue;
    line.text = line.text.replace(PICTURE, (_, words: string, url: string) => {
      count += 1;
      return words.trim() === '' ? `<${url}>` : `[${words}](${url})`;
    });
  }
  return count;
}

function piecesOf(lines: Line[], timeZone: string): Piece[] {
  const known = (startsParagraph: boolean, text: string) => readMarker(text, startsParagraph, timeZone);
  const startsParagraph = (index: number) => {
    const before = lines[index - 1];
    return before === undefined || isBlank(before) || (!before.verbatim && SEPARATOR.test(before.text));
  };
  const hasKnown = lines.some(
    (line, index) => !line.verbatim && known(startsParagraph(index), line.text)?.known === true,
  );

  const pieces: Piece[] = [];
  let piece: Piece = { marker: null, lines: [], separated: false };
  const close = (next: Piece) => {
    if (piece.marker !== null || piece.lines.some((line) => !isBlank(line))) pieces.push(piece);
    else next.separated ||= piece.separated;
    piece = next;
  };
  for (const [index, line] of lines.entries()) {
    if (!line.verbatim && isSeparator(line, index, lines, piece)) {
      close({ marker: null, lines: [], separated: true });
      continue;
    }
    const marker = line.verbatim ? null : known(startsParagraph(index), line.text);
    if (marker !== null && (marker.known || hasKnown)) close({ marker, lines: [], separated: false });
    else piece.lines.push(line);
  }
  close({ marker: null, lines: [], separated: false });
  return withoutLoneComments(pieces);
}

/** A line of dashes ends a section, unless it underlines a line of text as a heading. */
function isSeparator(line: Line, index: number, lines: Line[], piece: Piece): boolean {
  if (!SEPARATOR.test(line.text)) return false;
  const before = lines[index - 1];
  if (before === undefined || isBlank(before)) return true;
  if (/^ {0,3}\\?-[\\]?-\s*$/.test(line.text)) return true;
  const paragraph = piece.lines.slice(piece.lines.findLastIndex(isBlank) + 1);
  return (
    line.text.includes('-') && (paragraph.length > 1 || (piece.marker !== null && piece.lines.length === 0))
  );
}

function isBlank(line: Line): boolean {
  return line.text.trim() === '';
}

/** Comments between sections are nobody's words: they go with the section below, or the one above at the end. */
function withoutLoneComments(pieces: Piece[]): Piece[] {
  const kept: Piece[] = [];
  let waiting: Line[] = [];
  for (const piece of pieces) {
    const text = piece.lines.map((line) => line.text).join('\n');
    if (piece.marker === null && text.replace(COMMENT, '').trim() === '') {
      waiting.push(...piece.lines);
      continue;
    }
    if (waiting.length > 0) piece.lines.unshift(...waiting);
    waiting = [];
    kept.push(piece);
  }
  const last = kept.at(-1);
  if (waiting.length > 0 && last) last.lines.push({ text: '', verbatim: false }, ...waiting);
  else if (waiting.length > 0) kept.push({ marker: null, lines: waiting, separated: false });
  return kept;
}

/** Runs of lines between empty ones; code with empty lines inside is one run. */
function paragraphsOf(lines: Line[]): Line[][] {
  const paragraphs: Line[][] = [];
  let open = false;
  for (const line of lines) {
    if (isBlank(line) && !line.verbatim) {
      open = false;
      continue;
    }
    if (!open) paragraphs.push([]);
    open = true;
    paragraphs.at(-1)!.push(line);
  }
  return paragraphs;
}

function joined(paragraphs: Line[][]): Line[] {
  return paragraphs.flatMap((paragraph, index) =>
    index === 0 ? paragraph : [{ text: '', verbatim: false }, ...paragraph],
  );
}

const endsInTrack = (paragraph: Line[]): boolean => {
  const last = paragraph.at(-1);
  return last !== undefined && !last.verbatim && last.text.replace(TRACK, '\0').trimEnd().endsWith('\0');
};

/** Where several paragraphs end in a time of their own, each is a section. */
function splitTracks(pieces: Piece[]): Piece[] {
  return pieces.flatMap((piece) => {
    const first: Line[] = piece.marker ? [{ text: piece.marker.line, verbatim: false }] : [];
    const paragraphs = paragraphsOf([...first, ...piece.lines]);
    const ends = paragraphs.map(endsInTrack);
    if (ends.filter(Boolean).length < 2) return [piece];
    const split: Piece[] = [];
    let from = 0;
    for (const [index, end] of ends.entries()) {
      if (!end && index < paragraphs.length - 1) continue;
      split.push({ marker: null, lines: joined(paragraphs.slice(from, index + 1)), separated: false });
      from = index + 1;
    }
    if (piece.marker && split[0]) {
      split[0].marker = piece.marker;
      split[0].lines = split[0].lines.slice(1);
    }
    if (split[0]) split[0].separated = piece.separated;
    return split;
  });
}

/**
 * A page that is written newest first ends in the post that began it, which often has no marker: where the page
 * begins with a marker or tells of the end, and no section is marked as the first, what follows the last marker's
 * paragraph is that post.
 */
function splitFirstPost(pieces: Piece[], start: Instant | null, timeZone: string): Piece[] {
  const first = pieces[0]?.marker;
  const last = pieces.at(-1);
  if (!last?.marker || first === undefined) return pieces;
  if (first === null && !tellsOfTheEnd(sectionOf(pieces[0]!, timeZone).text)) return pieces;
  const others = pieces.flatMap(({ marker }) => marker ?? []);
  const isOldestFirst =
    pieces.length > 1 &&
    ((last.marker.role === 'closing' && first?.role !== 'closing') ||
      (first?.number ?? 0) < (last.marker.number ?? 0));
  const time = sectionOf(last, timeZone).at;
  const isFirstPost = time !== null && start !== null && time.at <= start;
  if (isOldestFirst || isFirstPost || others.some(({ role }) => role === 'opening')) return pieces;
  const paragraphs = paragraphsOf(last.lines);
  const goesOn = last.lines[0] !== undefined && !isBlank(last.lines[0]);
  const own = goesOn || last.marker.rest === '' ? 1 : 0;
  if (paragraphs.length <= own) return pieces;
  const rest: Piece = { marker: null, lines: joined(paragraphs.slice(own)), separated: false };
  return [...pieces.slice(0, -1), { ...last, lines: joined(paragraphs.slice(0, own)) }, rest];
}

function sectionOf(piece: Piece, timeZone: string): Section {
  const { marker } = piece;
  let at = marker?.at ?? null;
  const clean = (line: Line): Line => {
    if (line.verbatim) return line;
    const text = line.text.replace(TRACK, (whole, written: string) => {
      const stamp = readStamp(written, timeZone);
      if (stamp === null) return whole;
      if (at !== null) return `(${written.trim()})`;
      at = stamp;
      return '';
    });
    return text === line.text ? line : { text: text.trimEnd(), verbatim: false };
  };
  // In the order of the page, so that the first time found is the section's.
  const first = marker ? clean({ text: marker.line, verbatim: false }).text : null;
  const below = piece.lines.map(clean).map((line) => line.text);
  const text = (head: string[]) => trimLines([...head, ...below]);
  if (marker === null || first === null) {
    const plain = text([]);
    return { role: 'unmarked', status: null, at, text: plain, marked: plain };
  }
  const rest = first.slice(marker.line.length - marker.rest.length);
  const marked = text([first]);
  return {
    role: marker.role,
    status: marker.status,
    at,
    text: marker.replaceable ? text(marker.rest === '' ? [] : [rest.trimEnd()]) : marked,
    marked,
  };
}

function trimLines(lines: string[]): string {
  return lines
    .join('\n')
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd();
}

/** Takes the summary off the sections: unmarked words above, on a page whose first post is marked. */
function takeSummary(sections: Section[], pieces: Piece[]): string {
  const [first, second] = sections;
  if (first?.role !== 'unmarked' || first.at !== null || second === undefined) return '';
  if (pieces[1]?.separated || !sections.some(({ role }) => role === 'opening')) return '';
  const closes = sections.some(({ role }) => role === 'closing');
  if (!closes && tellsOfTheEnd(first.text)) return '';
  sections.shift();
  return first.text;
}

function orderOf(
  sections: Section[],
  numbers: (number | null)[],
): { order: BodyReading['order']; newestFirst: boolean } {
  if (sections.length < 2) return { order: 'single', newestFirst: false };
  const said = (newestFirst: boolean) => ({ order: 'said' as const, newestFirst });
  const assumed = (newestFirst: boolean) => ({ order: 'assumed' as const, newestFirst });

  const times = sections.flatMap(({ at }) => (at === null ? [] : [at.at]));
  if (times.length > 1 && times[0] !== times.at(-1)) return said(times[0]! > times.at(-1)!);

  const first = sections[0]!;
  const last = sections.at(-1)!;
  const openings = [first, last].map(({ role }) => role === 'opening');
  if (openings[0] !== openings[1]) return said(openings[1]!);
  const closings = [first, last].map(({ role }) => role === 'closing');
  if (closings[0] !== closings[1]) return said(closings[0]!);
  const counted = numbers.filter((number) => number !== null);
  if (counted.length > 1 && counted[0] !== counted.at(-1)) return said(counted[0]! > counted.at(-1)!);

  const bare = [first, last].map(({ role }) => role === 'unmarked');
  if (bare[0] !== bare[1]) return assumed(bare[1]!);
  const done = [first, last].map(({ text }) => tellsOfTheEnd(text));
  return assumed(done[0] === done[1] || done[0]!);
}
