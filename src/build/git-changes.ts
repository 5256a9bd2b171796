import { CONFIG_FILE } from '../content/site-config.ts';
import { stemOf, translationName } from '../content/translation-name.ts';
import type { Site } from '../domain/site.ts';
import { slugKey, slugOf } from '../domain/slug.ts';
import { askGit } from './git.ts';

/** What has changed in a site since a revision, or why that can't be said (a sentence for people). */
export type GitChanges = { ok: true; changes: Change[] } | { ok: false; message: string };

/** A file that is not what it was. */
export interface Change {
  /** Path below the site's folder, with `/`. */
  file: string;
  gone: boolean;
}

/**
 * What differs between the files of a site's folder as they are now and as they were where `revision` and `HEAD` parted:
 * committed, staged, changed and new files. The folder may be any folder of any repository.
 */
export async function gitChanges(folder: string, revision: string): Promise<GitChanges> {
  const git = (...args: string[]) => askGit(folder, args);
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
  const answer = await askGit(folder, ['rev-parse', '--show-prefix']);
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
