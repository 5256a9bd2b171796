import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fnv1a64 } from '../../../src/domain/fnv.ts';
import type { Incident } from '../../../src/domain/incident.ts';
import { publicIds } from '../../../src/domain/public-ids.ts';
import { incident, site, update } from './sample.ts';

function power(more: Partial<Incident> = {}): Incident {
  return incident([update('2026-11-21T17:00:00Z', 'investigating', { id: '20261121T1700Z' })], more);
}

describe('the hash behind ids', () => {
  it('is FNV-1a', () => {
    // The published test vectors of the hash.
    expect(fnv1a64('').toString(16)).toBe('cbf29ce484222325');
    expect(fnv1a64('a').toString(16)).toBe('af63dc4c8601ec8c');
    expect(fnv1a64('foobar').toString(16)).toBe('85944171f73967e8');
  });

  it('is the same as when it is counted the plain way', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        let plain = 0xcbf29ce484222325n;
        for (const byte of new TextEncoder().encode(text)) {
          plain = ((plain ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
        }
        expect(fnv1a64(text)).toBe(plain);
      }),
    );
  });
});

describe('public ids', () => {
  it('are twelve small letters and digits, and never change', () => {
    const ids = publicIds(site, [power({ slug: '2026-11-21-power-dresden' })]);
    expect({
      page: ids.page,
      component: ids.component('mail'),
      group: ids.component('dresden'),
      incident: ids.incident('2026-11-21-power-dresden'),
      update: ids.update('2026-11-21-power-dresden', '20261121T1700Z'),
      clashes: ids.clashes,
    }).toMatchInlineSnapshot(`
      {
        "clashes": [],
        "component": "157ljz1j1zrb",
        "group": "4cj00ge5hfa1",
        "incident": "wkjp35hc0uwm",
        "page": "egphg6szw3z1",
        "update": "k3eihikzbebi",
      }
    `);
  });

  it('outlive a new title, new texts, a renamed file with an alias, and the moves of other files', () => {
    const before = publicIds(site, [power()]);
    const after = publicIds({ ...site, name: 'New name', language: 'de' }, [
      power({ slug: 'another', path: 'another.md' }),
      power({ slug: 'renamed', path: '2026/renamed.md', aliases: ['power', 'older'], title: 'New' }),
    ]);
    expect(after.incident('renamed')).toBe(before.incident('power'));
    expect(after.update('renamed', '20261121T1700Z')).toBe(before.update('power', '20261121T1700Z'));
    expect(after.component('mail')).toBe(before.component('mail'));
    expect(after.page).toBe(before.page);
  });

  it('give the page one id on http and https, and another at another address', () => {
    const at = (url: string) => publicIds({ ...site, url }, []).page;
    expect(at('http://status.nordhost.example')).toBe(at('https://Status.nordhost.example'));
    expect(at('https://pages.example/a')).not.toBe(at('https://pages.example/b'));
  });

  it('know the updates of the clock before it has spoken', () => {
    const window = { from: Date.parse('2026-11-22T00:00:00Z'), to: Date.parse('2026-11-22T04:00:00Z') };
    const ids = publicIds(site, [power({ kind: 'maintenance', window })]);
    expect(ids.update('power', 'start')).toMatch(/^[a-z0-9]{12}$/);
    expect(ids.update('power', 'end')).not.toBe(ids.update('power', 'start'));
  });

  it('differ all the same where two names would share one, which is told', () => {
    const poor = (name: string) => (/^(?:incident|component) /.test(name) ? name.slice(0, 10) : name);
    const second = power({ slug: 'incident-b', path: 'b.md' });
    const first = power({ slug: 'incident-a', path: 'a.md' });
    const ids = publicIds(site, [second, first], (name) => `${poor(name)}${/ \d$/.exec(name)?.[0] ?? ''}`);
    expect(ids.incident('incident-a')).toBe('incident i');
    expect(ids.incident('incident-b')).toBe('incident i 2');
    expect(ids.clashes).toContainEqual({
      what: { incident: 'incident-b', update: null },
      path: 'b.md',
      wanted: 'incident i',
      given: 'incident i 2',
    });
    expect(ids.clashes).toContainEqual({
      what: { component: 'web' },
      path: null,
      wanted: 'component ',
      given: 'component  2',
    });
  });

  it('are unique and do not depend on the order of files', () => {
    const slug = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,20}$/);
    fc.assert(
      fc.property(fc.uniqueArray(slug, { maxLength: 40 }), (slugs) => {
        const files = slugs.map((name) => power({ slug: name, path: `${name}.md` }));
        const ids = publicIds(site, files);
        const turned = publicIds(site, files.toReversed());
        const all = slugs.flatMap((name) => [ids.incident(name), ids.update(name, '20261121T1700Z')]);
        expect(new Set(all).size).toBe(all.length);
        expect(slugs.map(turned.incident)).toEqual(slugs.map(ids.incident));
        expect(ids.clashes).toEqual([]);
      }),
    );
  });
});
