import { describe, expect, it } from 'vitest';
import { deriveIncident } from '../../../src/domain/incident-status.ts';
import { deriveStatus } from '../../../src/domain/status.ts';
import { at, incident, site, update } from './sample.ts';

const now = at('2026-11-21T18:00:00Z');

describe('an incident', () => {
  it('is open from the moment its file says so, whatever its times say', () => {
    const future = incident([update('2026-11-22T09:00:00Z', 'investigating')]);
    expect(deriveIncident(future, now).phase).toBe('open');
  });

  it('puts a component listed without a state into the state of its impact', () => {
    const one = incident([update('2026-11-21T17:00:00Z', 'investigating')], {
      impact: 'critical',
      components: [{ id: 'web', state: null }],
    });
    expect(deriveIncident(one, now).components).toEqual([{ id: 'web', state: 'major outage' }]);
  });

  it('takes a component state from an update heading from that moment on', () => {
    const one = incident(
      [
        update('2026-11-21T16:00:00Z', 'investigating'),
        update('2026-11-21T17:00:00Z', 'identified', {
          states: { web: 'degraded performance', mail: 'partial outage' },
        }),
      ],
      { components: [{ id: 'web', state: 'major outage' }] },
    );
    const derived = deriveIncident(one, now);
    expect(derived.components).toEqual([
      { id: 'web', state: 'degraded performance' },
      { id: 'mail', state: 'partial outage' },
    ]);
    expect(derived.spans).toEqual([
      {
        component: 'web',
        state: 'major outage',
        from: at('2026-11-21T16:00:00Z'),
        to: at('2026-11-21T17:00:00Z'),
      },
      { component: 'web', state: 'degraded performance', from: at('2026-11-21T17:00:00Z'), to: null },
      { component: 'mail', state: 'partial outage', from: at('2026-11-21T17:00:00Z'), to: null },
    ]);
  });

  it('does not let an update dated later than now make things look better before its time', () => {
    const one = incident(
      [
        update('2026-11-21T17:00:00Z', 'investigating', { states: { web: 'major outage' } }),
        update('2026-11-21T19:00:00Z', 'monitoring', { states: { web: 'operational' } }),
      ],
      { components: [{ id: 'web', state: null }] },
    );
    expect(deriveIncident(one, now).components).toEqual([{ id: 'web', state: 'major outage' }]);
  });

  it('ends with the update that resolved it for good, not with an earlier one', () => {
    const one = incident([
      update('2026-11-21T10:00:00Z', 'investigating'),
      update('2026-11-21T11:00:00Z', 'resolved'),
      update('2026-11-21T12:00:00Z', 'identified'),
      update('2026-11-21T13:00:00Z', 'resolved'),
      update('2026-11-23T13:00:00Z', 'postmortem'),
    ]);
    const derived = deriveIncident(one, at('2026-11-24T00:00:00Z'));
    expect(derived.phase).toBe('closed');
    expect(derived.endedAt).toBe(at('2026-11-21T13:00:00Z'));
  });

  it('counts the time between a first end and a relapse as up', () => {
    const one = incident(
      [
        update('2026-11-21T10:00:00Z', 'investigating'),
        update('2026-11-21T11:00:00Z', 'resolved'),
        update('2026-11-21T12:00:00Z', 'identified'),
        update('2026-11-21T13:00:00Z', 'resolved'),
      ],
      { components: [{ id: 'web', state: 'partial outage' }] },
    );
    expect(deriveIncident(one, now).spans.map(({ from, to }) => [from, to])).toEqual([
      [at('2026-11-21T10:00:00Z'), at('2026-11-21T11:00:00Z')],
      [at('2026-11-21T12:00:00Z'), at('2026-11-21T13:00:00Z')],
    ]);
  });

  it('ends when the frontmatter says so, where that differs from the resolving update', () => {
    const updates = [
      update('2026-11-21T10:00:00Z', 'investigating'),
      update('2026-11-21T11:00:00Z', 'resolved'),
    ];
    for (const resolved of ['2026-11-21T10:40:00Z', '2026-11-21T11:20:00Z']) {
      const derived = deriveIncident(
        incident(updates, { resolved: at(resolved), components: [{ id: 'web', state: 'major outage' }] }),
        now,
      );
      expect(derived.endedAt).toBe(at(resolved));
      expect(derived.spans).toEqual([
        { component: 'web', state: 'major outage', from: at('2026-11-21T10:00:00Z'), to: at(resolved) },
      ]);
    }
  });

  it('does not believe an end that lies before the start', () => {
    const updates = [
      update('2026-11-21T10:00:00Z', 'investigating'),
      update('2026-11-21T11:00:00Z', 'resolved'),
    ];
    const derived = deriveIncident(incident(updates, { resolved: at('2026-11-20T11:00:00Z') }), now);
    expect(derived.endedAt).toBe(at('2026-11-21T11:00:00Z'));
  });

  it('is not closed by an end in the frontmatter while its status is open', () => {
    const one = incident([update('2026-11-21T10:00:00Z', 'monitoring')], {
      resolved: at('2026-11-21T11:00:00Z'),
    });
    expect(deriveIncident(one, now)).toMatchObject({ phase: 'open', endedAt: null });
  });

  it('keeps a promise until an update comes at or after it, and drops it when it is closed', () => {
    const promised = at('2026-11-21T17:30:00Z');
    const early = incident([update('2026-11-21T17:00:00Z', 'identified')], { nextUpdate: promised });
    const kept = incident([update('2026-11-21T17:35:00Z', 'identified')], { nextUpdate: promised });
    const closed = incident([update('2026-11-21T17:00:00Z', 'resolved')], { nextUpdate: promised });
    expect([early, kept, closed].map((one) => deriveIncident(one, now).nextUpdate)).toEqual([
      promised,
      null,
      null,
    ]);
  });

  it('that cannot be read is open for 30 days from the date in its name, and then stands in the history only', () => {
    const unreadable = (date: string) =>
      incident([update(`${date}T00:00:00Z`, 'investigating')], {
        readable: false,
        nameDate: at(`${date}T00:00:00Z`),
      });
    expect(deriveIncident(unreadable('2026-11-20'), now).phase).toBe('open');
    expect(deriveIncident(unreadable('2026-10-01'), now).phase).toBe('unread');
    const undated = incident([update('2020-01-01T00:00:00Z', 'investigating')], { readable: false });
    expect(deriveIncident(undated, now).phase).toBe('open');
  });
});

describe('a notice', () => {
  const updates = [update('2026-11-20T10:00:00Z', 'notice')];

  it('holds until its end', () => {
    const until = at('2026-11-21T18:00:00Z');
    const one = incident(updates, { kind: 'notice', until });
    expect(deriveIncident(one, until - 1).phase).toBe('open');
    expect(deriveIncident(one, until)).toMatchObject({ phase: 'closed', endedAt: until });
  });

  it('without an end holds for ever, and touches no component', () => {
    const one = incident(updates, { kind: 'notice', components: [{ id: 'web', state: 'major outage' }] });
    expect(deriveIncident(one, at('2036-01-01T00:00:00Z'))).toMatchObject({ phase: 'open', spans: [] });
  });
});

describe('a report that was promised', () => {
  const by = at('2026-11-28T00:00:00Z');
  const reportBy = { by, precision: 'day' as const, lateFrom: by + 86_400_000 };
  const closed = (more = {}) =>
    incident([update('2026-11-20T17:00:00Z', 'investigating'), update('2026-11-20T18:00:00Z', 'resolved')], {
      reportBy,
      ...more,
    });

  it('is owed from the moment the incident is closed, and late once the promised day is over', () => {
    expect(deriveIncident(closed(), now).report).toEqual({ ...reportBy, late: false });
    expect(deriveIncident(closed(), reportBy.lateFrom - 1).report?.late).toBe(false);
    expect(deriveIncident(closed(), reportBy.lateFrom).report?.late).toBe(true);
  });

  it('is not owed while the incident is open, once it is there, and where none was promised', () => {
    const open = incident([update('2026-11-20T17:00:00Z', 'investigating')], { reportBy });
    const there = closed();
    there.updates.push(update('2026-11-21T09:00:00Z', 'postmortem'));
    for (const one of [open, there, closed({ reportBy: null })]) {
      expect(deriveIncident(one, reportBy.lateFrom).report).toBeNull();
    }
  });

  it('changes the page at the instant at which it becomes late', () => {
    expect(deriveStatus(site, [closed()], now).nextChange).toBe(reportBy.lateFrom);
    expect(deriveStatus(site, [closed()], reportBy.lateFrom).nextChange).toBeNull();
  });
});
