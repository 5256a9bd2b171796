import fc from 'fast-check';
import { expect, it } from 'vitest';
import { importStatuspage } from '../../../src/import/statuspage.ts';
import { answersOf, component, importAnswers, incident, PAGE, update } from './statuspage-sample.ts';

const NOW = Date.UTC(2026, 10, 21);
const START = Date.UTC(2024, 0, 1);

const GROUP = component('gggggggggggg', 'Dresden', { group: true });
const COMPONENTS = [
  GROUP,
  component('aaaaaaaaaaaa', 'Mail', { group_id: GROUP.id }),
  component('bbbbbbbbbbbb', 'Web: "shop"', { position: 2 }),
  component('cccccccccccc', 'Mail', { position: 3 }),
  component('dddddddddddd', 'API', { position: 3, description: 'For customers' }),
];
const LISTED = COMPONENTS.filter(({ group }) => !group);
const GONE = component('eeeeeeeeeeee', 'Fax, old {x}');

const STATES = ['operational', 'degraded_performance', 'partial_outage', 'major_outage'];
const WORDS = fc.constantFrom(
  ...[
    'Mail',
    'is',
    'slow.',
    '*',
    '**',
    '_',
    '# ',
    '- ',
    '1. ',
    '> ',
    '`',
    '~~',
    '\n',
    '\n\n',
    '\r\n',
    '<br /><br />',
  ],
  ...[
    'https://a.example/b_c?d=1&e=2',
    '&',
    '<',
    '>',
    '[',
    ']',
    '(x)',
    '---',
    '```',
    '    ',
    '|',
    '\\',
    '{mail}',
    '^tb',
  ],
  ...['## 2024-01-01 10:00 resolved', '2024-01-01 10:00', '<!--', '-->', 'café', '🔥', ':', '!'],
);
const BODY = fc.array(WORDS, { minLength: 1, maxLength: 10 }).map((parts) => `A ${parts.join(' ')}`);
const NAME = fc.oneof(
  fc.constantFrom(
    'Mail: "slow"',
    "It's #1",
    '- a',
    '{b}',
    'yes',
    '2024-01-01',
    '***',
    'null',
    'a \\ b',
    '[x](y)',
  ),
  fc.stringMatching(/^[A-Za-z][\w ,.:;!?'"<>&-]{0,30}[a-z]$/),
);
/** Milliseconds after the update before it: often the same minute, sometimes the same moment. */
const GAP = fc.constantFrom(0, 1, 480, 1_000, 59_999, 60_000, 61_007, 3_600_000);

const SAID = fc.record({
  gap: GAP,
  body: BODY,
  affected: fc.array(
    fc.record({
      which: fc.constantFrom(...LISTED, GONE),
      before: fc.constantFrom(...STATES),
      after: fc.constantFrom(...STATES),
    }),
    { maxLength: 3 },
  ),
});

const REPORT = fc.record({
  name: NAME,
  impact: fc.constantFrom('none', 'minor', 'major', 'critical'),
  statuses: fc.array(fc.constantFrom('investigating', 'identified', 'monitoring'), { maxLength: 4 }),
  end: fc.constantFrom([], ['resolved'], ['resolved', 'postmortem']),
  said: fc.array(SAID, { minLength: 7, maxLength: 7 }),
  earlier: GAP,
  components: fc.uniqueArray(fc.constantFrom(...LISTED), { maxLength: 3 }),
});

const PLANNED = fc.record({
  name: NAME,
  statuses: fc.constantFrom(
    ['scheduled'],
    ['scheduled', 'scheduled', 'in_progress'],
    ['scheduled', 'in_progress', 'verifying'],
    ['scheduled', 'in_progress', 'completed'],
    ['scheduled', 'in_progress', 'verifying', 'completed'],
  ),
  said: fc.array(SAID, { minLength: 4, maxLength: 4 }),
  components: fc.uniqueArray(fc.constantFrom(...LISTED), { maxLength: 3 }),
});

type Said = typeof SAID extends fc.Arbitrary<infer T> ? T : never;

/** Newest first, as the API has them. */
function updatesOf(statuses: readonly string[], said: Said[], from: number) {
  let at = from;
  const updates = statuses.map((status, index) => {
    const { gap, body, affected } = said[index]!;
    at += gap;
    const changes = affected.map(({ which, before, after }) => ({
      code: which.id,
      name: which.group_id === null ? which.name : `Dresden - ${which.name}`,
      old_status: before,
      new_status: after,
    }));
    return update(status, new Date(at).toISOString(), body, {
      affected_components: changes.length > 0 ? changes : null,
    });
  });
  return updates.reverse();
}

const PAGES = fc.record({
  zone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/St_Johns'),
  incidents: fc.array(REPORT, { maxLength: 4 }),
  planned: fc.array(PLANNED, { maxLength: 3 }),
});

type Page = typeof PAGES extends fc.Arbitrary<infer T> ? T : never;

function answers({ zone, incidents, planned }: Page) {
  const day = (index: number) => START + index * 86_400_000 + 10 * 3_600_000;
  return {
    components: { page: { ...PAGE, time_zone: zone }, components: COMPONENTS },
    incidents: {
      page: { ...PAGE, time_zone: zone },
      incidents: incidents.map((one, index) => {
        const statuses = [...one.statuses, ...one.end];
        const updates = updatesOf(statuses.length > 0 ? statuses : ['investigating'], one.said, day(index));
        const first = updates.at(-1)!.display_at;
        return incident(`incident${index}`, one.name, updates, {
          impact: one.impact,
          components: one.components,
          started_at: new Date(Date.parse(first) - one.earlier).toISOString(),
        });
      }),
    },
    'scheduled-maintenances': {
      page: { ...PAGE, time_zone: zone },
      scheduled_maintenances: planned.map((one, index) => {
        const updates = updatesOf(one.statuses, one.said, day(index));
        const begun = updates.find(({ status }) => status === 'in_progress')?.display_at;
        const from = begun === undefined ? NOW + 86_400_000 : Date.parse(begun);
        return incident(`planned${index}`, one.name, updates, {
          impact: 'maintenance',
          components: one.components,
          scheduled_for: new Date(from).toISOString(),
          scheduled_until: new Date(from + 7_200_000).toISOString(),
        });
      }),
    },
  };
}

/** What the reader may say of texts and names that are as they were. */
const DOUBTS = new Set(['unknown-component', 'spoilt-heading']);
const words = (text: string) =>
  text
    .replace(/<br \/>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
const second = (time: string | null) => (time === null ? null : Math.floor(Date.parse(time) / 1000));

it('our own API says what theirs said: names, statuses, impacts, times, texts', () => {
  fc.assert(
    fc.property(PAGES, (page) => {
      const saved = answers(page);
      const { reports, faults } = answersOf(importAnswers(saved), NOW);
      expect(faults.filter(({ code, transient }) => !DOUBTS.has(code) && !transient)).toEqual([]);
      const originals = [
        ...saved.incidents.incidents,
        ...saved['scheduled-maintenances'].scheduled_maintenances,
      ];
      expect(reports.size).toBe(originals.length);
      for (const original of originals) {
        const ours = reports.get(original.id)!;
        const facts = (one: typeof original | typeof ours) => ({
          name: words(one.name),
          status: one.status,
          impact: one.impact,
          created: second(one.created_at),
          started: second(one.started_at),
          resolved: second(one.resolved_at),
          from: 'scheduled_for' in one && one.scheduled_for ? second(String(one.scheduled_for)) : null,
          to: 'scheduled_until' in one && one.scheduled_until ? second(String(one.scheduled_until)) : null,
          updates: one.incident_updates.map(({ status, body, display_at }) => ({
            status,
            body: words(body),
            at: second(display_at),
          })),
        });
        expect(facts(ours)).toEqual(facts(original));
        for (const { name } of original.components)
          expect(ours.components.map((one) => one.name)).toContain(name);
      }
    }),
    { numRuns: 30 },
  );
}, 60_000);

it('the same answers give the same bytes, in whatever order they lie', () => {
  fc.assert(
    fc.property(PAGES, fc.boolean(), (page, turned) => {
      const files = Object.entries(answers(page)).map(([name, answer]) => ({
        path: `${name}.json`,
        text: JSON.stringify(answer),
      }));
      const again = importStatuspage(turned ? files.toReversed() : files, null);
      expect(again).toEqual(importStatuspage(files, null));
    }),
    { numRuns: 15 },
  );
}, 60_000);

const JUNK: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(null, true, 0, -1, '', 'x', 'resolved', '2024-01-01T10:00:00.000Z', 'in_progress', '<b>'),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(
      fc.constantFrom(
        ...[
          'page',
          'components',
          'incidents',
          'scheduled_maintenances',
          'incident_updates',
          'affected_components',
        ],
        ...[
          'id',
          'name',
          'status',
          'impact',
          'body',
          'created_at',
          'display_at',
          'scheduled_for',
          'group',
          '__proto__',
        ],
      ),
      tie('value'),
      { maxKeys: 6 },
    ),
  ),
})).value;

it('whatever JSON it is, nothing breaks, and what comes out can be read', () => {
  fc.assert(
    fc.property(fc.array(JUNK, { maxLength: 3 }), (junk) => {
      const entries = junk.map((value, index) => [
        `f${index}`,
        { incidents: [value], scheduled_maintenances: junk, components: [value] },
      ]);
      const result = importAnswers(Object.fromEntries(entries));
      if (result.files.length === 0) return;
      const { faults } = answersOf(result, NOW);
      expect(faults.filter(({ level }) => level === 'error')).toEqual([]);
    }),
    { numRuns: 100 },
  );
}, 60_000);
