import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { configJsonSchema } from '../../../src/content/config-schema.ts';
import { sortFaults } from '../../../src/content/fault-report.ts';
import { readSiteConfig } from '../../../src/content/site-config.ts';
import { UPTIME_RULE } from '../../../src/domain/site.ts';
import { codes } from './sample.ts';

const BASE = 'name: Moorhost\nurl: https://status.moorhost.example\ntimezone: Europe/Berlin\nlanguage: de\n';
const config = (text: string) => readSiteConfig(new TextEncoder().encode(text), 'ordner');

describe('a config as it should be', () => {
  test('may have a thousand components with a sentence about each', () => {
    const components = Array.from(
      { length: 1000 },
      (_, index) =>
        `  - { id: part-${index}, name: Part ${index}, description: "What ${'a part of this house'.repeat(3)} is for" }\n`,
    );
    const { site, faults } = config(`${BASE}components:\n${components.join('')}`);
    expect(faults).toEqual([]);
    expect(site.components).toHaveLength(1000);
  });

  test('gives all that it says, with every default filled in', () => {
    const { site, faults } = config(`${BASE}languages: [de, en]
components:
  - name: { de: Halle, en: Hall }
    components:
      - { id: web, name: { de: Webseiten, en: Web sites }, hosts: ["web-*"] }
      - { name: Große Datenbanken }
  - { id: api, name: API, description: Für Kunden }
authors: { ab: Anna B. }
contacts:
  - { label: Telefon, url: "tel:+49351" }
links:
  - { label: { de: Impressum, en: Imprint }, url: "https://moorhost.example/i" }
mirrors: [https://moor.example/]
logo: logo.svg
source: https://git.example/moor/status/
address: du
clock: 2027-05-10 21:00
`);
    expect(faults).toEqual([]);
    expect(site).toEqual({
      name: 'Moorhost',
      url: 'https://status.moorhost.example',
      timezone: 'Europe/Berlin',
      language: 'de',
      languages: ['de', 'en'],
      components: [
        {
          id: 'halle',
          name: { de: 'Halle', en: 'Hall' },
          description: null,
          components: [
            { id: 'web', name: { de: 'Webseiten', en: 'Web sites' }, description: null, hosts: ['web-*'] },
            { id: 'große-datenbanken', name: { de: 'Große Datenbanken' }, description: null, hosts: [] },
          ],
        },
        { id: 'api', name: { de: 'API' }, description: { de: 'Für Kunden' }, hosts: [] },
      ],
      authors: { ab: 'Anna B.' },
      contacts: [{ label: { de: 'Telefon' }, url: 'tel:+49351' }],
      links: [{ label: { de: 'Impressum', en: 'Imprint' }, url: 'https://moorhost.example/i' }],
      mirrors: ['https://moor.example'],
      logo: 'logo.svg',
      source: 'https://git.example/moor/status',
      address: 'du',
      clock: Date.parse('2027-05-10T19:00:00Z'),
      uptime: UPTIME_RULE,
    });
  });

  test('says how uptime is computed', () => {
    const { site, faults } = config(
      `${BASE}uptime:\n  show: no\n  since: 2026-03-01\n  weights: { Degraded Performance: 0.8, major-outage: 0 }\n`,
    );
    expect(faults).toEqual([]);
    expect(site.uptime).toEqual({
      show: false,
      since: Date.parse('2026-02-28T23:00:00Z'),
      weights: { ...UPTIME_RULE.weights, 'degraded performance': 0.8 },
    });
  });

  test('counts as usual what it says of uptime that can’t be so', () => {
    const { site, faults } = config(`${BASE}uptime: { since: gestern, weights: { partial outage: 50 } }\n`);
    expect(site.uptime).toEqual(UPTIME_RULE);
    expect(codes(faults)).toEqual(['bad-value', 'unreadable-time']);
    expect(faults[0]!.message).toBe('"partial outage" "50" is not a number from 0 to 1, such as 0.5.');
  });

  test('of the demonstration needs no word', () => {
    expect(
      readSiteConfig(readFileSync(new URL('../../../status.config.yml', import.meta.url))).faults,
    ).toEqual([]);
  });
});

describe('slips in a config', () => {
  test.each([
    [
      'a web address without its beginning',
      'name: x\nurl: status.x.example/\n',
      { url: 'https://status.x.example' },
      'bare-address',
    ],
    [
      'an unquoted colon',
      `${BASE.replace('Moorhost', 'Moor: Host')}`,
      { name: 'Moor: Host' },
      'unquoted-colon',
    ],
    ['a misspelt key', BASE.replace('timezone', 'timezon'), { timezone: 'Europe/Berlin' }, 'unknown-key'],
    ['a list as a text', `${BASE}languages: de, en\n`, { languages: ['de', 'en'] }, 'not-a-list'],
    ['a key twice', `${BASE}name: Anders\n`, { name: 'Anders' }, 'key-twice'],
    ['a bad clock', `${BASE}clock: gestern\n`, { clock: null }, 'unreadable-time'],
    ['a logo elsewhere', `${BASE}logo: https://x.example/a.png\n`, { logo: null }, 'bad-value'],
    ['a logo outside of public', `${BASE}logo: ../../etc/passwd\n`, { logo: null }, 'bad-value'],
  ])('%s: read as far as it is plain, with a warning', (_, text, part, code) => {
    const { site, faults } = config(text);
    expect(site).toMatchObject(part);
    expect(faults).toMatchObject([{ code, level: 'warning', file: 'status.config.yml' }]);
  });

  test('a telephone number and a mail address become links', () => {
    const { site, faults } = config(
      `${BASE}contacts:\n  - { label: A, url: +49 351 100 }\n  - { label: B, url: hilfe@moor.example }\n`,
    );
    expect(site.contacts.map(({ url }) => url)).toEqual(['tel:+49351100', 'mailto:hilfe@moor.example']);
    expect(codes(faults)).toEqual(['bare-address', 'bare-address']);
  });

  test('an address that runs code is left out, and nothing else is', () => {
    const { site, faults } = config(
      `${BASE}contacts:\n  - { label: A, url: "javascript:alert(1)" }\n  - { label: B, url: "tel:1" }\n  - { url: x }\n  - { label: C, url: "tel:2" }\n`,
    );
    expect(site.contacts.map(({ url }) => url)).toEqual(['tel:1', 'tel:2']);
    expect(sortFaults(faults).map(({ code, line }) => [code, line])).toEqual([
      ['bad-value', 6],
      ['bad-value', 8],
    ]);
  });

  test('components as a map or as bare words are read', () => {
    expect(config(`${BASE}components: [web, mail]\n`).site.components.map(({ id }) => id)).toEqual([
      'web',
      'mail',
    ]);
    expect(config(`${BASE}components:\n  web: Webseiten\n  mail: Post\n`).site.components).toMatchObject([
      { id: 'web', name: { de: 'Webseiten' } },
      { id: 'mail', name: { de: 'Post' } },
    ]);
  });

  test('two components of one id are both there, under two ids', () => {
    const { site, faults } = config(
      `${BASE}components:\n  - { id: web, name: A }\n  - { id: Web, name: B }\n`,
    );
    expect(site.components.map(({ id }) => id)).toEqual(['web', 'Web-2']);
    expect(codes(faults)).toEqual(['duplicate-id']);
  });

  test('one bad component does not take the others with it', () => {
    const { site, faults } = config(
      `${BASE}components:\n  - { description: x }\n  - { id: a/b, name: B, hosts: [[c]], extra: 1 }\n  - { name: C }\n`,
    );
    expect(site.components.map(({ id }) => id)).toEqual(['a-b', 'c']);
    expect(codes(faults).toSorted()).toEqual(['bad-id', 'missing-value', 'nested-list', 'unknown-key']);
  });

  test('poisoned keys are keys that nobody knows', () => {
    const { site, faults } = config(
      `${BASE}__proto__: { name: x }\nauthors: { constructor: Carl, __proto__: y }\n`,
    );
    expect(site.authors).toEqual({ constructor: 'Carl' });
    expect(codes(faults)).toEqual(['unknown-key', 'unknown-key']);
    expect(({} as { name?: string }).name).toBeUndefined();
  });
});

describe("a config that can't be read silences nothing", () => {
  test.each([
    ['', 'ordner'],
    ['nur Text', 'ordner'],
    ['name: "Moor" {\n url: ]\n', '"Moor" {'],
    ['name: Moorhost\nurl: "\n\tx: {\n', 'Moorhost'],
  ])('%j', (text, name) => {
    const { site, faults } = config(text);
    expect(site).toMatchObject({ name, timezone: 'UTC' });
    expect(faults.some(({ level }) => level === 'error')).toBe(true);
  });

  test('an unknown time zone is an error, with a hint', () => {
    const { site, faults } = config(BASE.replace('Berlin', 'Berln'));
    expect(site.timezone).toBe('UTC');
    expect(faults).toMatchObject([{ level: 'error', line: 3, column: 11 }]);
    expect(faults[0]?.message).toContain('"Europe/Berlin"');
  });
});

test('the JSON Schema says what each key of the config is for', () => {
  const schema = configJsonSchema() as { properties: Record<string, { description?: string }> };
  for (const [key, { description }] of Object.entries(schema.properties))
    expect(description, key).toMatch(/\S/);
});

test('a merge conflict in the config is called by its name, and what both sides agree on is read', () => {
  const { site, faults } = config(
    `<<<<<<< HEAD\n${BASE}=======\n${BASE}>>>>>>> other\ncomponents:\n  - { id: web, name: Web }\n`,
  );
  expect(faults[0]).toMatchObject({ code: 'conflict', level: 'error', line: 1 });
  expect(codes(faults)).not.toContain('unreadable-yaml');
  expect(site).toMatchObject({ name: 'Moorhost', components: [{ id: 'web' }] });
});

test('a colon in the name of one component costs no other component its place', () => {
  const { site, faults } = config(
    `${BASE}components:\n  - { id: mail, name: E-Mail: IMAP }\n  - { id: web, name: Web }\n`,
  );
  expect(site.components.map(({ name }) => name)).toEqual([{ de: 'E-Mail: IMAP' }, { de: 'Web' }]);
  expect(codes(faults)).toEqual(['unquoted-colon']);
});

test('an address of a contact that is left out is not said to be published as another', () => {
  const { faults } = config(`${BASE}contacts:\n  - { label: Telefon, url: "javascript:alert(1)" }\n`);
  expect(faults).toMatchObject([{ code: 'bad-value', publishedAs: null }]);
});
