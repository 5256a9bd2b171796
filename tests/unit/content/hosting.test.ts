import { describe, expect, test } from 'vitest';
import { readSiteConfig } from '../../../src/content/site-config.ts';

const BASE = 'name: Moorhost\nurl: https://status.moorhost.example\ntimezone: Europe/Berlin\n';
const config = (text: string) => readSiteConfig(new TextEncoder().encode(`${BASE}${text}`));

const MINUTE = 60_000;

describe('where the page is published', () => {
  test('stands in the config, one entry a place', () => {
    const { hosting, faults } = config(`targets:
  - { rclone: "s3:status-bucket", url: "https://one.example/status/" }
  - { git: "git@codeberg.org:moor/pages.git", branch: main, time limit: 2 min, tries: 5 }
  - { rsync: "web@two.example:/srv/status", url: two.example }
  - folder: /srv/www/status
    name: Here
    time-limit: 15s
  - { command: "npx wrangler pages deploy {dir}, quickly", url: "https://three.example" }
`);
    expect(faults.map(({ code }) => code)).toEqual(['bare-address']);
    const usual = { branch: 'pages', timeLimit: 10 * MINUTE, tries: 3 };
    expect(hosting.targets).toEqual([
      {
        ...usual,
        name: 'one.example',
        kind: 'rclone',
        to: 's3:status-bucket',
        url: 'https://one.example/status',
      },
      {
        name: 'status.moorhost.example',
        kind: 'git',
        to: 'git@codeberg.org:moor/pages.git',
        branch: 'main',
        url: 'https://status.moorhost.example',
        timeLimit: 2 * MINUTE,
        tries: 5,
      },
      {
        ...usual,
        name: 'two.example',
        kind: 'rsync',
        to: 'web@two.example:/srv/status',
        url: 'https://two.example',
      },
      {
        ...usual,
        name: 'Here',
        timeLimit: 15_000,
        kind: 'folder',
        to: '/srv/www/status',
        url: 'https://status.moorhost.example',
      },
      {
        ...usual,
        name: 'three.example',
        kind: 'command',
        to: 'npx wrangler pages deploy {dir}, quickly',
        url: 'https://three.example',
      },
    ]);
  });

  test('is told apart where two places have one address', () => {
    const { hosting } = config('targets: [{ folder: /a }, { folder: /b }]\n');
    expect(hosting.targets.map(({ name }) => name)).toEqual([
      'status.moorhost.example',
      'status.moorhost.example 2',
    ]);
  });

  test.each([
    ['no way', '- { url: "https://one.example" }', 'Write one of rclone, git, rsync, folder and command.'],
    ['two ways', '- { folder: /a, rsync: "b:c" }', 'Write one of rclone, git, rsync, folder and command.'],
    ['a place that a tool would take for a flag', '- { rsync: "--rsh=sh" }', 'begins with a hyphen'],
    ['too many tries', '- { folder: /a, tries: 99 }', 'tries'],
    ['an endless time limit', '- { folder: /a, time-limit: 0s }', 'is not a duration'],
    ['an odd time limit', '- { folder: /a, time-limit: soon }', 'is not a duration'],
  ])('%s is told', (_what, entry, message) => {
    const { faults } = config(`targets:\n  ${entry}\n`);
    expect(faults.map((fault) => fault.message).join()).toContain(message);
  });
});

test.each([
  ['in one line', '- { git: "https://tb:hunter22@git.example/page.git" }'],
  ['in lines of its own', '- name: x\n    command: deploy {dir} --token hunter22'],
])('a secret in the address of a target is told without being repeated: %s', (_how, entry) => {
  const { faults } = config(`targets:\n  - { url: "https://one.example" }\n  ${entry}\n`);
  const told = faults.find(({ code }) => code === 'target-address');
  expect(told).toMatchObject({ level: 'warning', line: entry.includes('name') ? 7 : 6 });
  expect(told?.message).toContain('looks like a secret');
  expect(JSON.stringify(faults)).not.toContain('hunter22');
});

describe('what the page must not depend on', () => {
  test('stands in the config by host name, several to a label', () => {
    const { hosting, faults } = config(`dependencies:
  Main site: https://WWW.moorhost.example/start
  Name servers: [ns1.moorhost.example, ns2.moorhost.example.]
  Mail: 192.0.2.7
  Shop: bücher.example
resolver: 9.9.9.9
`);
    expect(faults.map(({ code }) => code)).toEqual(['not-a-list']);
    expect(hosting.resolvers).toEqual(['9.9.9.9']);
    expect(hosting.dependencies).toEqual([
      { label: 'Main site', host: 'www.moorhost.example' },
      { label: 'Name servers', host: 'ns1.moorhost.example' },
      { label: 'Name servers', host: 'ns2.moorhost.example' },
      { label: 'Mail', host: '192.0.2.7' },
      { label: 'Shop', host: 'xn--bcher-kva.example' },
    ]);
  });

  test('a pattern is no host', () => {
    const { hosting, faults } = config('dependencies: { Web: "*.moorhost.example" }\n');
    expect(faults.map(({ message }) => message).join()).toContain('is not a host name');
    expect(hosting.dependencies).toEqual([]);
  });
});

describe('files for hosts and search engines', () => {
  test.each([
    ['', false, null],
    ['cname: true\nsearch-engines: no\n', true, false],
    ['CNAME: yes\nSearch Engines: true\n', true, true],
  ])('are made where the config asks for them: %j', (text, cname, searchEngines) => {
    expect(config(text)).toMatchObject({ faults: [], hosting: { cname, searchEngines } });
  });

  test('a word that is neither yes nor no is told', () => {
    expect(config('search-engines: maybe\n').faults[0]?.message).toContain('is neither "true" nor "false"');
  });
});
