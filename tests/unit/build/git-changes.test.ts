import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Change, gitChanges, pathInRepository, touchedBy } from '../../../src/build/git-changes.ts';
import { site } from '../content/sample.ts';

let root = '';
let repository = '';

function git(folder: string, ...args: string[]): void {
  const settings = [
    'user.name=A',
    'user.email=a@moor.example',
    'commit.gpgsign=false',
    'core.hooksPath=/dev/null',
  ];
  execFileSync('git', [...settings.flatMap((one) => ['-c', one]), ...args], { cwd: folder, stdio: 'ignore' });
}

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(repository, path)), { recursive: true });
  await writeFile(join(repository, path), text);
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'moor-'));
  repository = join(root, 'repository');
  await mkdir(repository);
  git(repository, 'init', '-b', 'main');
  for (const name of ['status.config.yml', 'incidents/old.md', 'incidents/edited.md', 'incidents/staged.md'])
    await put(`our site/${name}`, name);
  await put('our site/incidents/gone.md', 'gone');
  git(repository, 'add', '.');
  git(repository, 'commit', '-m', 'first');
  git(repository, 'checkout', '-b', 'power');
  await put('our site/incidents/störung\n2.md', 'new');
  await put('outside.md', 'new');
  git(repository, 'add', '.');
  git(repository, 'rm', 'our site/incidents/gone.md');
  git(repository, 'commit', '-m', 'second');
  git(repository, 'checkout', 'main');
  await put('our site/incidents/old.md', 'changed on main only');
  git(repository, 'commit', '-am', 'meanwhile');
  git(repository, 'checkout', 'power');
  await put('our site/incidents/edited.md', 'edited');
  await put('our site/incidents/staged.md', 'staged');
  git(repository, 'add', 'our site/incidents/staged.md');
  await put('our site/incidents/untracked.md', 'untracked');
  await put('our site/notes.md', 'untracked, too, but none of ours');
});

afterAll(() => rm(root, { recursive: true, force: true }));

async function changes(folder: string, revision: string): Promise<Change[]> {
  const answer = await gitChanges(folder, revision);
  if (!answer.ok) throw new Error(answer.message);
  return answer.changes.toSorted((a, b) => (a.file < b.file ? -1 : 1));
}

describe('what has changed', () => {
  test('is what a branch brings in and what is not yet committed, not what the other branch got meanwhile', async () => {
    expect(await changes(join(repository, 'our site'), 'main')).toEqual([
      { file: 'incidents/edited.md', gone: false },
      { file: 'incidents/gone.md', gone: true },
      { file: 'incidents/staged.md', gone: false },
      { file: 'incidents/störung\n2.md', gone: false },
      { file: 'incidents/untracked.md', gone: false },
    ]);
  });

  test('does not depend on the repository that a hook runs in', async () => {
    process.env.GIT_DIR = '/nowhere';
    try {
      expect(await changes(join(repository, 'our site'), 'HEAD')).toHaveLength(3);
    } finally {
      delete process.env.GIT_DIR;
    }
  });

  test.each(['nowhere', '--output=x', 'main:outside.md', ''])(
    'an unknown revision, "%s", is said to be one',
    async (revision) => {
      const answer = await gitChanges(join(repository, 'our site'), revision);
      expect(answer).toMatchObject({ ok: false, message: expect.stringContaining(`"${revision}"`) });
      expect(answer).not.toMatchObject({ message: expect.stringContaining('shallow') });
    },
  );

  test('a shallow clone says how to get the history', async () => {
    git(root, 'clone', '--depth', '1', '--branch', 'power', `file://${repository}`, 'shallow');
    const answer = await gitChanges(join(root, 'shallow'), 'origin/main');
    expect(answer).toMatchObject({ ok: false, message: expect.stringContaining('fetch-depth: 0') });
  });

  test('a branch of another descent is told', async () => {
    git(root, 'init', '-b', 'main', 'other');
    git(join(root, 'other'), 'commit', '--allow-empty', '-m', 'first');
    git(join(root, 'other'), 'checkout', '--orphan', 'alone');
    git(join(root, 'other'), 'commit', '--allow-empty', '-m', 'alone');
    const answer = await gitChanges(join(root, 'other'), 'main');
    expect(answer).toMatchObject({ ok: false, message: expect.stringContaining('no commit in common') });
  });

  test('a folder outside of a repository is told', async () => {
    const answer = await gitChanges(root, 'main');
    expect(answer).toMatchObject({ ok: false, message: expect.stringContaining('in no git repository') });
  });
});

test('the way from the repository to a folder in it', async () => {
  expect(await pathInRepository(join(repository, 'our site'))).toBe('our site/');
  expect(await pathInRepository(repository)).toBe('');
  expect(await pathInRepository(root)).toBeNull();
});

describe('a change touches', () => {
  const touches = (changed: string, file: string, gone = false) =>
    touchedBy([{ file: changed, gone }], site)(file);

  test('its own file and no other', () => {
    expect(touches('incidents/a.md', 'incidents/a.md')).toBe(true);
    expect(touches('incidents/a.md', 'incidents/b.md')).toBe(false);
    expect(touches('incidents/a.md', 'status.config.yml')).toBe(false);
  });

  test('the translations of a file, its original, and whoever has its slug', () => {
    expect(touches('incidents/a.md', 'incidents/a.en.md')).toBe(true);
    expect(touches('incidents/a.en.md', 'incidents/a.md')).toBe(true);
    expect(touches('incidents/2027/A.md', 'incidents/a.md')).toBe(true);
    expect(touches('incidents/a.md', 'incidents/a.fr.md')).toBe(false);
  });

  test('every file, if it is one of the config', () => {
    expect(touches('status.config.yml', 'incidents/b.md')).toBe(true);
  });

  test('every file, if a picture is gone, but none, if one came', () => {
    expect(touches('public/plan.svg', 'incidents/b.md', true)).toBe(true);
    expect(touches('public/plan.svg', 'incidents/b.md')).toBe(false);
  });
});
