import type { Incident, Instant, Update } from '../../../src/domain/incident.ts';
import { type Site, UPTIME_RULE } from '../../../src/domain/site.ts';

/** A small site in Berlin with a group of two components and one loose one. */
export const site: Site = {
  name: 'Nordhost',
  url: 'https://status.nordhost.example',
  timezone: 'Europe/Berlin',
  language: 'en',
  languages: ['en'],
  components: [
    {
      id: 'dresden',
      name: { en: 'Dresden' },
      description: null,
      components: [
        { id: 'web', name: { en: 'Web hosting' }, description: null, hosts: [] },
        { id: 'mail', name: { en: 'Mail' }, description: null, hosts: [] },
      ],
    },
    { id: 'api', name: { en: 'API' }, description: null, hosts: [] },
  ],
  authors: {},
  contacts: [],
  links: [],
  mirrors: [],
  logo: null,
  source: null,
  address: 'Sie',
  clock: null,
  uptime: UPTIME_RULE,
};

/** The instant of an ISO time with zone. */
export function at(iso: string): Instant {
  return Date.parse(iso);
}

let count = 0;

/** An update with sensible defaults. */
export function update(time: string, status: Update['status'], more: Partial<Update> = {}): Update {
  return {
    id: `u${++count}`,
    at: at(time),
    precision: 'minute',
    status,
    authors: [],
    states: {},
    text: '',
    clock: null,
    ...more,
  };
}

/** An incident with sensible defaults; its status is that of the newest update unless one is given. */
export function incident(updates: Update[], more: Partial<Incident> = {}): Incident {
  const kind = more.kind ?? 'incident';
  return {
    slug: 'power',
    path: 'power.md',
    kind,
    title: 'Power failure',
    status: updates.at(-1)!.status,
    impact: kind === 'incident' ? 'minor' : 'none',
    components: [],
    unknownComponents: [],
    summary: '',
    updates,
    started: null,
    resolved: null,
    nextUpdate: null,
    window: null,
    autoComplete: true,
    until: null,
    pinned: false,
    hosts: [],
    reportBy: null,
    aliases: [],
    language: 'en',
    translations: {},
    edits: {},
    readable: true,
    nameDate: null,
    ...more,
  };
}
