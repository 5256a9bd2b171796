import { describe, expect, test } from 'vitest';
import type { ReadContext } from '../../../src/content/read-context.ts';
import { context, file, incidentOf, NOW, read, site } from './sample.ts';

const RESOLVED = { status: 'status: resolved' };
const AT_2105 = '## 2027-05-10 21:05 investigating\n\nWir suchen.\n';

/** Code, line and what the marker underlines of the faults of a file that was first committed at this time of the day. */
function faultsOf(text: string, committed: string | null = null, where: Partial<ReadContext> = {}) {
  const publishedAt = () => (committed === null ? null : Date.parse(`2027-05-${committed}:00+02:00`));
  return read(text, '2027-05-10-strom.md', { ...context, publishedAt, ...where }).faults.map(
    ({ code, source, column, length, transient }) => ({
      code,
      at: source.slice(column - 1, column - 1 + length),
      transient,
    }),
  );
}

describe('a time that can not be is warned of where it stands', () => {
  test('an end before the beginning', () => {
    const text = file(
      { ...RESOLVED, s: 'started: 2027-05-10 20:00', r: 'resolved: 2027-05-10 19:00' },
      AT_2105.replace('investigating', 'resolved'),
    );
    expect(faultsOf(text)).toEqual([{ code: 'end-before-start', at: '2027-05-10 19:00', transient: false }]);
  });

  test('an update that ends it before the beginning', () => {
    const text = file(
      { ...RESOLVED, s: 'started: 2027-05-10 21:30' },
      AT_2105.replace('investigating', 'resolved'),
    );
    expect(faultsOf(text)).toEqual([{ code: 'end-before-start', at: '2027-05-10 21:05', transient: false }]);
  });

  test('each update that lies ahead', () => {
    const text = file({}, `## 2027-05-10 22:30 identified\n\nB\n\n## 2027-05-10 22:10\n\nA\n\n${AT_2105}`);
    expect(faultsOf(text)).toEqual([
      { code: 'later-than-now', at: '2027-05-10 22:10', transient: true },
      { code: 'later-than-now', at: '2027-05-10 22:30', transient: true },
    ]);
  });

  test('a beginning and an end that lie ahead', () => {
    expect(faultsOf(file({ s: 'started: 2027-05-10 23:00' }, 'Kein Strom.'))).toEqual([
      { code: 'later-than-now', at: '2027-05-10 23:00', transient: true },
    ]);
    const text = file(
      { ...RESOLVED, r: 'resolved: 2027-05-10 23:00' },
      AT_2105.replace('investigating', 'resolved'),
    );
    expect(faultsOf(text)).toEqual([{ code: 'later-than-now', at: '2027-05-10 23:00', transient: true }]);
  });

  test('an incident that nobody spoke of for more than seven days', () => {
    const week = 7 * 86_400_000;
    const newest = Date.parse('2027-05-10T21:05:00+02:00');
    const text = file({}, AT_2105.replace('investigating', 'identified'));
    expect(faultsOf(text, null, { now: newest + week })).toEqual([]);
    expect(faultsOf(text, null, { now: newest + week + 1 })).toEqual([
      { code: 'silent-for-long', at: '## 2027-05-10 21:05 identified', transient: true },
    ]);
    expect(faultsOf(text.replaceAll('identified', 'resolved'), null, { now: newest + 9 * week })).toEqual([]);
  });
});

describe('a file that was first committed at another time than it tells of', () => {
  const text = file({}, AT_2105.replace('investigating', 'identified'));

  test.each([
    ['10T21:00', []],
    ['10T20:59', ['committed-before-start']],
    ['10T20:05', ['committed-before-start']],
    ['10T22:05', []],
    ['10T22:06', ['backdated']],
    ['11T09:00', ['backdated']],
  ])('at %s', (committed, expected) => {
    const found = faultsOf(text, committed);
    expect(found.map(({ code }) => code)).toEqual(expected);
    for (const { at, transient } of found) expect([at, transient]).toEqual(['2027-05-10 21:05', true]);
  });

  test('is told the oldest update, and a beginning that is given for itself', () => {
    const started = file({ s: 'started: 2027-05-10 15:00' }, AT_2105.replace('investigating', 'identified'));
    expect(faultsOf(started, '10T21:06')).toEqual([]);
    expect(faultsOf(started, '10T14:00').map(({ at }) => at)).toEqual(['2027-05-10 15:00']);
    expect(faultsOf(file({ s: 'started: 2027-05-10 15:00' }, 'Kein Strom.'), '10T21:00')).toEqual([
      { code: 'backdated', at: '2027-05-10 15:00', transient: true },
    ]);
  });

  test('may be dated by its day alone', () => {
    const day = file({}, '## 2027-05-10 identified\n\nWir suchen.\n');
    expect(faultsOf(day, '11T00:59')).toEqual([]);
    expect(faultsOf(day, '11T01:01').map(({ code }) => code)).toEqual(['backdated']);
  });

  test('a maintenance is announced before it begins', () => {
    const planned = file(
      {
        status: 'status: scheduled',
        impact: null,
        s: 'started: 2027-05-10 21:50',
        w: 'scheduled: { from: 2027-05-10 21:45, to: 2027-05-10 23:00 }',
      },
      '## 2027-05-01 10:00\n\nWir tauschen.\n',
    );
    expect(faultsOf(planned, '01T10:05')).toEqual([]);
    expect(faultsOf(planned, '01T09:05').map(({ code }) => code)).toEqual(['committed-before-start']);
  });

  test('more than 30 days ago is let be, and so is a demonstration', () => {
    expect(
      faultsOf(file({ ...RESOLVED }, AT_2105.replace('investigating', 'resolved')), '10T23:00', {
        now: NOW + 31 * 86_400_000,
      }),
    ).toEqual([]);
    expect(faultsOf(text, '10T23:00', { site: { ...site, clock: NOW } })).toEqual([]);
  });

  test('is told once where the time lies ahead of the clock, too', () => {
    const ahead = file({}, '## 2027-05-10 22:30 identified\n\nWir suchen.\n');
    expect(faultsOf(ahead, '10T21:30').map(({ code }) => code)).toEqual(['later-than-now']);
  });
});

test.each([
  ['2027-05-28', { by: '2027-05-27T22:00:00.000Z', precision: 'day', lateFrom: '2027-05-28T22:00:00.000Z' }],
  [
    '2027-05-28 18:00',
    { by: '2027-05-28T16:00:00.000Z', precision: 'minute', lateFrom: '2027-05-28T16:00:00.000Z' },
  ],
])('a report promised by %s is late only after that', (written, expected) => {
  const { reportBy } = incidentOf(file({ r: `report-by: ${written}` }));
  const iso = (at: number) => new Date(at).toISOString();
  expect(reportBy && { ...reportBy, by: iso(reportBy.by), lateFrom: iso(reportBy.lateFrom) }).toEqual(
    expected,
  );
});
