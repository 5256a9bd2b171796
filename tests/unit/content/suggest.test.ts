import { describe, expect, it } from 'vitest';
import { nearest } from '../../../src/content/suggest.ts';

const KEYS = ['title', 'status', 'impact', 'components', 'next-update', 'until'];

describe('did you mean', () => {
  const meant: [string, string | null][] = [
    ['tilte', 'title'],
    ['Titel', 'title'],
    ['stauts', 'status'],
    ['state', 'status'],
    ['nextupdte', 'next-update'],
    ['Next Update', 'next-update'],
    ['componets', 'components'],
    ['colour', null],
    ['x', null],
    ['', null],
    ['severity', null],
    ['x'.repeat(100_000), null],
  ];
  it.each(meant)('%s → %s', (word, key) => {
    expect(nearest(word, KEYS)).toBe(key);
  });

  it('prefers the nearest, and of equally near ones the first', () => {
    expect(nearest('mial', ['mall', 'mail'])).toBe('mail');
    expect(nearest('webx', ['weba', 'webb'])).toBe('weba');
  });
});
