import { describe, expect, it } from 'vitest';
import { hostedRepository, webAddress } from '../../../src/domain/repository-host.ts';

describe('the host of a repository is known by its name', () => {
  it.each([
    [
      'https://github.com/nordhost/status/tree/main/incidents',
      'github',
      'https://github.com/nordhost/status',
    ],
    ['https://gitlab.example.org/a/b/c/-/tree/main', 'gitlab', 'https://gitlab.example.org/a/b/c'],
    ['https://codeberg.org/nordhost/status.git', 'forgejo', 'https://codeberg.org/nordhost/status'],
    ['https://git.sr.ht/~nordhost/status', 'sourcehut', 'https://git.sr.ht/~nordhost/status'],
  ])('%s', (source, kind, address) => {
    expect(hostedRepository(source)).toEqual({ kind, address });
  });

  it.each([
    'https://git.nordhost.example/status',
    'https://github.com/nordhost',
    'nonsense',
    'https://notgithub.com/a/b',
  ])('but not %s', (source) => {
    expect(hostedRepository(source)).toBeNull();
  });
});

describe('a git remote has an address that needs no key', () => {
  it.each([
    ['git@codeberg.org:nordhost/status.git', 'https://codeberg.org/nordhost/status'],
    ['github.com:nordhost/status', 'https://github.com/nordhost/status'],
    ['ssh://git@git.nordhost.example:2222/status.git', 'https://git.nordhost.example/status'],
    ['https://bot:geheim@github.com/nordhost/status.git/', 'https://github.com/nordhost/status'],
    ['https://git.nordhost.example:8443/a/b', 'https://git.nordhost.example:8443/a/b'],
    ['http://git.intern/a', 'http://git.intern/a'],
    ['/srv/git/status.git', null],
    ['../dran', null],
    ['file:///srv/git/status.git', null],
    ['C:\\git\\status', null],
  ])('%s: %s', (remote, address) => {
    expect(webAddress(remote)).toBe(address);
  });
});
