/** How each kind of host names the history of a file, as seen from one commit. */
const SHAPES: { host: RegExp; nested?: true; path: (commit: string, file: string) => string }[] = [
  { host: /^(?:www\.)?github\./, path: (commit, file) => `commits/${commit}/${file}` },
  { host: /(?:^|\.)gitlab\./, nested: true, path: (commit, file) => `-/commits/${commit}/${file}` },
  {
    host: /^(?:codeberg\.org$|(?:.*\.)?(?:gitea|forgejo)\.)/,
    path: (commit, file) => `commits/commit/${commit}/${file}`,
  },
  { host: /^bitbucket\.org$/, path: (commit, file) => `history-node/${commit}/${file}` },
  { host: /(?:^|\.)sr\.ht$/, path: (commit, file) => `log/${commit}/item/${file}` },
];

/**
 * Where readers see the history of a file: `source` is the repository's address, `commit` the hash of the newest
 * commit that touched the file, `path` its path below the repository, with `/`. The address of a commit, not of a
 * branch: it is the same from every checkout. A host of unknown kind, and an address without owner and name, is
 * linked as it is.
 */
export function historyUrl(source: string, commit: string, path: string): string {
  if (!URL.canParse(source)) return source;
  const url = new URL(source);
  const shape = SHAPES.find(({ host }) => host.test(url.hostname.toLowerCase()));
  if (shape === undefined) return source;
  const segments = url.pathname.split('/').filter((segment) => segment !== '');
  // Groups of GitLab lie in one another; elsewhere a repository is an owner and a name.
  const deep = segments.indexOf('-');
  const repository = shape.nested ? segments.slice(0, deep < 0 ? undefined : deep) : segments.slice(0, 2);
  if (repository.length < 2) return source;
  const name = repository.join('/').replace(/\.git$/, '');
  const file = path.split('/').map(encodeURIComponent).join('/');
  return `${url.origin}/${name}/${shape.path(commit, file)}`;
}
