import { cp, mkdir, realpath, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** The repository that the drills belong to. */
export const ROOT = resolve(import.meta.dirname, '..');

const PARTS = [
  'src',
  'tests',
  'astro.config.mjs',
  'vitest.config.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
];

/** Copies the program into a folder that does not exist yet, so that drills can spoil it. Packages are shared. */
export async function copyProgram(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of PARTS) await cp(join(ROOT, name), join(folder, name), { recursive: true });
  await symlink(await realpath(join(ROOT, 'node_modules')), join(folder, 'node_modules'));
}
