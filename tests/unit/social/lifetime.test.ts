import { describe, expect, it } from 'vitest';
import { deriveIncident } from '../../../src/domain/incident-status.ts';
import { hasCard, hasUpdateCards } from '../../../src/social/lifetime.ts';
import { at, incident, update } from '../domain/sample.ts';

const now = at('2026-11-21T18:00:00Z');

describe('cards', () => {
  it('are kept for open incidents, however old', () => {
    const old = deriveIncident(incident([update('2020-01-01T00:00:00Z', 'monitoring')]), now);
    expect([hasCard(old, now), hasUpdateCards(old, now)]).toEqual([true, true]);
  });

  it('of closed incidents are kept for a year, those of their updates for 30 days', () => {
    const ended = (time: string) => deriveIncident(incident([update(time, 'resolved')]), now);
    expect(
      ['2026-11-01', '2026-10-01', '2025-10-01']
        .map((day) => ended(`${day}T00:00:00Z`))
        .map((one) => [hasCard(one, now), hasUpdateCards(one, now)]),
    ).toEqual([
      [true, true],
      [true, false],
      [false, false],
    ]);
  });

  it('come back when a report is added to an old incident', () => {
    const reported = incident([
      update('2026-01-01T00:00:00Z', 'resolved'),
      update('2026-11-20T00:00:00Z', 'postmortem'),
    ]);
    expect(hasUpdateCards(deriveIncident(reported, now), now)).toBe(true);
  });
});
