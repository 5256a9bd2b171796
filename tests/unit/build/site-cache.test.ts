import { mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ClaimedCache, cacheFolderOf, claimCache } from '../../../src/build/site-cache.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dran-cache-'));
});
afterEach(() => rm(folder, { recursive: true }));

const claim = (options = {}) => claimCache(folder, { toolchain: 'one', fresh: false, ...options });

/** What a build leaves in Astro's cache. */
async function fill(cache: ClaimedCache): Promise<void> {
  await mkdir(join(cache.astro, 'dist/incidents'), { recursive: true });
  await writeFile(join(cache.astro, 'dist/index.html'), 'home');
  await writeFile(join(cache.astro, 'dist/incidents/a.html'), 'incident');
  await writeFile(join(cache.astro, 'incremental-build.json'), '{}');
  await writeFile(join(cache.astro, 'data-store.json'), 'contents');
}

async function succeed(options = {}): Promise<void> {
  const cache = await claim(options);
  await fill(cache);
  await cache.keep();
}

const kept = (cache: ClaimedCache, path: string) =>
  readFile(join(cache.astro, path), 'utf8').catch(() => null);

describe('the cache of a site', () => {
  it('is cold at first and warm after a build that succeeded', async () => {
    const first = await claim();
    expect(first.state).toBe('cold');
    await fill(first);
    await first.keep();
    const second = await claim();
    expect(second.state).toBe('warm');
    expect(await kept(second, 'dist/incidents/a.html')).toBe('incident');
  });

  it('never keeps the contents that were read, only what was made of them', async () => {
    await succeed();
    expect(await kept(await claim(), 'data-store.json')).toBeNull();
  });

  it('is thrown away by a build that failed', async () => {
    await succeed();
    const failed = await claim();
    await writeFile(join(failed.astro, 'dist/index.html'), 'half made');
    await failed.discard();
    expect((await claim()).state).toBe('cold');
    expect((await readdir(folder)).length).toBe(1);
  });

  it('is not read again when a build was killed', async () => {
    await succeed();
    const killed = await claim();
    await writeFile(join(killed.astro, 'dist/index.html'), 'half made');
    const next = await claim();
    expect(next.state).toBe('cold');
    expect(await kept(next, 'dist/index.html')).toBeNull();
  });

  it('belongs to one build at a time', async () => {
    await succeed();
    const [one, other] = await Promise.all([claim(), claim()]);
    expect([one.state, other.state].sort()).toEqual(['cold', 'warm']);
    expect(one.folder).not.toBe(other.folder);
    await Promise.all([one, other].map(fill));
    await Promise.all([one.keep(), other.keep()]);
    expect(await readdir(folder)).toEqual(['kept']);
    expect((await claim()).state).toBe('warm');
  });

  it('is cold when asked to be, and for another toolchain', async () => {
    await succeed();
    const fresh = await claim({ fresh: true });
    expect(fresh.state).toBe('cold');
    expect(await kept(fresh, 'dist/index.html')).toBeNull();
    await succeed();
    expect((await claim({ toolchain: 'two' })).state).toBe('cold');
  });
});

describe('a damaged cache', () => {
  it('loses only the page that was cut off', async () => {
    await succeed();
    await truncate(join(folder, 'kept/astro/dist/index.html'), 2);
    const cache = await claim();
    expect(cache.state).toBe('warm');
    expect(await kept(cache, 'dist/index.html')).toBeNull();
    expect(await kept(cache, 'dist/incidents/a.html')).toBe('incident');
  });

  it('loses a page that nobody recorded', async () => {
    await succeed();
    await writeFile(join(folder, 'kept/astro/dist/more.html'), 'slipped in');
    expect(await kept(await claim(), 'dist/more.html')).toBeNull();
  });

  it.each([
    ['the list of pages is altered', 'astro/incremental-build.json', '{"routes":{}}'],
    ['the seal is cut off', 'seal.json', '{"version":1,'],
    ['the seal is another thing', 'seal.json', 'null'],
    ['the seal has no files', 'seal.json', '{"version":1,"toolchain":"one","files":null}'],
    ['something else lies in it', 'astro/fonts.json', '{}'],
  ])('is cold when %s', async (_, path, text) => {
    await succeed();
    await writeFile(join(folder, 'kept', path), text);
    const cache = await claim();
    expect(cache.state).toBe('cold');
    expect(await kept(cache, 'dist/index.html')).toBeNull();
  });

  it('is cold when the list of pages is gone', async () => {
    await succeed();
    await rm(join(folder, 'kept/astro/incremental-build.json'));
    expect((await claim()).state).toBe('cold');
  });
});

describe('the place of a cache', () => {
  it('is another one for each site folder, and below the program’s own', async () => {
    const [one, other] = [join(folder, 'a'), join(folder, 'b')];
    await mkdir(one);
    await mkdir(other);
    const places = [await cacheFolderOf('/program', one), await cacheFolderOf('/program', other)];
    expect(new Set(places).size).toBe(2);
    for (const place of places) expect(place.startsWith(join('/program', '.cache'))).toBe(true);
  });
});
