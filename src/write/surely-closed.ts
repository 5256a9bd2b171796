import type { Instant } from '../domain/incident.ts';

/** Words of DESIGN §4 that close a report, as files mostly spell them. */
const ENDED = /^(?:resolved|postmortem|completed|cancelled)$/;
const HEADING = /^## (\d{4}-\d\d-\d\d \d\d:\d\d)(Z?)(?: ([a-z]+))?(?: [\^{].*)?$/;
/** A line of frontmatter that YAML reads as it looks. */
const PLAIN_LINE =
  /^(?:[a-z-]+: *(?:"[^"\\]*"|'[^']*'|\[[\p{L}\p{N} ,._-]*\]|\{[\w ,.:+-]*\}|[\p{L}\p{N}](?:[^:#[\]{}"'`\t]|:(?=\S))*|(?= *$))| {2}- [\p{L}\p{N}][\p{L}\p{N} ._-]*)$/u;
const WINDOW = /^scheduled: *\{ *from: (\d{4}-\d\d-\d\d) \d\d:\d\dZ?, to: (\d{4}-\d\d-\d\d) \d\d:\d\dZ? *\}$/;
const DAY = 86_400_000;

/**
 * Whether a file beyond doubt reports something that is over, seen without reading it properly: plain fences, one plain
 * `status` that closes (or a plain window that passed days ago, with no word since), and update headings whose newest
 * says nothing else. False wherever there is any doubt: then it must be read. It tells what is open from a long history
 * in no time. The text may be decoded as Latin-1: only ASCII counts.
 */
export function isSurelyClosed(text: string, now: Instant): boolean {
  // Line ends of another kind, tabs and what is invisible.
  if (/[^\P{Cc}\n\x80-\x9f]/u.test(text)) return false;
  const frontmatter = /^---\n([^\n]+\n)+?---\n/.exec(text)?.[0];
  if (frontmatter === undefined) return false;
  const yaml = frontmatter.slice(4, -5).split('\n');
  const body = text.slice(frontmatter.length);
  // Comments, code and conflicts can hide a heading from the reader.
  if (/<|```|~~~|^={7}|^>{7}/m.test(body)) return false;
  if (!yaml.every((line) => PLAIN_LINE.test(line))) return false;
  const given = (key: string) => yaml.filter((line) => line.startsWith(`${key}:`));
  const status = given('status').map((line) => line.slice('status:'.length).trim());
  if (status.length !== 1 || given('title').length !== 1) return false;
  if (yaml.some((line) => /^(?:kind|draft|auto-complete):/.test(line))) return false;
  const newest = newestHeading(body);
  if (newest === null) return false;
  if (ENDED.test(status[0]!)) return newest.word === undefined || ENDED.test(newest.word);
  const window = WINDOW.exec(given('scheduled')[0] ?? '');
  if (status[0] !== 'scheduled' || window === null || given('scheduled').length !== 1) return false;
  if (given('started').length > 0) return false;
  const [from, to] = [Date.parse(window[1]!), Date.parse(window[2]!)];
  // Two days, for no zone is further from another.
  const said = newest.time === '' ? Number.NEGATIVE_INFINITY : Date.parse(newest.time.slice(0, 10));
  return (
    from <= to && now - to > 3 * DAY && from - said > 2 * DAY && (newest.word ?? 'scheduled') === 'scheduled'
  );
}

/** Time and status of the newest update's heading, empty without any; null where headings are not all plain. */
function newestHeading(body: string): { time: string; word: string | undefined } | null {
  let newest: { time: string; word: string | undefined } = { time: '', word: undefined };
  let zone: string | undefined;
  for (const line of body.match(/^[ \t]*#.*$/gm) ?? []) {
    if (!/\d/.test(line)) continue;
    const heading = HEADING.exec(line);
    if (heading === null) return null;
    const [, time = '', written = '', word] = heading;
    if (time === newest.time || (zone !== undefined && zone !== written)) return null;
    zone = written;
    if (time > newest.time) newest = { time, word };
  }
  return newest;
}
