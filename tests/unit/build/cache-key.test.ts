import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cacheKey } from '../../../src/build/cache-key.ts';

describe('a cache key', () => {
  it('does not depend on the order of keys', () => {
    expect(cacheKey({ a: 1, b: { c: 2, d: 3 } })).toBe(cacheKey({ b: { d: 3, c: 2 }, a: 1 }));
  });

  it('depends on the order of a list', () => {
    expect(cacheKey([1, 2])).not.toBe(cacheKey([2, 1]));
  });

  it.each([
    ['nothing and no value', null, undefined],
    ['a number and its text', 1, '1'],
    ['a missing and an empty key', {}, { a: undefined }],
    ['one list of two and two of one', [[1, 2]], [[1], [2]]],
    ['text that looks like a border', ['a', 'b'], ['as1:b']],
    ['no number and null', Number.NaN, null],
    ['the two zeros', 0, -0],
    ['a list and an object', ['a'], { 0: 'a' }],
    ['bytes that differ', new Uint8Array([1]), new Uint8Array([2])],
    ['maps that differ', new Map([['a', 1]]), new Map([['a', 2]])],
    ['sets that differ', new Set(['a']), new Set(['b'])],
  ])('tells apart %s', (_, one, other) => {
    expect(cacheKey(one)).not.toBe(cacheKey(other));
  });

  it('refuses what it can not see through', () => {
    expect(() => cacheKey({ render: () => 'x' })).toThrow(TypeError);
    expect(() => cacheKey({ at: new Date(0) })).toThrow('Date');
  });

  it('is equal for equal JSON and different for different JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        const same = JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
        expect(cacheKey(structuredClone(one))).toBe(cacheKey(one));
        // JSON writes both zeros as 0; the key tells them apart, which only costs a rebuild.
        if (!same) expect(cacheKey(one)).not.toBe(cacheKey(other));
      }),
    );
  });
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => [key, sorted(item)]);
}
