import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { readSite } from '../../../src/content/read-site.ts';
import { file, NOW } from './sample.ts';

const folders: string[] = [];

afterEach(async () => {
  for (const root of folders.splice(0)) await rm(root, { recursive: true, force: true });
});

/** The aliases of the files of a site by slug, and its faults. */
async function read(files: Record<string, string>) {
  const root = await mkdtemp(join(tmpdir(), 'alias-'));
  folders.push(root);
  await mkdir(join(root, 'incidents'));
  await writeFile(
    join(root, 'status.config.yml'),
    'name: M\nurl: https://m.example\ntimezone: Europe/Berlin\nlanguage: de\ncomponents: [web, mail]\nauthors: { ab: A, cd: C }\n',
  );
  for (const [name, aliases] of Object.entries(files)) {
    await writeFile(join(root, 'incidents', `${name}.md`), file({ a: aliases }));
  }
  const { incidents, faults } = await readSite(root, NOW);
  return {
    aliases: Object.fromEntries(incidents.map((one) => [one.slug, one.aliases])),
    faults: faults.map(({ code, level, file: path, source, column, length }) => [
      code,
      level,
      path,
      source.slice(column - 1, column - 1 + length),
    ]),
  };
}

test('earlier names are read as slugs, each once, without the ending and the own name', async () => {
  const { aliases, faults } = await read({ neu: 'aliases: [alt, ALT, alt.md, "früher / einmal.html", neu]' });
  expect(aliases).toEqual({ neu: ['alt', 'früher-einmal'] });
  expect(faults).toEqual([]);
});

test('the name of a file goes before an earlier name of another', async () => {
  const { aliases, faults } = await read({ a: 'aliases: [older, B]', b: 'x: y' });
  expect(aliases).toEqual({ a: ['older'], b: [] });
  expect(faults).toContainEqual(['alias-taken', 'warning', 'incidents/a.md', 'B']);
});

test('of two files with one earlier name the first by path has it', async () => {
  const { aliases, faults } = await read({ b: 'aliases: [alt]', a: 'aliases: Alt' });
  expect(aliases).toEqual({ a: ['Alt'], b: [] });
  expect(faults).toContainEqual(['alias-taken', 'warning', 'incidents/b.md', 'alt']);
});
