import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { withHistory } from '../../src/build/site-history.ts';
import { readSite } from '../../src/content/read-site.ts';
import { NOW, runBuild, snapshot, temporaryFolder, writeFiles } from './harness.ts';
import { environment, type ScratchRepository, scratchRepository } from './scratch-repository.ts';

const run = promisify(execFile);

const CONFIG = `name: Nordhost
url: https://status.nordhost.example
timezone: Europe/Berlin
language: de
languages: [de, en]
source: https://github.com/nordhost/status
components: [{ id: mail, name: Mail }]
authors: { tb: Tanja B. }
`;

const OLD = '## 2026-11-21 18:05 identified ^tb\n\nWir sind dran.\n';
const NEW = '## 2026-11-21 18:30 identified\n\nEin Schalter.\n';
const FILE = 'incidents/2026-11-21-strom.md';
const OLD_ID = '20261121T1705Z';

const incident = (body: string, status = 'identified') =>
  `---\ntitle: Strom\nstatus: ${status}\nimpact: major\ncomponents: [mail]\n---\n\n${body}`;

/** What the history of a site tells. `edits`: file → update → time, for the originals; `english` for translations. */
async function told(folder: string, cacheFile: string | null = null) {
  const now = Date.parse(NOW);
  const { reading, note } = await withHistory(folder, await readSite(folder, now), now, cacheFile);
  const times = (language: string) =>
    Object.fromEntries(
      reading.incidents
        .filter((one) => one.edits[language] !== undefined)
        .map((one) => [
          one.slug,
          Object.fromEntries(
            Object.entries(one.edits[language]!.updates).map(([id, at]) => [
              id,
              new Date(at).toISOString().slice(11, 16),
            ]),
          ),
        ]),
    );
  return {
    edits: times('de'),
    english: times('en'),
    urls: reading.incidents.flatMap((one) => Object.values(one.edits).map(({ url }) => url)),
    codes: reading.faults.map(({ code, file, line }) => `${file}:${line} ${code}`),
    note,
  };
}

describe('the history of a site', () => {
  it('tells when a published update was changed, in a file that was renamed since', async () => {
    const repository = await scratchRepository();
    await repository.commit('2026-11-21T17:06:00Z', {
      'status.config.yml': CONFIG,
      'incidents/strom.md': incident(OLD.replace('dran', 'drann')),
    });
    await repository.commit('2026-11-21T17:31:00Z', {
      'incidents/strom.md': incident(NEW + OLD.replace('dran', 'drann')),
    });
    await repository.commit('2026-11-21T17:52:00Z', { 'incidents/strom.md': incident(NEW + OLD) });
    await repository.commit('2026-11-21T18:10:00Z', {
      'incidents/strom.md': null,
      'incidents/2026/2026-11-21-strom.md': incident(OLD + NEW, 'monitoring'),
    });
    const commit = await repository.git('rev-parse', 'HEAD');
    expect(await told(repository.folder)).toMatchObject({
      edits: { '2026-11-21-strom': { [OLD_ID]: '17:52' } },
      urls: [`https://github.com/nordhost/status/commits/${commit}/incidents/2026/2026-11-21-strom.md`],
      note: null,
    });
  });

  it('is that of commits alone', async () => {
    const repository = await scratchRepository();
    await repository.commit('2026-11-21T17:06:00Z', { 'status.config.yml': CONFIG, [FILE]: incident(OLD) });
    await writeFiles(repository.folder, {
      [FILE]: incident(OLD.replace('Wir', 'Sie')),
      'incidents/2026-11-21-neu.md': incident(OLD),
    });
    expect(await told(repository.folder)).toMatchObject({
      edits: {},
      note: 'Edited updates are not marked in one incident file that is not committed.',
    });
  });

  it('is found for a site in a folder of a larger repository, with names that git would quote', async () => {
    const repository = await scratchRepository();
    const file = 'seite ü/incidents/2026-11-21-störung "a".md';
    await repository.commit('2026-11-21T17:06:00Z', {
      'seite ü/status.config.yml': CONFIG,
      [file]: incident(OLD),
      'incidents/2026-11-21-andere.md': incident(OLD),
    });
    await repository.commit('2026-11-21T17:52:00Z', { [file]: incident(OLD.replace('Wir', 'Sie')) });
    const commit = await repository.git('rev-parse', 'HEAD');
    expect(await told(join(repository.folder, 'seite ü'))).toMatchObject({
      edits: { '2026-11-21-störung-a': { [OLD_ID]: '17:52' } },
      urls: [
        `https://github.com/nordhost/status/commits/${commit}/seite%20%C3%BC/incidents/2026-11-21-st%C3%B6rung%20%22a%22.md`,
      ],
    });
  });

  it('counts what was published: not what changed on a branch before it was merged', async () => {
    const repository = await scratchRepository();
    await repository.commit('2026-11-21T16:00:00Z', { 'status.config.yml': CONFIG });
    await repository.git('switch', '-q', '-c', 'report');
    await repository.commit('2026-11-21T17:06:00Z', { [FILE]: incident(OLD.replace('Wir', 'Sie')) });
    await repository.commit('2026-11-21T17:20:00Z', { [FILE]: incident(OLD) });
    await repository.git('switch', '-q', 'main');
    await run('git', ['-C', repository.folder, 'merge', '-q', '--no-ff', '-m', 'Merge', 'report'], {
      env: environment('2026-11-21T17:25:00Z'),
    });
    expect(await told(repository.folder)).toMatchObject({ edits: {}, note: null, codes: [] });
    await repository.commit('2026-11-21T17:52:00Z', { [FILE]: incident(OLD.replace('dran', 'da')) });
    expect((await told(repository.folder)).edits).toEqual({ '2026-11-21-strom': { [OLD_ID]: '17:52' } });
  });

  it('marks a translation where its own text changes', async () => {
    const repository = await scratchRepository();
    const english = (text: string) => `---\ntitle: Power\n---\n\n## 2026-11-21 18:05\n\n${text}\n`;
    const file = 'incidents/2026-11-21-strom.en.md';
    await repository.commit('2026-11-21T17:06:00Z', { 'status.config.yml': CONFIG, [FILE]: incident(OLD) });
    await repository.commit('2026-11-21T17:10:00Z', { [file]: english('We are on itt.') });
    await repository.commit('2026-11-21T17:52:00Z', { [file]: english('We are on it.') });
    const { edits, english: translated, urls } = await told(repository.folder);
    expect({ edits, translated }).toEqual({
      edits: {},
      translated: { '2026-11-21-strom': { [OLD_ID]: '17:52' } },
    });
    expect(urls[0]).toMatch(/strom\.en\.md$/);
  });

  it('speaks against times that a file gives, but not in what was imported', async () => {
    const repository = await scratchRepository();
    const old = (number: number) => [`incidents/alt-${number}.md`, incident(OLD)] as const;
    await repository.commit('2026-11-21T15:00:00Z', {
      'status.config.yml': CONFIG,
      ...Object.fromEntries([1, 2, 3, 4, 5].map(old)),
    });
    await repository.commit('2026-11-21T16:05:00Z', { 'incidents/slip.md': incident(OLD) });
    await repository.commit('2026-11-21T18:30:00Z', { 'incidents/late.md': incident(OLD) });
    expect((await told(repository.folder)).codes).toEqual([
      'incidents/late.md:8 backdated',
      'incidents/slip.md:8 committed-before-start',
    ]);
  });

  it('shows no secret of a line that it points at', async () => {
    const repository = await scratchRepository();
    const token = 'ghp_A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8';
    await repository.commit('2026-11-21T18:30:00Z', {
      'status.config.yml': CONFIG,
      [FILE]: incident(OLD.replace('^tb', `^tb ${token}`)),
    });
    const now = Date.parse(NOW);
    const { reading } = await withHistory(
      repository.folder,
      await readSite(repository.folder, now),
      now,
      null,
    );
    const fault = reading.faults.find(({ code }) => code === 'backdated');
    expect(fault?.source).toContain('2026-11-21 18:05');
    expect(JSON.stringify(reading)).not.toContain(token);
  });

  it('does not count the time at which a file was a draft', async () => {
    const repository = await scratchRepository();
    const draft = incident(OLD).replace('title', 'draft: true\ntitle');
    await repository.commit('2026-11-20T10:00:00Z', { 'status.config.yml': CONFIG, [FILE]: draft });
    await repository.commit('2026-11-21T17:06:00Z', { [FILE]: incident(OLD) });
    expect((await told(repository.folder)).codes).toEqual([]);
  });

  it('is the same with other settings of git, and in a hook that names another repository', async () => {
    const repository = await scratchRepository();
    await repository.commit('2026-11-21T17:06:00Z', {
      'status.config.yml': CONFIG,
      'incidents/b.md': incident(OLD),
      'incidents/a.md': incident(OLD),
    });
    await repository.commit('2026-11-21T17:52:00Z', {
      'incidents/a.md': null,
      'incidents/c.md': incident(OLD.replace('Wir', 'Sie')),
    });
    const expected = await told(repository.folder);
    expect(expected.edits).toEqual({ c: { [OLD_ID]: '17:52' } });
    for (const [key, value] of Object.entries({
      'log.showSignature': 'true',
      'log.diffMerges': 'off',
      'log.date': 'relative',
      'log.decorate': 'full',
      'log.follow': 'true',
      'color.ui': 'always',
      'diff.renames': 'false',
      'diff.relative': 'false',
      'diff.orderFile': 'none-such',
      'format.pretty': 'oneline',
      'core.pager': 'false',
    }))
      await repository.git('config', key, value);
    const before = process.env.GIT_DIR;
    process.env.GIT_DIR = '/nonexistent';
    try {
      expect(await told(repository.folder)).toEqual(expected);
    } finally {
      if (before === undefined) delete process.env.GIT_DIR;
      else process.env.GIT_DIR = before;
    }
  });

  it('that is long is looked up only from where the last build left off', async () => {
    const repository = await scratchRepository();
    const many = Object.fromEntries(
      Array.from({ length: 2000 }, (_, i) => [`incidents/2026-11-21-n${i}.md`, incident(OLD)]),
    );
    await repository.commit('2026-11-21T17:06:00Z', { 'status.config.yml': CONFIG, ...many });
    const cache = join(dirname(repository.folder), 'history.log');
    await told(repository.folder, cache);
    const first = await readFile(cache, 'utf8');
    await repository.commit('2026-11-21T17:52:00Z', {
      'incidents/2026-11-21-n7.md': incident(OLD.replace('Wir', 'Sie')),
    });
    const expected = { '2026-11-21-n7': { [OLD_ID]: '17:52' } };
    expect((await told(repository.folder, cache)).edits).toEqual(expected);
    const second = await readFile(cache, 'utf8');
    expect(second.endsWith(first.split('\n').slice(2).join('\n'))).toBe(true);
    expect((await told(repository.folder, cache)).edits).toEqual(expected);
    // A commit that is replaced leaves the line: what was kept of it is not used.
    await repository.git('reset', '-q', '--hard', 'HEAD~1');
    expect((await told(repository.folder, cache)).edits).toEqual({});
    expect((await told(repository.folder, cache)).edits).toEqual({});
  });
});

describe('a site without a whole history', () => {
  it.each([
    [
      'in no repository',
      async () => {
        const folder = await temporaryFolder();
        await writeFiles(folder, { 'status.config.yml': CONFIG, [FILE]: incident(OLD) });
        return folder;
      },
      'no repository',
    ],
    [
      'before the first commit',
      async () => {
        const { folder } = await scratchRepository();
        await writeFiles(folder, { 'status.config.yml': CONFIG, [FILE]: incident(OLD) });
        return folder;
      },
      'nothing is committed yet',
    ],
    ['in a shallow clone', async () => clone(await edited(), '--depth=1'), 'shallow clone'],
    ['in a partial clone', async () => clone(await edited(), '--filter=blob:none'), 'partial clone'],
  ])('%s has no marks, and says so in one line', async (_name, make, words) => {
    const folder = await make();
    const { edits, note } = await told(folder);
    expect(edits).toEqual({});
    expect(note).toContain(words);
    expect(note).not.toContain('\n');
  });
});

/** A repository whose update was changed an hour before `NOW`. */
async function edited(): Promise<ScratchRepository> {
  const repository = await scratchRepository();
  await repository.commit('2026-11-21T17:06:00Z', {
    'status.config.yml': CONFIG,
    [FILE]: incident(OLD.replace('Wir', 'Sie')),
  });
  await repository.commit('2026-11-21T17:52:00Z', { [FILE]: incident(NEW + OLD) });
  await repository.git('config', 'uploadpack.allowFilter', 'true');
  return repository;
}

async function clone({ folder }: ScratchRepository, ...how: string[]): Promise<string> {
  const copy = join(await temporaryFolder(), 'clone');
  await run('git', ['clone', '-q', ...how, `file://${folder}`, copy], { env: environment() });
  return copy;
}

describe('a built site', () => {
  let repository: ScratchRepository;
  let outDir: string;
  const page = async (path: string) => readFile(join(outDir, path), 'utf8');

  beforeAll(async () => {
    repository = await edited();
    outDir = join(await temporaryFolder(), 'dist');
    expect(await runBuild({ folder: repository.folder, outDir })).toMatchObject({ code: 0, stderr: '' });
  });

  it.each([
    ['incidents/2026-11-21-strom.html', '— Tanja B. · bearbeitet 18:52 Uhr · was sich änderte'],
    ['en/incidents/2026-11-21-strom.html', '— Tanja B. · edited 18:52 · what changed'],
    ['index.html', '— Tanja B. · bearbeitet 18:52 Uhr'],
    ['en/index.html', '— Tanja B. · edited 18:52'],
  ])('%s marks the edit', async (path, words) => {
    const html = await page(path);
    const marks = [...html.matchAll(/<p class="by">(.*?)<\/p>/gs)].map(([, inner = '']) =>
      inner.replace(/<[^>]*>/g, ''),
    );
    expect(marks.filter((text) => text.includes(':52'))).toEqual([words]);
    expect(html).toContain('<time datetime="2026-11-21T17:52:00Z">');
  });

  it('links to the history of the file on the page of the incident alone', async () => {
    const commit = await repository.git('rev-parse', 'HEAD');
    const url = `https://github.com/nordhost/status/commits/${commit}/${FILE}`;
    expect(await page('incidents/2026-11-21-strom.html')).toContain(`<a href="${url}">`);
    expect(await page('index.html')).not.toContain(url);
  });

  it('has the same bytes from another clone, and says nothing of its history', async () => {
    const other = { folder: await clone(repository), outDir: join(await temporaryFolder(), 'dist') };
    const built = await runBuild(other, { env: { TZ: 'Asia/Kolkata' } });
    expect(built).toMatchObject({ code: 0, stderr: '' });
    expect(built.stdout).not.toContain('Edited updates');
    expect(await snapshot(other.outDir)).toEqual(await snapshot(outDir));
  });

  it('from a shallow clone has no mark and says why', async () => {
    const shallow = {
      folder: await clone(repository, '--depth=1'),
      outDir: join(await temporaryFolder(), 'dist'),
    };
    const built = await runBuild(shallow);
    expect(built.stdout).toMatch(/^Edited updates are not marked: this is a shallow clone\..*$/m);
    expect(await readFile(join(shallow.outDir, 'incidents/2026-11-21-strom.html'), 'utf8')).not.toContain(
      'bearbeitet',
    );
  });
});
