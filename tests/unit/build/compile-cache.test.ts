import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { keepCompiled } from '../../../src/build/compile-cache.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dran-'));
  for (const name of ['a', 'b', 'c']) writeFileSync(join(folder, name), '');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('what Node compiled is kept while there is not too much of it', () => {
  keepCompiled(folder, 3);
  expect(existsSync(join(folder, 'a'))).toBe(true);
});

it('what Node compiled is thrown away once there is too much of it', () => {
  keepCompiled(folder, 2);
  expect(existsSync(join(folder, 'a'))).toBe(false);
});

it('a folder that is not there yet is no trouble', () => {
  expect(() => keepCompiled(join(folder, 'none'), 2)).not.toThrow();
});
