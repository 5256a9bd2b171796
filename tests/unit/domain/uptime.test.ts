import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Incident } from '../../../src/domain/incident.ts';
import type { Site } from '../../../src/domain/site.ts';
import { deriveStatus } from '../../../src/domain/status.ts';
import { dateIn, startOfDay } from '../../../src/domain/time.ts';
import { uptimes } from '../../../src/domain/uptime.ts';
import { COMPONENT_STATES, type ComponentState, worseState } from '../../../src/domain/words.ts';
import { at, incident, site as plainSite, update } from './sample.ts';

const now = at('2026-09-21T18:00:00Z');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const withRule = (rule: Partial<Site['uptime']>): Site => ({
  ...plainSite,
  uptime: { ...plainSite.uptime, ...rule },
});
/** Everything has been published for years. */
const site = withRule({ since: at('2020-01-01T00:00:00Z') });

const recordOf = (id: string, history: Incident[], of = site, when = now) =>
  uptimes(of, deriveStatus(of, history, when)).get(id);

let count = 0;
/** Trouble with some components. */
function trouble(from: string, to: string | null, states: Record<string, ComponentState>): Incident {
  count += 1;
  const end = to === null ? [] : [update(to, 'resolved')];
  return incident([update(from, 'investigating'), ...end], {
    slug: `trouble-${count}`,
    components: Object.entries(states).map(([id, state]) => ({ id, state })),
  });
}

describe('the uptime of a component', () => {
  it('is all of the time where nothing happened', () => {
    expect(recordOf('web', [])).toEqual({
      to: '2026-09-20',
      since: '2020-01-01',
      figures: [30, 90, 365].map((days) => ({ days, known: days, share: 10_000, spent: [] })),
      vague: 0,
    });
  });

  it('is less by the time that it was down, in each number of days that the time lies in', () => {
    const history = [trouble('2026-07-21T00:00:00Z', '2026-07-21T21:36:00Z', { web: 'major outage' })];
    const { figures } = recordOf('web', history)!;
    expect(figures.map(({ share }) => share)).toEqual([10_000, 9_900, 9_975]);
    expect(figures[1]!.spent).toEqual([{ state: 'major outage', milliseconds: 21.6 * HOUR }]);
    expect(recordOf('mail', history)!.figures[1]!.share).toBe(10_000);
  });

  it('counts by default slowness and planned work as up, and half of a partial outage', () => {
    const during = (state: ComponentState) =>
      recordOf('web', [trouble('2026-09-10T00:00:00Z', '2026-09-13T00:00:00Z', { web: state })])!.figures[0]!
        .share;
    expect(COMPONENT_STATES.map(during)).toEqual([10_000, 10_000, 10_000, 9_500, 9_000]);
  });

  it('weighs each state as the config says', () => {
    const of = withRule({
      since: site.uptime.since,
      weights: { ...site.uptime.weights, 'degraded performance': 0.7, 'major outage': 0.1 },
    });
    const whole = (state: ComponentState) =>
      recordOf('web', [trouble('2020-01-01T00:00:00Z', null, { web: state })], of)!.figures[0]!.share;
    expect(whole('degraded performance')).toBe(7_000);
    expect(whole('major outage')).toBe(1_000);
  });

  it('is never told as whole where a second is missing', () => {
    const history = [trouble('2026-09-10T00:00:00Z', '2026-09-10T00:00:01Z', { web: 'major outage' })];
    expect(recordOf('web', history)!.figures.map(({ share }) => share)).toEqual([9_999, 9_999, 9_999]);
  });

  it('counts what is still open up to the end of the last whole day, and so stays the same all day', () => {
    const history = [trouble('2026-09-20T16:00:00Z', null, { web: 'major outage' })];
    const morning = recordOf('web', history, site, at('2026-09-20T22:30:00Z'));
    expect(morning!.figures[0]!.spent).toEqual([{ state: 'major outage', milliseconds: 6 * HOUR }]);
    expect(recordOf('web', history, site, at('2026-09-21T21:59:00Z'))).toEqual(morning);
    expect(
      recordOf('web', history, site, at('2026-09-21T22:00:00Z'))!.figures[0]!.spent[0]!.milliseconds,
    ).toBe(30 * HOUR);
  });

  it('knows nothing of the days before the first that anything was published of', () => {
    const first = trouble('2026-09-11T10:00:00Z', '2026-09-11T22:00:00Z', { api: 'major outage' });
    const record = recordOf('api', [first], plainSite)!;
    expect(record.since).toBe('2026-09-11');
    expect(record.figures.map(({ known }) => known)).toEqual([10, 10, 10]);
    expect(record.figures[0]!.share).toBe(9_500);
    expect(recordOf('web', [first], plainSite)!.figures[2]).toMatchObject({ known: 10, share: 10_000 });
  });

  it('is not told on the day that the site begins, nor where nothing was ever published', () => {
    const today = trouble('2026-09-21T12:00:00Z', null, { api: 'major outage' });
    expect(recordOf('api', [today], plainSite)).toBeUndefined();
    expect(recordOf('api', [], plainSite)).toBeUndefined();
  });

  it('tells how many incidents there are whose length nobody knows', () => {
    const short = incident([update('2026-09-19T10:00:00Z', 'resolved')], {
      slug: 'short',
      components: [{ id: 'web', state: 'major outage' }],
      started: at('2026-09-19T11:00:00Z'),
    });
    const dayOnly = incident(
      [
        update('2026-09-09T22:00:00Z', 'investigating', { precision: 'day' }),
        update('2026-09-10T12:00:00Z', 'resolved'),
      ],
      { slug: 'day-only', components: [{ id: 'web', state: 'major outage' }] },
    );
    expect(recordOf('web', [dayOnly, short])!.vague).toBe(2);
    expect(recordOf('mail', [dayOnly, short])!.vague).toBe(0);
  });

  it('of a group is that of the worst of its components at each instant', () => {
    const history = [
      trouble('2026-09-10T00:00:00Z', '2026-09-11T12:00:00Z', { web: 'major outage' }),
      trouble('2026-09-11T00:00:00Z', '2026-09-13T00:00:00Z', { mail: 'partial outage' }),
    ];
    expect(recordOf('dresden', history)!.figures[0]!.spent).toEqual([
      { state: 'major outage', milliseconds: 36 * HOUR },
      { state: 'partial outage', milliseconds: 36 * HOUR },
    ]);
  });

  it.each([
    ['of 25 hours', '2026-10-26T12:00:00Z', 25],
    ['of 23 hours', '2026-03-30T12:00:00Z', 23],
  ])('takes days as long as they were: a day %s', (_, when, hours) => {
    const instant = at(when);
    const to = startOfDay(dateIn(instant, site.timezone), site.timezone);
    const of = withRule({ since: to - HOUR });
    const whole = recordOf(
      'web',
      [trouble('2026-01-01T00:00:00Z', null, { web: 'major outage' })],
      of,
      instant,
    );
    expect(whole!.figures[0]!.share).toBe(0);
    const day = recordOf(
      'web',
      [trouble(new Date(to - HOUR).toISOString(), null, { web: 'major outage' })],
      {
        ...plainSite,
      },
      instant,
    )!;
    expect(day.figures[0]).toMatchObject({
      known: 1,
      share: Math.floor(((hours - 1) * 10_000) / hours),
    });
  });

  it('is what counting minute by minute gives', () => {
    const autumn = at('2026-11-21T18:00:00Z');
    const begin = at('2026-10-20T00:00:00Z');
    const minutes = fc.integer({ min: 0, max: 40 * 24 * 60 });
    const one = fc.record({
      from: minutes,
      length: fc.option(fc.integer({ min: 1, max: 3 * 24 * 60 }), { nil: null }),
      state: fc.constantFrom<ComponentState>(...COMPONENT_STATES.slice(1)),
    });
    const weights = fc.record({
      'degraded performance': fc.constantFrom(1, 0.75, 0),
      'partial outage': fc.constantFrom(0.5, 0.25, 0),
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 5 }), weights, (given, chosen) => {
        const of = withRule({
          since: site.uptime.since,
          weights: { ...site.uptime.weights, ...chosen },
        });
        const spans = given.map(({ from, length, state }) => ({
          from: begin + from * 60_000,
          to: length === null ? Infinity : begin + (from + length) * 60_000,
          state,
        }));
        const history = spans
          .filter(({ from }) => from <= autumn)
          .map(({ from, to, state }) =>
            trouble(new Date(from).toISOString(), to > autumn ? null : new Date(to).toISOString(), {
              web: state,
            }),
          );
        const end = startOfDay('2026-11-21', site.timezone);
        const start = startOfDay('2026-10-22', site.timezone);
        let up = 0;
        for (let minute = start; minute < end; minute += 60_000) {
          const state = spans
            .filter(({ from, to }) => from <= minute && minute < to)
            .map((span) => span.state)
            .reduce(worseState, 'operational' as const);
          up += of.uptime.weights[state];
        }
        const whole = (end - start) / 60_000;
        expect(whole).toBe((30 * DAY + HOUR) / 60_000);
        expect(recordOf('web', history, of, autumn)!.figures[0]!.share).toBe(
          Math.floor((up * 10_000) / whole),
        );
      }),
      { numRuns: 30 },
    );
  });
});
