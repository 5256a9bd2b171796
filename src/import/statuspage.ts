import { slugKey, slugOf } from '../domain/slug.ts';
import { dateIn } from '../domain/time.ts';
import { nameOfTitle } from '../write/name-of-title.ts';
import { count, emptyResult, type ImportResult, inOrder, NOT_IMPORTED } from './import-result.ts';
import { type IncidentDraft, incidentText } from './incident-text.ts';
import { siteText } from './site-text.ts';
import type { SourceFile } from './source-file.ts';
import { readStatuspageIncident } from './statuspage-incident.ts';
import {
  type ComponentPayload,
  type IncidentPayload,
  type PagePayload,
  type Payload,
  readPayload,
} from './statuspage-payload.ts';
import { readStatuspageSite } from './statuspage-site.ts';

/** An incident and the file that it stands in. */
interface Found {
  incident: IncidentPayload;
  file: string;
}

/**
 * Turns saved answers of Statuspage's public API into `status.config.yml` and `incidents/`. An incident that several
 * files hold comes from the one that knows most of it. `zone` (an IANA name) is the zone of the new site; null: the
 * page's, else UTC. What can't be read as an incident is kept below `incidents/_not-imported/` as it is. The same
 * files give the same result, in whatever order. Never throws.
 */
export function importStatuspage(sources: SourceFile[], zone: string | null): ImportResult {
  const result = emptyResult();
  const payloads = readAll(sources, zone ?? 'UTC', result);
  const found = newestOfEach(payloads);
  const listed = payloads.filter(({ payload }) => payload.components.length > 0);
  const components = listed.flatMap(({ payload }) => payload.components);
  const added = namedOnly(found, components);
  const { site, context, notes } = readStatuspageSite(
    pageOf(payloads, result),
    [...components, ...added],
    zone,
  );
  const configSource = listed[0]?.path ?? payloads[0]?.path ?? 'components.json';
  for (const message of notes) result.notes.push({ file: configSource, message });
  if (added.length > 0) {
    const names = added.map(({ name }) => `"${name}"`).join(', ');
    const message = `Listed by incidents alone, and added to the config: ${names}.`;
    result.notes.push({ file: configSource, message });
  }
  if (payloads.length > 0)
    result.files.push({ path: 'status.config.yml', text: siteText(site), source: configSource });

  const unknown = new Map<string, number>();
  const taken = new Set<string>();
  for (const { incident, file } of found) {
    const reading = readStatuspageIncident(incident, context);
    const named = `${incident.name || 'Untitled'} (${incident.id || 'no id'})`;
    if (reading === null) {
      keep(incident.raw, file, `"${named}" has no time to go by.`, result);
      continue;
    }
    const { draft } = reading;
    const name = freeName(draft, incident, site.timezone, taken);
    if (reading.unknownComponents.length > 0) {
      const names = reading.unknownComponents.map((component) => `"${component}"`).join(', ');
      reading.notes.push(`Not in the config, kept as written: ${names}.`);
    }
    for (const message of reading.notes) result.notes.push({ file: `${file}: ${named}`, message });
    if (reading.doubtful)
      result.unread.push({
        file: `incidents/${name}.md`,
        message: 'A text may look different from what it was.',
      });
    for (const component of new Set(reading.unknownComponents))
      unknown.set(component, (unknown.get(component) ?? 0) + 1);
    count(result.counts, draft);
    result.files.push({
      path: `incidents/${name}.md`,
      text: incidentText(draft, site.timezone),
      source: file,
    });
  }
  return inOrder(result, unknown);
}

interface SavedPayload {
  path: string;
  payload: Payload;
}

function readAll(sources: SourceFile[], timeZone: string, result: ImportResult): SavedPayload[] {
  const payloads: SavedPayload[] = [];
  for (const { path, text } of sources.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    let value: unknown;
    try {
      value = JSON.parse(text.replace(/^\ufeff/, ''));
    } catch (error) {
      result.unread.push({ file: path, message: `It is no JSON: ${(error as Error).message}` });
      continue;
    }
    const payload = readPayload(value, timeZone);
    if (payload === null) {
      result.passedOver.push(path);
      continue;
    }
    for (const entry of payload.unread)
      keep(entry, path, 'An entry is no incident and no component.', result);
    payloads.push({ path, payload });
  }
  return payloads;
}

/** Keeps what can't be an incident where a person finds it. */
function keep(entry: unknown, source: string, message: string, result: ImportResult): void {
  const text = `${JSON.stringify(entry, null, 2)}\n`;
  const base = source.replace(/\.json$/i, '');
  let path = `${NOT_IMPORTED}/${base}.json`;
  for (let number = 2; result.files.some((file) => file.path === path); number += 1)
    path = `${NOT_IMPORTED}/${base}-${number}.json`;
  result.files.push({ path, text, source });
  result.unread.push({ file: source, message: `${message} Kept as ${path}.` });
}

/** Oldest first; within a moment by id. */
function newestOfEach(payloads: SavedPayload[]): Found[] {
  const found = new Map<string, Found>();
  for (const { path: file, payload } of payloads) {
    for (const incident of payload.incidents) {
      const key = incident.id || JSON.stringify([incident.name, startOf(incident)]);
      const other = found.get(key);
      if (other === undefined || knowsMore(incident, other.incident)) found.set(key, { incident, file });
    }
  }
  return [...found.values()].sort(
    (a, b) => startOf(a.incident) - startOf(b.incident) || (a.incident.id < b.incident.id ? -1 : 1),
  );
}

function knowsMore(a: IncidentPayload, b: IncidentPayload): boolean {
  const [newA, newB] = [a.updated?.at ?? 0, b.updated?.at ?? 0];
  if (newA !== newB) return newA > newB;
  return a.updates.length > b.updates.length;
}

function startOf({ created, started, updated }: IncidentPayload): number {
  return (created ?? started ?? updated)?.at ?? 0;
}

function pageOf(payloads: SavedPayload[], result: ImportResult): PagePayload | null {
  const pages = payloads.flatMap(({ path, payload }) =>
    payload.page === null ? [] : [{ path, page: payload.page }],
  );
  const first = pages[0]?.page ?? null;
  for (const { path, page } of pages) {
    if (page.url !== first?.url)
      result.notes.push({
        file: path,
        message: `It is of another page (${page.url}) than ${pages[0]!.path}.`,
      });
  }
  return first;
}

/**
 * The components that incidents list, as they are now, and that no list of components has: then that list is older
 * than the incidents, or was not saved. They stand last.
 */
function namedOnly(found: Found[], listed: ComponentPayload[]): ComponentPayload[] {
  const ids = new Set(listed.map(({ id }) => id));
  const names = new Set(listed.map(({ name }) => name));
  const added: ComponentPayload[] = [];
  for (const component of found.flatMap(({ incident }) => incident.components)) {
    if (component.isGroup || ids.has(component.id) || names.has(component.name)) continue;
    ids.add(component.id);
    added.push({ ...component, position: Number.MAX_SAFE_INTEGER });
  }
  return added;
}

/** Day and title; where an older incident is called so, with the original's id. */
function freeName(
  draft: IncidentDraft,
  { id }: IncidentPayload,
  timeZone: string,
  taken: Set<string>,
): string {
  const begun = draft.window?.from ?? draft.started ?? draft.updates[0]!.at;
  const base = `${dateIn(begun.at, timeZone)}-${nameOfTitle(draft.title)}`;
  let name = base;
  for (let number = 1; taken.has(slugKey(slugOf(name))); number += 1)
    name = number === 1 ? `${base}-${nameOfTitle(id)}` : `${base}-${number}`;
  taken.add(slugKey(slugOf(name)));
  return name;
}
