import type { Hosting, Target } from '../domain/hosting.ts';
import { localText, type Site } from '../domain/site.ts';
import { remoteHost } from './remote-host.ts';

/** A host that the page, or whoever keeps it, stands on; or one of those that are down when the operator is. */
export interface Subject {
  /**
   * page and mirror: copies of the page; contact: a way to reach people; source: the repository; target: where
   * `deploy` sends files to; dependency: what the page must not depend on.
   */
  role: 'page' | 'mirror' | 'contact' | 'source' | 'target' | 'dependency';
  /** What people call it: the config's label; for a copy its address. */
  label: string;
  /** In ASCII and lower case, or an IP address. */
  host: string;
  /** Whether mail goes to it. */
  mail: boolean;
}

/** A copy of the page that readers can be led to. */
export interface Copy {
  role: 'page' | 'mirror';
  /** Without a slash at the end. */
  url: string;
  host: string;
  /** Whether the page names it: false for a target's address that is no mirror of the config. */
  listed: boolean;
}

/** Everything that `doctor` looks at, as the config has it. */
export interface Subjects {
  /** The page first; each address once. */
  copies: Copy[];
  contacts: Subject[];
  /** Ways to reach people that need no host: telephone numbers. */
  hostless: number;
  source: Subject | null;
  targets: Subject[];
  dependencies: Subject[];
}

/** Gathers the hosts that a config names. */
export function subjectsOf(site: Site, { targets, dependencies }: Hosting): Subjects {
  const copies: Copy[] = [];
  const add = (role: Copy['role'], url: string, listed: boolean) => {
    const host = hostOfUrl(url);
    if (host !== null && !copies.some((copy) => copy.url === url)) copies.push({ role, url, host, listed });
  };
  add('page', site.url, true);
  for (const url of site.mirrors) add('mirror', url, true);
  for (const { url } of targets) add('mirror', url, false);
  const contacts = site.contacts.map(({ label, url }) => ({
    label: localText(label, site.language, site),
    url,
  }));
  return {
    copies,
    contacts: contacts.flatMap(({ label, url }): Subject[] => {
      const mail = /^mailto:/i.test(url);
      const host = mail ? mailDomain(url) : hostOfUrl(url);
      return host === null ? [] : [{ role: 'contact', label, host, mail }];
    }),
    hostless: contacts.filter(({ url }) => /^tel:/i.test(url)).length,
    source: sourceOf(site.source),
    targets: targets.flatMap((target): Subject[] =>
      targetHost(target).map((host) => ({ role: 'target', label: target.name, host, mail: false })),
    ),
    dependencies: dependencies.map(({ label, host }) => ({ role: 'dependency', label, host, mail: false })),
  };
}

function sourceOf(source: string | null): Subject | null {
  const host = source === null ? null : hostOfUrl(source);
  return host === null ? null : { role: 'source', label: 'repository', host, mail: false };
}

function hostOfUrl(url: string): string | null {
  const address = URL.parse(url);
  if (address === null || !/^https?:$/.test(address.protocol)) return null;
  return address.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '') || null;
}

function mailDomain(url: string): string | null {
  const domain = /^mailto:[^?]*@([^?,]+)/i.exec(decoded(url))?.[1];
  return domain === undefined ? null : hostOfUrl(`https://${domain}`);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Where a target's files go to; what rclone's own configuration and a command know stays theirs. */
function targetHost({ kind, to }: Target): string[] {
  return kind === 'git' || kind === 'rsync' ? remoteHost(to) : [];
}
