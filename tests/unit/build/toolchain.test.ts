import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { toolchainDigest } from '../../../src/build/toolchain.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'dran-toolchain-'));
  await put('src/i18n/en.json', '{"a":"b"}');
  await put('package-lock.json', '{}');
});
afterEach(() => rm(root, { recursive: true }));

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

it('a kept page is only good for the toolchain that made it', async () => {
  const digests = [await toolchainDigest(root)];
  for (const [path, text] of [
    ['src/i18n/en.json', '{"a":"c"}'],
    ['src/styles/page.css', 'p{}'],
    ['package-lock.json', '{"packages":{}}'],
    ['node_modules/.package-lock.json', '{}'],
    ['astro.config.mjs', 'export default {}'],
  ] as const) {
    await put(path, text);
    digests.push(await toolchainDigest(root));
  }
  await rm(join(root, 'src/styles/page.css'));
  digests.push(await toolchainDigest(root));
  expect(new Set(digests).size).toBe(digests.length);
});

it('files of the site and of the output are no part of the toolchain', async () => {
  const before = await toolchainDigest(root);
  await put('incidents/a.md', 'x');
  await put('dist/index.html', 'x');
  expect(await toolchainDigest(root)).toBe(before);
});
