import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { importCstate, type SourceFile } from '../../../src/import/cstate.ts';

const CONFIG = {
  path: 'config.yml',
  text: 'title: Nordhost\nbaseURL: https://status.nordhost.example\nparams: { systems: [{ name: Mail }, { name: Web shop }] }',
};

const issue = (fields: string, body: string, path = 'content/issues/2024-06-07-mail.md'): SourceFile => ({
  path,
  text: `---\nsection: issue\n${fields}\n---\n${body}`,
});

/** The file that one issue becomes, and what was said about it. */
function one(fields: string, body = 'Mail is slow.', zone: string | null = null) {
  const source = issue(fields, body);
  const result = importCstate([CONFIG, source], zone);
  const file = result.files.find(({ path }) => path.startsWith('incidents/'))!;
  const notes = result.notes.filter((note) => note.file === source.path).map(({ message }) => message);
  return { text: file.text, notes: notes.join('\n'), result };
}

const CLOSED =
  'title: Mail was slow\ndate: 2024-06-07 08:00:00\nresolved: true\nresolvedWhen: 2024-06-07T09:30:00-00:00\nseverity: disrupted\naffected:\n  - Mail';

describe('an issue that is over', () => {
  it('begins with its first post and ends with its last', () => {
    expect(one(CLOSED, '[Final message]\nAll is well.\n\n[Initial message]\nMail is slow.')).toMatchObject({
      text: `---
title: Mail was slow
status: resolved
impact: major
components: [mail]
---

## 2024-06-07 09:30 resolved

All is well.

## 2024-06-07 08:00

Mail is slow.
`,
      notes: '',
    });
  });

  it('without marks keeps its text at the beginning and is closed at its end', () => {
    const { text } = one(CLOSED, 'Mail is slow.\r\n\r\nWe look into it.\r\n');
    expect(text).toContain(
      '## 2024-06-07 09:30 resolved\n\n## 2024-06-07 08:00\n\nMail is slow.\n\nWe look into it.\n',
    );
  });

  it('gets no invented times: posts between stand in the text of the one that came after them', () => {
    const { text, notes } = one(
      CLOSED,
      '*Resolved* - All is well.\n\n*Monitoring* - It flows.\n\n*Identified* - A queue.\n\n*Investigating* - Mail is slow.',
    );
    expect(text.split('---\n\n')[1]).toBe(`## 2024-06-07 09:30 resolved

All is well.

*Monitoring* - It flows.

*Identified* - A queue.

## 2024-06-07 08:00 investigating

Mail is slow.
`);
    expect(notes).toBe('2 posts without a time of their own stand in the text of dated updates.');
  });

  it('keeps every time that its posts have', () => {
    const { text } = one(
      CLOSED,
      [
        '*Resolved* - All is well. {{< track "2024-06-07 09:20:00" >}}',
        '*Monitoring* - It flows. {{< track "2024-06-07 09:00:00" >}}',
        '*Investigating* - Mail is slow. {{< track "2024-06-07 08:10:00" >}}',
      ].join('\n\n'),
    );
    expect(text).toContain('started: 2024-06-07 08:00\n');
    expect(text.match(/^## .*$/gm)).toEqual([
      '## 2024-06-07 09:30 resolved',
      '## 2024-06-07 09:20 resolved',
      '## 2024-06-07 09:00 monitoring',
      '## 2024-06-07 08:10 investigating',
    ]);
    expect(text).toContain('resolved: 2024-06-07 09:30\n');
  });

  it('that was told of later says when it ended', () => {
    const { text } = one(CLOSED, '**Update at 2024-06-07 10:00 UTC**\n\nAll is well since half past nine.');
    expect(text).toContain('resolved: 2024-06-07 09:30\n');
    expect(text.match(/^## .*$/gm)).toEqual(['## 2024-06-07 10:00 resolved']);
    expect(text).toContain('started: 2024-06-07 08:00\n');
  });

  it('keeps a report that came after the end', () => {
    const { text } = one(
      CLOSED,
      '*Post-mortem* - It was a queue. {{< track "2024-06-09 12:00" >}}\n\n*Resolved* - All is well. {{< track "2024-06-07 09:30" >}}\n\n*Investigating* - Mail is slow.',
    );
    expect(text).toContain('status: postmortem\n');
    expect(text.match(/^## .*$/gm)).toEqual([
      '## 2024-06-09 12:00 postmortem',
      '## 2024-06-07 09:30 resolved',
      '## 2024-06-07 08:00 investigating',
    ]);
  });

  it('without an end counts as ended when it was last heard of, which is said', () => {
    const { text, notes } = one('title: A\ndate: 2024-06-07 08:00\nresolved: yes\nseverity: down');
    expect(text).toContain('status: resolved\nimpact: critical\n');
    expect(text.match(/^## .*$/gm)).toEqual(['## 2024-06-07 08:00 resolved']);
    expect(notes).toMatch(/last known time counts as the end/);
  });

  it('that ends before it begins keeps both times, which is said', () => {
    const { text, notes } = one(
      CLOSED.replace('09:30', '07:30'),
      '[Final message]\nAll is well.\n\n[Initial message]\nMail is slow.',
    );
    expect(text).toContain('resolved: 2024-06-07 07:30\n');
    expect(text.match(/^## .*$/gm)).toEqual(['## 2024-06-07 08:00 resolved']);
    expect(text).toContain('[Final message]\nAll is well.\n\n[Initial message]\nMail is slow.\n');
    expect(notes).toMatch(/lies before `date`/);
  });
});

describe('an issue that is not over', () => {
  const OPEN =
    'title: Mail is slow\ndate: 2024-06-07T9:05:00Z\nresolved: no\nseverity: down\naffected: [Mail]';

  it('stays open with the last thing said', () => {
    const { text } = one(
      OPEN,
      '*Identified* - A queue. {{< track "2024-06-07 09:30" >}}\n\n*Investigating* - Slow.',
    );
    expect(text).toContain('status: identified\nimpact: critical\n');
    expect(text.match(/^## .*$/gm)).toEqual([
      '## 2024-06-07 09:30 identified',
      '## 2024-06-07 09:05 investigating',
    ]);
  });

  it('stays open though a post says that it is over', () => {
    const { text } = one(
      OPEN,
      '*Resolved* - All is well. {{< track "2024-06-07 09:30" >}}\n\n*Monitoring* - Flows.',
    );
    expect(text).toContain('status: monitoring\n');
    expect(text).toContain('## 2024-06-07 09:30 monitoring\n\n*Resolved* - All is well.\n');
  });

  it('stays open where nothing says that it is over, or where that can not be read', () => {
    expect(one(OPEN.replace('resolved: no\n', '')).text).toContain('status: investigating\n');
    const doubtful = one(OPEN.replace('resolved: no', 'resolved: perhaps\nresolvedWhen: 2024-06-07 10:00'));
    expect(doubtful.text).toContain('status: investigating\n');
    expect(doubtful.text).toContain('# resolved: perhaps\n# resolvedWhen: 2024-06-07 10:00\n');
    expect(doubtful.notes).toMatch(/neither true nor false/);
    expect(doubtful.result.counts.open).toBe(1);
  });

  it('does not leave the page green as a "notice"', () => {
    expect(one(OPEN.replace('down', 'notice'))).toMatchObject({
      text: expect.stringContaining('impact: minor\n'),
      notes: expect.stringMatching(/leave the page green/),
    });
    expect(one(CLOSED.replace('disrupted', 'notice')).text).toContain('impact: none\n');
  });

  it('of a severity that nobody knows has no impact given', () => {
    const { text, notes } = one(OPEN.replace('down', 'terrible'));
    expect(text).not.toContain('impact:');
    expect(text).toContain('# severity: terrible\n');
    expect(notes).toMatch(/"terrible" is unknown/);
  });
});

describe('an informational post', () => {
  it('is a notice until its end', () => {
    const { text, result } = one(
      `${CLOSED}\ninformational: true\npin: true`,
      'New prices.\n\n*Update* They hold.',
    );
    expect(text).toBe(`---
title: Mail was slow
status: notice
components: [mail]
until: 2024-06-07 09:30
pinned: true
---

## 2024-06-07 09:30 notice

They hold.

## 2024-06-07 08:00

New prices.
`);
    expect(result.counts).toMatchObject({ incidents: 0, notices: 1, open: 0 });
  });

  it('that is over without an end is a closed notice', () => {
    const { text } = one('title: New prices\ndate: 2024-06-07\nresolved: true\ninformational: true');
    expect(text).toContain('status: resolved\nkind: notice\n');
  });
});

describe('nothing is lost', () => {
  it('names that the config does not know stay as written and are listed', () => {
    const { text, notes, result } = one(`${CLOSED}\n  - mail\n  - "web, old"\n  - WEB SHOP`);
    expect(text).toContain('components: [mail, "web, old", web-shop]\n');
    expect(notes).toMatch(/"WEB SHOP" was read as the system "Web shop"/);
    expect(result.unknownComponents).toEqual([{ name: 'web, old', count: 1 }]);
  });

  it('other keys stay as comments, a description as the summary', () => {
    const { text } = one(`${CLOSED}\ndescription: A short word.\nid: abc-7\ntags: [a, b]`);
    expect(text).toContain('# id: abc-7\n# tags:\n#   - a\n#   - b\n---\n\nA short word.\n\n## ');
  });

  it('a draft and a page that was not shown stay hidden', () => {
    expect(one(`${CLOSED}\ndraft: true`).text).toContain('draft: true\n');
    const hidden = importCstate(
      [{ path: 'content/issues/a.md', text: '---\ntitle: A\ndate: 2024-06-07\nresolved: false\n---\n' }],
      null,
    );
    expect(hidden.files[0]!.text).toContain('draft: true\n');
  });

  it('a frontmatter with faults is read line by line and kept', () => {
    const { text, result } = one(
      'title: Mail: slow "today\ndate: 2024-06-07 08:00\nresolved: false\naffected:\n- Mail\nx: [',
    );
    expect(text).toMatch(/^title: .*Mail: slow "today.*$/m);
    expect(text).toContain('components: [mail]\n');
    expect(text).toContain('# frontmatter: |');
    expect(text).toContain('#   x: [');
    expect(result.unread).toHaveLength(1);
  });

  it('a key with two values is doubtful: an issue that is over and not over is not', () => {
    const { text, result } = one(`${CLOSED}\nresolved: false`);
    expect(text).toContain('status: investigating\n');
    expect(result.unread).toHaveLength(1);
  });

  it('what is no issue at all is kept as it is where no page is made of it', () => {
    const text = '+++\ntitle = "Other"\n+++\nWords.';
    const { files, unread } = importCstate([CONFIG, { path: 'content/issues/2024/other.md', text }], null);
    expect(files[0]).toMatchObject({ path: 'incidents/_not-imported/issues/2024/other.md', text });
    expect(unread[0]).toMatchObject({ file: 'content/issues/2024/other.md' });
  });

  it('an issue without a date takes the one in its name, to the day', () => {
    const { text, notes } = one('title: A\nresolved: false');
    expect(text).toContain('## 2024-06-07 investigating\n');
    expect(notes).toMatch(/There is no `date`/);
  });

  it('files of one name become two, and no name is one that is passed over', () => {
    const body = 'Mail is slow.';
    const { files } = importCstate(
      ['a/mail.md', 'b/Mail.md', 'bundle/index.md', '_hidden.md', 'mail.en.md'].map((path) =>
        issue(CLOSED, body, `content/issues/${path}`),
      ),
      null,
    );
    expect(files.map(({ path }) => path)).toEqual([
      'incidents/Mail-2.md',
      'incidents/bundle.md',
      'incidents/hidden.md',
      'incidents/mail-en.md',
      'incidents/mail.md',
      'status.config.yml',
    ]);
  });
});

describe('the time zone', () => {
  it('is the one asked for', () => {
    const { text, result } = one(CLOSED, undefined, 'Europe/Berlin');
    expect(text.match(/^## .*$/gm)).toEqual(['## 2024-06-07 11:30 resolved', '## 2024-06-07 08:00']);
    expect(result.files.at(-1)!.text).toContain('timezone: Europe/Berlin\n');
  });

  it('else that of the old site, else UTC', () => {
    const config = { ...CONFIG, text: `timeZone: Asia/Tokyo\n${CONFIG.text}` };
    expect(importCstate([config], null).files[0]!.text).toContain('timezone: Asia/Tokyo\n');
    expect(importCstate([CONFIG], null).files[0]!.text).toContain('timezone: UTC\n');
  });
});

const WORD = fc.nat({ max: 9999 }).map((n) => `word${n}x`);
const SCRAP = fc.oneof(
  { weight: 3, arbitrary: WORD },
  fc.constantFrom(
    ...[
      '---',
      '--',
      '***',
      '```',
      '~~~',
      '<!--',
      '-->',
      '## 2024-01-01 10:00 ',
      '- ',
      '> ',
      '    ',
      '{{< track "',
    ],
    ...[
      '" >}}',
      '2024-02-30',
      '2024-05-05 10:00',
      '**Update** ',
      '*Resolved* - ',
      '[Final message]',
      '[Update 2]',
    ],
    ...[
      '*Upstream* - ',
      '\n',
      '\n\n',
      '\r\n',
      '\ufeff',
      '\0',
      ': ',
      '"',
      '\\',
      '[x](y)',
      '![p](https://a.example/b)',
    ],
  ),
  fc.string({ unit: 'binary', maxLength: 8 }),
);
const TEXT = fc.array(SCRAP, { maxLength: 24 }).map((scraps) => scraps.join(''));
// Comments of YAML are for its author and stay behind.
const VALUE = TEXT.map((text) => text.replaceAll('#', ''));
const FIELD = fc.tuple(
  fc.constantFrom(
    'title',
    'date',
    'resolved',
    'resolvedWhen',
    'severity',
    'affected',
    'informational',
    'other',
  ),
  fc.oneof(
    VALUE,
    WORD,
    fc.constantFrom('true', 'false', 'yes', '2024-05-05 10:00', '2024-05-06T9:00:00Z', '[a, b]'),
  ),
);
const ISSUE = fc
  .tuple(fc.array(FIELD, { maxLength: 6 }), TEXT)
  .map(([fields, body]) => `---\n${fields.map(([key, value]) => `${key}: ${value}\n`).join('')}---\n${body}`);
const FILES = fc.uniqueArray(
  fc.record({
    path: fc
      .tuple(fc.constantFrom('a', 'b/', '2024-05-05-'), WORD)
      .map(([a, b]) => `content/issues/${a}${b}.md`),
    text: fc.oneof(ISSUE, TEXT),
  }),
  { maxLength: 5, selector: ({ path }) => path },
);

describe('any folder of files', () => {
  it('is imported without a fault, and every word of it stands in the new files', () => {
    fc.assert(
      fc.property(FILES, TEXT, (files, config) => {
        const result = importCstate([...files, { path: 'config.yml', text: config }], null);
        const all = result.files.map(({ text }) => text).join('\n');
        for (const { text } of files) {
          for (const word of text.match(/word\d+x/g) ?? []) expect(all).toContain(word);
        }
        expect(new Set(result.files.map(({ path }) => path.toLowerCase())).size).toBe(result.files.length);
      }),
      { numRuns: 300 },
    );
  });

  it('gives the same bytes again, in whatever order its files come', () => {
    fc.assert(
      fc.property(FILES, (files) => {
        expect(importCstate(files.toReversed(), 'Europe/Berlin')).toEqual(
          importCstate(files, 'Europe/Berlin'),
        );
      }),
    );
  });
});
