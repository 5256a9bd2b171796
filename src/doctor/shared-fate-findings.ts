import type { Facts } from './facts.ts';
import type { Finding } from './finding.ts';
import { capital, listed, named, namedAll, shown } from './sentences.ts';
import { type Cause, type SharedFate, sharedFates } from './shared-fate.ts';
import type { Copy, Subject, Subjects } from './subject.ts';

/** What takes copies of the page, ways to reach people, the repository and targets down with the dependencies. */
export function sharedFateFindings(subjects: Subjects, facts: Facts): Finding[] {
  const { copies, dependencies } = subjects;
  const hosts = copies.filter((copy, index) => copies.findIndex(({ host }) => host === copy.host) === index);
  return [
    ...hosts.flatMap((copy) =>
      sharedFates(subjectOf(copy), dependencies, facts).map((fate) => copyFinding(subjectOf(copy), fate)),
    ),
    ...hosts.flatMap((copy, index) =>
      sharedFates(subjectOf(copy), hosts.slice(0, index).map(subjectOf), facts).map((fate) =>
        copyFinding(subjectOf(copy), fate),
      ),
    ),
    ...sameHostTwice(copies),
    ...waysFindings(subjects, facts),
  ];
}

function subjectOf({ role, host, url }: Copy): Subject {
  return { role, label: url, host, mail: false };
}

/** Two copies on one host are one copy. */
function sameHostTwice(copies: Copy[]): Finding[] {
  return [...Map.groupBy(copies, ({ host }) => host).values()].flatMap((group) => {
    if (group.length < 2) return [];
    const host = group[0]!.host;
    return {
      code: 'same-host',
      severity: 'risk' as const,
      hosts: [host],
      why: `${listed(group.map(({ url }) => url))} are copies on one host: when ${shown(host)} fails, all of them are gone.`,
      change: 'Put one of them on a host of another provider.',
    };
  });
}

/** One cause that a copy of the page shares with dependencies, or with another copy. */
function copyFinding(copy: Subject, fate: SharedFate): Finding {
  const { code, why, change } = told(copy, fate);
  const [whole, partly] = copy.role === 'page' ? (['fatal', 'risk'] as const) : (['risk', 'hint'] as const);
  return {
    code,
    severity: takesAll(fate) ? whole : partly,
    hosts: [copy.host, ...fate.others.map(({ host }) => host)],
    why,
    change,
  };
}

/** Whether the cause alone takes everything down, whatever else holds. */
function takesAll({ cause }: SharedFate): boolean {
  if (cause.kind === 'servers') return cause.left.length === 0;
  if (cause.kind === 'domain') return !cause.delegated;
  return cause.kind !== 'same-provider';
}

function told(copy: Subject, { cause, others }: SharedFate): Pick<Finding, 'code' | 'why' | 'change'> {
  const one = named(copy);
  const rest = namedAll(others);
  const elsewhere = (place: string) =>
    copy.role === 'page' ? `Publish the page on ${place}.` : `Move ${one} to ${place}.`;
  switch (cause.kind) {
    case 'host':
      return {
        code: 'same-host',
        why: `${capital(one)} is ${rest}, or an alias of it: when ${shown(cause.host)} fails, so does this.`,
        change: elsewhere('a host that none of your own systems runs on'),
      };
    case 'domain': {
      const domain = shown(cause.domain);
      return {
        code: 'same-domain',
        why: cause.delegated
          ? `If ${domain} expires, is blocked at its registrar or is without name servers for long, nobody finds ${one}, nor ${rest}. Other name servers answer for the first, but those of ${domain} lead to them.`
          : `If ${domain} expires, is blocked at its registrar or loses its name servers, nobody finds ${one}, nor ${rest}.`,
        change: `Give ${one} a name in another domain, registered elsewhere and with name servers of another provider.`,
      };
    }
    case 'servers': {
      const these = `The name server${cause.servers.length === 1 ? '' : 's'} ${listed(cause.servers.map(shown))} of ${shown(cause.zone)}`;
      const are = cause.servers.length === 1 ? 'is' : 'are';
      const how = {
        place: `${are} ${rest}, or in one network with ${others.length === 1 ? 'it' : 'them'}: when ${others.length === 1 ? 'this is' : 'these are'} down`,
        name: `${are} named after the domain of ${rest}: when it expires or loses its own name servers`,
        zone: `${cause.servers.length === 1 ? 'leads' : 'lead'} to ${rest}, too: when ${cause.servers.length === 1 ? 'it fails' : 'they fail'}`,
      };
      return {
        code: cause.tie === 'zone' ? 'same-name-servers' : 'name-servers-down',
        why: `${these} ${how[cause.tie]}, ${
          cause.left.length === 0
            ? `nobody finds ${one}.`
            : `${listed(cause.left.map(shown))} must lead to ${one} alone.`
        }`,
        change: `Let name servers of another provider answer for ${shown(cause.zone)}.`,
      };
    }
    case 'same-provider':
      return {
        code: 'same-dns-provider',
        why: `One provider (${cause.provider}) runs the name servers of ${one} and of ${rest}: when it fails, nobody finds either.`,
        change: `Let another provider answer for the domain of ${one}.`,
      };
    case 'delivery':
      return {
        code: 'same-delivery-network',
        why: `${cause.network} delivers ${one} and ${rest}: when it fails, so do both.`,
        change: elsewhere('a host that another network delivers'),
      };
    case 'address':
      return {
        code: 'same-address',
        why: `${capital(one)} and ${rest} have the address ${listed(cause.addresses)}: one machine or load balancer takes both down.`,
        change: elsewhere('a host in another network'),
      };
    case 'network': {
      const sizes = [...new Set(cause.pairs.map(([mine]) => (mine.includes(':') ? 'one /48' : 'one /24')))];
      const addresses = [...new Set(cause.pairs.flat())].join(', ');
      return {
        code: 'same-network',
        why: `${capital(one)} and ${rest} lie in ${listed(sizes)} (${addresses}): they share their way to the Internet, and most likely a building.`,
        change: elsewhere('a host in another network'),
      };
    }
  }
}

/** Contacts, the repository and targets: the first cause alone, for any of them is reason enough. */
function waysFindings(
  { contacts, hostless, source, targets, dependencies }: Subjects,
  facts: Facts,
): Finding[] {
  const falling = (subject: Subject) =>
    sharedFates(subject, dependencies, facts).find(
      (fate) => takesAll(fate) && fate.cause.kind !== 'delivery',
    );
  const lost = (subjects: Subject[]) =>
    subjects.flatMap((subject) => {
      const fate = falling(subject);
      return fate === undefined ? [] : [{ subject, fate }];
    });
  const lostContacts = lost(contacts);
  const free = hostless + contacts.length - lostContacts.length;
  const lostTargets = lost(targets);
  return [
    ...lostContacts.map(
      ({ subject, fate }): Finding => ({
        code: 'contact-down',
        severity: free === 0 ? 'risk' : 'hint',
        hosts: hostsIn(subject, fate),
        why: `${fallsWith(subject, fate)}, nobody reaches you there.${free === 0 ? ' No other way is left.' : ''}`,
        change:
          free === 0
            ? 'Add a contact that stands on nothing of yours, such as a mobile telephone or an account elsewhere.'
            : 'Name the other contacts first, or move this one.',
      }),
    ),
    ...(source === null ? [] : lost([source])).map(
      ({ subject, fate }): Finding => ({
        code: 'repository-down',
        severity: 'risk',
        hosts: hostsIn(subject, fate),
        why: `${fallsWith(subject, fate)}, nothing can be pushed to it, and links to edits lead nowhere.`,
        change: 'Keep the repository elsewhere, or a clone on a laptop that can publish with npm run deploy.',
      }),
    ),
    ...lostTargets.map(
      ({ subject, fate }): Finding => ({
        code: 'target-down',
        severity: lostTargets.length === targets.length ? 'risk' : 'hint',
        hosts: hostsIn(subject, fate),
        why: `${fallsWith(subject, fate)}, npm run deploy can't reach it.`,
        change: 'Publish to a host of another provider as well.',
      }),
    ),
  ];
}

function hostsIn(subject: Subject, { others }: SharedFate): string[] {
  return [subject.host, ...others.map(({ host }) => host)];
}

/** What a subject falls with, up to the comma. */
function fallsWith(subject: Subject, fate: SharedFate): string {
  const { cause, others } = fate;
  const how = cause.kind === 'host' ? 'stands on' : `shares ${shared(cause)} with`;
  const when = others.length === 1 ? 'this is down' : 'these are down';
  return `${capital(named(subject))} ${how} ${namedAll(others)}: while ${when}`;
}

/** What two hosts have in common, within a sentence. */
function shared(cause: Cause): string {
  switch (cause.kind) {
    case 'host':
      return shown(cause.host);
    case 'domain':
      return `the domain ${shown(cause.domain)}`;
    case 'servers':
      return `the name servers ${listed(cause.servers.map(shown))}`;
    case 'address':
      return `the address ${listed(cause.addresses)}`;
    case 'network':
      return `the network of ${cause.pairs[0]?.[0] ?? ''}`;
    case 'delivery':
      return cause.network;
    case 'same-provider':
      return `the DNS provider ${cause.provider}`;
  }
}
