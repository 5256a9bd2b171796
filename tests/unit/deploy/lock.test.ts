import { mkdir, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lockTarget } from '../../../src/deploy/lock.ts';
import { locksFolder } from '../../../src/deploy/locks-folder.ts';
import type { Target } from '../../../src/domain/hosting.ts';
import { target } from './given.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dran-lock-'));
  await mkdir(join(folder, 'one'));
  await mkdir(join(folder, 'two'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Takes the lock from this folder; fails at once where another one holds it. */
const lock = (one: Partial<Target>, cwd: string) =>
  lockTarget(join(folder, 'locks'), target(one), {
    cwd: join(folder, cwd),
    signal: AbortSignal.abort(),
    sleep: async () => {},
    onWait: () => {},
  });

it.each([
  ['a folder', { kind: 'folder', to: '../www' }, { kind: 'folder', to: '../link/www/' }],
  ['a bucket', { kind: 'rclone', to: 's3:status' }, { kind: 'rclone', to: 's3:status/', branch: 'x' }],
  ['a branch', { kind: 'git', to: '../pages.git' }, { kind: 'git', to: '../link/pages.git' }],
] as const)(
  'two clones that publish to %s keep each other out, however they name it',
  async (_, one, other) => {
    await symlink(folder, join(folder, 'link'));
    const free = await lock(one, 'one');
    await expect(lock(other, 'two')).rejects.toThrow(/still running \(process \d+\)/);
    await free();
    await (await lock(other, 'two'))();
  },
);

it('clones of one user meet in a folder that is theirs alone', async () => {
  const place = await locksFolder('/own', folder);
  expect(place.startsWith(folder)).toBe(true);
  expect((await stat(place)).mode & 0o777).toBe(0o700);
  await rm(place, { recursive: true });
  await writeFile(place, "somebody else's");
  expect(await locksFolder('/own', folder)).toBe('/own');
});
