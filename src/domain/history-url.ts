import { type HostKind, hostedRepository } from './repository-host.ts';

/** How each kind of host names the history of a file, as seen from one commit. */
const SHAPES: Record<HostKind, (commit: string, file: string) => string> = {
  github: (commit, file) => `commits/${commit}/${file}`,
  gitlab: (commit, file) => `-/commits/${commit}/${file}`,
  forgejo: (commit, file) => `commits/commit/${commit}/${file}`,
  bitbucket: (commit, file) => `history-node/${commit}/${file}`,
  sourcehut: (commit, file) => `log/${commit}/item/${file}`,
};

/**
 * Where readers see the history of a file: `source` is the repository's address, `commit` the hash of the newest
 * commit that touched the file, `path` its path below the repository, with `/`. The address of a commit, not of a
 * branch: it is the same from every checkout. A host of unknown kind, and an address without owner and name, is
 * linked as it is.
 */
export function historyUrl(source: string, commit: string, path: string): string {
  const repository = hostedRepository(source);
  if (repository === null) return source;
  const file = path.split('/').map(encodeURIComponent).join('/');
  return `${repository.address}/${SHAPES[repository.kind](commit, file)}`;
}
