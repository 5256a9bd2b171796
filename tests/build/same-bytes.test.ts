import { cp, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildSite, copyRepository, runBuild, snapshot, type TestSite, temporaryFolder } from './harness.ts';
import { SAMPLE_SITE } from './sample-site.ts';
import { scratchRepository } from './scratch-repository.ts';

let site: TestSite;
let expected: Record<string, string>;

beforeAll(async () => {
  const built = await buildSite(SAMPLE_SITE, { env: { TZ: 'UTC' } });
  expect(built).toMatchObject({ code: 0, stderr: '' });
  site = built;
  expected = await snapshot(built.outDir);
});

describe('the same input gives the same bytes', () => {
  it('in another time zone, language and folder', async () => {
    const folder = await temporaryFolder();
    const moved = { folder: join(folder, 'éin Ordner'), outDir: join(folder, 'out') };
    await cp(site.folder, moved.folder, { recursive: true });
    const env = { TZ: 'Asia/Kolkata', LC_ALL: 'de_DE.UTF-8', LANG: 'tr_TR.UTF-8' };
    expect(await runBuild(moved, { env })).toMatchObject({ code: 0, stderr: '' });
    expect(await snapshot(moved.outDir)).toEqual(expected);
  });

  it('from a cold cache as from a warm one, which draws no card anew', async () => {
    const warm = await runBuild(site);
    expect(warm.stdout).toMatch(/cards +\d+ \(0 drawn, [1-9]\d* reused\)/);
    expect(await snapshot(site.outDir)).toEqual(expected);
    const cold = await runBuild(site, { args: ['--force'] });
    expect(cold.stdout).toMatch(/cards +\d+ \([1-9]\d* drawn, 0 reused\)/);
    expect(await snapshot(site.outDir)).toEqual(expected);
  });

  it('from another copy of the program', async () => {
    const root = await copyRepository();
    const other = { folder: site.folder, outDir: join(dirname(site.outDir), 'other') };
    expect(await runBuild(other, { root })).toMatchObject({ code: 0, stderr: '' });
    expect(await snapshot(other.outDir)).toEqual(expected);
  });

  it('from two clones of its repository, in two folders, time zones and languages', async () => {
    const origin = await scratchRepository();
    const texts = Object.entries(SAMPLE_SITE).map(([path, content]) => [path, String(content)]);
    await origin.commit('2026-11-21T17:31:00Z', Object.fromEntries(texts));
    const outage = 'incidents/2026-11-21-power-dresden.md';
    const edited = String(SAMPLE_SITE[outage]).replace('Wir sind dran.', 'Wir sind auf dem Weg.');
    await origin.commit('2026-11-21T18:35:00Z', { [outage]: edited });
    const machines: { folder: string; env: Record<string, string> }[] = [
      { folder: 'one', env: { TZ: 'Pacific/Kiritimati', LC_ALL: 'C' } },
      {
        folder: 'zwei Ordner/ü',
        env: { TZ: 'America/St_Johns', LC_ALL: 'tr_TR.UTF-8', LANG: 'de_DE.UTF-8' },
      },
    ];
    const outputs: Record<string, string>[] = [];
    for (const { folder, env } of machines) {
      const clone = join(await temporaryFolder(), folder);
      await origin.git('clone', '-q', origin.folder, clone);
      const copy = { folder: clone, outDir: join(await temporaryFolder(), 'dist') };
      expect(await runBuild(copy, { root: await copyRepository(), env })).toMatchObject({
        code: 0,
        stderr: '',
      });
      outputs.push(await snapshot(copy.outDir));
      const told = JSON.parse(await readFile(join(copy.outDir, 'build.json'), 'utf8'));
      expect(told.commit).toBe(await origin.git('rev-parse', 'HEAD'));
      // What only the history tells is there, too.
      expect(await readFile(join(copy.outDir, 'index.html'), 'utf8')).toContain('bearbeitet');
    }
    expect(outputs[1]).toEqual(outputs[0]);
    expect(Object.keys(outputs[0]!)).toContain('build.json');
  });

  it('from two builds of one site at the same time', async () => {
    const other = { folder: site.folder, outDir: join(dirname(site.outDir), 'at-once') };
    const runs = await Promise.all([runBuild(site), runBuild(site), runBuild(other)]);
    expect(runs.map(({ code, stderr }) => `${code} ${stderr}`)).toEqual(['0 ', '0 ', '0 ']);
    expect(await snapshot(site.outDir)).toEqual(expected);
    expect(await snapshot(other.outDir)).toEqual(expected);
  });
});
