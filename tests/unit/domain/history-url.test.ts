import { expect, test } from 'vitest';
import { historyUrl } from '../../../src/domain/history-url.ts';

const PATH = 'status/incidents/2026-11-21 ü.md';
const FILE = 'status/incidents/2026-11-21%20%C3%BC.md';

test.each([
  ['https://github.com/nordhost/status', `https://github.com/nordhost/status/commits/abc/${FILE}`],
  ['https://github.com/nordhost/status.git/', `https://github.com/nordhost/status/commits/abc/${FILE}`],
  [
    'https://github.com/nordhost/mono/tree/main/status',
    `https://github.com/nordhost/mono/commits/abc/${FILE}`,
  ],
  ['https://gitlab.com/nordhost/web/status', `https://gitlab.com/nordhost/web/status/-/commits/abc/${FILE}`],
  [
    'https://gitlab.nordhost.example/a/b/-/tree/main',
    `https://gitlab.nordhost.example/a/b/-/commits/abc/${FILE}`,
  ],
  ['https://codeberg.org/nordhost/status', `https://codeberg.org/nordhost/status/commits/commit/abc/${FILE}`],
  ['https://gitea.nordhost.example/n/s', `https://gitea.nordhost.example/n/s/commits/commit/abc/${FILE}`],
  ['https://git.forgejo.example/n/s', `https://git.forgejo.example/n/s/commits/commit/abc/${FILE}`],
  ['https://bitbucket.org/nordhost/status', `https://bitbucket.org/nordhost/status/history-node/abc/${FILE}`],
  ['https://git.sr.ht/~nordhost/status', `https://git.sr.ht/~nordhost/status/log/abc/item/${FILE}`],
])('%s leads to the history of a file', (source, expected) => {
  expect(historyUrl(source, 'abc', PATH)).toBe(expected);
});

test.each([
  'https://git.nordhost.example/status',
  'https://github.com/nordhost',
  'https://evil.example/github.com/a/b',
])('%s is linked as it is', (source) => {
  expect(historyUrl(source, 'abc', PATH)).toBe(source);
});
