/**
 * Compares saved answers of Statuspage's API with what the API of the site imported from them says, each read on its
 * own way: here the JSON as it is, there the incident files through the reader. Prints every difference in name,
 * status, impact, times (to the second), components, and in status, time and text of every update; exits 1 where
 * there is one. Texts are compared without tags and by their words. Incidents find each other by the original's id,
 * which the importer keeps as a comment.
 *
 *   node scripts/count-statuspage.ts OLD NEW
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Api } from '../src/api/answers.ts';
import type { IncidentPayload, MaintenancePayload } from '../src/api/payload.ts';
import { readClock } from '../src/clock.ts';
import { plainParagraphs } from '../src/content/plain-paragraphs.ts';
import { readSite } from '../src/content/read-site.ts';
import { publicIds } from '../src/domain/public-ids.ts';
import { deriveStatus } from '../src/domain/status.ts';
import { locale } from '../src/i18n/locale.ts';

type Report = IncidentPayload | MaintenancePayload;

const NAMED: Record<string, string> = { lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' };
const [old, imported] = process.argv.slice(2);
if (old === undefined || imported === undefined) {
  process.stderr.write('node scripts/count-statuspage.ts OLD NEW\n');
  process.exit(2);
}

const now = readClock(process.env, null);
const reading = await readSite(imported, now);
const { site, incidents } = reading;
const derived = deriveStatus(site, incidents, now);
const api = new Api({
  site,
  status: derived,
  ids: publicIds(site, incidents),
  locale: locale(site.language, { timezone: site.timezone, address: site.address }),
  text: (markdown) => plainParagraphs(markdown, { base: `${site.url}/` }),
});
const after = new Map<string, Report>();
for (const one of api.reports) {
  const answer = api.report(one);
  const text = await readFile(join(imported, 'incidents', one.incident.path), 'utf8');
  const id = /^# id: (\S+)$/m.exec(text)?.[1];
  if (id !== undefined && 'incident' in answer) after.set(id, answer.incident);
}
const before = await savedReports(old);

const differences: string[][] = [];
const counts = { updates: 0, sameMinute: 0 };
for (const id of new Set([...before.keys(), ...after.keys()])) {
  const [a, b] = [before.get(id), after.get(id)];
  if (!a || !b) differences.push([id, 'incident', a ? 'there' : 'missing', b ? 'there' : 'missing']);
  else compare(id, a, b);
}
const errors = reading.faults.filter(({ level }) => level === 'error').length;
process.stdout.write(
  [
    `${before.size} incidents and maintenances in the saved answers, ${after.size} in the new site`,
    `${counts.updates} updates compared, ${counts.sameMinute} incidents with several in one minute`,
    `${errors} errors and ${reading.faults.length - errors} warnings of the reader`,
    ...differences.map((row) => row.join('  ')),
    `${differences.length} differences`,
    '',
  ].join('\n'),
);
process.exitCode = differences.length + errors > 0 ? 1 : 0;

function compare(id: string, a: Report, b: Report): void {
  const differ = (what: string, left: unknown, right: unknown) => {
    if (JSON.stringify(left) !== JSON.stringify(right))
      differences.push([id, what, JSON.stringify(left), JSON.stringify(right)]);
  };
  differ('name', words(a.name), b.name);
  differ('status', a.status, b.status);
  differ('impact', a.impact, b.impact);
  for (const key of [
    'created_at',
    'started_at',
    'resolved_at',
    'scheduled_for',
    'scheduled_until',
  ] as const) {
    if (key in a) differ(key, second(a[key as keyof Report]), second(b[key as keyof Report]));
  }
  const names = ({ components }: Report) => components.map(({ name }) => name).toSorted();
  differ('components', names(a), names(b));
  differ('number of updates', a.incident_updates.length, b.incident_updates.length);
  const minutes = a.incident_updates.map(({ display_at }) => display_at.slice(0, 16));
  if (new Set(minutes).size < minutes.length) counts.sameMinute += 1;
  for (const [index, update] of a.incident_updates.entries()) {
    const other = b.incident_updates[index];
    if (other === undefined) continue;
    counts.updates += 1;
    differ(`update ${index} status`, update.status, other.status);
    differ(`update ${index} display_at`, second(update.display_at), second(other.display_at));
    differ(`update ${index} body`, words(withoutTags(update.body)), words(other.body));
  }
}

async function savedReports(folder: string): Promise<Map<string, Report>> {
  const found = new Map<string, Report>();
  for (const name of (await readdir(folder)).filter((file) => file.endsWith('.json'))) {
    const saved = JSON.parse(await readFile(join(folder, name), 'utf8'));
    const reports: Report[] = [...(saved.incidents ?? []), ...(saved.scheduled_maintenances ?? [])];
    for (const report of reports) found.set(report.id, report);
  }
  return found;
}

/** To the second, in UTC. */
function second(time: unknown): string | null {
  return typeof time === 'string' ? `${new Date(time).toISOString().slice(0, 19)}Z` : null;
}

function words(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** What a body says in plain words, as chat bots show it: a sign before an entry, an address after a link. */
function withoutTags(html: string): string {
  return html
    .replace(/<li\b[^>]*>/gi, ' - ')
    .replace(/<a\b[^>]*?href="([^"]*)"[^>]*>(.*?)<\/a>/gi, (_, address: string, label: string) =>
      label === address ? label : `${label} (${address})`,
    )
    .replace(/<\/?(?:br|p|div|ul|ol|li|h[1-6]|table|tr|td)\b[^>]*>/gi, ' ')
    .replace(/<\/?(?:a|b|strong|i|em|u|span|code)\b[^>]*>/gi, '')
    .replace(/&(lt|gt|quot|#39|nbsp);/g, (_, name: string) => NAMED[name]!)
    .replaceAll('&amp;', '&');
}
