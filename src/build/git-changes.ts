import { execFile } from 'node:child_process';
import { CONFIG_FILE } from '../content/site-config.ts';
import { stemOf, translationName } from '../content/translation-name.ts';
import type { Site } from '../domain/site.ts';
import { slugKey, slugOf } from '../domain/slug.ts';

/** What has changed in a site since a revision, or why that can't be said (a sentence for people). */
export type GitChanges = { ok: true; changes: Change[] } | { ok: false; message: string };

/** A file that is not what it was. */
export interface Change {
  /** Path below the site's folder, with `/`. */
  file: string;
  gone: boolean;
}

/** Variables that name a repository: in a hook they would point at another one than the site's. */
const ELSEWHERE = /^GIT_(?:DIR|WORK_TREE|INDEX_FILE|PREFIX|COMMON_DIR|OBJECT_DIRECTORY|NAMESPACE)$/;

/**
 * What differs between the files of a site's folder as they are now and as they were where `revision` and `HEAD` parted:
 * committed, staged, changed and new files. The folder may be any folder of any repository.
 */
export async function gitChanges(folder: string, revision: string): Promise<GitChanges> {
  const git = (...args: string[]) => run(folder, args);
  const place = await git('rev-parse', '--is-inside-work-tree', '--is-shallow-repository');
  if (!place.ok) return { ok: false, message: noRepository(place.message) };
  const [inside, shallow] = place.output.split('\n');
  if (inside !== 'true') return { ok: false, message: noRepository(null) };
  const hint =
    shallow === 'true'
      ? ' This is a shallow clone: fetch the history first (git fetch --unshallow; actions/checkout: "fetch-depth: 0").'
      : '';
  const commit = await git('rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`);
  if (!commit.ok) {
    return { ok: false, message: `git knows no revision "${revision}" in the folder of the site.${hint}` };
  }
  const base = await git('merge-base', commit.output.trim(), 'HEAD');
  if (!base.ok) {
    return { ok: false, message: `"${revision}" and HEAD have no commit in common.${hint}` };
  }
  const changed = await git(
    'diff',
    '--name-status',
    '-z',
    '--no-renames',
    '--no-ext-diff',
    '--ignore-submodules',
    '--relative',
    base.output.trim(),
    '--',
    '.',
  );
  const untracked = await git('ls-files', '-z', '--others', '--', 'incidents', 'public', CONFIG_FILE);
  for (const answer of [changed, untracked]) if (!answer.ok) return { ok: false, message: answer.message };
  const pairs = changed.output.split('\0');
  const changes: Change[] = [];
  for (let i = 0; i + 1 < pairs.length; i += 2) changes.push({ file: pairs[i + 1]!, gone: pairs[i] === 'D' });
  for (const file of untracked.output.split('\0')) if (file !== '') changes.push({ file, gone: false });
  return { ok: true, changes };
}

/** Path of a folder below its repository's: empty, or with a slash at its end. Null outside of a repository. */
export async function pathInRepository(folder: string): Promise<string | null> {
  const answer = await run(folder, ['rev-parse', '--show-prefix']);
  return answer.ok ? answer.output.replace(/\n$/, '') : null;
}

/**
 * Whether changes can have brought a fault into a file (by its path below the site's folder). A config that has changed,
 * and a file of `public/` that is gone, touch all; a file touches its translations, its original, and those that claim
 * its slug.
 */
export function touchedBy(changes: Change[], site: Site): (file: string) => boolean {
  if (changes.some(({ file, gone }) => file === CONFIG_FILE || (gone && file.startsWith('public/')))) {
    return () => true;
  }
  const familyOf = (file: string) => {
    const stem = translationName(file, site.languages)?.stem ?? stemOf(file);
    return slugKey(slugOf(stem.slice(stem.lastIndexOf('/') + 1)));
  };
  const files = new Set(changes.map(({ file }) => file));
  const families = new Set(
    changes.filter(({ file }) => file.startsWith('incidents/')).map(({ file }) => familyOf(file)),
  );
  return (file) => files.has(file) || (file.startsWith('incidents/') && families.has(familyOf(file)));
}

function noRepository(cause: string | null): string {
  const reason = cause === null || /not a git repository/i.test(cause) ? '' : ` (${cause})`;
  return `The folder of the site is in no git repository that can be read${reason}: what has changed can't be told.`;
}

type Answer = { ok: true; output: string; message: '' } | { ok: false; output: ''; message: string };

/** Runs git in a folder; reads only. `message`: what it complained about. */
function run(folder: string, args: string[]): Promise<Answer> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !ELSEWHERE.test(name)));
  return new Promise((done) => {
    execFile(
      'git',
      ['--no-pager', '-c', 'core.fsmonitor=false', ...args],
      {
        cwd: folder,
        env: { ...env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0', GIT_NO_LAZY_FETCH: '1' },
        maxBuffer: 256 * 1024 * 1024,
      },
      (cause, stdout, stderr) => {
        if (cause === null) done({ ok: true, output: stdout, message: '' });
        else done({ ok: false, output: '', message: complaint(cause, stderr) });
      },
    );
  });
}

function complaint(cause: Error & { code?: unknown }, stderr: string): string {
  if (cause.code === 'ENOENT') return "git can't be started";
  return /^(?:fatal|error): (.*)/m.exec(stderr)?.[1] ?? 'git failed without a word';
}
