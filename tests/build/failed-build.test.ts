import { spawn } from 'node:child_process';
import { readdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ownName } from '../../src/build/own-folder.ts';
import { cacheFolderOf } from '../../src/build/site-cache.ts';
import { copyRepository, makeSite, NOW, runBuild, snapshot, writeFiles } from './harness.ts';

const config = 'name: Nordhost\nurl: https://status.nordhost.example\ntimezone: UTC\nlanguage: en\n';
const incident = (text: string) => `---
title: Mail is slow
status: investigating
---

## 2026-11-21 18:05

${text}
`;

/** A route that is made last and fails when asked to: pages before it are already in Astro's cache by then. */
const FAILING_ROUTE = `export function getStaticPaths() {
  return [{ params: { lang: undefined, rest: 'last' } }];
}
export function GET() {
  if (process.env.TEST_FAIL) throw new Error('this route was asked to fail');
  return new Response('last');
}
`;

describe('a build that fails midway', () => {
  it('leaves the output as it was, and never lends its half-made pages to a later build', async () => {
    const root = await copyRepository();
    await writeFiles(root, { 'src/pages/[...lang]/zz/[...rest].txt.ts': FAILING_ROUTE });
    const site = await makeSite({ 'status.config.yml': config, 'incidents/mail.md': incident('One.') });
    expect(await runBuild(site, { root })).toMatchObject({ code: 0 });
    const one = await snapshot(site.outDir);

    await writeFiles(site.folder, { 'incidents/mail.md': incident('Two.') });
    const failed = await runBuild(site, { root, env: { TEST_FAIL: '1' } });
    expect(failed.code).toBe(1);
    expect(failed.stderr).toContain('this route was asked to fail');
    expect(await snapshot(site.outDir)).toEqual(one);
    expect(await readdir(dirname(site.outDir))).toEqual(['dist', 'site']);

    await writeFiles(site.folder, { 'incidents/mail.md': incident('One.') });
    expect(await runBuild(site, { root })).toMatchObject({ code: 0 });
    expect(await snapshot(site.outDir)).toEqual(one);
  });
});

describe('a build that is killed', () => {
  it('leaves the output as it was, and the next one clears up after it', async () => {
    const root = await copyRepository();
    const site = await makeSite({ 'status.config.yml': config, 'incidents/mail.md': incident('One.') });
    await runBuild(site, { root });
    const one = await snapshot(site.outDir);
    const cache = await cacheFolderOf(root, site.folder);

    // A route that stands still, so that the kill comes in the middle whatever the machine's speed.
    await writeFiles(root, {
      'src/pages/[...lang]/zz/[...rest].txt.ts': FAILING_ROUTE.replace(
        "if (process.env.TEST_FAIL) throw new Error('this route was asked to fail');",
        "process.stdout.write('standing still\\n'); return new Promise((done) => setTimeout(done, 600_000));",
      ),
    });
    await writeFiles(site.folder, { 'incidents/mail.md': incident('Two.') });
    const child = spawn(process.execPath, ['src/cli/build.ts', '--outDir', site.outDir], {
      cwd: root,
      env: { ...process.env, STATUS_SITE: site.folder, STATUS_NOW: NOW },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((done) => child.stdout.once('data', done));
    child.kill('SIGKILL');
    await new Promise((done) => child.once('close', done));
    expect(await snapshot(site.outDir)).toEqual(one);
    expect(await readdir(cache)).not.toContain('kept');

    await writeFiles(root, { 'src/pages/[...lang]/zz/[...rest].txt.ts': FAILING_ROUTE });
    await writeFiles(site.folder, { 'incidents/mail.md': incident('One.') });
    expect(await runBuild(site, { root })).toMatchObject({ code: 0 });
    const { 'zz/last.txt': _, ...rest } = await snapshot(site.outDir);
    expect(rest).toEqual(one);
    expect(await readdir(cache)).toEqual(['kept']);
    expect(await readdir(dirname(site.outDir))).toEqual(['dist', 'site']);
  });

  it('in the moment of putting the new output in place loses nothing', async () => {
    const site = await makeSite({ 'status.config.yml': config, 'incidents/mail.md': incident('One.') });
    await runBuild(site);
    const one = await snapshot(site.outDir);
    // The name of a process that is gone: no process ever has a number this high.
    const gone = ownName('.dist.previous-', 4194304);
    await rename(site.outDir, join(dirname(site.outDir), gone));
    await writeFiles(site.folder, { 'incidents/empty.md': '' });
    expect((await runBuild(site, { args: ['--strict'] })).code).toBe(1);
    expect(await snapshot(site.outDir)).toEqual(one);
    expect(await readdir(dirname(site.outDir))).toEqual(['dist', 'site']);
  });
});
