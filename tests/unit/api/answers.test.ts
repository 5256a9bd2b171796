import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Api, ENDPOINTS } from '../../../src/api/answers.ts';
import type {
  ComponentPayload,
  IncidentPayload,
  MaintenancePayload,
  StatusPayload,
} from '../../../src/api/payload.ts';
import { plainParagraphs } from '../../../src/content/plain-paragraphs.ts';
import type { Incident, Update } from '../../../src/domain/incident.ts';
import { publicIds } from '../../../src/domain/public-ids.ts';
import type { Site } from '../../../src/domain/site.ts';
import { deriveStatus } from '../../../src/domain/status.ts';
import {
  COMPONENT_STATES,
  IMPACTS,
  INCIDENT_STATUSES,
  MAINTENANCE_STATUSES,
} from '../../../src/domain/words.ts';
import { locale } from '../../../src/i18n/locale.ts';
import { at, incident, site, update } from '../domain/sample.ts';
import { faultsOf } from './answer-schema.ts';

const now = at('2026-11-21T18:00:00Z');

function apiAt(when: number, incidents: Incident[], of: Site = site): Api {
  return new Api({
    site: of,
    status: deriveStatus(of, incidents, when),
    ids: publicIds(of, incidents),
    locale: locale(of.language, { timezone: of.timezone, address: of.address }),
    text: (markdown) => plainParagraphs(markdown, { base: `${of.url}/` }),
  });
}

function api(...incidents: Incident[]): Api {
  return apiAt(now, incidents);
}

interface Summary {
  page: { updated_at: string };
  components: ComponentPayload[];
  incidents: IncidentPayload[];
  scheduled_maintenances: MaintenancePayload[];
  status: StatusPayload;
}

function summary(of: Api): Summary {
  return of.answer('summary') as unknown as Summary;
}

function list(of: Api, endpoint: (typeof ENDPOINTS)[number]): string[] {
  const { incidents, scheduled_maintenances } = of.answer(endpoint) as unknown as Partial<Summary>;
  return (incidents ?? scheduled_maintenances)!.map(({ name }) => name);
}

const outage = incident(
  [
    update('2026-11-21T17:05:00Z', 'investigating', { id: 'a', text: "We're on it." }),
    update('2026-11-21T17:30:00Z', 'identified', {
      id: 'b',
      text: 'The *generators* did not start.',
      states: { mail: 'degraded performance' },
    }),
  ],
  {
    impact: 'critical',
    components: [
      { id: 'web', state: null },
      { id: 'mail', state: null },
    ],
    summary: 'Your own server is not at fault.',
  },
);

const swap = incident([update('2026-11-18T09:00:00Z', 'scheduled', { id: 'a', text: 'Short breaks.' })], {
  slug: 'router',
  path: 'router.md',
  title: 'Core router swap',
  kind: 'maintenance',
  components: [{ id: 'api', state: null }],
  window: { from: at('2026-11-25T21:00:00Z'), to: at('2026-11-26T03:00:00Z') },
});

describe('an open incident', () => {
  const [one] = summary(api(outage)).incidents;

  it('has the keys, words and times of Statuspage', () => {
    expect(one).toMatchObject({
      name: 'Power failure',
      status: 'identified',
      created_at: '2026-11-21T18:05:00.000+01:00',
      updated_at: '2026-11-21T18:30:00.000+01:00',
      monitoring_at: null,
      resolved_at: null,
      impact: 'critical',
      shortlink: 'https://status.nordhost.example/incidents/power.html',
      started_at: '2026-11-21T18:05:00.000+01:00',
      reminder_intervals: null,
    });
  });

  it('has its updates newest first, in plain text, the summary before the first', () => {
    expect(one!.incident_updates.map(({ status, body, display_at }) => [status, body, display_at])).toEqual([
      ['identified', 'The generators did not start.', '2026-11-21T18:30:00.000+01:00'],
      ['investigating', "Your own server is not at fault.\n\nWe're on it.", '2026-11-21T18:05:00.000+01:00'],
    ]);
  });

  it('tells with each update what became of which component', () => {
    const told = one!.incident_updates.map(({ affected_components: affected }) =>
      affected?.map((entry) => `${entry.name}: ${entry.old_status} to ${entry.new_status}`),
    );
    expect(told).toEqual([
      ['Dresden - Mail: major_outage to degraded_performance'],
      ['Dresden - Web hosting: operational to major_outage', 'Dresden - Mail: operational to major_outage'],
    ]);
  });

  it('shows its components as they are now', () => {
    expect(one!.components.map(({ name, status }) => [name, status])).toEqual([
      ['Web hosting', 'major_outage'],
      ['Mail', 'degraded_performance'],
    ]);
  });

  it('tells nothing of components where an update changes none', () => {
    const { incidents } = summary(
      api({ ...outage, updates: [...outage.updates, update('2026-11-21T17:40:00Z', 'identified')] }),
    );
    expect(incidents[0]!.incident_updates[0]!.affected_components).toBeNull();
  });

  it('says its status where an update has no text', () => {
    const { incidents } = summary(api(incident([update('2026-11-21T17:05:00Z', 'investigating')])));
    expect(incidents[0]!.incident_updates[0]!.body).toBe('Investigating.');
  });
});

describe('components', () => {
  it('stand in the order of the page, each group, as bad as its worst, before what is in it', () => {
    const rows = summary(api(outage)).components;
    expect(rows.map(({ name, status, position, group }) => [name, status, position, group])).toEqual([
      ['Dresden', 'major_outage', 1, true],
      ['Web hosting', 'major_outage', 1, false],
      ['Mail', 'degraded_performance', 2, false],
      ['API', 'operational', 2, false],
    ]);
    expect(rows[0]!.components).toEqual([rows[1]!.id, rows[2]!.id]);
    expect(rows.map(({ group_id }) => group_id)).toEqual([null, rows[0]!.id, rows[0]!.id, null]);
  });

  it('say when an incident last changed their state', () => {
    const rows = summary(api(outage)).components;
    expect(Object.fromEntries(rows.map(({ name, updated_at }) => [name, updated_at.slice(11, 16)]))).toEqual({
      Dresden: '18:30',
      'Web hosting': '18:05',
      Mail: '18:30',
      API: '18:05',
    });
  });
});

describe('the page', () => {
  it('was changed when the newest update was written, not when it was built', () => {
    expect(summary(api(outage, swap)).page.updated_at).toBe('2026-11-21T18:30:00.000+01:00');
    expect(summary(apiAt(now + 60_000, [outage, swap]))).toEqual(summary(api(outage, swap)));
  });

  it('was changed when a text was corrected', () => {
    const edited = { ...outage, edits: { en: { updates: { a: at('2026-11-21T17:50:00Z') }, url: null } } };
    const { page, incidents } = summary(api(edited));
    expect(page.updated_at).toBe('2026-11-21T18:50:00.000+01:00');
    expect(incidents[0]!.incident_updates[1]).toMatchObject({
      created_at: '2026-11-21T18:05:00.000+01:00',
      updated_at: '2026-11-21T18:50:00.000+01:00',
    });
  });

  it('dates an update that is ahead of the clock a second after the newest past one', () => {
    const ahead = { ...outage, updates: [...outage.updates, update('2026-11-22T17:30:00Z', 'monitoring')] };
    const { incidents } = summary(api({ ...ahead, status: 'monitoring' }));
    expect(incidents[0]!.incident_updates[0]!.display_at).toBe('2026-11-21T18:30:01.000+01:00');
    expect(incidents[0]!.monitoring_at).toBe('2026-11-21T18:30:01.000+01:00');
  });

  it.each([
    ['none', 'All Systems Operational', []],
    ['minor', 'Minor Service Outage', [{ impact: 'minor', components: [] }]],
    ['minor', 'Partially Degraded Service', [{ impact: 'minor' }]],
    ['major', 'Partial System Outage', [{ impact: 'major' }]],
    ['critical', 'Major System Outage', [{ impact: 'critical' }]],
  ] as const)('says %s and "%s" as Statuspage does', (indicator, description, given) => {
    const incidents = given.map((more) =>
      incident([update('2026-11-21T17:00:00Z', 'investigating')], {
        components: [{ id: 'web', state: null }],
        ...(more as Partial<Incident>),
      }),
    );
    expect(api(...incidents).answer('status')).toMatchObject({ status: { indicator, description } });
  });
});

describe('a maintenance', () => {
  it('is upcoming with its window before it begins', () => {
    const before = api(outage, swap);
    expect(list(before, 'scheduled-maintenances/upcoming')).toEqual(['Core router swap']);
    expect(list(before, 'scheduled-maintenances/active')).toEqual([]);
    expect(summary(before).scheduled_maintenances[0]).toMatchObject({
      status: 'scheduled',
      impact: 'maintenance',
      created_at: '2026-11-18T10:00:00.000+01:00',
      started_at: '2026-11-18T10:00:00.000+01:00',
      resolved_at: null,
      scheduled_for: '2026-11-25T22:00:00.000+01:00',
      scheduled_until: '2026-11-26T04:00:00.000+01:00',
    });
  });

  it('is active while the clock says so, which stands among its updates', () => {
    const during = apiAt(at('2026-11-25T22:00:00Z'), [swap]);
    expect(list(during, 'scheduled-maintenances/active')).toEqual(['Core router swap']);
    const [one] = summary(during).scheduled_maintenances;
    expect(one!.incident_updates[0]).toMatchObject({
      status: 'in_progress',
      body: 'Work has begun as planned.',
      display_at: '2026-11-25T22:00:00.000+01:00',
      affected_components: [{ name: 'API', old_status: 'operational', new_status: 'under_maintenance' }],
    });
    expect(during.answer('status')).toMatchObject({
      status: { indicator: 'maintenance', description: 'Service Under Maintenance' },
    });
  });

  it('is completed by the clock, and gone from the summary', () => {
    const after = apiAt(at('2026-11-26T04:00:00Z'), [swap]);
    expect(summary(after).scheduled_maintenances).toEqual([]);
    expect(after.answer('scheduled-maintenances')).toMatchObject({
      scheduled_maintenances: [
        {
          status: 'completed',
          resolved_at: '2026-11-26T04:00:00.000+01:00',
          incident_updates: [{ status: 'completed' }, { status: 'in_progress' }, { status: 'scheduled' }],
        },
      ],
    });
  });

  it('that is called off is completed, and says that it was cancelled', () => {
    const off = [
      ...swap.updates,
      update('2026-11-20T09:00:00Z', 'cancelled', { text: 'A part is missing.' }),
    ];
    const after = api({ ...swap, updates: off, status: 'cancelled' });
    expect(after.answer('scheduled-maintenances')).toMatchObject({
      scheduled_maintenances: [
        {
          status: 'completed',
          incident_updates: [{ status: 'completed', body: 'Cancelled.\n\nA part is missing.' }, {}],
        },
      ],
    });
  });

  it('without a window that can be read has one all the same', () => {
    const { scheduled_maintenances } = summary(api({ ...swap, window: null }));
    expect(scheduled_maintenances[0]).toMatchObject({
      scheduled_for: '2026-11-18T10:00:00.000+01:00',
      scheduled_until: '2026-11-18T10:00:00.000+01:00',
    });
  });
});

describe('what is listed', () => {
  const over = incident(
    [update('2026-11-20T10:00:00Z', 'investigating'), update('2026-11-20T11:00:00Z', 'resolved')],
    { slug: 'over', path: 'over.md', title: 'Over' },
  );

  it('is unresolved only while it is open', () => {
    expect(list(api(outage, over), 'incidents')).toEqual(['Power failure', 'Over']);
    expect(list(api(outage, over), 'incidents/unresolved')).toEqual(['Power failure']);
  });

  it('says when what is over was resolved', () => {
    expect(api(over).answer('incidents')).toMatchObject({
      incidents: [{ status: 'resolved', resolved_at: '2026-11-20T12:00:00.000+01:00' }],
    });
  });

  it('is open where a file can’t be read, and left out once such a file is old', () => {
    const unread = { ...outage, readable: false, nameDate: at('2026-11-20T23:00:00Z') };
    expect(list(api(unread), 'incidents/unresolved')).toEqual(['Power failure']);
    const old = { ...unread, nameDate: at('2026-09-01T22:00:00Z') };
    expect(list(api(old), 'incidents/unresolved')).toEqual([]);
    expect(list(api(old), 'incidents')).toEqual([]);
  });

  it('is no notice', () => {
    const notice = incident([update('2026-11-21T17:00:00Z', 'notice')], { kind: 'notice' });
    expect(summary(api(notice))).toMatchObject({ incidents: [], scheduled_maintenances: [] });
  });

  it('ends with the fiftieth, but for what is open; each has a file of its own', () => {
    const many = Array.from({ length: 60 }, (_, i) =>
      incident(
        [update(new Date(now - (i + 1) * 3_600_000).toISOString(), i < 59 ? 'resolved' : 'investigating')],
        {
          slug: `n${i}`,
          path: `n${i}.md`,
          title: `Number ${i}`,
        },
      ),
    );
    const all = api(...many);
    expect(list(all, 'incidents')).toHaveLength(50);
    expect(list(all, 'incidents/unresolved')).toEqual(['Number 59']);
    expect(all.reports).toHaveLength(60);
  });
});

describe('the file of one incident', () => {
  const before = (days: number, title: string) =>
    incident([update(new Date(now - days * 86_400_000).toISOString(), 'resolved', { id: 'a' })], {
      slug: title,
      path: `${title}.md`,
      title,
      components: [{ id: 'mail', state: null }],
    });
  const history = Array.from({ length: 60 }, (_, i) => before(i + 2, `n${i}`));
  const fileOf = (of: Api, slug: string) => {
    const one = of.reports.find((report) => report.incident.slug === slug)!;
    return JSON.stringify(of.report(one));
  };

  it('says what the lists say of it', () => {
    const all = api(outage, ...history);
    const { incidents } = all.answer('incidents') as unknown as Summary;
    expect(JSON.parse(fileOf(all, 'power'))).toMatchObject({ incident: incidents[0] });
    expect(JSON.parse(fileOf(all, 'n1'))).toMatchObject({ incident: incidents[2] });
  });

  it('stays the same when something else breaks, once it is older than the lists', () => {
    const quiet = api(...history);
    const broken = api(outage, ...history);
    expect(fileOf(broken, 'n55')).toBe(fileOf(quiet, 'n55'));
    expect(fileOf(broken, 'n1')).not.toBe(fileOf(quiet, 'n1'));
  });
});

describe('ids', () => {
  it('tie pages, components, incidents and updates together', () => {
    const { incidents, components } = summary(api(outage));
    const [one] = incidents;
    expect(one!.incident_updates.map(({ incident_id }) => incident_id)).toEqual([one!.id, one!.id]);
    expect(one!.components.map(({ id }) => id)).toEqual([components[1]!.id, components[2]!.id]);
    expect(one!.incident_updates[0]!.affected_components![0]!.code).toBe(components[2]!.id);
  });

  it('stay when texts, title and file name change', () => {
    const changed = {
      ...outage,
      slug: 'renamed',
      aliases: ['power'],
      title: 'New',
      updates: outage.updates.map((one) => ({ ...one, text: 'New.' })),
    };
    const idsOf = (of: Incident) => {
      const [one] = summary(api(of)).incidents;
      return [one!.id, ...one!.incident_updates.map(({ id }) => id)];
    };
    expect(idsOf(changed)).toEqual(idsOf(outage));
  });
});

/** Any time around `now`, past and future. */
const time = fc.integer({ min: -90 * 24 * 60, max: 3 * 24 * 60 }).map((minutes) => now + minutes * 60_000);
const words = fc.string({ unit: 'grapheme', maxLength: 40 });
const states = fc.dictionary(
  fc.constantFrom('web', 'mail', 'api', 'gone'),
  fc.constantFrom(...COMPONENT_STATES),
  { maxKeys: 2, noNullPrototype: true },
);

function updates(statuses: readonly Update['status'][]): fc.Arbitrary<Update[]> {
  return fc
    .array(fc.record({ time, status: fc.constantFrom(...statuses), text: words, states }), {
      minLength: 1,
      maxLength: 5,
    })
    .map((drafts) =>
      drafts
        .sort((a, b) => a.time - b.time)
        .map((draft, i) =>
          update(new Date(draft.time).toISOString(), draft.status, {
            id: `u${i}`,
            text: draft.text,
            states: draft.states,
          }),
        ),
    );
}

const common = {
  title: words.filter((text) => text !== ''),
  summary: words,
  components: fc.uniqueArray(
    fc.record({
      id: fc.constantFrom('web', 'mail', 'api', 'gone'),
      state: fc.option(fc.constantFrom(...COMPONENT_STATES)),
    }),
    { selector: ({ id }) => id },
  ),
  started: fc.option(time),
  resolved: fc.option(time),
  nextUpdate: fc.option(time),
  readable: fc.boolean(),
  nameDate: fc.option(time),
};

const anyIncident = fc
  .tuple(updates(INCIDENT_STATUSES), fc.record({ ...common, impact: fc.constantFrom(...IMPACTS) }))
  .map(([all, more]) => incident(all, more));
const anyMaintenance = fc
  .tuple(
    updates(MAINTENANCE_STATUSES),
    fc.record({
      ...common,
      readable: fc.constant(true),
      autoComplete: fc.boolean(),
      window: fc.option(
        fc
          .tuple(time, fc.integer({ min: 1, max: 10_000 }))
          .map(([from, minutes]) => ({ from, to: from + minutes * 60_000 })),
      ),
    }),
  )
  .map(([all, more]) => incident(all, { ...more, kind: 'maintenance' }));

const anySite = fc
  .array(fc.oneof(anyIncident, anyMaintenance), { maxLength: 8 })
  .map((all) => all.map((one, i) => ({ ...one, slug: `s${i}`, path: `s${i}.md` })));

describe('whatever a site holds', () => {
  it('every answer is one of Statuspage’s, with ids of which no two are alike', () => {
    fc.assert(
      fc.property(
        anySite,
        fc.constantFrom('Europe/Berlin', 'UTC', 'Asia/Kathmandu'),
        (incidents, timezone) => {
          const all = apiAt(now, incidents, { ...site, timezone });
          const faults = [
            ...ENDPOINTS.flatMap((path) =>
              faultsOf(path, all.answer(path)).map((fault) => `${path}${fault}`),
            ),
            ...all.reports.flatMap((one) => faultsOf(`incidents/${all.idOf(one)}`, all.report(one))),
          ];
          expect(faults).toEqual([]);
          const { incidents: shown, components } = {
            ...summary(all),
            ...(all.answer('incidents') as unknown as Summary),
          };
          const ids = [...components, ...shown, ...shown.flatMap((one) => one.incident_updates)].map(
            ({ id }) => id,
          );
          expect(new Set(ids).size).toBe(ids.length);
        },
      ),
    );
  });

  it('the order of the files makes no difference', () => {
    fc.assert(
      fc.property(anySite, (incidents) => {
        const turned = apiAt(now, incidents.toReversed());
        const straight = apiAt(now, incidents);
        for (const path of ENDPOINTS) expect(turned.answer(path)).toEqual(straight.answer(path));
      }),
    );
  });
});
