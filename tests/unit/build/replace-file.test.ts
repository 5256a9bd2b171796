import { chmod, lstat, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { replaceFile } from '../../../src/build/replace-file.ts';

let folder = '';
const bytes = (text: string) => new TextEncoder().encode(text);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'moor-'));
  await writeFile(join(folder, 'a.md'), 'old');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

test('a file gets other bytes, keeps its rights, and nothing is left beside it', async () => {
  await chmod(join(folder, 'a.md'), 0o640);
  expect(await replaceFile(join(folder, 'a.md'), bytes('new'), bytes('old'))).toBe(true);
  expect(await readFile(join(folder, 'a.md'), 'utf8')).toBe('new');
  expect((await stat(join(folder, 'a.md'))).mode & 0o777).toBe(0o640);
  expect(await readdir(folder)).toEqual(['a.md']);
});

test('a link stays a link', async () => {
  await symlink('a.md', join(folder, 'b.md'));
  expect(await replaceFile(join(folder, 'b.md'), bytes('new'), bytes('old'))).toBe(true);
  expect((await lstat(join(folder, 'b.md'))).isSymbolicLink()).toBe(true);
  expect(await readFile(join(folder, 'a.md'), 'utf8')).toBe('new');
});

test('what somebody else wrote meanwhile stays', async () => {
  expect(await replaceFile(join(folder, 'a.md'), bytes('new'), bytes('older'))).toBe(false);
  expect(await readFile(join(folder, 'a.md'), 'utf8')).toBe('old');
  expect(await readdir(folder)).toEqual(['a.md']);
});
