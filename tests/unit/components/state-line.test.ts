import { describe, expect, it } from 'vitest';
import { durationOf, stateLine } from '../../../src/components/state-line.ts';
import type { Incident } from '../../../src/domain/incident.ts';
import type { Locale } from '../../../src/i18n/locale.ts';
import { at, incident, update } from '../domain/sample.ts';
import { de, en, entryOf, now, outage, past, work } from './given.ts';

/** The line as a reader sees it, its mark in brackets. */
function lineOf(one: Incident, near: number | null = now, locale: Locale = en): string {
  const { mark, word, parts } = stateLine(entryOf(one), locale, near);
  const said = parts.flatMap((part) => {
    if ('window' in part) return [];
    return part.at === null ? part.text : part.before + part.text + part.after;
  });
  return [mark === null ? word : `[${mark}] ${word}`, ...said].join(' · ').replaceAll('\u00a0', ' ');
}

/** What the line leaves to the reader's clock. */
const clockedOf = (one: Incident) =>
  stateLine(entryOf(one), en, now).parts.filter((part) => 'window' in part);

const windowed = (from: string, to: string, more: Partial<Incident> = {}) =>
  work({ window: { from: at(from), to: at(to) }, ...more });

describe('the line below a headline', () => {
  it('says state, status and since when', () => {
    expect(lineOf(outage())).toBe('[major outage] Major outage · cause found · since 18:05');
    expect(lineOf(outage(), now, de)).toBe('[major outage] Ausfall · Ursache gefunden · seit 18:05 Uhr');
  });

  it('says the whole date where the page does not know the day it is read', () => {
    expect(lineOf(outage(), null)).toBe(
      '[major outage] Major outage · cause found · since 21 Nov 2026, 18:05 CET',
    );
  });

  it('says no time of day that is not known', () => {
    const dated = incident([update('2026-11-20T23:00:00Z', 'investigating', { precision: 'day' })]);
    expect(lineOf(dated)).toBe('[degraded performance] Degraded performance · investigating · since 21 Nov');
  });

  it('says when it ended and how long it took', () => {
    expect(lineOf(past(), null)).toBe('[operational] Resolved · ended 14 Nov 2026, 11:20 CET · 2 h 10 min');
  });

  it('calls a closed incident with a report resolved', () => {
    const told = past({
      updates: [...past().updates, update('2026-11-17T14:00:00Z', 'postmortem')],
      status: 'postmortem',
    });
    expect(lineOf(told, null)).toMatch(/^\[operational\] Resolved · ended 14 Nov/);
  });

  it('says until when work is planned, and leaves it to the clock whether it is in progress', () => {
    expect(lineOf(work())).toBe('[under maintenance] Maintenance · planned until 23:00');
    expect(clockedOf(work())).toEqual([{ window: work().window }]);
  });

  it('says of work without a window what people said', () => {
    const begun = work({
      status: 'in progress',
      window: null,
      updates: [update('2026-11-21T17:00:00Z', 'in progress')],
    });
    expect(lineOf(begun)).toBe('[under maintenance] Maintenance · in progress · since 18:00');
  });

  it('says that an open incident has no known impact, without a mark: that is no trouble and no green', () => {
    const harmless = outage({ impact: 'none' });
    expect(lineOf(harmless)).toBe('No known impact · cause found · since 18:05');
    expect(lineOf(harmless, now, de)).toBe('Keine Auswirkung bekannt · Ursache gefunden · seit 18:05 Uhr');
  });

  it('does not say so where something is affected that nobody knows', () => {
    const unknown = outage({ impact: 'none', components: [], unknownComponents: ['Fax'] });
    expect(lineOf(unknown)).toMatch(/^\[degraded performance\] Degraded performance/);
  });

  it('says that work past its window is not reported finished', () => {
    const late = windowed('2026-11-21T10:00:00Z', '2026-11-21T12:00:00Z', { autoComplete: false });
    expect(lineOf(late)).toBe(
      '[under maintenance] Maintenance · planned until 13:00, not yet reported finished',
    );
  });

  it('says when announced work will be', () => {
    const next = windowed('2026-11-24T21:00:00Z', '2026-11-25T03:00:00Z');
    expect(lineOf(next)).toBe('[under maintenance] Scheduled · Tue 24 Nov, 22:00–04:00');
    expect(lineOf(next, null)).toBe(
      '[under maintenance] Scheduled · 24 Nov 2026, 22:00 to 25 Nov 2026, 04:00 CET',
    );
  });

  it('says that the time of announced work is not fixed', () => {
    expect(lineOf(work({ window: null }))).toBe('[under maintenance] Scheduled · time not yet fixed');
  });

  it('gives a notice no mark', () => {
    const notice = incident([update('2026-11-16T09:00:00Z', 'notice')], {
      kind: 'notice',
      until: at('2026-11-30T23:00:00Z'),
    });
    expect(lineOf(notice)).toBe('Notice · since 16 Nov, 10:00 · until 1 Dec, 00:00');
  });

  it('gives cancelled work no mark and no duration', () => {
    const off = work({
      status: 'cancelled',
      updates: [...work().updates, update('2026-11-20T09:00:00Z', 'cancelled')],
    });
    expect(lineOf(off)).toMatch(/^Cancelled/);
    expect(durationOf(entryOf(off), en)).toBeNull();
  });
});

describe('how long', () => {
  it('is not said while it lasts', () => {
    expect(durationOf(entryOf(outage()), en)).toBeNull();
  });
  it('is not said where the end is only a date, and the end has no time then', () => {
    const [first, last] = past().updates;
    const dated = past({ updates: [first!, { ...last!, precision: 'day' }] });
    expect(durationOf(entryOf(dated), en)).toBeNull();
    expect(lineOf(dated, null)).toMatch(/ended \d+ \w+ 2026$/);
  });
  it('is not said where the begin is only a date', () => {
    const [first, last] = past().updates;
    expect(durationOf(entryOf(past({ updates: [{ ...first!, precision: 'day' }, last!] })), en)).toBeNull();
  });
});
