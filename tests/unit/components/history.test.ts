import { describe, expect, it } from 'vitest';
import { historyMonths, historyOverview, newestOf } from '../../../src/components/history.ts';
import { at, incident, update } from '../domain/sample.ts';
import { en, entryOf, outage, past, work } from './given.ts';

const began = (time: string, slug = time) =>
  entryOf(incident([update(time, 'investigating'), update(time, 'resolved')], { slug }));
const monthly = (count: number, each = 1) =>
  historyMonths(
    Array.from({ length: count * each }, (_, index) =>
      began(new Date(Date.UTC(2026, 10 - Math.floor(index / each), 10)).toISOString(), `i${index}`),
    ),
    en,
  );

describe('the months of the history', () => {
  it('are newest first, and so is what they hold', () => {
    const months = historyMonths([began('2026-09-03T10:00:00Z'), entryOf(past()), entryOf(outage())], en);
    expect(months.map(({ key, entries }) => [key, entries.map(({ incident: { slug } }) => slug)])).toEqual([
      ['2026-11', ['power', 'mail']],
      ['2026-09', ['2026-09-03T10:00:00Z']],
    ]);
  });

  it('are those of the site’s zone', () => {
    expect(historyMonths([began('2026-10-31T23:30:00Z')], en)[0]?.key).toBe('2026-11');
  });

  it('leave out what is only announced', () => {
    const next = work({ window: { from: at('2026-12-01T21:00:00Z'), to: at('2026-12-02T03:00:00Z') } });
    expect(historyMonths([entryOf(next)], en)).toEqual([]);
  });

  it('know when the newest word was said', () => {
    expect(newestOf(historyMonths([entryOf(past()), entryOf(outage())], en))?.at).toBe(
      at('2026-11-21T17:30:00Z'),
    );
    expect(newestOf([])).toBeNull();
  });
});

describe('the first page of the history', () => {
  it('shows a year in full and links to the rest', () => {
    const { recent, earlier } = historyOverview(monthly(40));
    expect([recent.length, earlier.length]).toEqual([12, 28]);
    expect([earlier[0]!.key, earlier.at(-1)!.key]).toEqual(['2025-11', '2023-08']);
  });

  it('shows fewer months where much happened', () => {
    expect(historyOverview(monthly(12, 25)).recent).toHaveLength(2);
  });

  it('shows at least the newest month', () => {
    expect(historyOverview(monthly(2, 200)).recent).toHaveLength(1);
  });

  it('loses no month', () => {
    const months = monthly(130);
    const { recent, earlier } = historyOverview(months);
    expect([...recent, ...earlier]).toEqual(months);
  });
});
