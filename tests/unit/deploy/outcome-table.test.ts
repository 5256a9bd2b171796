import { expect, it } from 'vitest';
import { exitCodeOf } from '../../../src/deploy/deploy.ts';
import { bytesInWords, outcomeTable } from '../../../src/deploy/outcome-table.ts';
import { outcome, target } from './given.ts';

it('says for each target what was uploaded, whether readers get it, and what to do where they do not', () => {
  const one = { files: 1, bytes: 12 };
  const table = outcomeTable([
    outcome(),
    outcome({
      target: target({ name: 'bucket' }),
      published: { sent: one, removed: 2, replacing: 'gap', plan: null },
      verified: false,
      fault: { message: 'It still shows an earlier build.', advice: 'Look again.' },
    }),
    outcome({
      target: target({ name: 'tool' }),
      published: { sent: null, removed: 0, replacing: 'tool', plan: null },
    }),
    outcome({
      target: target({ name: 'dead' }),
      published: null,
      verified: null,
      fault: { message: 'Gone.\n  said', advice: null },
    }),
  ]);
  expect(table).toBe(
    [
      'target  uploaded                 verified  seconds  replaced',
      'disk    3 files, 5 kB            yes       1.2      file by file, whole',
      "bucket  1 file, 12 B, 2 removed  no        1.2      can't rename over a file: each is gone for an instant",
      'tool    yes                      yes       1.2      as its tool does',
      'dead    no                       -         1.2      -',
      '',
      'bucket: It still shows an earlier build.',
      '  Look again.',
      '',
      'dead: Gone.',
      '  said',
      '',
    ].join('\n'),
  );
});

it('ends with 0 where all is well, 3 where some is, 1 where nothing is', () => {
  const bad = outcome({ fault: { message: 'x', advice: null } });
  expect([
    exitCodeOf([outcome()]),
    exitCodeOf([outcome(), bad]),
    exitCodeOf([bad]),
    exitCodeOf([outcome()], 1),
  ]).toEqual([0, 3, 1, 3]);
});

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1500, '2 kB'],
  [999_499, '999 kB'],
  [999_500, '1.0 MB'],
  [25_000_000, '25.0 MB'],
])('writes %d bytes as %s', (bytes, words) => {
  expect(bytesInWords(bytes)).toBe(words);
});
