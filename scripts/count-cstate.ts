/**
 * Counts a cState site and the site imported from it, each on its own way: here the frontmatter of the old files,
 * there what the reader makes of the new ones. Prints every difference in number, title, start, end and whether it
 * is over; exits 1 where there is one.
 *
 *   node scripts/count-cstate.ts OLD NEW
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readClock } from '../src/clock.ts';
import { readSite } from '../src/content/read-site.ts';
import type { IncidentStatus } from '../src/domain/incident-status.ts';
import { deriveStatus } from '../src/domain/status.ts';
import { readTimestamp } from '../src/domain/time.ts';

interface Row {
  title: string;
  start: string;
  end: string;
  over: string;
}

const [old, imported] = process.argv.slice(2);
if (old === undefined || imported === undefined) {
  process.stderr.write('node scripts/count-cstate.ts OLD NEW\n');
  process.exit(2);
}

const before = await oldRows(join(old, 'content', 'issues'));
const now = readClock(process.env, null);
const reading = await readSite(imported, now);
const derived = deriveStatus(reading.site, reading.incidents, now);
const after = new Map(derived.incidents.map((one) => [one.incident.slug, newRow(one)]));

const differences: string[][] = [];
const backwards: string[] = [];
for (const name of new Set([...before.keys(), ...after.keys()])) {
  const [a, b] = [before.get(name), after.get(name)];
  if (!a || !b) {
    differences.push([name, 'file', a ? 'there' : 'missing', b ? 'there' : 'missing']);
    continue;
  }
  // The reader warns about an end before the start and leaves it out; the file still has it.
  if (a.end !== '' && a.end < a.start) {
    backwards.push(name);
    b.end = await writtenEnd(name);
  }
  for (const key of Object.keys(a) as (keyof Row)[]) {
    if (a[key] !== b[key]) differences.push([name, key, a[key], b[key]]);
  }
}
const over = (rows: Map<string, Row>) => [...rows.values()].filter((row) => row.over === 'over').length;
const errors = reading.faults.filter(({ level }) => level === 'error').length;

print([
  ['', 'old', 'new'],
  ['incidents and notices', String(before.size), String(after.size)],
  ['over', String(over(before)), String(over(after))],
  ['open', String(before.size - over(before)), String(after.size - over(after))],
  ['errors of the reader', '', String(errors)],
  ['warnings of the reader', '', String(reading.faults.length - errors)],
  ['end before they begin', String(backwards.length), ''],
]);
for (const name of backwards) process.stdout.write(`  ${name}\n`);
if (differences.length > 0) {
  process.stdout.write('\n');
  print([['file', 'what', 'old', 'new'], ...differences]);
}
process.stdout.write(`\n${differences.length} differences\n`);
process.exitCode = differences.length + errors > 0 ? 1 : 0;

async function oldRows(folder: string): Promise<Map<string, Row>> {
  const rows = new Map<string, Row>();
  for (const name of (await readdir(folder)).filter((file) => file.endsWith('.md') && file !== '_index.md')) {
    const text = await readFile(join(folder, name), 'utf8');
    const fields = parse(text.split(/^---\s*$/m)[1] ?? '');
    const isOver = fields.resolved === true;
    rows.set(name.replace(/\.md$/, ''), {
      title: String(fields.title).trim(),
      start: oldTime(fields.date),
      end: isOver ? oldTime(fields.resolvedWhen) : '',
      over: isOver ? 'over' : 'open',
    });
  }
  return rows;
}

/** To the second, in UTC. */
function oldTime(written: string): string {
  const [, date, hour, rest, offset] =
    /^(\d{4}-\d\d-\d\d)[T ](\d{1,2})(:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d:\d\d)?$/.exec(written) ?? [];
  const zone = offset === undefined || offset === '-00:00' ? 'Z' : offset;
  return new Date(`${date}T${hour?.padStart(2, '0')}${rest}${zone}`).toISOString().slice(0, 19);
}

function newRow(one: IncidentStatus): Row {
  const time = (at: number | null) => (at === null ? '' : new Date(at).toISOString().slice(0, 19));
  return {
    title: one.incident.title,
    start: time(one.startedAt),
    end: one.phase === 'closed' ? time(one.endedAt) : '',
    over: one.phase === 'closed' ? 'over' : 'open',
  };
}

/** The end that a new file gives, whatever the reader makes of it. */
async function writtenEnd(name: string): Promise<string> {
  const text = await readFile(join(imported!, 'incidents', `${name}.md`), 'utf8');
  const fields = parse(text.split(/^---\s*$/m)[1] ?? '');
  const read = readTimestamp(String(fields.resolved ?? fields.until), reading.site.timezone);
  return read.ok ? new Date(read.at).toISOString().slice(0, 19) : '';
}

function print(rows: string[][]): void {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  for (const row of rows) {
    process.stdout.write(
      `${row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd()}\n`,
    );
  }
}
