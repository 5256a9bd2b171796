import { execFile } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeEach, describe, expect, it } from 'vitest';
import { type DeployGround, groundWith, putBuild, runDeploy, writeTargets } from './deploy-ground.ts';
import { writeFiles } from './harness.ts';
import { environment } from './scratch-repository.ts';

const run = promisify(execFile);

const PAGE = { 'index.html': 'one', 'incidents/ä b.html': 'report', '.nojekyll': '' };

/** Settings of nobody, so that the machine's own stay out of it. */
const NOBODY = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };

let ground: DeployGround;
let repository: string;

async function git(...args: string[]): Promise<string> {
  return (await run('git', ['-C', repository, ...args], { env: environment() })).stdout.trim();
}

/** The paths on the branch. */
async function paths(): Promise<string[]> {
  return (await git('-c', 'core.quotePath=false', 'ls-tree', '-r', '--name-only', 'pages'))
    .split('\n')
    .sort();
}

/** Somebody else changes the branch. */
async function others(files: Record<string, string>): Promise<void> {
  const clone = join(ground.folder, `clone-${Math.random().toString(36).slice(2)}`);
  await run('git', ['clone', '-q', '-b', 'pages', repository, clone], { env: environment() });
  await writeFiles(clone, files);
  await run('git', ['-C', clone, 'add', '-A'], { env: environment() });
  await run('git', ['-C', clone, 'commit', '-q', '-m', 'Ours'], { env: environment() });
  await run('git', ['-C', clone, 'push', '-q', 'origin', 'pages'], { env: environment() });
}

beforeEach(async () => {
  ground = await groundWith([]);
  repository = join(ground.folder, 'pages.git');
  await run('git', ['init', '-q', '--bare', repository], { env: environment() });
  await writeTargets(ground, ['{ git: ../pages.git, name: pages, tries: 2 }']);
});

describe('a git branch', () => {
  it('is made in an empty repository, and changes in one commit a deployment', async () => {
    await putBuild(ground, PAGE);
    const first = await runDeploy(ground, ['--no-verify'], NOBODY);
    expect(first.stdout).toMatch(/^pages +4 files, \d+ B +- +\d+\.\d +all at once$/m);
    expect(await paths()).toEqual([
      '.dran/deployed.json',
      '.nojekyll',
      'build.json',
      'incidents/ä b.html',
      'index.html',
    ]);
    expect(await git('show', 'pages:incidents/ä b.html')).toBe('report');
    await putBuild(ground, { ...PAGE, 'index.html': 'two' });
    await runDeploy(ground, ['--no-verify'], NOBODY);
    expect(await git('rev-list', '--count', 'pages')).toBe('2');
    expect(await git('show', 'pages:index.html')).toBe('two');
  });

  it('gets no commit where nothing has changed', async () => {
    await putBuild(ground, PAGE);
    for (let time = 0; time < 3; time++)
      expect((await runDeploy(ground, ['--no-verify'], NOBODY)).code).toBe(0);
    expect(await git('rev-list', '--count', 'pages')).toBe('1');
  });

  it('is committed to by whom git knows, else in the name of the page', async () => {
    await putBuild(ground, PAGE);
    await runDeploy(ground, ['--no-verify'], NOBODY);
    expect(await git('log', '-1', '--format=%an <%ae>', 'pages')).toBe(
      'Nordhost <status@status.nordhost.example>',
    );
    await putBuild(ground, { ...PAGE, 'index.html': 'two' });
    const names = { GIT_AUTHOR_NAME: 'Tanja', GIT_AUTHOR_EMAIL: 't@n.example' };
    const committer = { GIT_COMMITTER_NAME: 'Bot', GIT_COMMITTER_EMAIL: 'b@n.example' };
    await runDeploy(ground, ['--no-verify'], { ...NOBODY, ...names, ...committer });
    expect(await git('log', '-1', '--format=%an %cn', 'pages')).toBe('Tanja Bot');
  });

  it('keeps what others put there, and takes its own files back', async () => {
    await putBuild(ground, PAGE);
    await runDeploy(ground, ['--no-verify'], NOBODY);
    await others({ CNAME: 'status.nordhost.example', 'index.html': 'defaced' });
    expect((await runDeploy(ground, ['--no-verify'], NOBODY)).code).toBe(0);
    expect(await git('show', 'pages:index.html')).toBe('one');
    expect(await paths()).toContain('CNAME');
    expect(await git('rev-list', '--count', 'pages')).toBe('3');
  });

  it('takes over what is pushed at the same moment instead of forcing', async () => {
    await putBuild(ground, PAGE);
    await runDeploy(ground, ['--no-verify'], NOBODY);
    // The first push after this is refused because somebody else was quicker.
    const hook = join(repository, 'hooks/update');
    const quicker = `#!/bin/sh\nrm -f "$0"\nnew=$(git -c user.name=Q -c user.email=q@n.example commit-tree -p "$1" -m Quicker "$1^{tree}")\ngit update-ref "$1" "$new"\n`;
    await mkdir(join(repository, 'hooks'), { recursive: true });
    await writeFile(hook, quicker);
    await chmod(hook, 0o755);
    await putBuild(ground, { ...PAGE, 'index.html': 'two' });
    const { code, stderr } = await runDeploy(ground, ['--no-verify'], NOBODY);
    expect(stderr).toContain('Try 2 of 2');
    expect(code).toBe(0);
    expect((await git('log', '--format=%s', 'pages')).split('\n').slice(1, 2)).toEqual(['Quicker']);
    expect(await git('show', 'pages:index.html')).toBe('two');
  });

  it('works from within a hook of another repository, and survives a spoilt cache', async () => {
    await putBuild(ground, PAGE);
    const elsewhere = {
      GIT_DIR: '/nowhere/.git',
      GIT_INDEX_FILE: '/nowhere/index',
      GIT_WORK_TREE: '/nowhere',
    };
    const { code, stdout } = await runDeploy(ground, ['--no-verify'], { ...NOBODY, ...elsewhere });
    expect(code, stdout).toBe(0);
    await git('update-ref', '-d', 'refs/heads/pages');
    expect((await runDeploy(ground, ['--no-verify'], NOBODY)).code).toBe(0);
    expect(await paths()).toContain('index.html');
  });

  it('that can not be reached is told with what to do', async () => {
    await writeTargets(ground, [
      '{ git: ../none.git, name: missing, tries: 1 }',
      '{ git: "git@nowhere.invalid:page.git", name: unknown, tries: 1 }',
    ]);
    await putBuild(ground, PAGE);
    const { code, stdout } = await runDeploy(ground, ['--no-verify'], {
      ...NOBODY,
      GIT_SSH_COMMAND: 'false',
    });
    expect(code).toBe(1);
    expect(stdout).toMatch(/missing: There is no such repository, or it is not open to you\./);
    expect(stdout).toMatch(/^unknown: /m);
  });
});
