import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { importStatusfy } from '../../../src/import/statusfy.ts';
import { readImported } from './statuspage-sample.ts';

const NOW = Date.UTC(2026, 10, 21);
const CONFIG = {
  path: 'config.js',
  text: `// our page
module.exports = {
  baseUrl: "https://status.nordhost.example/", /* where it is */
  title: 'Nordhost // status',
  defaultLocale: "en",
  locales: [{ code: "en", iso: "en-US" }, { code: "de", iso: "de-DE" }],
  content: { systems: ["Mail", "web shop"], },
};
`,
};
const page = (head: string, body = '', path = 'content/2024-06-07-mail.md', fence = '---') => ({
  path,
  text: `${fence}\n${head}\n---\n${body}`,
});

function one(head: string, body = '') {
  const result = importStatusfy([CONFIG, page(head, body)], null);
  const file = result.files.find(({ path }) => path.startsWith('incidents/'))!;
  const notes = result.notes.filter((note) => note.file.startsWith('content/')).map(({ message }) => message);
  return { text: file.text, notes: notes.join('\n'), result };
}

const HEAD = `title: Mail was slow
date: '2024-06-07T08:00:00.000Z'
severity: partial-outage
affectedsystems:
  - Mail
resolved: true
modified: '2024-06-07T09:30:00.000Z'`;

const BODY = `Mail is slow.

<!--- language code: en -->

::: update Monitoring | 2024-06-07T09:00:00.000Z
It flows.
:::

::: update A *word* | 2024-06-07T08:30:00.000Z
We look into it.
:::
`;

describe('an incident of Statusfy', () => {
  it('becomes a file with its updates in the order of time', () => {
    const { text, notes } = one(
      HEAD,
      `${BODY}\n::: update Resolved | 2024-06-07T09:30:00Z\nAll is well.\n:::\n`,
    );
    expect(text).toBe(`---
title: Mail was slow
status: resolved
impact: major
components: [mail]
---

## 2024-06-07 09:30 resolved

All is well.

## 2024-06-07 09:00 monitoring

It flows.

## 2024-06-07 08:30

**A \\*word\\***

We look into it.

## 2024-06-07 08:00

Mail is slow.
`);
    expect(notes).toBe('');
  });

  it('that no update ends is over when it was last changed, which is said', () => {
    const { text, notes } = one(HEAD, BODY);
    expect(text).toContain('## 2024-06-07 09:30 resolved\n\n## 2024-06-07 09:00 monitoring\n');
    expect(notes).toBe('No update ends it: `modified` counts as the end.');
  });

  it('that is not resolved stays open, whatever its updates say', () => {
    const { result, notes } = one(
      HEAD.replace('resolved: true', 'resolved: false'),
      '::: update Resolved | 2024-06-07T09:30:00Z\nAll is well.\n:::\n',
    );
    expect(notes).toContain('it stays open');
    const { incidents, faults } = readImported(result, Date.UTC(2024, 5, 8));
    expect([incidents[0]!.status, faults]).toEqual(['investigating', []]);
  });

  it('loses no text: neither of an update without a time nor below the updates', () => {
    const { text, notes } = one(
      HEAD,
      '::: update Fix | yesterday\nWe fixed it.\n:::\n\n::: update Fix | 2024-06-07T08:10:00Z\n```\n:::\n```\n:::\nMore words.\n',
    );
    expect(text).toContain('::: update Fix | yesterday\nWe fixed it.\n:::');
    expect(text).toContain('## 2024-06-07 08:10\n\n**Fix**\n\n```\n:::\n```\n');
    expect(text).toContain('More words.');
    expect(notes).toContain('"::: update Fix | yesterday" has no time that can be read');
    expect(notes).toContain('Text that stood between or below updates stands in the first one.');
  });

  it('that was planned is a maintenance with its window', () => {
    const { text } = one(
      "title: Swap\ndate: '2024-06-01T08:00:00Z'\nseverity: under-maintenance\nscheduled: 2024-06-07T22:00:00Z\nduration: 90\nresolved: true\nmodified: 2024-06-07T23:10:00Z",
    );
    expect(text).toContain('status: completed\nscheduled: {from: 2024-06-07 22:00, to: 2024-06-07 23:30}\n');
    expect(text.match(/^## .*$/gm)).toEqual([
      '## 2024-06-07 23:10 completed',
      '## 2024-06-01 08:00 scheduled',
    ]);
  });

  it('under maintenance without a plan is work in progress until it is resolved', () => {
    const { result } = one(
      "title: Swap\ndate: '2024-06-01T08:00:00Z'\nseverity: under-maintenance\nresolved: false",
    );
    expect(readImported(result, NOW).incidents[0]).toMatchObject({
      kind: 'maintenance',
      status: 'in progress',
    });
  });
});

describe('a site of Statusfy', () => {
  it('keeps name, address, languages and systems, without its script being run', () => {
    const { files, unread } = importStatusfy([CONFIG], null);
    expect(files[0]!.text).toBe(`name: Nordhost // status
url: https://status.nordhost.example
timezone: UTC
language: en
languages:
  - en
  - de
components:
  - id: mail
    name: Mail
  - id: web-shop
    name: web shop
`);
    expect(unread).toEqual([]);
  });

  it('with a config that computes gives what stands there in plain words', () => {
    const text = CONFIG.text.replace(
      'module.exports = {',
      'module.exports = {\n  head: () => { return 1; },',
    );
    const { files, unread } = importStatusfy([{ path: 'config.js', text }], null);
    expect(files[0]!.text).toContain('name: Nordhost // status\n');
    expect(unread).toEqual([{ file: 'config.js', message: expect.stringContaining('only in part') }]);
  });

  it('keeps translations beside their originals', () => {
    const { files } = importStatusfy(
      [
        CONFIG,
        page(HEAD, BODY),
        page(HEAD.replace('was slow', 'war langsam'), 'Langsam.', 'content/de/2024-06-07-mail.md'),
      ],
      null,
    );
    expect(files.map(({ path }) => path)).toContain('incidents/2024-06-07-mail.de.md');
  });

  it('may have TOML and JSON at the head of its files', () => {
    const { counts } = importStatusfy(
      [
        page('title = "A"\ndate = 2024-06-07T08:00:00Z\nresolved = true', '', 'content/a.md', '---toml'),
        page(
          '{"title": "B", "date": "2024-06-07T08:00:00Z", "resolved": false}',
          '',
          'content/b.md',
          '---json',
        ),
      ],
      null,
    );
    expect(counts).toMatchObject({ incidents: 2, open: 1 });
  });

  it('loses no file: what is no incident is kept and named', () => {
    const { files, unread } = importStatusfy([CONFIG, { path: 'content/a.md', text: 'words' }], null);
    expect(files[0]).toMatchObject({ path: 'incidents/_not-imported/a.md', text: 'words' });
    expect(unread[0]!.message).toContain('There is no frontmatter.');
  });
});

const SCRAPS = fc.constantFrom(
  ...[
    'word',
    '\n',
    '\n\n',
    '::: update Resolved | 2024-06-07T09:00:00Z\n',
    '::: update Fix | 2024-06-07T08:00:00Z\n',
  ],
  ...[':::\n', '```\n', '::: update x | y\n', '## 2024-01-01\n', '<!--', '- ', '---\n', '**', '::: tip\n'],
);

it('every word of every page comes over, twice the same', () => {
  fc.assert(
    fc.property(fc.array(SCRAPS, { maxLength: 12 }), fc.boolean(), (scraps, over) => {
      const body = `\n${scraps.join('')}`;
      const { text, result } = one(HEAD.replace('resolved: true', `resolved: ${over}`), body);
      const many = (all: string) => all.split('word').length;
      expect(many(text)).toBe(many(body));
      const { incidents, faults } = readImported(result, NOW);
      expect(faults.filter(({ level }) => level === 'error')).toEqual([]);
      expect(incidents[0]!.status === 'resolved').toBe(over);
      expect(one(HEAD.replace('resolved: true', `resolved: ${over}`), body).text).toBe(text);
    }),
    { numRuns: 100 },
  );
}, 60_000);
