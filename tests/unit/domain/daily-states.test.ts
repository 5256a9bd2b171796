import { describe, expect, it } from 'vitest';
import { dailyStates, worstDays } from '../../../src/domain/daily-states.ts';
import { deriveStatus } from '../../../src/domain/status.ts';
import { at, incident, site, update } from './sample.ts';

const now = at('2026-11-21T18:00:00Z');

function days(history: Parameters<typeof deriveStatus>[1], count = 4, when = now) {
  return dailyStates(site, deriveStatus(site, history, when), count);
}

describe('the days of a component', () => {
  it('end with today in the zone of the site', () => {
    const late = at('2026-11-21T23:30:00Z');
    expect(days([], 2, late).web!.map((day) => day.date)).toEqual(['2026-11-21', '2026-11-22']);
  });

  it('have the worst state that any incident put it into on that day', () => {
    const outage = incident(
      [
        update('2026-11-19T22:00:00Z', 'investigating'),
        update('2026-11-20T06:00:00Z', 'monitoring', { states: { web: 'degraded performance' } }),
        update('2026-11-20T08:00:00Z', 'resolved'),
      ],
      { components: [{ id: 'web', state: 'major outage' }] },
    );
    expect(days([outage]).web!.map((day) => day.state)).toEqual([
      'operational',
      'major outage',
      'major outage',
      'operational',
    ]);
    expect(days([outage]).web![2]!.causes).toEqual(['power']);
    expect(days([outage]).mail!.every((day) => day.state === 'operational')).toBe(true);
  });

  it('do not count a day on which trouble ended at its very first moment', () => {
    const outage = incident(
      [update('2026-11-19T10:00:00Z', 'investigating'), update('2026-11-19T23:00:00Z', 'resolved')],
      { components: [{ id: 'web', state: null }] },
    );
    expect(days([outage]).web!.map((day) => day.state)).toEqual([
      'operational',
      'degraded performance',
      'operational',
      'operational',
    ]);
  });

  it('show an open incident up to today, and one without a known length on its day', () => {
    const open = incident([update('2026-11-20T10:00:00Z', 'investigating')], {
      components: [{ id: 'web', state: null }],
    });
    const short = incident([update('2026-11-19T10:00:00Z', 'resolved')], {
      slug: 'b',
      components: [{ id: 'api', state: null }],
    });
    const result = days([open, short]);
    expect(result.web!.map((day) => day.causes.length)).toEqual([0, 0, 1, 1]);
    expect(result.api!.map((day) => day.causes.length)).toEqual([0, 1, 0, 0]);
  });

  it('hold across a change of the clocks', () => {
    const when = at('2026-10-26T12:00:00Z');
    const outage = incident(
      [update('2026-10-24T22:30:00Z', 'investigating'), update('2026-10-25T22:30:00Z', 'resolved')],
      { components: [{ id: 'web', state: null }] },
    );
    expect(days([outage], 3, when).web!.map((day) => [day.date, day.causes.length])).toEqual([
      ['2026-10-24', 0],
      ['2026-10-25', 1],
      ['2026-10-26', 0],
    ]);
  });
});

it('the days of several components are as bad as the worst of them, for all their reasons', () => {
  const outage = (slug: string, day: string, id: string, state: 'major outage' | 'partial outage') =>
    incident([update(`${day}T10:00:00Z`, 'investigating'), update(`${day}T11:00:00Z`, 'resolved')], {
      slug,
      components: [{ id, state }],
    });
  const { web, mail } = days([
    outage('a', '2026-11-19', 'web', 'partial outage'),
    outage('b', '2026-11-20', 'web', 'partial outage'),
    outage('c', '2026-11-20', 'mail', 'major outage'),
  ]);
  expect(worstDays([web!, mail!]).map(({ state, causes }) => [state, causes])).toEqual([
    ['operational', []],
    ['partial outage', ['a']],
    ['major outage', ['b', 'c']],
    ['operational', []],
  ]);
});
