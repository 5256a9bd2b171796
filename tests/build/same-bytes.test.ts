import { cp } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildSite, copyRepository, runBuild, snapshot, type TestSite, temporaryFolder } from './harness.ts';
import { SAMPLE_SITE } from './sample-site.ts';

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

  it('from two builds of one site at the same time', async () => {
    const other = { folder: site.folder, outDir: join(dirname(site.outDir), 'at-once') };
    const runs = await Promise.all([runBuild(site), runBuild(site), runBuild(other)]);
    expect(runs.map(({ code, stderr }) => `${code} ${stderr}`)).toEqual(['0 ', '0 ', '0 ']);
    expect(await snapshot(site.outDir)).toEqual(expected);
    expect(await snapshot(other.outDir)).toEqual(expected);
  });
});
