import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Body, readBody } from '../../../src/content/body.ts';
import type { Edit } from '../../../src/content/fault.ts';
import { vocabulary } from '../../../src/content/vocabulary.ts';

const context = { timeZone: 'Europe/Berlin', vocabulary: vocabulary(['de', 'en']) };
const read = (text: string): Body => readBody(text, context);

/** The only update of a text. */
function update(heading: string) {
  const text = `${heading}\n\nText.\n`;
  const { sections, problems } = read(text);
  expect(sections).toHaveLength(1);
  const section = sections[0]!;
  return {
    time: new Date(section.at).toISOString().slice(0, 16),
    status: section.status ?? (section.unknownStatus ? `unknown: ${section.unknownStatus.word}` : null),
    authors: section.authors,
    states: Object.fromEntries(section.states.map(({ name, value }) => [name, value])),
    id: section.id,
    text: section.text,
    problems: problems.map(({ code, start, end }) => `${code}: ${text.slice(start, end)}`),
  };
}

function applied(text: string, edits: Edit[]): string {
  return edits
    .toSorted((a, b) => b.start - a.start)
    .reduce((out, { start, end, text: put }) => out.slice(0, start) + put + out.slice(end), text);
}

/** The text with every plain reading written back. */
function repaired(text: string): string {
  return applied(
    text,
    read(text).problems.flatMap((problem) => problem.fix ?? []),
  );
}

describe('a body', () => {
  it('is a summary and updates in the order of the file', () => {
    const text =
      'All of Dresden.\n\n## 2026-11-21 18:30 identified ^tb {mail: degraded performance}\n\nNo power.\n\n## 2026-11-21 18:05 investigating ^mk\n\nWe’re on it.\n';
    const { summary, sections, problems } = read(text);
    expect(summary).toBe('All of Dresden.');
    expect(
      sections.map(({ at, status, authors, text }) => [new Date(at).toISOString(), status, authors, text]),
    ).toEqual([
      ['2026-11-21T17:30:00.000Z', 'identified', ['tb'], 'No power.'],
      ['2026-11-21T17:05:00.000Z', 'investigating', ['mk'], 'We’re on it.'],
    ]);
    expect(problems).toEqual([]);
  });

  it('without an update is all summary', () => {
    expect(read('## What happened\n\nNothing.\n')).toEqual({
      summary: '## What happened\n\nNothing.',
      sections: [],
      problems: [],
    });
    expect(read('')).toEqual({ summary: '', sections: [], problems: [] });
  });

  it('reads the same with Windows line ends', () => {
    const text = 'Sum.\r\n\r\n## 2026-11-21 18:30 identified ^tb\r\n\r\nText.\r\n\r\n    code\r\n';
    const { summary, sections } = read(text);
    expect(summary).toBe('Sum.');
    expect(sections[0]).toMatchObject({
      status: 'identified',
      authors: ['tb'],
      text: 'Text.\r\n\r\n    code',
    });
  });

  it('counts a byte order mark that stands in it', () => {
    const text = '\uFEFFSum.\n\n## 2026-11-21 18:30 identified\n';
    const { headingStart, headingEnd } = read(text).sections[0]!;
    expect(text.slice(headingStart, headingEnd)).toBe('## 2026-11-21 18:30 identified');
  });

  it('knows where everything stands', () => {
    const text = '😀\n\n## 2026-11-21 18:30 fixt ^tb {"web, mail": down} ##\n\n  Text.\n';
    const section = read(text).sections[0]!;
    const at = (start: number, end: number) => text.slice(start, end);
    expect(at(section.headingStart, section.headingEnd)).toBe(
      '## 2026-11-21 18:30 fixt ^tb {"web, mail": down} ##',
    );
    expect(at(section.timeStart, section.timeEnd)).toBe('2026-11-21 18:30');
    expect(section.authorSpans.map(({ start, end }) => at(start, end))).toEqual(['tb']);
    expect(at(section.unknownStatus!.start, section.unknownStatus!.end)).toBe('fixt');
    const [state] = section.states;
    expect(at(state!.nameStart, state!.nameEnd)).toBe('"web, mail"');
    expect(state!.name).toBe('web, mail');
    expect(at(state!.valueStart, state!.valueEnd)).toBe('down');
    expect(at(section.textStart, section.textStart + section.text.length)).toBe(section.text);
  });

  it('carries definitions to the updates that use them', () => {
    const { summary, sections } = read(
      'See [site].\n\n## 2026-11-21 18:30\n\nNote[^1].\n\n## 2026-11-21 18:05\n\nFirst.\n\n[site]: https://a.example\n[^1]: By [site].\n',
    );
    expect(summary).toBe('See [site].\n\n[site]: https://a.example');
    expect(sections[0]!.text).toContain('[^1]: By [site].');
    expect(sections[0]!.text).toContain('[site]: https://a.example');
    expect(sections[1]!.text.match(/\[site\]: /g)).toHaveLength(1);
  });
});

describe('an update’s heading', () => {
  const same: string[] = [
    '## 2026-11-21 18:30 identified ^tb {mail: partial outage} {#first}',
    '## 2026-11-21 18:30 {#first} {mail: partial outage} ^tb identified',
    '##   2026-11-21   18:30   identified   ^tb   {mail:   partial outage}   { #first }   ##',
    '## 2026-11-21 18:30 — **identified** – ^tb, {mail: partial outage}: {#first}',
    '## **2026-11-21 18:30** | _Identified_ | ^tb | {"mail": "partial outage"} {#first}',
    '##\t2026-11-21\t18:30\tidentified\t^tb\t{mail:\tpartial outage}\t{#first}',
    '## 2026-11-21\u00a018:30\u00a0identified\u00a0^tb\u00a0{mail:\u00a0partial outage}\u00a0{#first}',
    '## 2026-11-21 18:30 [identified] [^tb] [{mail: partial outage}] [{#first}]',
    '## 2026-11-21 18:30 Ursache gefunden ^tb{mail: partial outage}{#first}',
    '   ## 2026-11-21T18:30 IDENTIFIED ^tb {mail: partial outage} {#first}',
  ];
  it.each(same)('%s', (heading) => {
    expect(update(heading)).toEqual({
      time: '2026-11-21T17:30',
      status: 'identified',
      authors: ['tb'],
      states: { mail: 'partial outage' },
      id: 'first',
      text: 'Text.',
      problems: [],
    });
  });

  const statuses: [string, string | null][] = [
    ['in progress', 'in progress'],
    ['in_progress', 'in progress'],
    ['wird beobachtet', 'monitoring'],
    ['post-mortem', 'postmortem'],
    ['', null],
    ['identifyed', 'unknown: identifyed'],
    ['in progres', 'unknown: in progres'],
    ['unresolved', 'unknown: unresolved'],
    ['exploded', 'unknown: exploded'],
    ['exploded ^tb', 'unknown: exploded'],
  ];
  it.each(statuses)('with the words "%s" has the status %s', (words, status) => {
    const found = update(`## 2026-11-21 18:30 ${words}`);
    expect(found.status).toBe(status);
    expect(found.text).toBe('Text.');
    expect(found.problems).toEqual([]);
  });

  it('names what an unknown status was likely meant to be', () => {
    expect(read('## 2026-11-21 18:30 identifyed').sections[0]!.unknownStatus?.near?.value).toBe('identified');
    expect(read('## 2026-11-21 18:30 exploded').sections[0]!.unknownStatus?.near).toBeNull();
  });

  it('may be signed by several', () => {
    expect(update('## 2026-11-21 18:30 ^tb ^mk^jörg.k ^tb').authors).toEqual(['tb', 'mk', 'jörg.k']);
  });

  it('gives other words to the text, with a warning', () => {
    expect(update('## 2026-11-21 18:30 identified: power **gone** ^tb see [x](y)')).toMatchObject({
      status: 'identified',
      authors: ['tb'],
      text: 'power **gone** see [x](y)\n\nText.',
      problems: ['heading-text: power **gone**', 'heading-text: see [x](y)'],
    });
    expect(update('## 2026-11-21 18:30 We are not resolved yet')).toMatchObject({
      status: null,
      text: 'We are not resolved yet\n\nText.',
    });
    expect(update('## 2026-11-21 18:30 # 1. Racks').text).toBe('\\# 1. Racks\n\nText.');
    expect(update('## 2026-11-21 18:30 resolved (finally over)').text).toBe('(finally over)\n\nText.');
  });

  it('keeps a range of times as text', () => {
    expect(update('## 2026-11-21 18:30–19:00 identified')).toMatchObject({
      time: '2026-11-21T17:30',
      text: '19:00 identified\n\nText.',
    });
  });

  const badStates: string[] = [
    '{mail}',
    '{mail: }',
    '{mail: down ^tb',
    '{mail: down, web',
    '{mail: [down]}',
    '{mail: *x}',
    '{a: &a {b: c}, d: *a}',
    '{{mail: down}}',
    '{{{{',
    '{"mail: down}',
  ];
  it.each(badStates)('keeps %s, which can’t be read, as text', (states) => {
    const found = update(`## 2026-11-21 18:30 identified ${states}`);
    expect(found.states).toEqual({});
    expect(found.status).toBe('identified');
    expect(found.text).toBe(`${states}\n\nText.`);
    expect(found.problems.toSorted()).toEqual([`heading-text: ${states}`, `unreadable-states: ${states}`]);
  });

  it('reads states without a space after the colon, with a warning', () => {
    const heading = '## 2026-11-21 18:30 {mail:operational, web: in Betrieb}';
    expect(update(heading)).toMatchObject({
      states: { mail: 'operational', web: 'in Betrieb' },
      problems: ['missing-space: :'],
    });
    expect(repaired(heading)).toBe('## 2026-11-21 18:30 {mail: operational, web: in Betrieb}');
  });

  it('reads states whose closing brace is missing at the end, with a warning', () => {
    const heading = '## 2026-11-21 18:30 identified ^tb {mail: major outage, web: operational';
    expect(update(heading)).toMatchObject({
      states: { mail: 'major outage', web: 'operational' },
      text: 'Text.',
      problems: ['unclosed-bracket: l'],
    });
    expect(repaired(heading)).toBe(`${heading}}`);
  });

  it('reads states in typographic quotes, with a warning', () => {
    const heading = '## 2026-11-21 18:30 {mail: “partial outage”, „web“: operational}';
    expect(update(heading)).toMatchObject({
      states: { mail: 'partial outage', web: 'operational' },
      problems: ['typographic-quotes: “partial outage”, „web“'],
    });
    expect(repaired(heading)).toBe('## 2026-11-21 18:30 {mail: "partial outage", "web": operational}');
  });

  it('says of an id with a space that it is none', () => {
    expect(update('## 2026-11-21 18:30 identified {#power gone}')).toMatchObject({
      id: null,
      text: 'Text.',
      problems: ['bad-id: {#power gone}'],
    });
  });

  it('says how times are written wherever no better spelling is known', () => {
    for (const time of ['2026-02-30 10:00', '2026-11-21 18:60', '2026-11-21 18:30 EST', '11/02/2026 18:30'])
      expect(read(`## ${time} resolved\n`).problems[0]?.message).toContain('YYYY-MM-DD HH:MM');
  });

  it('has one id, of letters, digits and hyphens', () => {
    expect(update('## 2026-11-21 18:30 {#a} {#b}')).toMatchObject({ id: 'a', problems: ['second-id: {#b}'] });
    expect(update('## 2026-11-21 18:30 {#ä.b}')).toMatchObject({ id: null, problems: ['bad-id: {#ä.b}'] });
  });

  const spelled: [string, string, string[]][] = [
    ['## 2026-11-21 9:30 identified', '## 2026-11-21 09:30 identified', ['one-digit-hour']],
    ['## 21.11.2026, 18:30 Uhr: behoben', '## 2026-11-21 18:30: behoben', ['german-date', 'time-word']],
    ['##2026-11-21 18:30 identified', '## 2026-11-21 18:30 identified', ['heading-space']],
    ['##\u00a02026-11-21 18:30 identified', '## 2026-11-21 18:30 identified', ['heading-space']],
    ['## 2026–11–21 18:30', '## 2026-11-21 18:30', ['typographic-time']],
  ];
  it.each(spelled)('%s is read, and its right spelling known', (heading, right, codes) => {
    expect(read(heading).problems.map((problem) => problem.code)).toEqual(codes);
    expect(repaired(heading)).toBe(right);
    expect(read(right).problems).toEqual([]);
    expect(read(right).sections[0]?.at).toBe(read(heading).sections[0]?.at);
  });

  it('without a space may stand in the midst of a paragraph', () => {
    const { summary, sections } = read(
      'Sum.\n##2026-11-21 18:30 identified\nText.\n##2026-11-21 18:05\nFirst.',
    );
    expect(summary).toBe('Sum.');
    expect(sections.map(({ text }) => text)).toEqual(['Text.', 'First.']);
  });

  it('in the hour that the clocks skip or repeat is read, with a warning', () => {
    expect(update('## 2026-03-29 02:30').problems).toEqual(['skipped-hour: 2026-03-29 02:30']);
    expect(update('## 2026-10-25 02:30').problems).toEqual(['repeated-hour: 2026-10-25 02:30']);
  });
});

describe('no update is opened', () => {
  const codes = (text: string): string[] => read(text).problems.map((problem) => problem.code);

  it.each([
    '> ## 2026-11-21 18:30 identified',
    '- ## 2026-11-21 18:30 identified',
    '```\n## 2026-11-21 18:30 identified\n```',
    '    ## 2026-11-21 18:30 identified',
    '<!--\n## 2026-11-21 18:30 identified\n-->',
    '\\## 2026-11-21 18:30 identified',
    '**2026-11-21 18:30** identified',
    '## Timeline',
  ])('by %j', (text) => {
    expect(read(text)).toEqual({ summary: text.trimEnd(), sections: [], problems: [] });
  });

  it.each(['# ', '### ', '###### '])('by a heading with %s, which is reported', (hashes) => {
    const text = `${hashes}2026-11-21 18:30 identified\n`;
    expect(read(text).sections).toEqual([]);
    expect(codes(text)).toEqual(['heading-level']);
    expect(repaired(text)).toBe(text);
  });

  it('by an underlined heading, which is reported', () => {
    const text = '2026-11-21 18:30 identified\n---\n\nText.\n';
    expect(read(text).sections).toEqual([]);
    expect(codes(text)).toEqual(['heading-level']);
    expect(repaired(text)).toBe(text);
  });

  it('by a time that can’t be read: it stays as text and the right spelling is shown', () => {
    const text = '## 2026-11-21 18:05\n\nA.\n\n## 2026-11-21 24:30 resolved\n\nB.\n';
    const { sections, problems } = read(text);
    expect(sections.map((section) => section.text)).toEqual(['A.\n\n## 2026-11-21 24:30 resolved\n\nB.']);
    expect(problems.map(({ code, start, end }) => `${code}: ${text.slice(start, end)}`)).toEqual([
      'unreadable-time: 2026-11-21 24:30',
    ]);
    expect(problems[0]!.message).toContain('"2026-11-22 00:30"');
  });

  it('within code that is never closed or within raw HTML, which is reported', () => {
    expect(codes('```\ncode\n\n## 2026-11-21 18:30 identified\n')).toEqual(['open-code']);
    expect(codes('<div>\n## 2026-11-21 18:30 identified\n')).toEqual(['hidden-heading']);
    expect(codes('Sum.\n\n<!-- oops\n\n## 2026-11-21 18:30 identified\n')).toEqual(['open-comment']);
    expect(read('Sum.\n\n<!-- oops\n\nThe outage goes on.').summary).toContain('The outage goes on.');
  });
});

describe('whatever stands in a body', () => {
  const piece = fc.constantFrom(
    '## ',
    '##',
    '### ',
    '2026-11-21',
    ' 18:30',
    ' 9:05',
    '21.11.2026',
    ' identified',
    ' identifyed',
    ' ^tb',
    ' {mail: down}',
    ' {mail',
    '}',
    '{#a}',
    '\n',
    '\n\n',
    '\r\n',
    '> ',
    '- ',
    '```',
    '<!--',
    '-->',
    '<div>',
    '---',
    '[x]',
    '[x]: y',
    '[^1]',
    '\n[^1]: z',
    ' word',
    '**',
    '\u00a0',
    '—',
    '😀',
    '\ud800',
    '\t',
    '"',
    ':',
  );
  const anything = fc.oneof(
    fc.array(piece, { maxLength: 40 }).map((all) => all.join('')),
    fc.string({ unit: 'binary' }),
  );

  it('can be read, and its problems point into it', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const { sections, problems } = read(text);
        for (const section of sections) {
          expect(section.textStart).toBeGreaterThanOrEqual(0);
          expect(section.headingEnd).toBeLessThanOrEqual(text.length);
        }
        for (const { start, end, fix } of problems) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          for (const edit of fix ?? []) expect(edit.end).toBeGreaterThanOrEqual(edit.start);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('is not lost: every line of prose is in the summary or an update', () => {
    const line = fc.oneof(
      fc.stringMatching(/^[a-z]{4,9}$/),
      fc.constantFrom(
        '## 2026-11-21 18:30',
        '##2026-11-21 18:31 identified',
        '> q',
        '- l',
        '## 2026-13-01',
        '```',
        '',
      ),
    );
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 20 }),
        fc.constantFrom('\n', '\r\n', '\r'),
        (lines, lineBreak) => {
          const { summary, sections } = read(lines.join(lineBreak));
          const all = [summary, ...sections.map((section) => section.text)].join('\n');
          for (const prose of lines.filter((one) => /^[a-z]+$/.test(one))) expect(all).toContain(prose);
        },
      ),
    );
  });

  const heavy: [string, string][] = [
    [
      '500 updates',
      `${'## 2026-11-21 18:30 identified ^tb {mail: down}\n\nThe [note][x] says so.\n\n'.repeat(500)}[x]: y`,
    ],
    ['a megabyte of prose', 'Nothing new to say here.\n'.repeat(40_000)],
    ['a megabyte of braces', `## 2026-11-21 18:30 ${'{'.repeat(1_000_000)}`],
    ['a megabyte of spaces in an id', `## 2026-11-21 18:30 {#${' '.repeat(1_000_000)}x`],
    ['a megabyte in an open brace', `## 2026-11-21 18:30 {a: ${'"a '.repeat(300_000)}`],
    ['a megabyte of carets', `## 2026-11-21 18:30 ${'^.'.repeat(500_000)}`],
    ['a megabyte of spaces', `## 2026-11-21${' '.repeat(1_000_000)}x`],
    [
      'a large footnote used everywhere',
      `${'## 2026-11-21 18:30\n\nx[^1]\n\n'.repeat(500)}[^1]: ${'word '.repeat(50_000)}`,
    ],
  ];
  it.each(heavy)('%s are read in less than a second', (_, text) => {
    const before = performance.now();
    const { sections } = read(text);
    expect(performance.now() - before).toBeLessThan(1000);
    expect(sections.reduce((sum, section) => sum + section.text.length, 0)).toBeLessThan(
      3 * text.length + 200_000,
    );
  });
});
