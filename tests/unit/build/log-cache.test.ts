import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { keepLog, keptLog } from '../../../src/build/log-cache.ts';

const folders: string[] = [];
const KEPT = { head: 'abc', log: 'c1\x0060\0\n:1 2\n3\0ü\0' };

async function file(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'log-'));
  folders.push(folder);
  return join(folder, 'below', 'history.log');
}

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

test('a log comes back as it was kept', async () => {
  const path = await file();
  expect(await keptLog(path)).toBeNull();
  await keepLog(path, KEPT);
  expect(await keptLog(path)).toEqual(KEPT);
});

test('a log that was damaged or cut off is none', async () => {
  const path = await file();
  await keepLog(path, KEPT);
  const text = await readFile(path, 'utf8');
  for (const damaged of [text.slice(0, -1), text.replace('abc', 'abd'), text.replace('ü', 'u'), 'x', '']) {
    await writeFile(path, damaged);
    expect(await keptLog(path)).toBeNull();
  }
});

test('where nothing can be kept nothing fails', async () => {
  await expect(keepLog('/dev/null/history.log', KEPT)).resolves.toBeUndefined();
});
