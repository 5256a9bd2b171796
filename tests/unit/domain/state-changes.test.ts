import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Incident } from '../../../src/domain/incident.ts';
import { deriveIncident } from '../../../src/domain/incident-status.ts';
import { stateChanges } from '../../../src/domain/state-changes.ts';
import { COMPONENT_STATES, INCIDENT_STATUSES, MAINTENANCE_STATUSES } from '../../../src/domain/words.ts';
import { at, incident, update } from './sample.ts';

const now = at('2026-11-21T18:00:00Z');

function told(one: Incident): string[][] {
  return stateChanges(deriveIncident(one, now), now).map((changes) =>
    changes.map(({ component, before, after }) => `${component}: ${before} > ${after}`),
  );
}

describe('what an update makes of components', () => {
  it('is, of the first one, the state of each that the incident names', () => {
    const one = incident([update('2026-11-21T17:00:00Z', 'investigating')], {
      impact: 'major',
      components: [
        { id: 'web', state: null },
        { id: 'mail', state: 'operational' },
      ],
    });
    expect(told(one)).toEqual([['web: operational > partial outage', 'mail: operational > operational']]);
  });

  it('is nothing of an update that gives no state', () => {
    const one = incident(
      [update('2026-11-21T17:00:00Z', 'investigating'), update('2026-11-21T17:10:00Z', 'identified')],
      { components: [{ id: 'web', state: null }] },
    );
    expect(told(one)[1]).toEqual([]);
  });

  it('is, of the last one of what is over, that all work again', () => {
    const one = incident(
      [
        update('2026-11-21T17:00:00Z', 'investigating', { states: { api: 'major outage' } }),
        update('2026-11-21T17:10:00Z', 'resolved'),
        update('2026-11-21T17:20:00Z', 'postmortem'),
      ],
      { components: [{ id: 'web', state: null }] },
    );
    expect(told(one)).toEqual([
      ['web: operational > degraded performance', 'api: operational > major outage'],
      ['web: degraded performance > operational', 'api: major outage > operational'],
      [],
    ]);
  });

  it('is nothing better yet of an update that is ahead of the clock', () => {
    const one = incident(
      [
        update('2026-11-21T17:00:00Z', 'investigating'),
        update('2026-11-21T20:00:00Z', 'monitoring', { states: { web: 'operational' } }),
      ],
      { components: [{ id: 'web', state: 'major outage' }] },
    );
    expect(told(one)[1]).toEqual(['web: major outage > major outage']);
  });

  it('is maintenance from when work begins until it ends', () => {
    const one = incident(
      [
        update('2026-11-21T15:00:00Z', 'scheduled'),
        update('2026-11-21T16:00:00Z', 'in progress'),
        update('2026-11-21T17:00:00Z', 'completed'),
      ],
      { kind: 'maintenance', components: [{ id: 'web', state: null }] },
    );
    expect(told(one)).toEqual([
      ['web: operational > operational'],
      ['web: operational > under maintenance'],
      ['web: under maintenance > operational'],
    ]);
  });

  it('leads in the end to the states that the incident is derived to have', () => {
    const kinds = fc.constantFrom(
      { kind: 'incident' as const, statuses: INCIDENT_STATUSES },
      { kind: 'maintenance' as const, statuses: MAINTENANCE_STATUSES },
    );
    const component = fc.constantFrom('web', 'mail', 'api');
    const state = fc.constantFrom(...COMPONENT_STATES);
    fc.assert(
      fc.property(
        kinds.chain(({ kind, statuses }) =>
          fc
            .tuple(
              fc.array(
                fc.record({
                  minutes: fc.integer({ min: -600, max: 60 }),
                  status: fc.constantFrom(...statuses),
                  states: fc.dictionary(component, state, { noNullPrototype: true }),
                }),
                { minLength: 1, maxLength: 6 },
              ),
              fc.uniqueArray(fc.record({ id: component, state: fc.option(state) }), {
                selector: ({ id }) => id,
              }),
            )
            .map(([drafts, components]) =>
              incident(
                drafts
                  .sort((a, b) => a.minutes - b.minutes)
                  .map(({ minutes, status, states }) =>
                    update(new Date(now + minutes * 60_000).toISOString(), status, { states }),
                  ),
                { kind, components },
              ),
            ),
        ),
        (one) => {
          const derived = deriveIncident(one, now);
          if (derived.phase !== 'open') return;
          const derivedStates = new Map<string, string>(
            derived.components.map(({ id, state: is }) => [id, is]),
          );
          const last = new Map<string, string>();
          for (const { component: id, after } of stateChanges(derived, now).flat()) last.set(id, after);
          for (const id of ['web', 'mail', 'api']) {
            expect(last.get(id) ?? 'operational').toBe(derivedStates.get(id) ?? 'operational');
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});
