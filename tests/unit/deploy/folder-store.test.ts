import { chmod, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ownName } from '../../../src/build/own-folder.ts';
import { holdBuild } from '../../../src/deploy/built-files.ts';
import { folderStore } from '../../../src/deploy/folder-store.ts';
import { publishInWaves } from '../../../src/deploy/publish-in-waves.ts';
import { runName } from '../../../src/deploy/run-name.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dran-disk-'));
  await mkdir(join(folder, 'dist/incidents'), { recursive: true });
  await writeFile(join(folder, 'dist/index.html'), 'start');
  await writeFile(join(folder, 'dist/incidents/a.html'), 'a');
  await writeFile(join(folder, 'dist/build.json'), '{"hash":"0123456789abcdef","url":"https://x.example"}');
});
afterEach(() => rm(folder, { recursive: true }));

const disk = (...path: string[]) => join(folder, 'disk', ...path);

async function publish(): Promise<void> {
  const build = await holdBuild(join(folder, 'dist'), join(folder, 'copy'));
  await publishInWaves(folderStore(disk()))({
    build,
    dryRun: false,
    signal: new AbortController().signal,
    run: runName(Date.UTC(2026, 10, 21)),
    tell: () => {},
  });
}

describe('a folder', () => {
  it('can be read by a web server, whatever the mask of who publishes', async () => {
    const before = process.umask(0o077);
    try {
      await publish();
    } finally {
      process.umask(before);
    }
    for (const path of ['', 'incidents']) expect((await stat(disk(path))).mode & 0o777).toBe(0o755);
    expect((await stat(disk('incidents/a.html'))).mode & 0o777).toBe(0o644);
  });

  it('keeps the half files of a run that is at work, and loses those of one that is gone', async () => {
    const began = runName(Date.UTC(2026, 10, 21)).split('-')[0];
    const running = `half-${began}-${ownName('', process.ppid)}`;
    const gone = `half-${began}-${ownName('', 4194304)}`;
    for (const name of [running, gone]) await mkdir(disk('.dran', name), { recursive: true });
    await publish();
    expect((await readdir(disk('.dran'))).sort()).toEqual(['deployed.json', running].sort());
  });

  it.skipIf(process.getuid?.() === 0)(
    "may hold somebody else's folder that nobody may look into",
    async () => {
      await mkdir(disk('lost+found'), { recursive: true });
      await chmod(disk('lost+found'), 0);
      await publish();
      expect(await readdir(disk())).toContain('index.html');
      await chmod(disk('incidents'), 0);
      await expect(publish()).rejects.toThrow('EACCES');
      await chmod(disk('incidents'), 0o755);
    },
  );
});
