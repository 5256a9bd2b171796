import { describe, expect, it } from 'vitest';
import { importStatuspage } from '../../../src/import/statuspage.ts';
import {
  answersOf,
  component,
  importAnswers,
  incident,
  PAGE,
  readImported,
  update,
} from './statuspage-sample.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const MAIL = component('mailmailmail', 'Mail');
const SHOP = component('shopshopshop', 'Web shop', { position: 2 });

const resolved = update('resolved', '2026-11-20T10:30:07.480Z', 'All is well.');
const monitoring = update('monitoring', '2026-11-20T10:10:00.000Z', 'It flows.');
const first = update('investigating', '2026-11-20T10:00:00.000Z', 'Mail is slow.');

/** The file that one incident becomes, and what was said about it. */
function one(entry: object, key = 'incidents') {
  const result = importAnswers({ components: { components: [MAIL, SHOP] }, [key]: { [key]: [entry] } });
  const file = result.files.find(({ path }) => path.startsWith('incidents/'))!;
  const notes = result.notes.filter(({ file: name }) => name.startsWith(`${key}.json: `));
  return { path: file.path, text: file.text, notes: notes.map(({ message }) => message).join('\n'), result };
}

describe('an incident', () => {
  it('becomes a file that reads like one that a person wrote', () => {
    const { path, text, notes } = one(
      incident('bhbcjn4n3jzp', 'Mail: "slow"', [resolved, monitoring, first], { components: [MAIL] }),
    );
    expect(path).toBe('incidents/2026-11-20-mail-slow.md');
    expect(notes).toBe('');
    expect(text).toBe(`---
title: 'Mail: "slow"'
status: resolved
impact: major
components: [mail]
# id: bhbcjn4n3jzp
# shortlink: https://stspg.io/bhbcjn4n3jzp
---

## 2026-11-20 11:30:07 resolved

All is well.

## 2026-11-20 11:10 monitoring

It flows.

## 2026-11-20 11:00 investigating

Mail is slow.
`);
  });

  it('keeps what several updates of one minute say in their order', () => {
    const at = '2026-11-20T10:00:00.000Z';
    const said = ['d', 'c', 'b', 'a'].map((body, index) =>
      update(index === 0 ? 'monitoring' : 'investigating', at, body),
    );
    const { reports } = answersOf(one(incident('x', 'A', said)).result, NOW);
    expect(reports.get('x')!.incident_updates.map(({ body }) => body)).toEqual(['d', 'c', 'b', 'a']);
  });

  it('says what became of which component when, and no more', () => {
    const affected = (id: string, before: string, after: string) => ({
      code: id,
      name: 'x',
      old_status: before,
      new_status: after,
    });
    const { text } = one(
      incident(
        'x',
        'A',
        [
          { ...resolved, affected_components: [affected(MAIL.id, 'degraded_performance', 'operational')] },
          {
            ...monitoring,
            affected_components: [
              affected(MAIL.id, 'degraded_performance', 'degraded_performance'),
              affected(SHOP.id, 'operational', 'partial_outage'),
            ],
          },
          { ...first, affected_components: [affected(MAIL.id, 'operational', 'degraded_performance')] },
        ],
        { components: [MAIL, SHOP] },
      ),
    );
    expect(text.match(/^(?:components|## ).*$/gm)).toEqual([
      'components: {mail: degraded performance, web-shop: operational}',
      '## 2026-11-20 11:30:07 resolved {mail: operational}',
      '## 2026-11-20 11:10 monitoring {web-shop: partial outage}',
      '## 2026-11-20 11:00 investigating {mail: degraded performance}',
    ]);
  });

  it('keeps the name of a component that is gone, which is said', () => {
    const gone = {
      code: 'gone',
      name: 'Group - Fax: "old"',
      old_status: 'operational',
      new_status: 'major_outage',
    };
    const { text, notes, result } = one(incident('x', 'A', [{ ...first, affected_components: [gone] }]));
    expect(notes).toBe('Not in the config, kept as written: "Group - Fax: "old"".');
    expect(result.unknownComponents).toEqual([{ name: 'Group - Fax: "old"', count: 1 }]);
    expect(text).toContain('{"Group - Fax: \\"old\\"": major outage}');
    expect(readImported(result, NOW).incidents[0]!.unknownComponents).toEqual(['Group - Fax: "old"']);
  });

  it('begins and ends when it did, where its updates do not tell', () => {
    const { text } = one(
      incident('x', 'A', [resolved, first], {
        started_at: '2026-11-20T09:45:00.000Z',
        resolved_at: '2026-11-20T10:20:00.000Z',
      }),
    );
    expect(text).toContain('started: 2026-11-20 10:45\nresolved: 2026-11-20 11:20\n');
  });

  it('is over only where it says so, whatever its updates say', () => {
    const open = one(incident('x', 'A', [resolved, first], { status: 'monitoring', resolved_at: null }));
    expect(open.text).toMatch(/^status: monitoring$/m);
    expect(open.notes).toBe('Its newest update says resolved, the incident monitoring: that counts.');
    expect(readImported(open.result, NOW).incidents[0]!.status).toBe('monitoring');
    expect(readImported(open.result, NOW).faults).toEqual([]);
    const over = one(incident('x', 'A', [monitoring, first], { status: 'resolved' }));
    expect(readImported(over.result, NOW).incidents[0]!.status).toBe('resolved');
    const strange = one(incident('x', 'A', [first], { status: 'mystery' }));
    expect(readImported(strange.result, NOW).incidents[0]!.status).toBe('investigating');
  });

  it('keeps a report that came after the end', () => {
    const report = update('postmortem', '2026-11-22T09:00:00.000Z', '<p>It was a <b>queue</b>.</p>');
    const { text } = one(incident('x', 'A', [report, resolved, first]));
    expect(text).toMatch(/^status: postmortem$/m);
    expect(text).toContain('## 2026-11-22 10:00 postmortem\n\nIt was a **queue**.\n');
    expect(text).not.toContain('resolved: ');
  });

  it('without an update gets one without a text, which is said', () => {
    const { text, notes } = one({ ...incident('x', 'A', [first]), incident_updates: [] });
    expect(text).toContain('## 2026-11-20 11:00 investigating\n');
    expect(notes).toMatch(/^It had no update/);
  });

  it('stands in the order of time, and loses no text without a time', () => {
    const { text, notes } = one(
      incident(
        'x',
        'A',
        [first, resolved, { ...monitoring, display_at: 'soon', created_at: '', updated_at: '' }],
        {
          status: 'resolved',
          started_at: first.display_at,
          created_at: first.display_at,
          resolved_at: resolved.display_at,
        },
      ),
    );
    expect(text.indexOf('It flows.')).toBeLessThan(text.indexOf('## '));
    expect(text.match(/^## .*$/gm)).toEqual([
      '## 2026-11-20 11:30:07 resolved',
      '## 2026-11-20 11:00 investigating',
    ]);
    expect(notes).toContain('Its updates did not stand in the order of their times');
    expect(notes).toContain('1 of its updates had no time');
  });

  it('keeps what has no place as a comment', () => {
    const { text } = one(
      incident('x', 'A', [{ ...first, custom_tweet: 'We are on it' }], { reminder_intervals: '[3, 6]' }),
    );
    expect(text).toContain('# reminder_intervals: "[3, 6]"\n');
    expect(text).toContain('# custom_tweets:\n#   - We are on it\n');
  });
});

describe('a maintenance', () => {
  const planned = incident(
    'x',
    'Swap of disks',
    [
      update('completed', '2026-11-19T23:10:00.000Z', 'Done.'),
      update('in_progress', '2026-11-19T22:00:00.000Z', 'We have begun.'),
      update('scheduled', '2026-11-10T09:00:00.000Z', 'We will swap disks.'),
    ],
    {
      impact: 'maintenance',
      components: [MAIL],
      scheduled_for: '2026-11-19T22:00:00.000Z',
      scheduled_until: '2026-11-20T02:00:00.000Z',
    },
  );

  it('has a window, and is called after the day of the work', () => {
    const { path, text, notes } = one(planned, 'scheduled_maintenances');
    expect(path).toBe('incidents/2026-11-19-swap-of-disks.md');
    expect(text.split('---\n')[1]).toBe(`title: Swap of disks
status: completed
components: [mail]
scheduled: {from: 2026-11-19 23:00, to: 2026-11-20 03:00}
# id: x
# shortlink: https://stspg.io/x
`);
    expect(text.match(/^## .*$/gm)).toEqual([
      '## 2026-11-20 00:10 completed',
      '## 2026-11-19 23:00 in progress',
      '## 2026-11-10 10:00 scheduled',
    ]);
    expect(notes).toBe('');
  });

  it('that is announced leaves components to the clock', () => {
    const affected = [{ code: MAIL.id, name: 'Mail', old_status: 'operational', new_status: 'operational' }];
    const announced = {
      ...planned,
      status: 'scheduled',
      resolved_at: null,
      incident_updates: [{ ...planned.incident_updates[2]!, affected_components: affected }],
      scheduled_until: '2026-11-25T02:00:00.000Z',
    };
    const { reports } = answersOf(one(announced, 'scheduled_maintenances').result, NOW);
    expect(reports.get('x')).toMatchObject({ status: 'in_progress', components: [{ name: 'Mail' }] });
    expect(one(announced, 'scheduled_maintenances').text).not.toContain('{mail');
  });

  it('without a window that has a length does not run by the clock, which is said', () => {
    const { text, notes } = one(
      { ...planned, scheduled_until: planned.scheduled_for },
      'scheduled_maintenances',
    );
    expect(notes).toMatch(/^Its window has no length/);
    expect(text).toContain('# scheduled_until: 2026-11-19T22:00:00.000Z\n');
  });

  it('of old times has words of its own', () => {
    const { text, notes } = one(
      { ...planned, status: 'resolved', impact: 'minor', incident_updates: [resolved, first] },
      'scheduled_maintenances',
    );
    expect(text).toMatch(/^status: completed\nimpact: minor$/m);
    expect(notes).toContain('The status "investigating" of an update became in progress.');
  });
});

describe('a page', () => {
  it('has its components and groups in their order', () => {
    const { result } = one(incident('x', 'A', [first]));
    const group = component('groupgroup', 'Dresden', { group: true, position: 1, components: ['a', 'b'] });
    const inGroup = (id: string, name: string, position: number) =>
      component(id, name, { group_id: 'groupgroup', position });
    const { files } = importAnswers({
      components: { components: [SHOP, group, inGroup('b', 'Mail', 2), inGroup('a', 'Web', 1), MAIL] },
    });
    expect(files[0]!.text).toBe(`name: Nordhost
url: https://status.nordhost.example
timezone: Europe/Berlin
language: en
components:
  - id: dresden
    name: Dresden
    components:
      - id: web
        name: Web
      - id: dresden-mail
        name: Mail
  - id: mail
    name: Mail
  - id: web-shop
    name: Web shop
`);
    expect(result.notes).toEqual([
      expect.objectContaining({ message: expect.stringContaining('`language` is en') }),
    ]);
  });

  it('has the components that incidents list, where they were not saved', () => {
    const { files, notes } = importAnswers({
      incidents: { incidents: [incident('x', 'A', [first], { components: [MAIL] })] },
    });
    expect(files.find(({ path }) => path === 'status.config.yml')!.text).toContain('- id: mail\n');
    expect(notes.map(({ message }) => message)).toContain(
      'Listed by incidents alone, and added to the config: "Mail".',
    );
  });
});

describe('saved answers', () => {
  const A = incident('x', 'A', [first]);
  const newer = {
    ...A,
    updated_at: '2026-11-20T10:10:00.000Z',
    incident_updates: [monitoring, first],
    status: 'monitoring',
  };

  it('may hold one incident several times: the newest knowledge counts', () => {
    const { files, counts } = importAnswers({
      incidents: { incidents: [A] },
      summary: { components: [MAIL], incidents: [newer], scheduled_maintenances: [], status: {} },
      unresolved: { incidents: [A] },
    });
    expect(counts).toMatchObject({ incidents: 1, updates: 2, open: 1 });
    expect(files.filter(({ path }) => path.startsWith('incidents/'))).toHaveLength(1);
  });

  it('give files of one day and title names that stay', () => {
    const later = { ...A, id: 'Later1', created_at: '2026-11-20T11:00:00.000Z' };
    const { files } = importAnswers({ incidents: { incidents: [later, A] } });
    expect(files.map(({ path }) => path)).toEqual([
      'incidents/2026-11-20-a-later1.md',
      'incidents/2026-11-20-a.md',
      'status.config.yml',
    ]);
  });

  it('that hold something else are named, and nothing of them is lost', () => {
    const result = importAnswers({
      incidents: {
        incidents: [
          A,
          'a text',
          { ...A, id: 'y', created_at: 0, started_at: null, incident_updates: [], updated_at: null },
        ],
      },
      other: { subscribers: [] },
    });
    expect(result.passedOver).toEqual(['other.json']);
    expect(result.unread.map(({ message }) => message)).toEqual([
      'An entry is no incident and no component. Kept as incidents/_not-imported/incidents.json.',
      '"A (y)" has no time to go by. Kept as incidents/_not-imported/incidents-2.json.',
    ]);
    expect(result.files.find(({ path }) => path.endsWith('incidents.json'))!.text).toBe('"a text"\n');
  });

  it('that are no JSON are named, and the others come over', () => {
    const text = JSON.stringify({ page: PAGE, incidents: [A] });
    const files = [
      { path: 'broken.json', text: '{"incidents": [' },
      { path: 'incidents.json', text: `\ufeff${text}` },
    ];
    const { unread, counts } = importStatuspage(files, null);
    expect(unread).toEqual([{ file: 'broken.json', message: expect.stringMatching(/^It is no JSON: /) }]);
    expect(counts.incidents).toBe(1);
  });
});
