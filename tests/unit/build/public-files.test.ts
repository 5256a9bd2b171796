import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyPublic, publicDigest } from '../../../src/build/public-files.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dran-public-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
}
const read = (path: string) => readFile(join(folder, path), 'utf8').catch(() => null);
const copy = async () => {
  await mkdir(join(folder, 'built'), { recursive: true });
  const faults = await copyPublic(join(folder, 'public'), join(folder, 'built'));
  return faults.map(({ file, level, code }) => `${file} ${level} ${code}`);
};

describe('files of public/', () => {
  it('are copied, with names that begin with a dot', async () => {
    await put('public/img/a.png', 'a');
    await put('public/.well-known/x', 'x');
    expect(await copy()).toEqual([]);
    expect([await read('built/img/a.png'), await read('built/.well-known/x')]).toEqual(['a', 'x']);
  });

  it('that only git or the system needs are left out', async () => {
    await put('public/.gitkeep', '');
    expect(await copy()).toEqual([]);
    expect(await read('built/.gitkeep')).toBeNull();
  });

  it('that are just what the build made need no word', async () => {
    await put('built/.nojekyll', '');
    await put('public/.nojekyll', '');
    expect(await copy()).toEqual([]);
  });

  it('give way to what the build made, each with a warning', async () => {
    await put('built/index.html', 'outage');
    await put('built/incidents/a.html', 'outage');
    await put('built/rss.xml', 'feed');
    await put('public/index.html', 'all is well');
    await put('public/incidents', 'a file');
    await put('public/rss.xml/x', 'a folder');
    expect(await copy()).toEqual([
      'public/incidents warning public-name-taken',
      'public/index.html warning public-name-taken',
      'public/rss.xml/x warning public-name-taken',
    ]);
    expect([await read('built/index.html'), await read('built/rss.xml')]).toEqual(['outage', 'feed']);
  });

  it('may be links; one that leads nowhere or into itself is a warning', async () => {
    await put('elsewhere/a.txt', 'a');
    await mkdir(join(folder, 'public'));
    await symlink(join(folder, 'elsewhere'), join(folder, 'public/linked'));
    await symlink(join(folder, 'public'), join(folder, 'public/loop'));
    await symlink(join(folder, 'nothing'), join(folder, 'public/nowhere'));
    expect(await copy()).toEqual([
      'public/loop warning public-link-loop',
      'public/nowhere warning public-unreadable',
    ]);
    expect(await read('built/linked/a.txt')).toBe('a');
  });

  it('need not be there', async () => {
    expect(await copy()).toEqual([]);
    await put('public', 'a file');
    expect(await copy()).toEqual(['public warning public-unreadable']);
  });
});

describe('the digest of public/', () => {
  const digest = () => publicDigest(join(folder, 'public'));

  it('tells names and contents apart, and nothing else', async () => {
    const nothing = await digest();
    await put('public/a/b.txt', 'one');
    const one = await digest();
    await put('public/.gitkeep', '');
    expect(await digest()).toBe(one);
    await put('public/a/b.txt', 'two');
    const two = await digest();
    await rm(join(folder, 'public/a/b.txt'));
    await put('public/a/c.txt', 'two');
    expect(new Set([nothing, one, two, await digest()]).size).toBe(4);
  });
});
