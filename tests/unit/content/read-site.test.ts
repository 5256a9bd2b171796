import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { readSite } from '../../../src/content/read-site.ts';
import { codes, file, NOW } from './sample.ts';

const CONFIG =
  'name: Moorhost\nurl: https://moor.example\ntimezone: Europe/Berlin\nlanguage: de\nlanguages: [de, en]\ncomponents: [web, mail]\nauthors: { ab: A, cd: C }\n';
const folders: string[] = [];

async function folder(files: Record<string, string | Uint8Array>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'moor-'));
  folders.push(root);
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
  return root;
}

const siteOf = async (files: Record<string, string | Uint8Array>) =>
  readSite(await folder({ 'status.config.yml': CONFIG, ...files }), NOW);

afterEach(async () => {
  for (const root of folders.splice(0)) await rm(root, { recursive: true, force: true });
});

describe('the folder of a site', () => {
  test('is read in the order of its paths', async () => {
    const { site, incidents, faults, files } = await siteOf({
      'incidents/b.md': file(),
      'incidents/2026/a.md': file(),
      'incidents/Z.MD': file(),
    });
    expect(site.name).toBe('Moorhost');
    expect(incidents.map(({ path }) => path)).toEqual(['2026/a.md', 'Z.MD', 'b.md']);
    expect(faults).toEqual([]);
    expect(files).toBe(4);
  });

  test('may hold templates, hidden files and what editors leave behind', async () => {
    const { incidents, faults } = await siteOf({
      'incidents/a.md': file(),
      'incidents/_templates/strom.md': '{{x}}',
      'incidents/_entwurf.md': 'x',
      'incidents/a.md~': 'x',
      'incidents/.a.md.swp': 'x',
      'incidents/.git/x.md': 'x',
    });
    expect(incidents).toHaveLength(1);
    expect(faults).toEqual([]);
  });

  test('passes over no other file in silence', async () => {
    const { faults } = await siteOf({ 'incidents/a.md.txt': 'x', 'incidents/b.jpg': 'x' });
    expect(faults.map(({ code, file: path }) => [code, path])).toEqual([
      ['not-an-incident', 'incidents/a.md.txt'],
      ['not-an-incident', 'incidents/b.jpg'],
    ]);
  });

  test('without a config is read all the same, with an error', async () => {
    const root = await folder({ 'incidents/a.md': file() });
    const { site, incidents, faults } = await readSite(root, NOW);
    expect(site.timezone).toBe('UTC');
    expect(incidents).toHaveLength(1);
    expect(faults).toContainEqual(expect.objectContaining({ code: 'no-config', level: 'error' }));
  });

  test('without incidents has none, with a warning', async () => {
    const { incidents, faults } = await siteOf({});
    expect(incidents).toEqual([]);
    expect(codes(faults)).toEqual(['no-incidents']);
  });

  test('with a link in a circle comes to an end; a link that leads nowhere stands on the page', async () => {
    const root = await folder({ 'status.config.yml': CONFIG, 'incidents/a.md': file() });
    await symlink('..', join(root, 'incidents', 'rund'));
    await symlink('a.md', join(root, 'incidents', 'b.md'));
    await symlink('fehlt.md', join(root, 'incidents', 'c.md'));
    const { incidents, faults } = await readSite(root, NOW);
    expect(incidents.map(({ slug, status }) => [slug, status])).toEqual([
      ['a', 'identified'],
      ['b', 'identified'],
      ['c', 'investigating'],
    ]);
    expect(codes(faults)).toEqual(['unreadable-file', 'unreadable-file']);
  });

  test('is asked which pictures there are', async () => {
    const text = file({}, '## 2027-05-10 21:40 identified\n\n![Plan](bilder/plan.png) ![Karte](karte.png)\n');
    const { faults } = await siteOf({ 'incidents/2027-05-10-a.md': text, 'public/bilder/plan.png': 'x' });
    expect(codes(faults)).toEqual(['missing-image']);
  });
});

describe('two files with one slug', () => {
  test('are both published, the second by path under another, with an error', async () => {
    const { incidents, faults } = await siteOf({
      'incidents/2026/Strom.md': file(),
      'incidents/2027/strom.md': file(),
      'incidents/2028/strom-2.md': file(),
    });
    expect(incidents.map(({ slug }) => slug)).toEqual(['Strom', 'strom-2', 'strom-2-2']);
    expect(faults.map(({ code, level, file: path }) => [code, level, path])).toEqual([
      ['duplicate-slug', 'error', 'incidents/2027/strom.md'],
      ['duplicate-slug', 'error', 'incidents/2028/strom-2.md'],
    ]);
  });
});

describe('translations', () => {
  const english = '---\ntitle: Power\n---\n\n## 2027-05-10 21:05\n\nWe look.\n';

  test('stand beside their original', async () => {
    const { incidents, faults } = await siteOf({ 'incidents/a.md': file(), 'incidents/a.EN.md': english });
    expect(faults).toEqual([]);
    expect(incidents).toHaveLength(1);
    expect(incidents[0]?.translations).toEqual({
      en: { title: 'Power', summary: null, updates: { '20270510T1905Z': 'We look.' } },
    });
  });

  test('without their original are read as a file of their own, with a warning', async () => {
    const { incidents, faults } = await siteOf({ 'incidents/a.en.md': file() });
    expect(incidents.map(({ slug }) => slug)).toEqual(['a.en']);
    expect(codes(faults)).toEqual(['translation-alone']);
  });

  test('into a language that the site has not are files of their own', async () => {
    const { incidents } = await siteOf({ 'incidents/a.md': file(), 'incidents/a.fr.md': file() });
    expect(incidents.map(({ slug }) => slug)).toEqual(['a.fr', 'a']);
  });

  test('into the language of the original are not used, with a warning', async () => {
    const { incidents, faults } = await siteOf({ 'incidents/a.md': file(), 'incidents/a.de.md': file() });
    expect(incidents).toHaveLength(1);
    expect(codes(faults)).toEqual(['translation-same-language']);
  });
});

test('two thousand files are read in a few seconds', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 2000 }, (_, i) => [`incidents/${i % 20}/vorfall-${i}.md`, file()]),
  );
  const root = await folder({ 'status.config.yml': CONFIG, ...files });
  const started = performance.now();
  const { incidents } = await readSite(root, NOW);
  expect(incidents).toHaveLength(2000);
  expect(performance.now() - started).toBeLessThan(8000);
}, 30_000);
