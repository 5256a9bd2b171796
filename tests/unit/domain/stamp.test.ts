import { describe, expect, it } from 'vitest';
import { instantText } from '../../../src/domain/stamp.ts';

describe('an instant for machines', () => {
  it.each([
    ['2026-11-21T17:31:00Z', 'Europe/Berlin', '2026-11-21T18:31:00+01:00'],
    ['2026-07-01T22:30:05.999Z', 'Europe/Berlin', '2026-07-02T00:30:05+02:00'],
    ['2026-07-01T22:30:00Z', 'America/St_Johns', '2026-07-01T20:00:00-02:30'],
    ['2026-07-01T22:30:00Z', 'UTC', '2026-07-01T22:30:00Z'],
  ])('%s reads in %s as %s', (at, zone, text) => {
    expect(instantText(Date.parse(at), zone)).toBe(text);
    expect(Math.floor(Date.parse(text) / 1000)).toBe(Math.floor(Date.parse(at) / 1000));
  });
});
