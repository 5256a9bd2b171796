import { describe, expect, test } from 'vitest';
import { readTranslation } from '../../../src/content/translation-file.ts';
import { BODY, codes, context, file, incidentOf, read } from './sample.ts';

function translate(text: string, original = file()) {
  const { incident, headless } = read(original);
  return readTranslation(
    '2027-05-10-strom.en.md',
    new TextEncoder().encode(text),
    incident!,
    headless,
    context,
  );
}

describe('a translation', () => {
  test('gives title, summary and the texts of updates of the same time', () => {
    const { translation, faults } = translate(
      '---\ntitle: North hall without power\n---\n\nWhat it is about.\n\n## 2027-05-10 21:05\n\nWe look.\n',
    );
    expect(faults).toEqual([]);
    expect(translation).toEqual({
      title: 'North hall without power',
      summary: 'What it is about.',
      updates: { '20270510T1905Z': 'We look.' },
    });
  });

  test('of a file without headings is the text of its one update', () => {
    const { translation } = translate('---\ntitle: Power\n---\n\nAll is down.\n', file({}, 'Alles steht.\n'));
    expect(translation).toEqual({
      title: 'Power',
      summary: null,
      updates: { '20270509T2200Z': 'All is down.' },
    });
  });

  test('of two updates in one minute follows their order', () => {
    const body =
      '## 2027-05-10 21:05 identified\n\nB\n\n## 2027-05-10 21:05\n\nA\n\n## 2027-05-10 21:00\n\n0\n';
    const { incident } = read(file({}, body));
    const { translation } = translate(
      `---\ntitle: x\n---\n${body.replaceAll('A', 'a').replace('B', 'b')}`,
      file({}, body),
    );
    expect(incident?.updates.map(({ text }) => text)).toEqual(['0', 'A', 'B']);
    expect(Object.values(translation!.updates)).toEqual(['0', 'a', 'b']);
  });

  test('says nothing about updates that the original has not', () => {
    const { translation, faults } = translate('---\ntitle: Power\n---\n\n## 2027-05-10 21:50\n\nNew.\n');
    expect(translation?.updates).toEqual({});
    expect(faults).toMatchObject([
      { code: 'translation-update', line: 5, level: 'warning', file: 'incidents/2027-05-10-strom.en.md' },
    ]);
  });

  test('decides about nothing but texts', () => {
    const { faults } = translate('---\ntitle: Power\nstatus: resolved\nimpact: none\n---\n');
    expect(codes(faults)).toEqual(['translation-key', 'translation-key']);
  });

  test('without a title leaves that of the original', () => {
    expect(translate(`---\n---\n\n${BODY}`).translation?.title).toBeNull();
  });

  test('that is a draft is not published', () => {
    expect(translate('---\ntitle: Power\ndraft: true\n---\n').translation).toBeNull();
  });

  test("that can't be read leaves the original, with an error", () => {
    const { translation, faults } = translate('---\ntitle: Power\n<<<<<<< a\n=======\n>>>>>>> b\n---\n');
    expect(translation).toBeNull();
    expect(faults).toMatchObject([
      { code: 'conflict', publishedAs: 'the original text, without this translation' },
    ]);
  });
});

test('a translation never changes the original', () => {
  const original = incidentOf(file());
  const before = structuredClone(original);
  readTranslation(
    'x.en.md',
    new TextEncoder().encode('---\nstatus: resolved\n---\n'),
    original,
    false,
    context,
  );
  expect(original).toEqual(before);
});
