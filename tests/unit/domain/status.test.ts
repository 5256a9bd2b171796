import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Incident, Update } from '../../../src/domain/incident.ts';
import { deriveStatus, type SiteStatus } from '../../../src/domain/status.ts';
import {
  COMPONENT_STATES,
  IMPACTS,
  INCIDENT_STATUSES,
  INDICATORS,
  impactOfState,
  isEnded,
} from '../../../src/domain/words.ts';
import { at, incident, site, update } from './sample.ts';

const now = at('2026-11-21T18:00:00Z');
const minute = 60_000;

describe('the page', () => {
  it('is all well without incidents', () => {
    expect(deriveStatus(site, [], now)).toMatchObject({
      indicator: 'none',
      open: [],
      groups: { dresden: 'operational' },
    });
  });

  it('shows the worst state of several incidents on one component, and of its group', () => {
    const status = deriveStatus(
      site,
      [
        incident([update('2026-11-21T10:00:00Z', 'identified')], {
          slug: 'a',
          components: [{ id: 'mail', state: null }],
        }),
        incident([update('2026-11-21T09:00:00Z', 'identified')], {
          slug: 'b',
          impact: 'major',
          components: [{ id: 'mail', state: null }],
        }),
      ],
      now,
    );
    expect(status.components.mail).toEqual({ id: 'mail', state: 'partial outage', causes: ['b', 'a'] });
    expect(status.groups.dresden).toBe('partial outage');
    expect(status.indicator).toBe('major');
    expect(status.open.map((one) => one.incident.slug)).toEqual(['b', 'a']);
  });

  it('is never better than the worst component of an open incident, whatever the impact says', () => {
    const mild = incident([update('2026-11-21T10:00:00Z', 'identified')], {
      impact: 'minor',
      components: [{ id: 'web', state: 'major outage' }],
    });
    expect(deriveStatus(site, [mild], now).indicator).toBe('critical');
  });

  it('is not green where an open incident names a component that nobody knows', () => {
    const unknown = incident([update('2026-11-21T10:00:00Z', 'identified')], {
      impact: 'none',
      unknownComponents: ['wbe'],
    });
    expect(deriveStatus(site, [unknown], now).indicator).toBe('minor');
  });

  it('says when it next changes by the clock', () => {
    const promise = now + 30 * minute;
    const window = { from: now + 60 * minute, to: now + 90 * minute };
    const status = deriveStatus(
      site,
      [
        incident([update('2026-11-21T17:50:00Z', 'identified')], { slug: 'a', nextUpdate: promise }),
        incident([update('2026-11-20T17:50:00Z', 'scheduled')], { slug: 'b', kind: 'maintenance', window }),
      ],
      now,
    );
    expect(status.nextChange).toBe(promise);
    expect(deriveStatus(site, [], now).nextChange).toBeNull();
  });

  it('lists what ended in the last 14 days, the latest end first', () => {
    const ended = (slug: string, end: string) =>
      incident([update('2026-10-01T00:00:00Z', 'investigating'), update(end, 'resolved')], { slug });
    const status = deriveStatus(
      site,
      [
        ended('a', '2026-11-08T00:00:00Z'),
        ended('b', '2026-11-20T00:00:00Z'),
        ended('c', '2026-11-07T00:00:00Z'),
      ],
      now,
    );
    expect(status.recent.map((one) => one.incident.slug)).toEqual(['b', 'a']);
  });
});

const state = fc.constantFrom(...COMPONENT_STATES);
const componentId = fc.constantFrom('web', 'mail', 'api');
const instant = fc.integer({ min: -60 * 24, max: 60 }).map((minutes) => now + minutes * minute);

const anyUpdate = fc.record({
  at: instant,
  status: fc.constantFrom(...INCIDENT_STATUSES),
  states: fc.dictionary(componentId, state, { maxKeys: 2 }),
});

const anyIncident: fc.Arbitrary<Incident> = fc
  .record({
    slug: fc.uuid(),
    updates: fc.array(anyUpdate, { minLength: 1, maxLength: 5 }),
    impact: fc.constantFrom(...IMPACTS),
    components: fc.uniqueArray(fc.record({ id: componentId, state: fc.option(state) }), {
      selector: (ref) => ref.id,
    }),
    unknownComponents: fc.array(fc.constant('?'), { maxLength: 1 }),
    resolved: fc.option(instant),
    started: fc.option(instant),
    readable: fc.boolean(),
  })
  .map(({ updates, ...more }) => {
    const sorted = updates
      .sort((a, b) => a.at - b.at)
      .map(
        (one, index): Update => ({
          ...update('2026-11-21T00:00:00Z', one.status),
          ...one,
          id: String(index),
        }),
      );
    return incident(sorted, more);
  });

const anyMaintenance: fc.Arbitrary<Incident> = fc
  .record({
    slug: fc.uuid(),
    from: instant,
    length: fc.integer({ min: 1, max: 600 }),
    id: componentId,
    auto: fc.boolean(),
  })
  .map(({ slug, from, length, id, auto }) =>
    incident([update('2026-11-01T00:00:00Z', 'scheduled')], {
      slug,
      kind: 'maintenance',
      window: { from, to: from + length * minute },
      components: [{ id, state: null }],
      autoComplete: auto,
    }),
  );

const anyHistory = fc.array(fc.oneof(anyIncident, anyMaintenance), { maxLength: 6 });

function badness(status: SiteStatus): number[] {
  return [
    INDICATORS.indexOf(status.indicator),
    ...Object.values(status.components).map((component) => COMPONENT_STATES.indexOf(component.state)),
    ...Object.values(status.groups).map((group) => COMPONENT_STATES.indexOf(group)),
  ];
}

describe('the laws', () => {
  it('never falsely green: while a file says that an incident is open, it stands on the page with its states', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        const status = deriveStatus(site, history, now);
        for (const one of history) {
          if (one.kind !== 'incident' || isEnded(one.status)) continue;
          const shown = status.open.find((candidate) => candidate.incident.slug === one.slug)!;
          expect(shown.phase).toBe('open');
          expect(INDICATORS.indexOf(status.indicator)).toBeGreaterThanOrEqual(INDICATORS.indexOf(one.impact));
          for (const { id, state } of shown.components) {
            expect(COMPONENT_STATES.indexOf(status.components[id]!.state)).toBeGreaterThanOrEqual(
              COMPONENT_STATES.indexOf(state),
            );
          }
        }
        for (const component of Object.values(status.components)) {
          expect(INDICATORS.indexOf(status.indicator)).toBeGreaterThanOrEqual(
            INDICATORS.indexOf(impactOfState(component.state)),
          );
        }
      }),
    );
  });

  it('a maintenance never masks an outage', () => {
    fc.assert(
      fc.property(anyHistory, anyMaintenance, (history, work) => {
        const without = badness(deriveStatus(site, history, now));
        const beside = badness(deriveStatus(site, [...history, work], now));
        for (const [index, value] of without.entries()) expect(beside[index]).toBeGreaterThanOrEqual(value);
      }),
    );
  });

  it('adding an open incident never improves the page', () => {
    fc.assert(
      fc.property(anyHistory, anyIncident, (history, one) => {
        fc.pre(!isEnded(one.status));
        const before = badness(deriveStatus(site, history, now));
        const after = badness(deriveStatus(site, [...history, one], now));
        for (const [index, value] of before.entries()) expect(after[index]).toBeGreaterThanOrEqual(value);
      }),
    );
  });

  it('the order of the files does not matter', () => {
    const shuffled = anyHistory.chain((history) =>
      fc.tuple(fc.constant(history), fc.shuffledSubarray(history, { minLength: history.length })),
    );
    fc.assert(
      fc.property(shuffled, ([history, other]) => {
        expect(deriveStatus(site, other, now)).toEqual(deriveStatus(site, history, now));
      }),
    );
  });

  it('no incident ends before it began, and no state lasts less than nothing', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        for (const one of deriveStatus(site, history, now).incidents) {
          if (one.endedAt !== null) expect(one.endedAt).toBeGreaterThanOrEqual(one.startedAt);
          for (const span of one.spans) expect(span.to ?? Infinity).toBeGreaterThanOrEqual(span.from);
        }
      }),
    );
  });

  it('deriving does not change what was read', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        const before = JSON.stringify(history);
        deriveStatus(site, history, now);
        expect(JSON.stringify(history)).toBe(before);
      }),
    );
  });
});
