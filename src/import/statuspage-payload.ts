import type { Stamp } from '../domain/stamp.ts';
import { readStamp } from './stamp.ts';

/** The page that a payload is about; null: not said. */
export interface PagePayload {
  name: string | null;
  url: string | null;
  timeZone: string | null;
}

/** A component or group as the API has it. */
export interface ComponentPayload {
  id: string;
  name: string;
  description: string | null;
  position: number;
  isGroup: boolean;
  /** Id of the group that it stands in. */
  groupId: string | null;
}

/** A component that an update names. States are the API's words. */
export interface AffectedPayload {
  id: string;
  name: string;
  before: string;
  after: string;
}

/** One thing said about an incident. */
export interface UpdatePayload {
  /** The API's word. */
  status: string;
  /** Text or HTML. */
  body: string;
  /** When readers saw it, to the second; null: not said. */
  at: Stamp | null;
  affected: AffectedPayload[];
  /** What a person wrote for elsewhere; null: nothing. */
  tweet: string | null;
}

/** An incident or a maintenance. Times are to the second. */
export interface IncidentPayload {
  id: string;
  name: string;
  /** The API's word. The same goes for `impact`. */
  status: string;
  impact: string;
  isMaintenance: boolean;
  created: Stamp | null;
  started: Stamp | null;
  resolved: Stamp | null;
  updated: Stamp | null;
  scheduledFor: Stamp | null;
  scheduledUntil: Stamp | null;
  /** In the order of the payload. */
  updates: UpdatePayload[];
  components: ComponentPayload[];
  /** Scalars that have no place of their own, empty ones left out. */
  other: Record<string, string>;
  /** The entry as it was. */
  raw: unknown;
}

/** What one saved answer of the API holds. */
export interface Payload {
  page: PagePayload | null;
  components: ComponentPayload[];
  incidents: IncidentPayload[];
  /** Entries that are no incident, as they were. */
  unread: unknown[];
}

/**
 * Reads a saved answer of Statuspage's public API: `summary`, `components`, `incidents`, `scheduled-maintenances` or
 * a single incident. What has another type than the API gives it counts as absent. Null: it is no such answer.
 * `timeZone` serves where the page names no zone and a time has none. Never throws.
 */
export function readPayload(value: unknown, timeZone: string): Payload | null {
  if (!isRecord(value)) return null;
  const lists = ['incidents', 'scheduled_maintenances', 'components'].filter((key) =>
    Array.isArray(value[key]),
  );
  const single = ['incident', 'scheduled_maintenance'].filter((key) => isRecord(value[key]));
  if (lists.length + single.length === 0) return null;
  const isAlone = lists.length === 1 && lists[0] === 'components' && Array.isArray(value.incident_updates);
  if (isAlone) return null;
  const page = isRecord(value.page) ? readPage(value.page) : null;
  const payload: Payload = { page, components: [], incidents: [], unread: [] };
  const zone = page?.timeZone ?? timeZone;
  for (const entry of listOf(value.components)) {
    const component = readComponent(entry);
    if (component !== null) payload.components.push(component);
    else payload.unread.push(entry);
  }
  const entries = [
    ...['incidents', 'scheduled_maintenances'].flatMap((key) =>
      listOf(value[key]).map((entry) => ({ entry, planned: key !== 'incidents' })),
    ),
    ...single.map((key) => ({ entry: value[key], planned: key !== 'incident' })),
  ];
  for (const { entry, planned } of entries) {
    const incident = readIncident(entry, planned, zone);
    if (incident !== null) payload.incidents.push(incident);
    else payload.unread.push(entry);
  }
  return payload;
}

type Fields = Record<string, unknown>;

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const lineOf = (value: unknown): string | null => textOf(value).replace(/\s+/g, ' ').trim() || null;

function readPage(fields: Fields): PagePayload {
  return { name: lineOf(fields.name), url: lineOf(fields.url), timeZone: lineOf(fields.time_zone) };
}

function readComponent(value: unknown): ComponentPayload | null {
  if (!isRecord(value)) return null;
  const name = lineOf(value.name);
  if (name === null) return null;
  return {
    id: textOf(value.id) || name,
    name,
    description: lineOf(value.description),
    position: typeof value.position === 'number' ? value.position : 0,
    isGroup: value.group === true,
    groupId: lineOf(value.group_id),
  };
}

/** What has a place, or can be reckoned from what has one. */
const PLACED = new Set([
  ...['name', 'status', 'impact', 'created_at', 'updated_at', 'started_at', 'resolved_at', 'monitoring_at'],
  ...['incident_updates', 'components', 'scheduled_for', 'scheduled_until', 'page_id'],
]);

function readIncident(value: unknown, planned: boolean, timeZone: string): IncidentPayload | null {
  if (!isRecord(value) || (lineOf(value.name) === null && !Array.isArray(value.incident_updates)))
    return null;
  const time = (key: string) => timeOf(value[key], timeZone);
  return {
    id: textOf(value.id),
    name: lineOf(value.name) ?? '',
    status: textOf(value.status),
    impact: textOf(value.impact),
    isMaintenance: planned || time('scheduled_for') !== null,
    created: time('created_at'),
    started: time('started_at'),
    resolved: time('resolved_at'),
    updated: time('updated_at'),
    scheduledFor: time('scheduled_for'),
    scheduledUntil: time('scheduled_until'),
    updates: listOf(value.incident_updates).flatMap((entry) =>
      isRecord(entry) ? [readUpdate(entry, timeZone)] : [],
    ),
    components: listOf(value.components).flatMap((entry) => readComponent(entry) ?? []),
    other: otherOf(value),
    raw: value,
  };
}

function readUpdate(fields: Fields, timeZone: string): UpdatePayload {
  const at = ['display_at', 'created_at', 'updated_at'].map((key) => timeOf(fields[key], timeZone));
  return {
    status: textOf(fields.status),
    body: textOf(fields.body),
    at: at.find((time) => time !== null) ?? null,
    affected: listOf(fields.affected_components).flatMap((entry) =>
      isRecord(entry) ? readAffected(entry) : [],
    ),
    tweet: textOf(fields.custom_tweet).trim() || null,
  };
}

function readAffected(fields: Fields): AffectedPayload[] {
  const name = lineOf(fields.name);
  const id = textOf(fields.code) || name;
  if (id === null) return [];
  const after = textOf(fields.new_status);
  return [{ id, name: name ?? id, before: textOf(fields.old_status), after }];
}

/** To the second: incident files know no fractions. */
function timeOf(value: unknown, timeZone: string): Stamp | null {
  return readStamp(textOf(value), timeZone);
}

function otherOf(fields: Fields): Record<string, string> {
  const entries = Object.entries(fields).flatMap(([key, value]): [string, string][] => {
    if (value === null || value === undefined || value === '' || PLACED.has(key)) return [];
    return [[key, typeof value === 'string' ? value : JSON.stringify(value)]];
  });
  return Object.fromEntries(entries);
}
