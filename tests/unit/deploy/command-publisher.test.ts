import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { holdBuild } from '../../../src/deploy/built-files.ts';
import { commandPublisher } from '../../../src/deploy/command-publisher.ts';
import { toolsThat } from './given.ts';

it('a tool that changes what it publishes changes nothing of the build', async () => {
  const dist = await mkdtemp(join(tmpdir(), 'dran-dist-'));
  const scratch = await mkdtemp(join(tmpdir(), 'dran-scratch-'));
  try {
    await writeFile(join(dist, 'index.html'), 'start');
    await writeFile(join(dist, 'build.json'), '{"hash":"0123456789abcdef","url":"https://x.example"}');
    const build = await holdBuild(dist, join(scratch, 'build'));
    const seen: string[] = [];
    const tools = toolsThat(async ({ args }) => {
      const page = join(args[0]!, 'index.html');
      seen.push(await readFile(page, 'utf8'));
      await writeFile(page, 'changed');
      return {};
    });
    await commandPublisher('publish {dir}', { ...tools, scratch })({
      build,
      dryRun: false,
      signal: new AbortController().signal,
      run: 'a',
      tell: () => {},
    });
    expect(seen).toEqual(['start']);
    expect(await readFile(join(dist, 'index.html'), 'utf8')).toBe('start');
    expect(await readFile(join(build.folder, 'index.html'), 'utf8')).toBe('start');
  } finally {
    for (const folder of [dist, scratch]) await rm(folder, { recursive: true });
  }
});
