/** A kind of host of repositories: each has its own addresses for the same things. */
export type HostKind = 'github' | 'gitlab' | 'forgejo' | 'bitbucket' | 'sourcehut';

/** A repository on a host of a known kind. */
export interface HostedRepository {
  kind: HostKind;
  /** `https://host/owner/name`, without a slash or `.git` at the end. */
  address: string;
}

const KINDS: { kind: HostKind; host: RegExp }[] = [
  { kind: 'github', host: /^(?:www\.)?github\./ },
  { kind: 'gitlab', host: /(?:^|\.)gitlab\./ },
  { kind: 'forgejo', host: /^(?:codeberg\.org$|(?:.*\.)?(?:gitea|forgejo)\.)/ },
  { kind: 'bitbucket', host: /^bitbucket\.org$/ },
  { kind: 'sourcehut', host: /(?:^|\.)sr\.ht$/ },
];

/**
 * The repository that an address leads to, whatever page of it is named. Null where the host's name does not tell its
 * kind, and where the address lacks owner or name.
 */
export function hostedRepository(source: string): HostedRepository | null {
  if (!URL.canParse(source)) return null;
  const url = new URL(source);
  const kind = KINDS.find(({ host }) => host.test(url.hostname.toLowerCase()))?.kind;
  if (kind === undefined) return null;
  const segments = url.pathname.split('/').filter((segment) => segment !== '');
  // Groups of GitLab lie in one another; elsewhere a repository is an owner and a name.
  const deep = segments.indexOf('-');
  const repository =
    kind === 'gitlab' ? segments.slice(0, deep < 0 ? undefined : deep) : segments.slice(0, 2);
  if (repository.length < 2) return null;
  return { kind, address: `${url.origin}/${repository.join('/').replace(/\.git$/, '')}` };
}

/**
 * Where people and machines without a key find the repository of a git remote: `git@host:owner/name.git` is
 * `https://host/owner/name`. What stands for a user is left out, a password with it. Null for what is on no host: a
 * path of this machine.
 */
export function webAddress(remote: string): string | null {
  const short = /^(?:[^\s@/]+@)?([\w.-]+\.[a-z]{2,}):(?!\/)(\S+)$/i.exec(remote.trim());
  const long = /^(?:https?|ssh|git):\/\/(?:[^\s@/]*@)?([^\s/:@]+)(:\d+)?\/(\S+)$/i.exec(remote.trim());
  const [, host, port, path] = short === null ? (long ?? []) : ['', short[1], undefined, short[2]];
  if (host === undefined || path === undefined) return null;
  const plain = /^http:/i.test(remote.trim());
  // The port of ssh is not that of the web.
  const at = port !== undefined && /^https?:/i.test(remote.trim()) ? port : '';
  return `${plain ? 'http' : 'https'}://${host}${at}/${path.replace(/\/+$/, '').replace(/\.git$/, '')}`;
}
