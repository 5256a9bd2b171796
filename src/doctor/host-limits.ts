import type { Target } from '../domain/hosting.ts';

/** What a host of static pages takes at most. Sizes are in bytes. */
export interface HostLimits {
  name: string;
  files?: number;
  fileSize?: number;
  siteSize?: number;
  filesInFolder?: number;
  /** What is said beside a limit; a whole sentence. */
  note?: string;
}

interface LimitedHost extends HostLimits {
  /** Names under which it serves pages. */
  domains: string[];
  /** How a target that leads there is recognised. */
  target: RegExp;
}

const MIB = 1024 * 1024;
const GB = 1_000_000_000;

// Each figure was checked on 2026-11-21 in the vendor's own documentation, named above it.
const LIMITED_HOSTS: LimitedHost[] = [
  // developers.cloudflare.com/pages/platform/limits: files, file size
  {
    name: 'Cloudflare Pages',
    files: 20_000,
    fileSize: 25 * MIB,
    note: 'Paid plans take 100,000 files.',
    domains: ['pages.dev'],
    target: /\bwrangler\b.*\bpages\b/i,
  },
  // docs.github.com/en/pages/getting-started-with-github-pages/github-pages-limits
  {
    name: 'GitHub Pages',
    siteSize: GB,
    domains: ['github.io'],
    target: /(?:@|\/\/)github\.com[:/]/i,
  },
  // docs.gitlab.com/user/gitlab_com (maximum site size), docs.gitlab.com/administration/instance_limits (files)
  {
    name: 'GitLab Pages',
    files: 200_000,
    siteSize: GB,
    note: 'Folders count as files.',
    domains: ['gitlab.io'],
    target: /(?:@|\/\/)gitlab\.com[:/]/i,
  },
  // docs.netlify.com/site-deploys/overview: files per directory
  {
    name: 'Netlify',
    filesInFolder: 54_000,
    domains: ['netlify.app'],
    target: /\bnetlify(?:-cli)?\b.*\bdeploy\b/i,
  },
  // blog.codeberg.org/new-storage-limits-on-codeberg-what-you-need-to-know.html: git storage of an account
  {
    name: 'Codeberg Pages',
    siteSize: 750 * MIB,
    note: 'That is for all repositories of an account with their history; ask for more before it is needed.',
    domains: ['codeberg.page'],
    target: /(?:@|\/\/)codeberg\.org[:/]/i,
  },
];

/** The limits of the known hosts that serve one of these names (and the names that they are aliases of). */
export function limitsOfNames(names: string[]): HostLimits[] {
  return LIMITED_HOSTS.filter(({ domains }) =>
    names.some((name) => domains.some((domain) => name === domain || name.endsWith(`.${domain}`))),
  );
}

/** The limits of the known host that a target publishes to; null: none is known. */
export function limitsOfTarget({ kind, to }: Target): HostLimits | null {
  if (kind !== 'git' && kind !== 'command') return null;
  return LIMITED_HOSTS.find(({ target }) => target.test(to)) ?? null;
}
