import { describe, expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { CONFIG_SHAPE } from '../../../src/content/config-schema.ts';
import { INCIDENT_SHAPE } from '../../../src/content/incident-keys.ts';
import { repairYaml } from '../../../src/content/yaml-repairs.ts';
import { edited } from './sample.ts';

const isName = (word: string) => ['web', 'mail', 'db'].includes(word);
const repair = (text: string) => repairYaml(text, INCIDENT_SHAPE, isName);

/** A slip, what it is mended to, and the code of its warning. */
type Slip = [slip: string, mended: string, code: string];

const TEXTS: Slip[] = [
  ['title: Mail: langsam', 'title: "Mail: langsam"', 'unquoted-colon'],
  ['title: Mail: sehr: langsam', 'title: "Mail: sehr: langsam"', 'unquoted-colon'],
  ['title: Ausfall:', 'title: "Ausfall:"', 'unquoted-colon'],
  ['title: Ausfall "Mail": alles', `title: 'Ausfall "Mail": alles'`, 'unquoted-colon'],
  ['title: Mail: langsam\n  seit heute', 'title: "Mail: langsam\n  seit heute"', 'unquoted-colon'],
  ['title: [Mail] langsam', 'title: "[Mail] langsam"', 'reserved-character'],
  ['title: {Mail} langsam', 'title: "{Mail} langsam"', 'reserved-character'],
  ['title: *Mail* langsam', 'title: "*Mail* langsam"', 'reserved-character'],
  ['title: & mehr', 'title: "& mehr"', 'reserved-character'],
  ['title: ! Achtung', 'title: "! Achtung"', 'reserved-character'],
  ['title: @alle: Mail', 'title: "@alle: Mail"', 'reserved-character'],
  ['title: `mx1` aus', 'title: "`mx1` aus"', 'reserved-character'],
  ['title: %50 aus', 'title: "%50 aus"', 'reserved-character'],
  ['title: > 40 Minuten', 'title: "> 40 Minuten"', 'reserved-character'],
  ['title: - Mail', 'title: "- Mail"', 'reserved-character'],
  ['title: #4711 Mail', 'title: "#4711 Mail"', 'reserved-character'],
  ['title: "Alle "Mails" weg"', `title: 'Alle "Mails" weg'`, 'nested-quotes'],
  [`title: 'Anna's Mail'`, `title: "Anna's Mail"`, 'nested-quotes'],
  ['title: "Mail" langsam', `title: '"Mail" langsam'`, 'nested-quotes'],
  ['title: "Mail" und "Web"', `title: '"Mail" und "Web"'`, 'nested-quotes'],
  ['title: "C:\\Temp voll"', `title: 'C:\\Temp voll'`, 'nested-quotes'],
  ['title: "Mail', 'title: "Mail"', 'unclosed-quote'],
  ['title: „Mail langsam“', 'title: "Mail langsam"', 'typographic-quotes'],
  ['title: “Mail langsam”', 'title: "Mail langsam"', 'typographic-quotes'],
  ['title: »Mail langsam«', 'title: "Mail langsam"', 'typographic-quotes'],
  ['title: ‚Mail langsam‘', 'title: "Mail langsam"', 'typographic-quotes'],
  ['title: „Alle "Mails" weg“', `title: 'Alle "Mails" weg'`, 'typographic-quotes'],
  ['title: !!str Mail', 'title: Mail', 'yaml-tag'],
];

const KEYS: Slip[] = [
  ['title:Mail', 'title: Mail', 'missing-space'],
  ['title:\u00a0Mail', 'title: Mail', 'missing-space'],
  ['title :Mail', 'title: Mail', 'missing-space'],
  ['title=Mail', 'title: Mail', 'missing-space'],
  ['title：Mail', 'title: Mail', 'missing-space'],
  ['Next Update:30m', 'Next Update: 30m', 'missing-space'],
  ['next-update 30m', 'next-update: 30m', 'missing-colon'],
  ['„title“: Mail', 'title: Mail', 'typographic-quotes'],
  ['@title: Mail', 'title: Mail', 'stray-character'],
  ['- title: Mail', 'title: Mail', 'stray-hyphen'],
  ['title: Mail\n status: resolved', 'title: Mail\nstatus: resolved', 'indentation'],
  ['title:\n status: resolved', 'title:\nstatus: resolved', 'indentation'],
  ['components:\n  - web\n impact: major', 'components:\n  - web\nimpact: major', 'indentation'],
  [
    'components:\n  web: major outage\n  impact: major',
    'components:\n  web: major outage\nimpact: major',
    'indentation',
  ],
  [
    'components:\n  web: major outage\n mail: operational',
    'components:\n  web: major outage\n  mail: operational',
    'indentation',
  ],
  ['components:\nweb: major outage', 'components:\n  web: major outage', 'indentation'],
  ['scheduled:\nfrom: 2027-05-11', 'scheduled:\n  from: 2027-05-11', 'indentation'],
  [
    'scheduled:\n  from: 2027-05-11\nto: 2027-05-12',
    'scheduled:\n  from: 2027-05-11\n  to: 2027-05-12',
    'indentation',
  ],
  [
    'scheduled:\n  from: 2027-05-11\n   to: 2027-05-12',
    'scheduled:\n  from: 2027-05-11\n  to: 2027-05-12',
    'indentation',
  ],
  ['scheduled:\n\tfrom: 2027-05-11', 'scheduled:\n  from: 2027-05-11', 'tab'],
  ['scheduled:\n\u00a0\u00a0from: 2027-05-11', 'scheduled:\n  from: 2027-05-11', 'odd-space'],
];

const LISTS: Slip[] = [
  ['hosts: *.moorhost.example', 'hosts: "*.moorhost.example"', 'reserved-character'],
  ['hosts:\n  - *.moorhost.example', 'hosts:\n  - "*.moorhost.example"', 'reserved-character'],
  ['hosts: [*.moorhost.example, web-1]', 'hosts: ["*.moorhost.example", web-1]', 'reserved-character'],
  ['hosts: [web-1, #2]', 'hosts: [web-1, "#2"]', 'reserved-character'],
  ['components: [„web“]', 'components: ["web"]', 'typographic-quotes'],
  ['components: [web, mail', 'components: [web, mail]', 'unclosed-bracket'],
  ['components: [web, mail # alle', 'components: [web, mail] # alle', 'unclosed-bracket'],
  ['components: web, mail]', 'components: [web, mail]', 'list-spelling'],
  ['components: (web, mail)', 'components: [web, mail]', 'list-spelling'],
  ['components: [web, mail]]', 'components: [web, mail]', 'extra-bracket'],
  ['components: [web,, mail]', 'components: [web, mail]', 'extra-comma'],
  ['components: [web] [mail]', 'components: [web, mail]', 'split-list'],
  ['components: [web], mail', 'components: [web, mail]', 'split-list'],
  ['components: "web", "mail"', 'components: ["web", "mail"]', 'missing-brackets'],
  ['components: {web: major outage: alles}', 'components: {web: "major outage: alles"}', 'unquoted-colon'],
  ['components: {web:major outage}', 'components: {web: major outage}', 'missing-space'],
  ['components:\n  – web', 'components:\n  - web', 'list-marker'],
  ['components:\n  • web', 'components:\n  - web', 'list-marker'],
  ['components:\n  -web', 'components:\n  - web', 'list-marker'],
  ['components:\n  - web\n - mail', 'components:\n  - web\n  - mail', 'indentation'],
  ['components:\n  - web\n   - mail', 'components:\n  - web\n  - mail', 'indentation'],
];

describe.each([
  ['texts', TEXTS],
  ['keys', KEYS],
  ['lists', LISTS],
])('slips of %s', (_, slips) => {
  test.each(slips)('%j is read as %j, with a warning', (slip, mended, code) => {
    for (const ending of ['\n', '\r\n']) {
      const around = (text: string) => `draft: false\n${text}\npinned: false\n`.replaceAll('\n', ending);
      const { text, problems } = repair(around(slip));
      expect(text).toBe(around(mended));
      expect(parseDocument(text).errors).toEqual([]);
      expect(problems.map((problem) => problem.code)).toEqual([code]);
      expect(edited(around(slip), problems[0]!.fix!)).toBe(around(mended));
    }
  });

  test.each(slips)('what %j is mended to needs no mending', (_slip, mended) => {
    expect(repair(mended).problems).toEqual([]);
  });
});

describe('what is right is left alone', () => {
  test.each([
    'title: Mail',
    'title: "Mail: langsam"',
    `title: 'Anna''s Mail'`,
    'title: "Mail" # heute',
    'title: Anna\'s "Mail" – 12:30 – https://a.example/#x',
    'title: „Mail“ und „Web“',
    'title: |\n  Mail: langsam\n  - seit heute',
    'title: >-\n  Mail\n\n  langsam',
    'title: "Mail\n  langsam"',
    'title: Mail\n  langsam',
    'components:\n  - web\n  - mail',
    'components:\n- web\n- mail',
    'components: # alle\n  - web',
    'components:\n  web: major outage\n  mail: { a: b }',
    'components: [\n  web,\n  mail, # die Post\n]',
    'components: { web: major outage, "mail": operational }',
    'scheduled: { from: 2027-05-11 01:00, to: 2027-05-11T02:00:00Z }',
    'hosts: &hosts [web-1]\naliases: *hosts',
    '# title:x\ntitle: Mail',
    'Title: Mail\nNEXT_UPDATE: 30m',
    'status: ~',
    'unknown:\n  deep:\n    - { a: [1, 2] }\n    - b: c',
  ])('%j', (text) => {
    expect(repair(`${text}\n`)).toMatchObject({ text: `${text}\n`, problems: [] });
  });
});

describe('what has no plain reading is left to a person', () => {
  test('a comment that cuts a title: shown, not changed', () => {
    const { text, problems } = repair('title: Tickets #1 und #2\n');
    expect(text).toBe('title: Tickets #1 und #2\n');
    expect(problems).toMatchObject([{ code: 'cut-by-comment', start: 15, fix: null }]);
  });

  test('a comment that stands for a whole list', () => {
    expect(repair('components: # [web]\nstatus: x\n').problems).toMatchObject([
      { code: 'cut-by-comment', fix: null },
    ]);
  });
});

describe('the config has the same slips and the same repairs', () => {
  test.each([
    ['name: Moor: Host\n', 'name: "Moor: Host"\n'],
    ['authors:\n  ab: Anna: B\n', 'authors:\n  ab: "Anna: B"\n'],
    ['contacts:\n  - label: Telefon: Tag und Nacht\n', 'contacts:\n  - label: "Telefon: Tag und Nacht"\n'],
    ['components:\n\t- id: web\n\t  name: Web\n', 'components:\n  - id: web\n    name: Web\n'],
    ['components:\n  - id:web\n', 'components:\n  - id: web\n'],
    ['components:\n  - name: { de: „Post“ }\n', 'components:\n  - name: { de: "Post" }\n'],
    [
      'components:\n  - name: Halle\n    components:\n      - name: A\n     - name: B\n',
      'components:\n  - name: Halle\n    components:\n      - name: A\n      - name: B\n',
    ],
  ])('%j', (slip, mended) => {
    expect(repairYaml(slip, CONFIG_SHAPE).text).toBe(mended);
  });
});

test('places in a mended text lead back to the file', () => {
  const source = 'title:Mail\n\tstatus: resolved\nimpact: major\n';
  const { text, toSource } = repair(source);
  for (const word of ['Mail', 'status', 'resolved', 'impact', 'major']) {
    expect(source.slice(toSource(text.indexOf(word))).startsWith(word)).toBe(true);
  }
});

test.each([
  ['scheduled:\nfrom: 2027-05-11\nto: 2027-05-12\n', 'scheduled:\n  from: 2027-05-11\n  to: 2027-05-12\n'],
  [
    'components:\nweb: major outage\nmail: operational\n',
    'components:\n  web: major outage\n  mail: operational\n',
  ],
])('%j: every key that only the entry above knows is put below it', (slip, mended) => {
  const { text, problems } = repair(slip);
  expect(text).toBe(mended);
  expect(
    edited(
      slip,
      problems.flatMap(({ fix }) => fix ?? []),
    ),
  ).toBe(mended);
});

test('a comma that is missing between two entries is no colon of a text', () => {
  for (const entries of ['{ web: major outage mail: operational }', '{ from: 2027-05-11 to: 2027-05-12 }'])
    expect(repair(`components: ${entries}\n`).problems.map(({ code }) => code)).not.toContain(
      'unquoted-colon',
    );
});

test('a brace that is not closed ends where the next entry of the list begins', () => {
  const slip = 'components:\n  - { id: web, name: Web\n  - { id: mail, name: E-Mail: IMAP }\n';
  const { text, problems } = repairYaml(slip, CONFIG_SHAPE);
  expect(text).toBe('components:\n  - { id: web, name: Web}\n  - { id: mail, name: "E-Mail: IMAP" }\n');
  expect(problems.map(({ code }) => code)).toEqual(['unclosed-bracket', 'unquoted-colon']);
});
