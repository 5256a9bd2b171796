import { CONFIG_FILE } from '../content/site-config.ts';
import { askGit } from './git.ts';

/**
 * The commit (40 or 64 hex digits) that holds the site in `folder` just as it is: null outside of a repository, and
 * where config, incidents or public files differ from it or are not committed.
 */
export async function commitOf(folder: string): Promise<string | null> {
  const head = await askGit(folder, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']);
  if (!head.ok) return null;
  const changes = await askGit(folder, ['status', '--porcelain', '--', 'incidents', 'public', CONFIG_FILE]);
  return changes.ok && changes.output === '' ? head.output.trim() : null;
}
