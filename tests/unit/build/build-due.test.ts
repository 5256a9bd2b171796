import { describe, expect, it } from 'vitest';
import { type LocalState, type PublishedCopy, whetherDue } from '../../../src/build/build-due.ts';
import { readPublishedBuild } from '../../../src/build/published-build.ts';

const OLD = 'a'.repeat(40);
const HEAD = 'b'.repeat(40);
const FOREIGN = 'c'.repeat(40);
const at = (text: string) => Date.parse(text);

function local(more: Partial<LocalState> = {}): LocalState {
  return {
    head: HEAD,
    isPast: (commit) => commit === OLD || commit === HEAD,
    timezone: 'Europe/Berlin',
    now: at('2026-11-21T18:00:00Z'),
    ...more,
  };
}

function copy(more: Partial<NonNullable<PublishedCopy['build']>> = {}, fed = true): PublishedCopy {
  return {
    url: `https://${fed ? 'status' : 'mirror'}.example/build.json`,
    fed,
    unreachable: null,
    build: { built: at('2026-11-21T17:00:00Z'), commit: HEAD, nextChange: null, ...more },
  };
}

const GONE: PublishedCopy = { ...copy(), unreachable: 'ENOTFOUND', build: null };
const EMPTY: PublishedCopy = { ...copy(), build: null };

describe('a build is due', () => {
  it.each([
    [
      'the repository has moved on',
      [copy({ commit: OLD })],
      'shows the commit aaaaaaaaaaaa; here it is bbbbbbbbbbbb.',
    ],
    [
      'a window has begun since',
      [copy({ nextChange: at('2026-11-21T18:00:00Z') })],
      '2026-11-21T19:00:00+01:00',
    ],
    [
      'the page is of yesterday',
      [copy({ built: at('2026-11-20T22:59:00Z') })],
      'is of 2026-11-20, another day.',
    ],
    [
      'the clock of the last build was a day ahead',
      [copy({ built: at('2026-11-22T17:00:00Z') })],
      'another day',
    ],
    ['nothing is published yet', [EMPTY], 'is not there, or is no build.'],
    ['one of several copies is behind', [copy(), copy({ commit: OLD })], 'shows the commit'],
    ['one copy is behind and another does not answer', [GONE, copy({ commit: OLD })], 'shows the commit'],
  ])('when %s', (_, copies, reason) => {
    const verdict = whetherDue(copies, local());
    expect([verdict.due, verdict.doubtful]).toEqual([true, false]);
    expect(verdict.reason).toContain(reason);
  });

  it('by the clock alone where there is no repository', () => {
    const verdict = (nextChange: number) =>
      whetherDue([copy({ commit: FOREIGN, nextChange })], local({ head: null }));
    expect(verdict(at('2026-11-21T17:59:59Z')).due).toBe(true);
    expect(verdict(at('2026-11-21T18:00:01Z')).due).toBe(false);
  });
});

describe('a build is not due', () => {
  it('when what is published is as new as the repository, and it is said when that ends', () => {
    const verdict = whetherDue([copy({ nextChange: at('2026-11-21T21:00:00Z') })], local());
    expect(verdict).toEqual({
      due: false,
      doubtful: false,
      reason:
        'What is published is as new as this repository. The next change by the clock is at 2026-11-21T22:00:00+01:00.',
    });
  });

  it.each([
    [
      'was published from a commit that nobody has pushed',
      [copy({ commit: FOREIGN, nextChange: 1 })],
      'push what it was made from',
    ],
    ['was published from uncommitted files', [copy({ commit: null })], 'files that were not committed'],
    [
      'was published by hand, though another copy is behind',
      [copy({ commit: OLD }), copy({ commit: FOREIGN })],
      'cccccccccccc',
    ],
    [
      'was published by hand on a mirror that others feed',
      [copy({ commit: OLD }), copy({ commit: FOREIGN }, false)],
      'mirror',
    ],
    ['does not answer anywhere', [GONE], 'Nothing answers: https://status.example/build.json (ENOTFOUND).'],
  ])('when the page %s: somebody should look', (_, copies, reason) => {
    const verdict = whetherDue(copies, local());
    expect([verdict.due, verdict.doubtful]).toEqual([false, true]);
    expect(verdict.reason).toContain(reason);
  });

  it('because of a mirror that others feed, however old or empty it is', () => {
    const old = copy({ commit: OLD, built: 0, nextChange: 1 }, false);
    expect(whetherDue([copy(), old, { ...EMPTY, fed: false }], local()).due).toBe(false);
  });
});

describe('build.json', () => {
  const file = { built: '2026-11-21T19:42:00+01:00', commit: HEAD, next_change: null, hash: 'x', pages: {} };

  it('is read with the offsets of its times', () => {
    expect(readPublishedBuild(JSON.stringify(file))).toEqual({
      built: at('2026-11-21T18:42:00Z'),
      commit: HEAD,
      nextChange: null,
    });
    expect(
      readPublishedBuild(JSON.stringify({ ...file, next_change: '2026-11-22T00:00:00Z' }))?.nextChange,
    ).toBe(at('2026-11-22T00:00:00Z'));
  });

  it.each([
    '',
    '<!doctype html>',
    'null',
    '[]',
    '{}',
    JSON.stringify({ ...file, built: 'soon' }),
    JSON.stringify({ ...file, next_change: 'soon' }),
    JSON.stringify({ ...file, commit: 7 }),
  ])('that says %s is none', (text) => {
    expect(readPublishedBuild(text)).toBeNull();
  });
});
