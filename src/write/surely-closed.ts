import type { Instant } from '../domain/incident.ts';

/** Words of DESIGN §4 that close a report, as files mostly spell them. */
const ENDED = /^(?:resolved|postmortem|completed|cancelled)$/;
const HEADING = /^## (\d{4}-\d\d-\d\d \d\d:\d\d)(Z?)(?: ([a-z]+))?(?: [\^{].*)?$/;
/** A line of frontmatter that is read as it looks, in a key that such a file may have. */
const PLAIN_LINE =
  /^(title|status|impact|components|started|resolved|next-update|scheduled|hosts|aliases|language|report-by): *("[^"\\]*"|'[^']*'|\[\]|\[[\p{L}\p{N}]+(?:(?:, ?|[ ._-])[\p{L}\p{N}]+)*\]|[\p{L}\p{N}](?:[^:#[\]{}"'`\t]|:(?=\S))*)$/u;
const WINDOW = /^\{ from: (\d{4}-\d\d-\d\d) \d\d:\d\dZ?, to: (\d{4}-\d\d-\d\d) \d\d:\d\dZ? \}$/;
/** A list below its key, each entry in a line. */
const BLOCK_LIST = /^(components|hosts|aliases):\n((?: {2}- [\p{L}\p{N}][\p{L}\p{N}._-]*\n)+)/gmu;
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
  const values = plainValues(frontmatter.slice('---\n'.length, -'---\n'.length));
  const body = text.slice(frontmatter.length);
  // Comments, code and conflicts can hide a heading from the reader.
  if (values === null || /<|```|~~~|^={7}|^>{7}/m.test(body)) return false;
  const status = values.get('status');
  const newest = newestHeading(body);
  if (status === undefined || !values.has('title') || newest === null) return false;
  if (ENDED.test(status)) return newest.word === undefined || ENDED.test(newest.word);
  const window = WINDOW.exec(values.get('scheduled') ?? '');
  // A text without a heading is dated otherwise.
  if (status !== 'scheduled' || window === null || newest.time === '') return false;
  const [from, to] = [Date.parse(window[1]!), Date.parse(window[2]!)];
  // Two days, for no zone is further from another.
  const said = Date.parse(newest.time.slice(0, 10));
  return (
    from <= to && now - to > 3 * DAY && from - said > 2 * DAY && (newest.word ?? 'scheduled') === 'scheduled'
  );
}

/** Values by key; null where a line is not plain, or a key comes twice. */
function plainValues(yaml: string): Map<string, string> | null {
  const lists = yaml.replace(BLOCK_LIST, '$1: []\n');
  const values = new Map<string, string>();
  for (const line of lists.trimEnd().split('\n')) {
    const window = /^scheduled: (\{.*\})$/.exec(line)?.[1];
    const [, key, value] =
      window && WINDOW.test(window) ? ['', 'scheduled', window] : (PLAIN_LINE.exec(line) ?? []);
    if (key === undefined || value === undefined || values.has(key)) return null;
    values.set(key, value);
  }
  return values;
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
