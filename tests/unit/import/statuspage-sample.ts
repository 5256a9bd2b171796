import { Api } from '../../../src/api/answers.ts';
import type { IncidentPayload, MaintenancePayload } from '../../../src/api/payload.ts';
import type { Fault } from '../../../src/content/fault.ts';
import { readIncidentFile } from '../../../src/content/incident-file.ts';
import { plainParagraphs } from '../../../src/content/plain-paragraphs.ts';
import { readContext } from '../../../src/content/read-context.ts';
import { readSiteConfig } from '../../../src/content/site-config.ts';
import type { Incident } from '../../../src/domain/incident.ts';
import { publicIds } from '../../../src/domain/public-ids.ts';
import { deriveStatus } from '../../../src/domain/status.ts';
import { locale } from '../../../src/i18n/locale.ts';
import type { ImportResult } from '../../../src/import/import-result.ts';
import { importStatuspage } from '../../../src/import/statuspage.ts';

export const PAGE = {
  id: 'kctbh9vrtdwd',
  name: 'Nordhost',
  url: 'https://status.nordhost.example',
  time_zone: 'Europe/Berlin',
  updated_at: '2026-11-20T10:00:00.000Z',
};

/** A component as the API has it. */
export function component(id: string, name: string, fields: Record<string, unknown> = {}) {
  return {
    id,
    name,
    status: 'operational',
    created_at: '2020-01-01T00:00:00.123Z',
    updated_at: '2020-01-01T00:00:00.123Z',
    position: 1,
    description: null,
    showcase: true,
    start_date: '2020-01-01',
    group_id: null,
    page_id: PAGE.id,
    group: false,
    only_show_if_degraded: false,
    ...fields,
  };
}

interface Affected {
  code: string;
  name: string;
  old_status: string;
  new_status: string;
}

/** An update as the API has it. */
export function update(status: string, at: string, body: string, fields: Record<string, unknown> = {}) {
  return {
    id: 'b1c0424eeea1',
    status,
    body,
    incident_id: 'bhbcjn4n3jzp',
    created_at: at,
    updated_at: at,
    display_at: at,
    affected_components: null as Affected[] | null,
    deliver_notifications: true,
    custom_tweet: null as string | null,
    tweet_id: null,
    ...fields,
  };
}

/** An incident as the API has it; `updates` newest first, at least one. */
export function incident(
  id: string,
  name: string,
  updates: ReturnType<typeof update>[],
  fields: Record<string, unknown> = {},
) {
  const first = updates.at(-1)!.display_at;
  const newest = updates[0]!;
  const lastOpen = updates.findIndex(({ status }) => !ENDED.has(status));
  const closing = lastOpen === -1 ? updates.at(-1)! : updates[lastOpen - 1];
  return {
    id,
    name,
    status: newest.status,
    created_at: first,
    updated_at: newest.display_at,
    monitoring_at: null,
    resolved_at: ENDED.has(newest.status) ? (closing?.display_at ?? null) : null,
    impact: 'major',
    shortlink: `https://stspg.io/${id}`,
    started_at: first,
    page_id: PAGE.id,
    incident_updates: updates,
    components: [] as ReturnType<typeof component>[],
    reminder_intervals: null as string | null,
    scheduled_for: undefined as string | undefined,
    ...fields,
  };
}

const ENDED = new Set(['resolved', 'postmortem', 'completed']);

/** What saved answers become. */
export function importAnswers(answers: Record<string, unknown>, zone: string | null = null): ImportResult {
  const files = Object.entries(answers).map(([name, answer]) => ({
    path: `${name}.json`,
    text: JSON.stringify({ page: PAGE, ...(answer as object) }),
  }));
  return importStatuspage(files, zone);
}

/** What the reader makes of an imported site. */
export function readImported({ files }: ImportResult, now: number) {
  const faults: Fault[] = [];
  const config = readSiteConfig(
    Buffer.from(files.find(({ path }) => path === 'status.config.yml')!.text),
    'ordner',
  );
  faults.push(...config.faults);
  const context = readContext(config.site, now);
  const incidents = files.flatMap(({ path, text }): Incident[] => {
    const file = /^incidents\/(?!_)(.*)$/.exec(path)?.[1];
    if (file === undefined) return [];
    const reading = readIncidentFile(file, Buffer.from(text), context);
    faults.push(...reading.faults);
    return reading.incident === null ? [] : [reading.incident];
  });
  return { site: config.site, incidents, faults };
}

/** What our own API says of an imported site, by the original's id. */
export function answersOf(result: ImportResult, now: number) {
  const { site, incidents, faults } = readImported(result, now);
  const api = new Api({
    site,
    status: deriveStatus(site, incidents, now),
    ids: publicIds(site, incidents),
    locale: locale(site.language, { timezone: site.timezone, address: site.address }),
    text: (markdown) => plainParagraphs(markdown, { base: `${site.url}/` }),
  });
  const reports = new Map<string, IncidentPayload | MaintenancePayload>();
  for (const one of api.reports) {
    const { text } = result.files.find(({ path }) => path === `incidents/${one.incident.path}`)!;
    const answer = api.report(one);
    if ('incident' in answer) reports.set(/^# id: "?(\w+)"?$/m.exec(text)![1]!, answer.incident);
  }
  return { reports, faults, components: api.answer('components') };
}
