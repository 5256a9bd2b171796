import { expect, test } from 'vitest';
import { type RereadSite, reader } from '../../../src/write/reread.ts';
import { BODY, file, NOW, site } from '../content/sample.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const known: RereadSite = { site, fallbackName: 'moor', paths: ['a/2027-05-10-strom.md'], now: NOW };
const nothing = async () => utf8('');

test('an incident is read as one', async () => {
  const read = await reader('incidents/a/2027-05-10-strom.md', known, nothing);
  expect(read(utf8(file()))).toMatchObject({ published: { title: 'Halle Nord ohne Strom' }, faults: [] });
});

test('a translation is read beside its original', async () => {
  const original = async (path: string) => utf8(path === 'a/2027-05-10-strom.md' ? file() : '');
  const read = await reader('incidents/a/2027-05-10-strom.en.md', known, original);
  const english = `---\ntitle: Power failure\n---\n\n${BODY}`;
  expect(read(utf8(english))).toMatchObject({ published: { title: 'Power failure' }, faults: [] });
});

test('what ends like a translation, but has no original, is an incident', async () => {
  const read = await reader('incidents/2027-05-10-netz.en.md', known, nothing);
  expect(read(utf8(file()))).toMatchObject({ published: { slug: '2027-05-10-netz.en' } });
});

test('the translation of a draft is published nowhere', async () => {
  const draft = async () => utf8(file({ draft: 'draft: true' }));
  const read = await reader('incidents/a/2027-05-10-strom.en.md', known, draft);
  expect(read(utf8('---\ntitle:x\n---\n'))).toEqual({ published: null, faults: [] });
});

test('the config is read as one', async () => {
  const read = await reader('status.config.yml', known, nothing);
  expect(read(utf8('url: https://moor.example\n'))).toMatchObject({ published: { name: 'moor' } });
});
