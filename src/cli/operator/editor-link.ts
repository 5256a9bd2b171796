import { askGit } from '../../build/git.ts';
import { pathInRepository } from '../../build/git-changes.ts';
import { type NewFileLink, newFileUrl } from '../../domain/new-file-url.ts';
import { webAddress } from '../../domain/repository-host.ts';
import { Misused } from './misused.ts';
import type { OperatedSite } from './reports.ts';

/**
 * The address of the web editor with a new incident file in it; `path` below the incidents folder. The repository is
 * the config's `source`, else the remote `origin`; `branch` null: the one that `origin` shows first, else `main`.
 * Throws `Misused` where no repository is known.
 */
export async function editorLink(
  { folder, context }: OperatedSite,
  { path, text, branch }: { path: string; text: string; branch: string | null },
): Promise<NewFileLink> {
  const source = context.site.source ?? (await originOf(folder));
  if (source === null) {
    throw new Misused(
      'Nothing says where the repository is: write its address into status.config.yml, such as source: https://codeberg.org/you/status',
    );
  }
  const below = (await pathInRepository(folder)) ?? '';
  const settled = branch ?? (await publishedBranch(folder)) ?? 'main';
  return newFileUrl(source, { branch: settled, path: `${below}incidents/${path}`, text });
}

/** Where the remote `origin` of a folder's repository is found; null: there is none, or it is on no host. */
export async function originOf(folder: string): Promise<string | null> {
  const remote = await askGit(folder, ['remote', 'get-url', 'origin']);
  return remote.ok ? webAddress(remote.output) : null;
}

async function publishedBranch(folder: string): Promise<string | null> {
  const head = await askGit(folder, ['symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD']);
  return head.ok ? head.output.trim().replace(/^origin\//, '') : null;
}
