import { expect, it } from 'vitest';
import { deriveIncident } from '../../../src/domain/incident-status.ts';
import { newestChange } from '../../../src/domain/newest-change.ts';
import { at, incident, update } from './sample.ts';

const now = at('2026-11-21T17:31:00Z');
const entry = (...times: string[]) =>
  deriveIncident(incident(times.map((time) => update(time, 'investigating'))), now);

it('what is said is as old as the newest update of all', () => {
  const entries = [entry('2026-11-20T10:00:00Z', '2026-11-21T09:00:00Z'), entry('2026-11-21T08:00:00Z')];
  expect(newestChange(entries, now)).toEqual({ at: at('2026-11-21T09:00:00Z'), precision: 'minute' });
});

it('an update that is dated ahead is not said yet', () => {
  expect(newestChange([entry('2026-11-20T10:00:00Z', '2026-12-01T09:00:00Z')], now)?.at).toBe(
    at('2026-11-20T10:00:00Z'),
  );
});

it('where nothing was said there is no age', () => {
  expect(newestChange([], now)).toBeNull();
});
