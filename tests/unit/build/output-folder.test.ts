import { mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refusalOf, replaceOutput, settleOutput } from '../../../src/build/output-folder.ts';
import { ownName } from '../../../src/build/own-folder.ts';

let folder: string;
let outDir: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'dran-output-')));
  outDir = join(folder, 'dist');
});
afterEach(() => rm(folder, { recursive: true }));

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
}
const read = (path: string) => readFile(join(folder, path), 'utf8').catch(() => null);

/** The name of a process that is gone: no process ever has a number this high. */
const gone = (prefix: string) => ownName(prefix).replace(`-${process.pid}-`, '-4194304-');

describe('putting a build in place', () => {
  it('replaces the whole folder and leaves nothing beside it', async () => {
    await put('dist/index.html', 'old');
    await put('dist/old.html', 'old');
    await put('built/index.html', 'new');
    await replaceOutput(join(folder, 'built'), outDir);
    expect(await read('dist/index.html')).toBe('new');
    expect(await readdir(folder)).toEqual(['dist']);
    expect(await readdir(outDir)).toEqual(['index.html']);
  });

  it('makes the folder and those above it where there is none', async () => {
    await put('built/index.html', 'new');
    await replaceOutput(join(folder, 'built'), join(folder, 'a/b/dist'));
    expect(await read('a/b/dist/index.html')).toBe('new');
  });

  it('keeps a git work tree one', async () => {
    await put('dist/.git/HEAD', 'ref: refs/heads/pages');
    await put('dist/index.html', 'old');
    await put('dist/gone.html', 'old');
    await put('built/incidents/a.html', 'new');
    await put('built/index.html', 'new');
    await replaceOutput(join(folder, 'built'), outDir);
    expect(await read('dist/.git/HEAD')).toBe('ref: refs/heads/pages');
    expect([await read('dist/index.html'), await read('dist/incidents/a.html')]).toEqual(['new', 'new']);
    expect(await read('dist/gone.html')).toBeNull();
    expect(await readdir(folder)).toEqual(['dist']);
  });

  it('several at once leaves one of them whole', async () => {
    const names = ['one', 'two', 'three'];
    for (const name of names) {
      await put(`${name}/index.html`, name);
      await put(`${name}/${name}.html`, name);
    }
    await Promise.all(names.map((name) => replaceOutput(join(folder, name), outDir)));
    const winner = await read('dist/index.html');
    expect(names).toContain(winner);
    expect(await readdir(outDir)).toEqual(['index.html', `${winner}.html`].sort());
    expect(await readdir(folder)).toEqual(['dist']);
  });
});

describe('settling before a build', () => {
  it('puts back what a killed build had taken away', async () => {
    await put(`${gone('.dist.previous-')}/index.html`, 'old');
    await put(`${gone('.dist.next-')}/index.html`, 'half');
    expect(await settleOutput(outDir)).toBe(outDir);
    expect(await read('dist/index.html')).toBe('old');
    expect(await readdir(folder)).toEqual(['dist']);
  });

  it('leaves alone what a running build uses', async () => {
    const used = ownName('.dist.next-').replace(`-${process.pid}-`, `-${process.ppid}-`);
    await put(`${used}/index.html`, 'theirs');
    await settleOutput(outDir);
    expect(await read(`${used}/index.html`)).toBe('theirs');
  });

  it('follows a link, so that it stays one', async () => {
    await mkdir(join(folder, 'www'));
    await symlink(join(folder, 'www'), outDir);
    expect(await settleOutput(outDir)).toBe(join(folder, 'www'));
  });
});

describe('a folder that must not be replaced', () => {
  it('holds the program or the site, or lies among the sources', async () => {
    for (const path of ['', '/site', '/site/public', '/site/incidents/x', '/site/src']) {
      expect(await refusalOf(folder + path, [join(folder, 'site')]), path).not.toBeNull();
    }
    expect(await refusalOf('/', [join(folder, 'site')])).not.toBeNull();
  });

  it('holds files, but no site', async () => {
    await put('dist/thesis.txt', 'work');
    expect(await refusalOf(outDir, [])).toContain('index.html');
    await put('file', 'x');
    expect(await refusalOf(join(folder, 'file'), [])).toContain('is a file');
  });

  it('is not one that is missing, empty or was built before', async () => {
    expect(await refusalOf(outDir, [folder])).toBeNull();
    await mkdir(outDir);
    expect(await refusalOf(outDir, [folder])).toBeNull();
    await put('dist/index.html', 'old');
    expect(await refusalOf(outDir, [folder])).toBeNull();
  });
});
