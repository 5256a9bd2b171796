import { describe, expect, it } from 'vitest';
import { nearReport, reportsCalled } from '../../../src/write/find-report.ts';

const REPORTS = [
  {
    slug: '2026-11-21-stromausfall-dresden',
    titles: ['Rechenzentrum Dresden: Stromausfall', 'Dresden data centre: power failure'],
  },
  { slug: '2026-11-21-netz-dresden', titles: ['Netz in Dresden gestört'] },
  { slug: '2026-11-20-mail-muenchen', titles: ['Mail in München verzögert'] },
];

describe('the report that a name stands for', () => {
  it.each([
    ['strom', [0]],
    ['STROMAUSFALL', [0]],
    ['power', [0]],
    ['dresden power', [0]],
    ['dresden', [0, 1]],
    ['2026-11-21-netz-dresden', [1]],
    ['incidents/2026-11-21-netz-dresden.md', [1]],
    ['netz in dresden gestoert', [1]],
    ['gestört', [1]],
    ['münchen', [2]],
    ['muenchen', [2]],
    ['munchen', [2]],
    ['hamburg', []],
    ['!!', []],
  ])('%j', (name, expected) => {
    expect(reportsCalled(name, REPORTS).map((report) => REPORTS.indexOf(report))).toEqual(expected);
  });

  it('is suggested where a letter is wrong', () => {
    expect(nearReport('stromausfal', REPORTS)?.slug).toBe('2026-11-21-stromausfall-dresden');
    expect(nearReport('münchn', REPORTS)?.slug).toBe('2026-11-20-mail-muenchen');
    expect(nearReport('zzzzzz', REPORTS)).toBe(null);
  });
});
