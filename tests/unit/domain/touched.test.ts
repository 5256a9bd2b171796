import { describe, expect, it } from 'vitest';
import { touchedComponents, touchedEntries } from '../../../src/domain/touched.ts';
import { incident, site, update } from './sample.ts';

describe('what an incident touched', () => {
  const named = incident(
    [
      update('2026-11-21T17:00:00Z', 'investigating', { states: { api: 'major outage' } }),
      update('2026-11-21T18:00:00Z', 'resolved'),
    ],
    { components: [{ id: 'mail', state: null }] },
  );

  it('is what it names and what an update gave a state, for ever', () => {
    expect([...touchedComponents(named)]).toEqual(['mail', 'api']);
  });

  it('includes the groups of these components', () => {
    expect([...touchedEntries(named, site)]).toEqual(['mail', 'api', 'dresden']);
  });

  it('may be nothing', () => {
    expect(touchedEntries(incident([update('2026-11-21T17:00:00Z', 'notice')]), site).size).toBe(0);
  });
});
