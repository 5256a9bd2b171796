import { execFileSync } from 'node:child_process';
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
const gone = (prefix: string) => ownName(prefix, 4194304);

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

  it('into a work tree takes a folder’s place with a file, and a file’s with a folder', async () => {
    await put('dist/.git/HEAD', 'ref: refs/heads/pages');
    await put('dist/incidents', 'a file');
    await put('dist/badge.svg/old.svg', 'in a folder');
    await put('dist/gone/deep/old.html', 'old');
    await put('built/incidents/a.html', 'new');
    await put('built/badge.svg', 'new');
    await replaceOutput(join(folder, 'built'), outDir);
    expect([await read('dist/incidents/a.html'), await read('dist/badge.svg')]).toEqual(['new', 'new']);
    expect((await readdir(outDir)).sort()).toEqual(['.git', 'badge.svg', 'incidents']);
  });

  it('that can’t be copied leaves a work tree as it was, and nothing in it', async () => {
    await put('dist/.git/HEAD', 'ref: refs/heads/pages');
    await put('dist/index.html', 'old');
    await put('dist/gone.html', 'old');
    await put('built/index.html', 'new');
    // Copying a socket or pipe fails whoever runs the test, as a full disk would.
    execFileSync('mkfifo', [join(folder, 'built/zz')]);
    await expect(replaceOutput(join(folder, 'built'), outDir)).rejects.toThrow();
    expect([await read('dist/index.html'), await read('dist/gone.html')]).toEqual(['old', 'old']);
    expect((await readdir(outDir)).sort()).toEqual(['.git', 'gone.html', 'index.html']);
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

  it('removes from a work tree what a killed build had brought but not put in place', async () => {
    await put(`dist/${gone('.dran-next-')}/index.html`, 'half');
    await put('dist/index.html', 'old');
    await settleOutput(outDir);
    expect(await readdir(outDir)).toEqual(['index.html']);
  });

  it('leaves alone what a running build uses', async () => {
    const used = ownName('.dist.next-', process.ppid);
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

  it('holds files that no build made', async () => {
    await put('dist/thesis.txt', 'work');
    expect(await refusalOf(outDir, [])).toContain('build.json');
    await put('file', 'x');
    expect(await refusalOf(join(folder, 'file'), [])).toContain('is a file');
  });

  it('holds a page of somebody else’s, or another tool’s build.json', async () => {
    await put('dist/index.html', '<!doctype html><title>My holidays</title>');
    expect(await refusalOf(outDir, [])).toContain('build.json');
    for (const text of ['{"version":"1.2.0"}', 'null', 'no JSON', '{"hash":"abc","pages":{}}']) {
      await put('dist/build.json', text);
      expect(await refusalOf(outDir, []), text).toContain('build.json');
    }
  });

  it('is not one that is missing, empty or was built before', async () => {
    expect(await refusalOf(outDir, [folder])).toBeNull();
    await mkdir(outDir);
    expect(await refusalOf(outDir, [folder])).toBeNull();
    await put('dist/build.json', JSON.stringify({ hash: 'a'.repeat(64), pages: {} }));
    expect(await refusalOf(outDir, [folder])).toBeNull();
  });

  it('is not one that a version without build.json built', async () => {
    await put('dist/index.html', '<body><a class="skip" href="#main_">Zum Inhalt</a>');
    expect(await refusalOf(outDir, [folder])).toBeNull();
  });
});
