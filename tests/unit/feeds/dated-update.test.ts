import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Incident } from '../../../src/domain/incident.ts';
import { deriveStatus } from '../../../src/domain/status.ts';
import { datedUpdates, newestOfEach } from '../../../src/feeds/dated-update.ts';
import { at, incident, site, update } from '../domain/sample.ts';

const now = at('2026-11-21T18:00:00Z');

const dated = (incidents: Incident[], when = now) => datedUpdates(deriveStatus(site, incidents, when));
const dates = (incidents: Incident[]) => dated(incidents).map((one) => one.at);

describe('the dates of updates in feeds', () => {
  it('are one second after the newest past update for one that is ahead of the clock', () => {
    const one = incident([
      update('2026-11-21T17:00:00Z', 'investigating'),
      update('2026-11-22T17:00:00Z', 'identified'),
    ]);
    expect(dates([one])).toEqual([at('2026-11-21T17:00:01Z'), at('2026-11-21T17:00:00Z')]);
  });

  it('are missing where everything lies ahead', () => {
    expect(dates([incident([update('2026-11-22T17:00:00Z', 'identified')])])).toEqual([null]);
  });

  it('are of the announcement of a maintenance, not of its window', () => {
    const work = incident([update('2026-11-20T09:00:00Z', 'scheduled')], {
      kind: 'maintenance',
      window: { from: now + 3_600_000, to: now + 7_200_000 },
    });
    expect(dates([work])).toEqual([at('2026-11-20T09:00:00Z')]);
  });

  it('do not change while nothing is said', () => {
    const two = incident([
      update('2026-11-21T17:00:00Z', 'investigating'),
      update('2026-11-21T17:00:00Z', 'identified'),
    ]);
    const said = (when: number) => dated([two], when).map(({ at, update }) => [at, update.id]);
    expect(said(now + 86_400_000)).toEqual(said(now));
  });

  it('are never two in one second and never in the future, and keep the order of the updates', () => {
    const history = fc.array(
      fc
        .array(fc.integer({ min: -4, max: 2 }), { minLength: 1, maxLength: 6 })
        .map((seconds) => seconds.sort((a, b) => a - b)),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(history, (incidents) => {
        const feed = dated(
          incidents.map((seconds, index) =>
            incident(
              seconds.map((second, place) => ({
                ...update('2026-11-21T18:00:00Z', 'investigating'),
                at: now + second * 1000,
                id: String(place),
              })),
              { slug: `s${index}` },
            ),
          ),
        );
        const given = feed.map((one) => one.at).filter((date) => date !== null);
        expect(new Set(given).size).toBe(given.length);
        expect(Math.max(...given, now)).toBe(now);
        expect(given).toEqual(given.toSorted((a, b) => b - a));
        for (const [index, seconds] of incidents.entries()) {
          const order = feed
            .filter(({ one }) => one.incident.slug === `s${index}`)
            .map(({ update }) => update.id);
          expect(order).toEqual(seconds.map((_, place) => String(place)).reverse());
        }
      }),
    );
  });
});

describe('the newest updates of a component or group', () => {
  const about = (slug: string, id: string, hour: string, more: Partial<Incident> = {}) =>
    incident([update(`2026-11-21T${hour}:00:00Z`, 'investigating', { id: slug })], {
      slug,
      components: [{ id, state: null }],
      ...more,
    });
  const ids = (incidents: Incident[], subject: string, count = 50) =>
    newestOfEach(site, dated(incidents), count)
      .get(subject)
      ?.map(({ update }) => update.id);

  it('are those of the incidents that touched it, for a group of those that touched one of its components', () => {
    const incidents = [about('m', 'mail', '10'), about('w', 'web', '11'), about('a', 'api', '12')];
    expect(ids(incidents, 'mail')).toEqual(['m']);
    expect(ids(incidents, 'dresden')).toEqual(['w', 'm']);
    expect(ids(incidents, 'api')).toEqual(['a']);
  });

  it('are all updates of an incident that touched it by one update alone', () => {
    const spread = incident([
      update('2026-11-21T10:00:00Z', 'investigating', { id: 'first' }),
      update('2026-11-21T11:00:00Z', 'identified', { id: 'second', states: { mail: 'major outage' } }),
      update('2026-11-21T12:00:00Z', 'resolved', { id: 'third', states: { mail: 'operational' } }),
    ]);
    expect(ids([spread], 'mail')).toEqual(['third', 'second', 'first']);
    expect(ids([spread], 'web')).toBeUndefined();
  });

  it('are not more than asked for', () => {
    const incidents = ['10', '11', '12'].map((hour) => about(`m${hour}`, 'mail', hour));
    expect(ids(incidents, 'mail', 2)).toEqual(['m12', 'm11']);
    expect(ids(incidents, 'dresden', 2)).toEqual(['m12', 'm11']);
  });
});
