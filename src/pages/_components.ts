import { cacheKey } from '../build/cache-key.ts';
import { type ComponentFacts, componentFacts, titlesOf } from '../components/component-facts.ts';
import type { NamedText } from '../components/texts.ts';
import { type Day, dailyStates } from '../domain/daily-states.ts';
import type { IncidentStatus } from '../domain/incident-status.ts';
import { isGroup } from '../domain/site.ts';
import type { SiteStatus } from '../domain/status.ts';
import { touchedEntries } from '../domain/touched.ts';
import { type UptimeRecord, uptimes } from '../domain/uptime.ts';
import { localeOf, type SiteData } from './_site.ts';

/** How many days a bar shows. */
const BAR = 90;

/** What the pages of one reading share. */
interface Shared {
  days: Record<string, Day[]>;
  uptimes: Map<string, UptimeRecord>;
  /** The incidents that ever touched a component or group, newest first, by its id. */
  touching: Map<string, IncidentStatus[]>;
}

const shared = new WeakMap<SiteStatus, Shared>();

function sharedOf({ site, status }: SiteData): Shared {
  let found = shared.get(status);
  if (found === undefined) {
    const pairs = status.incidents.flatMap((one) =>
      [...touchedEntries(one.incident, site)].map((id): [string, IncidentStatus] => [id, one]),
    );
    const touching = new Map(
      [...Map.groupBy(pairs, ([id]) => id)].map(([id, found]) => [id, found.map(([, one]) => one)]),
    );
    found = { days: dailyStates(site, status, BAR), uptimes: uptimes(site, status), touching };
    shared.set(status, found);
  }
  return found;
}

/** The days that bars show, by component. */
export function barDays(data: SiteData): Record<string, Day[]> {
  return sharedOf(data).days;
}

/** What the page of each component and group says, in the order of the page. */
export function factsOfComponents(data: SiteData): ComponentFacts[] {
  const { site, status } = data;
  const { days, uptimes, touching } = sharedOf(data);
  const locale = localeOf(site, site.language);
  const monthOf = (one: IncidentStatus) => locale.day(one.startedAt).slice(0, 7);
  const facts = (entry: ComponentFacts['entry'], parent: ComponentFacts['parent']) =>
    componentFacts(entry, parent, {
      status,
      days,
      uptime: site.uptime.show ? (uptimes.get(entry.id) ?? null) : null,
      touching: touching.get(entry.id) ?? [],
      monthOf,
    });
  return site.components.flatMap((entry) =>
    isGroup(entry)
      ? [facts(entry, null), ...entry.components.map((component) => facts(component, entry))]
      : [facts(entry, null)],
  );
}

/** The incidents that a component's page tells of. */
export function toldOn({ open, status, past }: ComponentFacts): IncidentStatus[] {
  return [...open, ...status.upcoming, ...past];
}

/** Titles of the incidents behind the days of a component, by slug. */
export function titlesBehind(
  { days }: ComponentFacts,
  { status }: SiteData,
  language: string,
): Record<string, NamedText> {
  const slugs = new Set(days.flatMap(({ causes }) => causes));
  return titlesOf(
    status.incidents.filter(({ incident }) => slugs.has(incident.slug)),
    language,
  );
}

/** A key that holds whatever a component's page holds, for the price of hashing what many pages share once. */
export function factsKey({ open, past, status, ...rest }: ComponentFacts): string {
  const { upcoming, ...states } = status;
  return cacheKey({ rest, states, incidents: [open, past, upcoming].map((list) => list.map(partKey)) });
}

/** The key of something that many pages hold, hashed once. */
export function partKey(part: object): string {
  let key = keys.get(part);
  if (key === undefined) {
    key = cacheKey(part);
    keys.set(part, key);
  }
  return key;
}

const keys = new WeakMap<object, string>();
