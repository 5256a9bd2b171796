import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameDateOf, slugKey, slugOf, UPDATE_ID, updateId } from '../../../src/domain/slug.ts';

const bytes = (text: string): number => new TextEncoder().encode(text).length;

describe('a slug', () => {
  const names: [string, string][] = [
    ['2026-11-21-power-dresden', '2026-11-21-power-dresden'],
    ['2026-11-21 Power, Dresden!', '2026-11-21-Power-Dresden'],
    ['störung_über.mail', 'störung_über.mail'],
    ['Störung'.normalize('NFD'), 'Störung'],
    ['障害-東京', '障害-東京'],
    ['समस्या दिल्ली', 'समस्या-दिल्ली'],
    ['a - b', 'a-b'],
    ['a--b', 'a--b'],
    ['-a-', 'a'],
    ['a/../b', 'a-..-b'],
    ['v1.2', 'v1.2'],
  ];
  it.each(names)('of %s is %s', (name, slug) => {
    expect(slugOf(name)).toBe(slug);
  });

  it('of a name without a letter or digit is a hash of it', () => {
    expect(slugOf('🔥🔥')).toMatch(/^[0-9a-f]{12}$/);
    expect(slugOf('🔥🔥')).not.toBe(slugOf('🔥'));
    expect(slugOf('')).toMatch(/^[0-9a-f]{12}$/);
    expect(slugOf('..')).toMatch(/^[0-9a-f]{12}$/);
  });

  it('is cut after 150 bytes and still tells long names apart', () => {
    const long = `2026-11-21-${'ü'.repeat(100)}`;
    expect(bytes(slugOf(long))).toBeLessThanOrEqual(150);
    expect(slugOf(long)).toMatch(/^2026-11-21-ü+-[0-9a-f]{12}$/);
    expect(slugOf(`${long}a`)).not.toBe(slugOf(`${long}b`));
    expect(slugOf('x'.repeat(150))).toBe('x'.repeat(150));
  });

  it('is never empty, never a path, and a slug of itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
        const slug = slugOf(name);
        expect(slug).toMatch(/^[\p{L}\p{M}\p{N}._-]+$/u);
        expect(slug).not.toMatch(/^[.-]/);
        expect(bytes(slug)).toBeLessThanOrEqual(150);
        expect(slugOf(slug)).toBe(slug);
      }),
    );
  });

  it('is compared without regard to case', () => {
    expect(slugKey('Power-ÄÖ')).toBe(slugKey('power-äö'));
    expect(slugKey('straße')).toBe(slugKey('STRASSE'));
    expect(slugKey('mail')).not.toBe(slugKey('mall'));
  });
});

describe('the date in a name', () => {
  it('is midnight in the zone of the site', () => {
    expect(nameDateOf('2026-11-21-power', 'Europe/Berlin')).toBe(Date.UTC(2026, 10, 20, 23));
  });
  it.each(['power', '2026-13-21-power', '2026-02-30', '2026-11-211', '1815-06-18-waterloo'])(
    'is missing in %s',
    (slug) => {
      expect(nameDateOf(slug, 'Europe/Berlin')).toBeNull();
    },
  );
});

describe('the id of an update', () => {
  const at = Date.UTC(2026, 10, 21, 17, 30, 5);
  it('is its minute in UTC, or its second where that is known', () => {
    expect(updateId(at, 'minute')).toBe('20261121T1730Z');
    expect(updateId(at, 'day')).toBe('20261121T1730Z');
    expect(updateId(at, 'second')).toBe('20261121T173005Z');
    expect(updateId(at, 'second')).toMatch(UPDATE_ID);
  });
  it('may be any of letters, digits and hyphens', () => {
    expect(UPDATE_ID.test('first-word')).toBe(true);
    expect(UPDATE_ID.test('erste Meldung')).toBe(false);
    expect(UPDATE_ID.test('')).toBe(false);
  });
});
