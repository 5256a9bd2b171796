import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { importCstate } from '../../../src/import/cstate.ts';
import type { SourceFile } from '../../../src/import/source-file.ts';
import { readImported } from './statuspage-sample.ts';

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

describe('what was said after trouble ended', () => {
  it('keeps its own words: one may watch for a while before one calls it over', () => {
    const { text } = one(
      CLOSED,
      [
        '*Resolved* - It stays well. {{< track "2024-06-07 10:30" >}}',
        '*Monitoring* - All is well. {{< track "2024-06-07 09:40" >}}',
        '*Investigating* - Mail is slow. {{< track "2024-06-07 08:00" >}}',
      ].join('\n\n'),
    );
    expect(text).toContain('resolved: 2024-06-07 09:30\n');
    expect(text.match(/^## .*$/gm)).toEqual([
      '## 2024-06-07 10:30 resolved',
      '## 2024-06-07 09:40 monitoring',
      '## 2024-06-07 08:00 investigating',
    ]);
  });
});

describe('times by shortcode', () => {
  const HEADS = ['## 2024-06-07 09:30 resolved', '## 2024-06-07 08:00 investigating'];
  it.each([
    [
      'in any quotes',
      "*Resolved* - Well. {{< track '2024-06-07 09:30' >}}\n\n*Investigating* - Slow. {{% track `2024-06-07 08:00` %}}",
    ],
    [
      'below the post',
      '*Resolved* - Well.\n{{< track "2024-06-07 09:30" >}}\n\n*Investigating* - Slow.\n{{<track "2024-06-07 08:00">}}',
    ],
    [
      'before the post',
      '{{< track "2024-06-07 09:30" >}} *Resolved* - Well.\n\n{{< track "2024-06-07 08:00" >}} *Investigating* - Slow.',
    ],
    [
      'above the post',
      '{{< track "2024-06-07 09:30" >}}\n\n*Resolved* - Well.\n\n{{< track "2024-06-07 08:00" >}}\n\n*Investigating* - Slow.',
    ],
  ])('belong to their post %s', (_, body) => {
    const { text, notes } = one(CLOSED, body);
    expect(text.match(/^## .*$/gm)).toEqual(HEADS);
    expect(text).toMatch(/\nWell\.\n[\s\S]*\nSlow\.\n$/);
    expect(notes).toBe('');
  });
});

describe('frontmatter as Hugo takes it', () => {
  const made = (text: string) =>
    importCstate([CONFIG, { path: 'content/issues/2024-06-07-mail.md', text }], null);
  it.each([
    [
      'with keys in any case',
      `---\nSection: issue\nTITLE: Mail\nDate: 2024-06-07 08:00\nresolved: true\nresolvedwhen: 2024-06-07 09:30\nSeverity: down\nAffected: [Mail]\n---\nSlow.`,
    ],
    [
      'in TOML',
      `+++\nsection = "issue"\ntitle = 'Mail'\ndate = 2024-06-07T08:00:00Z\nresolved = true\nresolvedWhen = 2024-06-07 09:30:00\nseverity = "down"\naffected = ["Mail"]\n+++\nSlow.`,
    ],
    [
      'in JSON',
      `{\n"section": "issue", "title": "Mail", "date": "2024-06-07T08:00:00Z", "resolved": true,\n"resolvedWhen": "2024-06-07 09:30", "severity": "down", "affected": ["Mail"]\n}\n\nSlow.`,
    ],
  ])('%s', (_, text) => {
    const { files, unread, notes } = made(text);
    expect(files[0]!.text).toBe(
      '---\ntitle: Mail\nstatus: resolved\nimpact: critical\ncomponents: [mail]\n---\n\n## 2024-06-07 09:30 resolved\n\n## 2024-06-07 08:00\n\nSlow.\n',
    );
    expect([unread, notes.filter(({ file }) => file !== CONFIG.path)]).toEqual([[], []]);
  });

  it('in TOML with faults is read line by line and kept', () => {
    const { files, unread } = made(
      `+++\ntitle = 'Mail\nsection = 'issue'\ndate = 2024-06-07 08:00:00\nresolved = false\naffected = [\n  "Mail",\n]\n+++\nSlow.`,
    );
    expect(files[0]!.text).toContain("#   title = 'Mail\n");
    expect(files[0]!.text).toContain('status: investigating\n');
    expect(unread).toHaveLength(1);
  });

  it('with one key in two spellings that disagree leaves the incident open', () => {
    const { files } = made(
      '---\nsection: issue\ntitle: A\ndate: 2024-06-07\nresolved: false\nResolved: true\n---\n',
    );
    expect(files[0]!.text).toContain('status: investigating\n');
  });

  it('with components between commas or as keys', () => {
    expect(one(CLOSED.replace('\n  - Mail', ' Mail, web shop')).text).toContain(
      'components: [mail, web-shop]\n',
    );
    const odd = one(CLOSED.replace('\n  - Mail', '\n  Mail: down'));
    expect(odd.text).toContain('components: [mail]\n# affected:\n#   Mail: down\n');
    expect(odd.notes).toMatch(/`affected` is no list/);
  });
});

describe('a config wherever Hugo looks for it', () => {
  it.each([
    [{ 'config.toml': 'title = "Nord"\nbaseURL = "https://n.example"\n[[params.systems]]\nname = "Mail"' }],
    [{ 'hugo.yml': 'Title: Nord\nbaseurl: https://n.example\nParams: { Systems: [Mail] }' }],
    [
      {
        'config.json':
          '{"title": "Nord", "baseURL": "https://n.example", "params": {"systems": [{"name": "Mail"}]}}',
      },
    ],
    [
      {
        'config/_default/hugo.toml': 'title = "Nord"\nbaseURL = "https://n.example"',
        'config/_default/params.yaml': 'systems: [{ name: Mail }]',
      },
    ],
  ])('%o', (files) => {
    const sources = Object.entries(files).map(([path, text]) => ({ path, text }));
    const { files: made, unread, passedOver } = importCstate(sources, null);
    expect(made[0]!.text).toBe(
      'name: Nord\nurl: https://n.example\ntimezone: UTC\nlanguage: en\ncomponents:\n  - id: mail\n    name: Mail\n',
    );
    expect([unread, passedOver]).toEqual([[], []]);
  });
});

describe('a site in several languages', () => {
  const BOTH = {
    ...CONFIG,
    text: `${CONFIG.text}\nlanguages: { de: { weight: 2 }, en: { weight: 1, contentDir: content/english } }`,
  };
  const issues = (paths: string[]) =>
    importCstate(
      [BOTH, ...paths.map((path) => issue(`${CLOSED}\nid: ${path.length}`, `From ${path}`, path))],
      null,
    );

  it.each([
    ['endings', 'content/issues/mail.md', 'content/issues/mail.de.md'],
    ['folders', 'content/english/issues/mail.md', 'content/de/issues/mail.md'],
  ])('told apart by %s: a translation is no second incident', (_, english, german) => {
    const { files, counts, notes } = issues([german, english]);
    expect(files.map(({ path }) => path)).toEqual([
      'incidents/mail.de.md',
      'incidents/mail.md',
      'status.config.yml',
    ]);
    expect(files[0]!.text).toBe(
      `---\ntitle: Mail was slow\n# id: "${german.length}"\n---\n\n## 2024-06-07 09:30\n\n## 2024-06-07 08:00\n\nFrom ${german}\n`,
    );
    expect(files[1]!.text).toContain(`From ${english}`);
    expect(files[2]!.text).toContain('language: en\nlanguages:\n  - en\n  - de\n');
    expect(counts).toMatchObject({ incidents: 1, translations: 1, updates: 2 });
    expect(notes.at(-1)!.message).toMatch(/^A translation of "Mail was slow"/);
  });

  it('keeps what was told in one language only', () => {
    const { files, counts } = issues(['content/de/issues/mail.md']);
    expect(files[0]).toMatchObject({
      path: 'incidents/mail-de.md',
      text: expect.stringContaining('language: de\n'),
    });
    expect(counts).toMatchObject({ incidents: 1, translations: 0 });
  });

  it('says what the page of a translation leaves out', () => {
    const { notes } = importCstate(
      [
        BOTH,
        issue(CLOSED, 'Slow.', 'content/issues/a.md'),
        issue(CLOSED.replace('08:00', '08:10'), 'Langsam.', 'content/issues/a.de.md'),
      ],
      null,
    );
    expect(notes.map(({ message }) => message).join()).toMatch(/1 of its posts .* not on the page/);
  });

  it('never brings a draft to light', () => {
    const { files } = importCstate(
      [
        BOTH,
        issue(CLOSED, 'Slow.', 'content/issues/a.md'),
        issue(`${CLOSED}\ndraft: true`, 'Langsam.', 'content/issues/a.de.md'),
      ],
      null,
    );
    expect(files[0]!.text).toContain('draft: true\n');
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
  it('issues in HTML come over with their tags as text', () => {
    const { files, notes } = importCstate(
      [CONFIG, issue(CLOSED, '<p>Slow.</p>', 'content/issues/a.html')],
      null,
    );
    expect(files[0]).toMatchObject({ path: 'incidents/a.md', text: expect.stringContaining('<p>Slow.</p>') });
    expect(notes.at(-1)!.message).toMatch(/2 HTML tags stay/);
  });

  it('names that the config does not know stay as written and are listed', () => {
    const { text, notes, result } = one(`${CLOSED}\n  - mail\n  - "web, old"\n  - WEB SHOP`);
    // In a list, what has a comma would be read as two names.
    expect(text).toContain('components: {mail:, "web, old":, web-shop:}\n');
    const { incidents, faults } = readImported(result, Date.UTC(2026, 0, 1));
    expect(incidents[0]).toMatchObject({
      components: [
        { id: 'mail', state: null },
        { id: 'web-shop', state: null },
      ],
      unknownComponents: ['web, old'],
    });
    expect(faults.map(({ code }) => code)).toEqual(['unknown-component']);
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
