/** Words of DESIGN §4 that close an incident, as files mostly spell them. */
const ENDED = /^(?:resolved|postmortem|completed|cancelled)$/;
const HEADING = /^## (\d{4}-\d\d-\d\d \d\d:\d\d)(Z?)(?: ([a-z]+))?(?: [\^{].*)?$/;
/** A line of frontmatter that YAML reads as it looks. */
const PLAIN_LINE =
  /^[a-z-]+: *(?:"[^"\\]*"|'[^']*'|\[[\p{L}\p{N} ,._-]*\]|[\p{L}\p{N}](?:[^:#[\]{}"'`\t]|:(?=\S))*)$/u;

/**
 * Whether a file beyond doubt reports something that is over, seen without reading it properly: plain fences, one plain
 * `status` that closes, and update headings whose newest says nothing else. False wherever there is any doubt: then it
 * must be read. It tells what is open from a long history in no time.
 */
export function isSurelyClosed(text: string): boolean {
  const frontmatter = /^---\n((?:[a-z-]+:[^\n]*\n)+)---\n/.exec(text);
  if (frontmatter === null) return false;
  const yaml = frontmatter[1]!.trimEnd().split('\n');
  if (!yaml.every((line) => PLAIN_LINE.test(line))) return false;
  const status = yaml.filter((line) => line.startsWith('status:'));
  if (status.length !== 1 || !ENDED.test(status[0]!.slice('status:'.length).trim())) return false;
  const titled = yaml.some((line) => line.startsWith('title:'));
  if (!titled || yaml.some((line) => /^(?:kind|draft|scheduled):/.test(line))) return false;
  const body = text.slice(frontmatter[0].length);
  // Comments, code and conflicts can hide a heading from the reader.
  if (/[<\r]|```|~~~|^={7}|^>{7}/m.test(body)) return false;
  let newest = '';
  let word: string | undefined;
  let zone: string | undefined;
  for (const line of body.match(/^[ \t]*#.*$/gm) ?? []) {
    if (!/\d/.test(line)) continue;
    const heading = HEADING.exec(line);
    if (heading === null) return false;
    const [, time = '', written = ''] = heading;
    if (time === newest || (zone !== undefined && zone !== written)) return false;
    zone = written;
    if (time > newest) {
      newest = time;
      word = heading[3];
    }
  }
  return word === undefined || ENDED.test(word);
}
