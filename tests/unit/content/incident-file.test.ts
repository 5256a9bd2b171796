import { describe, expect, test } from 'vitest';
import { readContext } from '../../../src/content/read-context.ts';
import { readSiteConfig } from '../../../src/content/site-config.ts';
import { BODY, codes, context, file, incidentOf, NOW, read, site } from './sample.ts';

const at = (text: string) => Date.parse(text);
const update = (when: string, rest: string, text = 'Text.') => `## 2027-05-10 ${when} ${rest}\n\n${text}\n\n`;
const fault = (text: string, code: string, path?: string) =>
  read(text, path).faults.find((one) => one.code === code);

describe('a file as it should be', () => {
  test('gives all that it says, without a word', () => {
    const { incident, faults } = read(file());
    expect(faults).toEqual([]);
    expect(incident).toMatchObject({
      slug: '2027-05-10-strom',
      path: '2027-05-10-strom.md',
      kind: 'incident',
      title: 'Halle Nord ohne Strom',
      status: 'identified',
      impact: 'major',
      components: [
        { id: 'web', state: null },
        { id: 'mail', state: null },
      ],
      unknownComponents: [],
      language: 'de',
      readable: true,
      nameDate: at('2027-05-09T22:00:00Z'),
    });
    expect(incident?.updates).toMatchObject([
      {
        id: '20270510T1905Z',
        at: at('2027-05-10T19:05:00Z'),
        status: 'investigating',
        authors: ['cd'],
        text: 'Wir suchen.',
      },
      { id: '20270510T1940Z', at: at('2027-05-10T19:40:00Z'), status: 'identified', authors: ['ab'] },
    ]);
  });

  test('may lie in a folder, which is no part of its slug', () => {
    expect(incidentOf(file(), '2027/mai/2027-05-10-strom.MD')).toMatchObject({
      slug: '2027-05-10-strom',
      path: '2027/mai/2027-05-10-strom.MD',
    });
  });

  test('may write keys and words in capitals, with spaces and underscores, and in the language of the site', () => {
    const text = file({
      status: 'STATUS: Ursache_gefunden',
      impact: 'Impact: ERHEBLICH',
      next: 'Next Update: 2027-05-10 23:00',
      components: 'Components: { E-Mail: Teilweiser Ausfall }',
    });
    const { incident, faults } = read(text);
    expect(faults).toEqual([]);
    expect(incident).toMatchObject({
      status: 'identified',
      impact: 'major',
      nextUpdate: at('2027-05-10T21:00:00Z'),
      components: [{ id: 'mail', state: 'partial outage' }],
    });
  });

  test.each(['503', '2027-05-10', 'true', 'null', '0x1F', '1_000', '~', 'no'])(
    'keeps the title %s as it was typed',
    (title) => {
      expect(incidentOf(file({ title: `title: ${title}` })).title).toBe(title);
    },
  );

  test('is built nowhere as a draft, but is still looked through', () => {
    const { incident, faults } = read(file({ draft: 'draft: true', impact: 'impact: majr' }));
    expect(incident).toBeNull();
    expect(codes(faults)).toEqual(['unknown-impact']);
  });
});

describe('the status', () => {
  test('that is no known word is the least finished, with a hint', () => {
    const found = fault(file({ status: 'status: identifyed' }), 'unknown-status');
    expect(found).toMatchObject({ line: 3, column: 9, length: 10, publishedAs: 'investigating (open)' });
    expect(found?.message).toContain('Did you mean "identified"?');
    expect(incidentOf(file({ status: 'status: reslved' }))).toMatchObject({
      status: 'investigating',
      updates: [{}, { status: 'investigating' }],
    });
  });

  test('that is missing is investigating', () => {
    expect(incidentOf(file({ status: null })).status).toBe('investigating');
    expect(fault(file({ status: null }), 'missing-status')?.level).toBe('warning');
  });

  test('given twice counts in its less finished form', () => {
    const text = file({ status: 'status: resolved\nStatus: monitoring' }, update('21:05', ''));
    expect(incidentOf(text).status).toBe('monitoring');
    expect(fault(text, 'key-twice')?.line).toBe(4);
  });

  test.each([
    ['monitoring', 'resolved', 'monitoring'],
    ['resolved', 'monitoring', 'monitoring'],
    ['resolved', 'identified', 'identified'],
    ['investigating', 'resolved', 'investigating'],
  ])(
    '%s in the frontmatter and %s in the newest heading give %s, with a warning',
    (front, heading, result) => {
      const text = file(
        { status: `status: ${front}` },
        update('21:40', heading) + update('21:05', 'investigating'),
      );
      expect(incidentOf(text)).toMatchObject({ status: result, updates: [{}, { status: result }] });
      expect(codes(read(text).faults)).toEqual(['status-disagrees']);
    },
  );

  test.each([
    ['resolved', 'postmortem'],
    ['postmortem', 'resolved'],
  ])('%s and %s do not disagree', (front, heading) => {
    const text = file({ status: `status: ${front}` }, update('21:40', heading));
    expect(incidentOf(text)).toMatchObject({ status: front, updates: [{ status: heading }] });
    expect(read(text).faults).toEqual([]);
  });

  test("of a heading without one is the one before it in time; the newest has the frontmatter's", () => {
    const body =
      update('21:40', '') + update('21:30', '') + update('21:20', 'monitoring') + update('21:05', '');
    const { updates } = incidentOf(file({ status: 'status: resolved' }, body));
    expect(updates.map(({ status }) => status)).toEqual([
      'investigating',
      'monitoring',
      'monitoring',
      'resolved',
    ]);
  });

  test('of another kind in a heading counts as the least finished', () => {
    expect(incidentOf(file({ status: 'status: monitoring' }, update('21:40', 'completed')))).toMatchObject({
      status: 'investigating',
    });
  });
});

describe('what a file is about', () => {
  const window = 'scheduled: { from: 2027-05-12 01:00, to: 2027-05-12 03:00 }';

  test('a maintenance by its status', () => {
    const { incident, faults } = read(
      file({ status: 'status: scheduled', impact: null, window }, update('20:00', 'scheduled')),
    );
    expect(faults).toEqual([]);
    expect(incident).toMatchObject({
      kind: 'maintenance',
      impact: 'none',
      autoComplete: true,
      window: { from: at('2027-05-11T23:00:00Z'), to: at('2027-05-12T01:00:00Z') },
    });
  });

  test('a maintenance by its window where the status is missing or unknown', () => {
    for (const status of [null, 'status: schedulled']) {
      expect(incidentOf(file({ status, window }, update('20:00', '')))).toMatchObject({
        kind: 'maintenance',
        status: 'scheduled',
      });
    }
  });

  test('an incident where a status of one stands beside a window, with a warning', () => {
    const text = file({ window });
    expect(incidentOf(text)).toMatchObject({ kind: 'incident', window: null });
    expect(codes(read(text).faults)).toEqual(['scheduled-incident']);
  });

  test.each(['completed', 'scheduled', 'in progress', 'notice'])(
    'an incident where the status "%s" stands above updates that speak of trouble',
    (status) => {
      const text = file({ status: `status: ${status}` });
      expect(incidentOf(text)).toMatchObject({ kind: 'incident', status: 'investigating' });
      expect(codes(read(text).faults)).toContain('kind-disagrees');
    },
  );

  test('a notice, which stays one when it is over', () => {
    expect(
      incidentOf(
        file({ status: 'status: notice', until: 'until: 2027-05-11', pinned: 'pinned: true' }, 'Text.'),
      ),
    ).toMatchObject({ kind: 'notice', pinned: true, until: at('2027-05-10T22:00:00Z') });
    expect(incidentOf(file({ status: 'status: resolved', kind: 'kind: notice' }, 'Text.'))).toMatchObject({
      kind: 'notice',
      status: 'resolved',
    });
  });

  test('never a notice while its status is that of an open incident', () => {
    expect(incidentOf(file({ kind: 'kind: notice' })).kind).toBe('incident');
  });

  test('a maintenance without a window says so', () => {
    expect(codes(read(file({ status: 'status: scheduled' }, update('20:00', 'scheduled'))).faults)).toEqual([
      'no-window',
    ]);
  });

  test.each([
    ['scheduled: { from: 2027-05-12 03:00, to: 2027-05-12 01:00 }', 'end-before-start'],
    ['scheduled: { from: 2027-05-12 03:00 }', 'no-window'],
    ['scheduled: { from: 2027-05-12 03:00, to: bald }', 'unreadable-time'],
  ])('%s is no window', (line, code) => {
    const text = file({ status: 'status: scheduled', window: line }, update('20:00', 'scheduled'));
    expect(incidentOf(text).window).toBeNull();
    expect(codes(read(text).faults)).toContain(code);
  });

  test.each([
    'scheduled: { start: 2027-05-12 01:00, end: 2027-05-12 03:00 }',
    'scheduled: { von: 2027-05-12 01:00, bis: 2027-05-12 03:00 }',
    'scheduled: 2027-05-12 01:00 - 2027-05-12 03:00',
    'scheduled: [2027-05-12 01:00, 2027-05-12 03:00]',
    'scheduled:\n  - from: 2027-05-12 01:00\n  - to: 2027-05-12 03:00',
  ])('%j has one plain reading', (line) => {
    expect(
      incidentOf(file({ status: 'status: scheduled', window: line }, update('20:00', 'scheduled'))).window,
    ).toEqual({ from: at('2027-05-11T23:00:00Z'), to: at('2027-05-12T01:00:00Z') });
  });

  test.each([
    ['yes', true],
    ['true', true],
    ['no', false],
    ['nein', false],
    ['vielleicht', false],
  ])('auto-complete: %s is %s', (word, result) => {
    expect(
      incidentOf(file({ status: 'status: scheduled', window, auto: `auto-complete: ${word}` }, 'Text.'))
        .autoComplete,
    ).toBe(result);
  });
});

describe('the impact', () => {
  test.each([
    ['impact: critcal', 'critical'],
    ['impact: non', 'minor'],
    ['impact: schlimm', 'critical'],
    ['impact: minor\nimpact: major', 'major'],
    ['imapct: critical', 'critical'],
    ['imapct: none', 'minor'],
  ])('%j counts as %s', (line, result) => {
    expect(incidentOf(file({ impact: line })).impact).toBe(result);
  });

  test.each([
    ['components: [web]', BODY, 'minor'],
    ['components: { web: partial outage, mail: degraded performance }', BODY, 'major'],
    ['components: [web]', update('21:40', '{mail: major outage}'), 'critical'],
    ['components: [web, mail]', update('21:40', '{mail: operational}'), 'minor'],
    ['components: { web: operational }', BODY, 'none'],
  ])('not given, with %s, is that of the worst state', (components, body, result) => {
    expect(incidentOf(file({ impact: null, components, status: 'status: identified' }, body)).impact).toBe(
      result,
    );
  });
});

describe('components', () => {
  test.each([
    ['components: web, mail', ['web', 'mail']],
    ['components: web und mail', ['web', 'mail']],
    ['components: "web; mail"', ['web', 'mail']],
    ['components: [web, [mail]]', ['web', 'mail']],
    ['components:\n  - web\n  - - mail', ['web', 'mail']],
    ['components: [Webseiten, North hall]', ['web', 'mail']],
    ['components: [web, Web, web]', ['web']],
    ['components:\n  - web, mail', ['web', 'mail']],
    ['components: {web, mail}', ['web', 'mail']],
    ['components:\n  - id: web\n    state: major outage\n  - mail: partial outage', ['web', 'mail']],
    ['components: [web]\ncomponents: [mail]', ['web', 'mail']],
    ['componets: [web]', ['web']],
  ])('%j are %j', (line, ids) => {
    expect(incidentOf(file({ components: line })).components.map(({ id }) => id)).toEqual(ids);
  });

  test('that nobody knows are kept as written, with a hint', () => {
    const text = file({ components: 'components: [web, mial, Küche]' });
    expect(incidentOf(text).unknownComponents).toEqual(['mial', 'Küche']);
    const found = read(text).faults;
    expect(codes(found)).toEqual(['unknown-component', 'unknown-component']);
    expect(found[0]).toMatchObject({ line: 5, column: 19, length: 4 });
    expect(found[0]?.message).toContain('"mail"');
  });

  test('named by their group are all meant, with a warning', () => {
    expect(codes(read(file({ components: 'components: [halle]' })).faults)).toEqual(['group-as-component']);
  });

  test('of one name are both meant, with a warning', () => {
    const { site: twins } = readSiteConfig(
      new TextEncoder().encode(
        'name: x\nurl: https://x.example\ncomponents:\n  - { id: a, name: Post }\n  - { id: b, name: Post }\n',
      ),
    );
    const { incident, faults } = read(
      file({ components: 'components: [Post]' }),
      undefined,
      readContext(twins, NOW),
    );
    expect(incident?.components.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(codes(faults)).toContain('ambiguous-component');
  });

  test.each([
    ['major outge', 'major outage'],
    ['operatonal', 'degraded performance'],
    ['kaputt', 'major outage'],
  ])('in the unknown state "%s" count as %s', (word, state) => {
    const text = file({ components: `components: { web: ${word} }` });
    expect(incidentOf(text).components).toEqual([{ id: 'web', state }]);
    expect(fault(text, 'unknown-state')?.publishedAs).toBe(state);
  });

  test('in the heading of an update change from then on', () => {
    const { updates } = incidentOf(file({}, update('21:40', 'identified {mail: operational, web: Ausfall}')));
    expect(updates[0]?.states).toEqual({ mail: 'operational', web: 'major outage' });
  });
});

describe('updates', () => {
  test('have ids that a newer update never changes', () => {
    const old = update('21:05', 'investigating', 'A') + update('21:05', '', 'B');
    const before = incidentOf(file({ status: 'status: investigating' }, old)).updates.map(({ id, text }) => [
      id,
      text,
    ]);
    const after = incidentOf(
      file({ status: 'status: investigating' }, update('21:30', '', 'C') + old),
    ).updates.map(({ id, text }) => [id, text]);
    expect(after.slice(0, 2).map(([id]) => id)).toEqual(before.map(([id]) => id));
    expect(new Set(after.map(([id]) => id)).size).toBe(3);
  });

  test('of one minute follow the file, which is read newest first where it is written so', () => {
    const body =
      update('21:05', 'identified', 'drei') + update('21:05', '', 'zwei') + update('21:00', '', 'eins');
    expect(incidentOf(file({}, body)).updates.map(({ id, text }) => [id, text])).toEqual([
      ['20270510T1900Z', 'eins'],
      ['20270510T1905Z', 'zwei'],
      ['20270510T1905Z-2', 'drei'],
    ]);
  });

  test('may fix their id; the older one keeps an id that was copied', () => {
    const text = file(
      {},
      update('21:40', 'identified {#ursache}') + update('21:05', 'investigating {#ursache}'),
    );
    expect(incidentOf(text).updates.map(({ id }) => id)).toEqual(['ursache', 'ursache-2']);
    expect(fault(text, 'duplicate-id')?.line).toBe(12);
  });

  test('never have an id that the clock gives', () => {
    expect(incidentOf(file({}, update('21:40', 'identified {#start}'))).updates[0]?.id).toBe('start-2');
  });

  test('signed by somebody unknown are published as signed, with a warning', () => {
    const text = file({}, update('21:40', 'identified ^AB ^zz'));
    expect(incidentOf(text).updates[0]?.authors).toEqual(['ab', 'zz']);
    expect(fault(text, 'unknown-author')).toMatchObject({ line: 8, publishedAs: '^zz' });
  });

  test('later than now are shown, with a warning that goes away by itself', () => {
    const found = read(file({}, update('22:30', 'identified'))).faults;
    expect(found).toMatchObject([{ code: 'later-than-now', transient: true }]);
  });

  test('that nobody wrote for a week are missed', () => {
    const week = readContext(site, NOW + 8 * 86_400_000);
    expect(read(file(), undefined, week).faults).toMatchObject([
      { code: 'silent-for-long', transient: true, line: 8 },
    ]);
    expect(
      read(file({ status: 'status: resolved' }, update('21:40', 'resolved')), undefined, week).faults,
    ).toEqual([]);
  });
});

describe('times', () => {
  test('a body without headings is one update, made when trouble began', () => {
    const { updates, summary } = incidentOf(file({ started: 'started: 2027-05-10 20:50' }, 'Alles steht.\n'));
    expect(updates).toMatchObject([
      {
        id: '20270510T1850Z',
        at: at('2027-05-10T18:50:00Z'),
        status: 'identified',
        text: 'Alles steht.',
        precision: 'minute',
      },
    ]);
    expect(summary).toBe('');
  });

  test('else on the day in the name of the file, which is an error: nobody is told the time', () => {
    const { incident, faults } = read(file({}, 'Alles steht.\n'));
    expect(faults).toMatchObject([{ code: 'no-time', level: 'error' }]);
    expect(faults[0]?.message).toContain('started: YYYY-MM-DD HH:MM');
    expect(incident?.updates).toMatchObject([{ at: at('2027-05-09T22:00:00Z'), precision: 'day' }]);
  });

  test('a file without any time is an error, and stands on the page all the same', () => {
    const { incident, faults } = read(file({}, 'Alles steht.\n'), 'strom.md');
    expect(faults).toMatchObject([{ code: 'no-time', level: 'error' }]);
    expect(incident).toMatchObject({
      status: 'identified',
      updates: [{ id: 'undated', precision: 'day', at: at('2027-05-09T22:00:00Z') }],
    });
  });

  test("a time that can't be read is a warning where there is another, and an error where there is none", () => {
    expect(fault(file({ started: 'started: 2027-05-10 24:30' }), 'unreadable-time')).toMatchObject({
      level: 'warning',
      line: 6,
    });
    expect(fault(file({ started: 'started: 2027-05-10 24:30' }, 'Text.'), 'unreadable-time')).toMatchObject({
      level: 'error',
      line: 6,
      publishedAs: '2027-05-10',
    });
    expect(fault(file({}, '## 2027-13-10 21:00\n\nText.'), 'unreadable-time')).toMatchObject({
      level: 'error',
      line: 8,
    });
  });

  test('the next update may be promised as a span', () => {
    expect(incidentOf(file({ next: 'next-update: 1h30m' })).nextUpdate).toBe(at('2027-05-10T21:10:00Z'));
    expect(incidentOf(file({ next: 'next-update: bald' })).nextUpdate).toBeNull();
    expect(fault(file({ next: 'next-update: bald' }), 'unreadable-time')?.message).toContain('30m');
  });

  test('an end before the beginning is no end', () => {
    const text = file(
      { status: 'status: resolved', end: 'resolved: 2027-05-09 22:00' },
      update('21:40', 'resolved') + update('21:05', ''),
    );
    expect(incidentOf(text)).toMatchObject({ status: 'resolved', resolved: null });
    expect(read(text).faults).toMatchObject([{ code: 'end-before-start', line: 6 }]);
  });

  test('an end does not close what is open', () => {
    const text = file({ end: 'resolved: 2027-05-10 21:50' });
    expect(incidentOf(text).status).toBe('identified');
    expect(codes(read(text).faults)).toEqual(['resolved-but-open']);
  });
});

describe('keys', () => {
  test('that nobody knows are passed over, with a hint', () => {
    const found = read(
      file({ extra: 'pirority: 1\n__proto__: { draft: true }\nconstructor: { prototype: { draft: true } }' }),
    ).faults;
    expect(found.map(({ code, line }) => [code, line])).toEqual([
      ['unknown-key', 6],
      ['unknown-key', 7],
      ['unknown-key', 8],
    ]);
    expect(Object.hasOwn({}, 'draft')).toBe(false);
  });

  test('that are misspelt never close an incident', () => {
    expect(incidentOf(file({ status: 'staus: resolved' })).status).toBe('investigating');
    expect(read(file({ draft: 'darft: true' })).incident).not.toBeNull();
  });

  test('with aliases beyond measure are refused at once', () => {
    const bomb = ['a0: &a0 [web, web, web, web, web, web, web, web]'];
    for (let i = 1; i < 10; i += 1)
      bomb.push(`a${i}: &a${i} [${Array.from({ length: 8 }, () => `*a${i - 1}`).join(', ')}]`);
    const started = performance.now();
    const { incident, faults } = read(file({ components: `${bomb.join('\n')}\ncomponents: *a9` }));
    expect(performance.now() - started).toBeLessThan(1000);
    expect(codes(faults)).toContain('yaml-aliases');
    expect(incident?.status).toBe('identified');
  });

  test('left over from a template are shown, with a warning', () => {
    const text = file(
      { title: 'title: {{place}} ohne Strom' },
      update('21:40', 'identified', 'Nächstes Wort um {{time}}.'),
    );
    expect(incidentOf(text).title).toBe('{{place}} ohne Strom');
    expect(
      read(text)
        .faults.filter(({ code }) => code === 'placeholder')
        .map(({ line }) => line),
    ).toEqual([2, 10]);
  });
});

describe("a file that can't be read stands on the page as an open report", () => {
  test.each([
    ['an empty file', '', '2027-05-10-strom'],
    ['a text without frontmatter', '# Kein Strom\n\nAlles steht.\n', 'Kein Strom'],
    [
      'frontmatter in JavaScript',
      '---js\n{ title: "x", status: "resolved" }\n---\n\nText.\n',
      '2027-05-10-strom',
    ],
    [
      'a frontmatter that is not closed',
      file({ status: 'status: resolved' }).replace('\n---\n\n', '\n\n'),
      'Halle Nord ohne Strom',
    ],
    [
      'YAML beyond reading',
      file({ status: 'status: resolved', x: 'x: "a" {b\n y: ]' }),
      'Halle Nord ohne Strom',
    ],
    [
      'a title beyond reading',
      file({ title: 'title: "a" {b\n  y: "]', status: 'status: resolved' }),
      '"a" {b',
    ],
  ])('%s', (_, text, title) => {
    const { incident, faults } = read(text);
    expect(incident).toMatchObject({ readable: false, kind: 'incident', title });
    expect(['investigating', 'identified', 'monitoring']).toContain(incident?.status);
    expect(faults.some(({ level }) => level === 'error')).toBe(true);
    expect(faults.find(({ level }) => level === 'error')?.publishedAs).toMatch(/^an open report/);
  });

  test('keeps its text and what else could be read', () => {
    const { incident } = read(file({ x: 'x: [}' }));
    expect(incident).toMatchObject({
      status: 'identified',
      impact: 'major',
      components: [{ id: 'web' }, { id: 'mail' }],
      updates: [{}, { text: 'Ein Schalter hat ausgelöst.' }],
    });
  });

  test('of a merge conflict shows both versions and no marker', () => {
    const text = file(
      { status: '<<<<<<< HEAD\nstatus: resolved\n=======\nstatus: monitoring\n>>>>>>> andere' },
      `${update('21:40', '')}<<<<<<< HEAD\nEins.\n=======\nZwei.\n>>>>>>> andere\n`,
    );
    const { incident, faults } = read(text);
    expect(faults).toContainEqual(expect.objectContaining({ code: 'conflict', level: 'error', line: 3 }));
    expect(incident).toMatchObject({ readable: false, status: 'monitoring' });
    expect(incident?.updates[0]?.text).toMatch(/Eins\.\s+Zwei\./);
    expect(JSON.stringify(incident)).not.toMatch(/<<<<|====|>>>>/);
  });

  test('but conflict markers in quoted code are text', () => {
    const text = file({}, update('21:40', 'identified', '```\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n```'));
    expect(read(text).faults).toEqual([]);
  });
});

describe('large files are read in well under a second', () => {
  test.each([
    [
      'a text of a megabyte',
      file({}, update('21:40', 'identified', 'Ein Satz über den Strom. '.repeat(40_000))),
    ],
    ['a megabyte of blank lines', file({}, `${update('21:40', 'identified')}${'\n'.repeat(1_000_000)}`)],
    [
      '500 updates',
      file(
        {},
        Array.from({ length: 500 }, (_, i) =>
          update(`${String(i % 20).padStart(2, '0')}:${String(i % 60).padStart(2, '0')}`, ''),
        ).join(''),
      ),
    ],
    ['a title of a megabyte', file({ title: `title: ${'x: '.repeat(300_000)}` })],
    ['brackets 100,000 deep', file({ hosts: `hosts: ${'['.repeat(100_000)}` })],
    ['20,000 asterisks', file({ hosts: `hosts: [${'*a, '.repeat(20_000)}]` })],
    ['a megabyte of fences', '---\n'.repeat(250_000)],
    ['a megabyte of placeholders', file({}, update('21:40', 'identified', '{{ab}} '.repeat(150_000)))],
  ])('%s', (_, text) => {
    const started = performance.now();
    expect(read(text).incident).not.toBeNull();
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

test('faults point into the file as it is on disk, also behind characters that were taken out', () => {
  const found = read('\ufeff---\r\ntitle: a\u0000b\r\nstatus: identifyed\r\n---\r\n\r\nText.\r\n').faults;
  expect(found.find(({ code }) => code === 'unknown-status')).toMatchObject({
    line: 3,
    column: 9,
    length: 10,
    source: 'status: identifyed',
  });
});

test('the same bytes give the same reading', () => {
  const text = file({ title: 'title: Mail: weg', components: 'components: web, mial' });
  expect(read(text)).toEqual(read(text, undefined, readContext(site, NOW)));
  expect(context.site).toBe(site);
});

describe('what strangers write', () => {
  test('characters that only an escape can bring in are taken out, with a warning', () => {
    const text = file({ title: 'title: "Halle\\0 Nord\\a \\ud800aus"' });
    expect(incidentOf(text).title).toBe('Halle Nord aus');
    expect(codes(read(text).faults)).toEqual(['control-character']);
  });

  test('frontmatter in one pair of braces is YAML like any other', () => {
    const keys = '{ title: Halle Nord, status: identified, impact: major, components: [web] }';
    const { incident, faults } = read(`---\n${keys}\n---\n\n${BODY}`);
    expect(faults).toEqual([]);
    expect(incident).toMatchObject({ title: 'Halle Nord', impact: 'major', components: [{ id: 'web' }] });
  });

  test('a fence between the keys hides none of them', () => {
    const { incident, faults } = read(
      `---\ntitle: Halle Nord\n---\nstatus: identified\nimpact: critical\ncomponents: [web]\n---\n\n${BODY}`,
    );
    expect(incident).toMatchObject({ status: 'identified', impact: 'critical', components: [{ id: 'web' }] });
    expect(codes(faults)).toEqual(['fence-between-keys']);
  });

  test.each(['null', '~', '[null]'])('components: %s names none', (none) => {
    const { incident, faults } = read(file({ components: `components: ${none}` }));
    expect(incident).toMatchObject({ components: [], unknownComponents: [] });
    expect(faults).toEqual([]);
  });

  test('a notice has no impact, and whoever gives one is asked whether it is an incident', () => {
    const text = file(
      { status: 'status: notice', impact: 'impact: critical' },
      update('21:05', 'notice', 'Hotline zu.'),
    );
    expect(incidentOf(text)).toMatchObject({ kind: 'notice', impact: 'none' });
    expect(fault(text, 'notice-impact')?.message).toContain('investigating');
  });

  test('a kind may be written in the words of the site', () => {
    const text = file({ status: 'status: behoben', kind: 'kind: Hinweis' }, update('21:05', 'behoben'));
    expect(incidentOf(text)).toMatchObject({ kind: 'notice', status: 'resolved' });
    expect(codes(read(text).faults)).not.toContain('unknown-kind');
  });

  test.each([
    ['severity: critical', 'impact'],
    ['Auswirkung: kritisch', 'impact'],
  ])('%s is read as the impact that is meant, with a warning', (line, key) => {
    const text = file({ impact: line });
    expect(incidentOf(text).impact).toBe('critical');
    expect(fault(text, 'unknown-key')?.message).toContain(`Did you mean "${key}"?`);
  });

  test('an end under another name closes nothing, and the right key is shown', () => {
    const text = file({ end: 'end: 2027-05-10 21:50' });
    expect(incidentOf(text)).toMatchObject({ status: 'identified', resolved: null });
    expect(fault(text, 'unknown-key')?.message).toContain('Did you mean "resolved"?');
  });

  test('a status that is no word is told once, not a second time as a disagreement', () => {
    expect(codes(read(file({ status: 'status: identified,' })).faults)).toEqual(['unknown-status']);
    const other = file({}, update('21:40', 'completed') + update('21:05', 'investigating'));
    expect(codes(read(other).faults)).toEqual(['status-of-another-kind']);
  });

  test('one end of a window given twice is a warning', () => {
    const window = 'scheduled: { from: 2027-05-11 01:00, from: 2027-05-11 02:00, to: 2027-05-11 03:00 }';
    const text = file({ status: 'status: scheduled', impact: null, window }, update('21:05', 'scheduled'));
    expect(codes(read(text).faults)).toEqual(['key-twice']);
  });
});
