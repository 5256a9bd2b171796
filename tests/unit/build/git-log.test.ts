import { expect, test } from 'vitest';
import { readGitLog } from '../../../src/build/git-log.ts';

/** What git prints for one commit: its number as hash, minutes since 1970, and changes as `M blob path`. */
function commit(number: number, ...changes: string[]): string {
  const raw = changes.map((change) => {
    const [kind = '', blob = '', ...paths] = change.split(' ');
    return `:100644 100644 ${'0'.repeat(40)} ${blob} ${kind}\0${paths.join('\0')}\0`;
  });
  return `c${number}\0${number * 60}\0\n${raw.join('')}`;
}

/** Versions by path as `commit:blob`, oldest first. */
function versionsOf(...newestFirst: string[]): Record<string, string[]> {
  return Object.fromEntries(
    [...readGitLog(newestFirst.join(''))].map(([path, { versions }]) => [
      path,
      versions.map(({ commit: hash, blob }) => `${hash}:${blob}`),
    ]),
  );
}

test('a file has its versions from the oldest to the newest, by the time of the commit', () => {
  const files = readGitLog(commit(2, 'M b incidents/a.md') + commit(1, 'A a incidents/a.md'));
  expect(files.get('incidents/a.md')).toEqual({
    imported: false,
    versions: [
      { commit: 'c1', at: 60_000, blob: 'a' },
      { commit: 'c2', at: 120_000, blob: 'b' },
    ],
  });
});

test('a file keeps its history under another name', () => {
  expect(
    versionsOf(commit(3, 'R090 c old.md 2026/new.md'), commit(2, 'M b old.md'), commit(1, 'A a old.md')),
  ).toEqual({
    '2026/new.md': ['c1:a', 'c2:b', 'c3:c'],
  });
});

test('two files that swap their names keep their own histories', () => {
  expect(
    versionsOf(
      commit(2, 'R100 a one.md two.md', 'R100 b two.md one.md'),
      commit(1, 'A a one.md', 'A b two.md'),
    ),
  ).toEqual({
    'two.md': ['c1:a', 'c2:a'],
    'one.md': ['c1:b', 'c2:b'],
  });
});

test('a new file does not inherit from one that had its name', () => {
  const log = [
    commit(4, 'A d x.md'),
    commit(3, 'R100 a x.md y.md'),
    commit(2, 'M a x.md'),
    commit(1, 'A z x.md'),
  ];
  expect(versionsOf(...log)).toEqual({ 'x.md': ['c4:d'], 'y.md': ['c1:z', 'c2:a', 'c3:a'] });
});

test('what was deleted is not there, and comes back as a new file', () => {
  const gone = [commit(2, 'D 0 x.md'), commit(1, 'A a x.md')];
  expect(versionsOf(...gone)).toEqual({});
  expect(versionsOf(commit(3, 'A c x.md'), ...gone)).toEqual({ 'x.md': ['c3:c'] });
});

test('names may hold line breaks, colons and control characters', () => {
  expect(versionsOf(commit(1, 'A a :x\n\u0001ü.md'))).toEqual({ ':x\n\u0001ü.md': ['c1:a'] });
});

test('a commit that adds five incidents at once is an import, translations not counted', () => {
  const add = (...names: string[]) => commit(1, ...names.map((name) => `A a incidents/${name}.md`));
  const imported = (log: string) => [...readGitLog(log).values()].some((file) => file.imported);
  expect(imported(add('a', 'b', 'c', 'd', 'e'))).toBe(true);
  expect(imported(add('a', 'a.en', 'a.fr', 'b', 'b.en', 'c'))).toBe(false);
});

test('nothing is known from nothing', () => {
  expect(readGitLog('').size).toBe(0);
});
