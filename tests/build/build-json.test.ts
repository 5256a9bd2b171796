import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildSite, runBuild, type TestSite, temporaryFolder, writeFiles } from './harness.ts';
import { SAMPLE_SITE } from './sample-site.ts';
import { scratchRepository } from './scratch-repository.ts';

async function told(site: TestSite, now?: string) {
  const run = await runBuild(site, now === undefined ? {} : { env: { STATUS_NOW: now } });
  expect(run.code, run.stderr).toBe(0);
  return JSON.parse(await readFile(join(site.outDir, 'build.json'), 'utf8'));
}

describe('build.json', () => {
  it('says what was built, when, and when the page next changes by itself', async () => {
    const site = await buildSite(SAMPLE_SITE);
    const first = await told(site);
    expect(first).toMatchObject({
      built: '2026-11-21T19:40:00+01:00',
      commit: null,
      newest_update: '2026-11-21T19:30:00+01:00',
      next_change: '2026-11-21T20:00:00+01:00',
      indicator: 'critical',
      url: 'https://status.nordhost.example',
      mirrors: ['https://nordhost.pages.example'],
    });
    expect(first.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(Object.keys(first.pages)).toContain('en/index.html');

    const later = await told(site, '2026-11-21T18:50:00Z');
    expect(later.built).toBe('2026-11-21T19:50:00+01:00');
    expect({ ...later, built: first.built }).toEqual(first);
  });

  it('tells a page that has changed from those that have not', async () => {
    const site = await buildSite(SAMPLE_SITE);
    const before = await told(site);
    const path = Object.keys(SAMPLE_SITE).find(
      (name) => /^incidents\/[^_]*\.md$/.test(name) && !/\.en\./.test(name),
    )!;
    const text = String(SAMPLE_SITE[path]);
    await writeFile(
      join(site.folder, path),
      text.replace(/\n## /, '\n## 2026-11-21 19:38\n\nEin Wort mehr.\n\n## '),
    );
    const after = await told(site);
    expect(after.hash).not.toBe(before.hash);
    const changed = Object.keys(after.pages).filter((page) => after.pages[page] !== before.pages[page]);
    const slug = path.slice('incidents/'.length, -'.md'.length);
    expect(changed.sort()).toEqual(
      [
        ...['', 'en/'].flatMap((folder) => [`${folder}incidents/${slug}.html`, `${folder}index.html`]),
        // What it touches: two services and their group. Once, for all languages.
        ...['mail', 'rechenzentrum-dresden', 'webhosting'].map((id) => `components/${id}.html`),
      ].sort(),
    );
  });

  it('names the commit only where that commit is what was built', async () => {
    const repository = await scratchRepository();
    const files = Object.fromEntries(
      Object.entries(SAMPLE_SITE).map(([path, content]) => [path, String(content)]),
    );
    await repository.commit('2026-11-21T18:35:00Z', files);
    const site = { folder: repository.folder, outDir: join(await temporaryFolder(), 'dist') };
    expect((await told(site)).commit).toBe(await repository.git('rev-parse', 'HEAD'));
    await writeFiles(repository.folder, { 'public/new.txt': 'not committed' });
    expect((await told(site)).commit).toBeNull();
  });
});
