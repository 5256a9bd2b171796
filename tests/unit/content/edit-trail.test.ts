import { describe, expect, test } from 'vitest';
import { EditTrail, translationEdits } from '../../../src/content/edit-trail.ts';
import { context, file } from './sample.ts';

const MINUTE = 60_000;
const FIRST = Date.parse('2027-05-10T19:06:00Z');

const OLD = '## 2027-05-10 21:05 investigating ^cd\n\nWir suchen.\n';
const NEW = '## 2027-05-10 21:40 identified ^ab\n\nEin Schalter hat ausgelöst.\n';

/** The edits that versions committed a minute apart tell of: id → how many minutes after the first. */
function editsOf(...versions: string[]): Record<string, number> {
  return Object.fromEntries([...trailOf(versions).edits()].map(([id, at]) => [id, (at - FIRST) / MINUTE]));
}

function trailOf(versions: string[]): EditTrail {
  const trail = new EditTrail('2027-05-10-strom.md', context);
  for (const [index, text] of versions.entries())
    trail.add(new TextEncoder().encode(text), FIRST + index * MINUTE);
  return trail;
}

const v = (body: string, change: Record<string, string | null> = {}) => file(change, body);

describe('an update is edited', () => {
  test.each([
    ['by a corrected typo', v(OLD), v(OLD.replace('suchen', 'Suchen')), { '20270510T1905Z': 1 }],
    [
      'by another status in its heading',
      v(NEW + OLD),
      v(NEW + OLD.replace('investigating', 'monitoring')),
      { '20270510T1905Z': 1 },
    ],
    [
      'by another time, under its new id',
      v(NEW + OLD),
      v(NEW + OLD.replace('21:05', '20:55')),
      { '20270510T1855Z': 1 },
    ],
    [
      'by another time while its old id is kept',
      v(OLD),
      v(OLD.replace('21:05 investigating ^cd', '20:55 investigating ^cd {#20270510T1905Z}')),
      { '20270510T1905Z': 1 },
    ],
    [
      'by another time and a corrected typo at once',
      v('## 2027-05-10 21:05\n\nWir suchen den Fehlr im Netz.\n'),
      v('## 2027-05-10 20:05\n\nWir suchen den Fehler im Netz.\n'),
      { '20270510T1805Z': 1 },
    ],
    [
      'by other states of components',
      v(OLD.replace('^cd', '^cd {mail: major outage}')),
      v(OLD.replace('^cd', '^cd {mail: degraded performance}')),
      { '20270510T1905Z': 1 },
    ],
    [
      'by a section that is put below it',
      v(OLD),
      v(`${OLD}\n## Nachtrag\n\nDoch nicht.\n`),
      { '20270510T1905Z': 1 },
    ],
    [
      'by code that changes in it, headings or not',
      v(`${OLD}\n\`\`\`\n## 2027-05-10 10:00\n\nalt\n\`\`\`\n`),
      v(`${OLD}\n\`\`\`\n## 2027-05-10 10:00\n\nneu\n\`\`\`\n`),
      { '20270510T1905Z': 1 },
    ],
    [
      'where two share a minute',
      v(`${OLD.replace('Wir', 'Sie')}\n${OLD}`),
      v(`${OLD.replace('Wir', 'Ihr')}\n${OLD}`),
      { '20270510T1905Z': 1 },
    ],
    ['in a body without headings', v('Kein Strom.'), v('Kein Strom mehr.'), { '20270509T2200Z': 1 }],
  ])('%s', (_name, before, after, expected) => {
    expect(editsOf(before, after)).toEqual(expected);
  });

  test('when it was last changed, though others are added later', () => {
    const typo = OLD.replace('suchen', 'suchn');
    expect(
      editsOf(v(typo), v(NEW + typo), v(NEW + OLD), v(NEW + OLD, { status: 'status: monitoring' })),
    ).toEqual({
      '20270510T1905Z': 2,
    });
  });

  test('though the change was taken back', () => {
    expect(editsOf(v(OLD), v(OLD.replace('Wir', 'Ich')), v(OLD))).toEqual({ '20270510T1905Z': 2 });
  });

  test('and keeps its mark when its time is corrected afterwards', () => {
    const typo = OLD.replace('suchen', 'suchn');
    expect(
      editsOf(v(typo), v(OLD), v(OLD.replace('21:05', '21:04')), v(NEW + OLD.replace('21:05', '21:04'))),
    ).toEqual({
      '20270510T1904Z': 2,
    });
  });
});

describe('an update is not edited', () => {
  test.each([
    ['by a newer one', v(OLD), v(NEW + OLD)],
    ['by an older one that is added', v(NEW), v(NEW + OLD)],
    ['by the other order of the file', v(NEW + OLD), v(OLD + NEW)],
    [
      'by the frontmatter',
      v(OLD),
      v(OLD, { title: 'title: Anders', status: 'status: monitoring', x: 'hosts: [a]' }),
    ],
    [
      'by a status of the frontmatter that it takes',
      v('## 2027-05-10 21:05\n\nWir.\n'),
      v('## 2027-05-10 21:05\n\nWir.\n', { status: 'status: monitoring' }),
    ],
    [
      'by a status that is written out',
      v('## 2027-05-10 21:05\n\nWir.\n'),
      v('## 2027-05-10 21:05 identified\n\nWir.\n'),
    ],
    [
      'by other line ends and line breaks',
      v(OLD),
      v('## 2027-05-10 21:05 investigating ^cd\r\n\r\nWir\r\nsuchen.\r\n'),
    ],
    ['by a signature', v(OLD), v(OLD.replace(' ^cd', ' ^cd ^ab'))],
    ['by an id that is fixed', v(OLD), v(OLD.replace('^cd', '^cd {#erste}'))],
    [
      'by a time in the frontmatter of a body without headings',
      v('Kein Strom.', { s: 'started: 2027-05-10 20:00' }),
      v('Kein Strom.', { s: 'started: 2027-05-10 20:10' }),
    ],
    ['by the summary', v(`Alles steht.\n\n${OLD}`), v(`Vieles steht.\n\n${OLD}`)],
    ['when another is deleted', v(NEW + OLD), v(OLD)],
    ['while it is a draft', v(OLD, { d: 'draft: true' }), v(OLD.replace('Wir', 'Sie'))],
  ])('%s', (_name, before, after) => {
    expect(editsOf(before, after)).toEqual({});
  });
});

test('a draft is published by the commit that makes it none', () => {
  const draft = v(OLD, { d: 'draft: true' });
  expect(trailOf([draft, draft, v(OLD)]).publishedAt()).toBe(FIRST + 2 * MINUTE);
  expect(trailOf([draft]).publishedAt()).toBeNull();
});

test('a text that was withdrawn as a draft and comes back changed is edited', () => {
  const draft = v(OLD.replace('Wir', 'Ihr'), { d: 'draft: true' });
  expect(editsOf(v(OLD), draft, v(OLD.replace('Wir', 'Sie')))).toEqual({ '20270510T1905Z': 2 });
});

test('hundreds of rewritten updates take no longer than their number', () => {
  const body = (word: string, hour: number) =>
    Array.from({ length: 500 }, (_, i) => {
      const day = String(1 + (i % 28)).padStart(2, '0');
      const minute = String(i % 60).padStart(2, '0');
      return `## 2027-0${1 + (i % 4)}-${day} ${hour}:${minute}\n\nMeldung ${i}, ${word}.\n`;
    }).join('\n');
  const before = performance.now();
  editsOf(v(body('alt', 11)), v(body('neu', 12)));
  expect(performance.now() - before).toBeLessThan(5000);
});

test('what a translation says is edited where its text changes, not where it is added', () => {
  const edits = translationEdits([
    { at: 1, texts: { a: 'We look.' } },
    { at: 2, texts: { a: 'We  look.', b: 'Fond.' } },
    { at: 3, texts: { b: 'Found.' } },
  ]);
  expect([...edits]).toEqual([['b', 3]]);
});
