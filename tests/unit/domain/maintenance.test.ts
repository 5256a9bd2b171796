import { describe, expect, it } from 'vitest';
import type { Incident } from '../../../src/domain/incident.ts';
import { deriveIncident } from '../../../src/domain/incident-status.ts';
import { at, incident, update } from './sample.ts';

const from = at('2026-11-21T22:00:00Z');
const to = at('2026-11-22T02:00:00Z');
const announced = update('2026-11-14T09:00:00Z', 'scheduled');

function maintenance(more: Partial<Incident> = {}, updates = [announced]): Incident {
  return incident(updates, {
    kind: 'maintenance',
    window: { from, to },
    components: [{ id: 'web', state: null }],
    ...more,
  });
}

describe('a maintenance', () => {
  it('is announced before its window, in progress within it and completed after it, all by the clock', () => {
    const phases = [from - 1, from, to - 1, to].map((now) => {
      const { phase, status, components } = deriveIncident(maintenance(), now);
      return [phase, status, components[0]!.state];
    });
    expect(phases).toEqual([
      ['upcoming', 'scheduled', 'operational'],
      ['open', 'in progress', 'under maintenance'],
      ['open', 'in progress', 'under maintenance'],
      ['closed', 'completed', 'under maintenance'],
    ]);
  });

  it('shows what the clock did as updates of its own', () => {
    const { updates } = deriveIncident(maintenance(), to);
    expect(updates.map(({ id, at, status }) => [id, at, status])).toEqual([
      [announced.id, announced.at, 'scheduled'],
      ['start', from, 'in progress'],
      ['end', to, 'completed'],
    ]);
  });

  it('does not end by itself where auto-complete is off, or somebody wrote an update since it began', () => {
    const byHand = deriveIncident(maintenance({ autoComplete: false }), to + 1);
    expect(byHand).toMatchObject({ phase: 'open', status: 'in progress', overrun: true });
    const reported = maintenance({ status: 'verifying' }, [
      announced,
      update('2026-11-21T22:05:00Z', 'verifying'),
    ]);
    expect(deriveIncident(reported, to + 1)).toMatchObject({
      phase: 'open',
      status: 'verifying',
      overrun: true,
    });
  });

  it('leaves the word to people once they report its beginning', () => {
    const reported = maintenance({}, [announced, update('2026-11-21T22:05:00Z', 'in progress')]);
    const { updates, startedAt } = deriveIncident(reported, to - 1);
    expect(updates.map(({ clock }) => clock)).toEqual([null, null]);
    expect(startedAt).toBe(at('2026-11-21T22:05:00Z'));
  });

  it('that was called off before it began took no time', () => {
    const off = maintenance({}, [announced, update('2026-11-20T09:00:00Z', 'cancelled')]);
    expect(deriveIncident(off, to)).toMatchObject({
      phase: 'closed',
      status: 'cancelled',
      endedAt: null,
      spans: [],
    });
  });

  it('without a window stays what its file says and never ends by itself', () => {
    const distant = at('2036-01-01T00:00:00Z');
    expect(deriveIncident(maintenance({ window: null }), distant).phase).toBe('upcoming');
    const running = maintenance({ window: null }, [update('2026-11-21T22:05:00Z', 'in progress')]);
    expect(deriveIncident(running, distant)).toMatchObject({ phase: 'open', status: 'in progress' });
  });

  it('that began early is in progress before its window', () => {
    const early = maintenance({}, [announced, update('2026-11-21T21:30:00Z', 'in progress')]);
    expect(deriveIncident(early, from - 1)).toMatchObject({
      phase: 'open',
      startedAt: at('2026-11-21T21:30:00Z'),
    });
  });

  it('that people report completed ends with their word', () => {
    const done = maintenance({}, [announced, update('2026-11-22T01:10:00Z', 'completed')]);
    const derived = deriveIncident(done, to);
    expect(derived).toMatchObject({ phase: 'closed', startedAt: from, endedAt: at('2026-11-22T01:10:00Z') });
    expect(derived.updates.map(({ id }) => id)).toContain('start');
  });
});
