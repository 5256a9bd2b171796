import { type Facts, ownNames } from './facts.ts';
import type { Finding } from './finding.ts';
import { capital, lasting, named, namedAll, shown } from './sentences.ts';
import type { Subject, Subjects } from './subject.ts';

/** Seconds: as long as readers may be led to an address that the page has left. */
const LONGEST_LIFETIME = 300;

/** What is wrong with host names themselves: not there, leading nowhere, kept too long, not for everybody. */
export function nameFindings(subjects: Subjects, facts: Facts): Finding[] {
  const { copies, contacts, source, targets, dependencies } = subjects;
  const seen = new Set<string>();
  const once = <Kind extends { host: string }>(one: Kind) => !seen.has(one.host) && seen.add(one.host);
  const own = copies
    .filter(once)
    .map(({ role, url, host }): Subject => ({ role, label: url, host, mail: false }));
  const rest = [...targets, ...(source === null ? [] : [source]), ...contacts.filter(({ mail }) => !mail)];
  return [
    ...own.flatMap((copy) => [...copyState(copy, facts), ...lifetime(copy, facts), ...onlySix(copy, facts)]),
    ...rest.filter(once).flatMap((subject) => wayState(subject, facts)),
    ...mailState(contacts, facts),
    ...dependencyState(dependencies, facts),
  ];
}

function copyState(copy: Subject, facts: Facts): Finding[] {
  const known = facts.names[copy.host];
  if (known === undefined || known.state === 'found') return [];
  const hosts = [copy.host];
  const one = named(copy);
  const severity = copy.role === 'page' ? 'fatal' : 'risk';
  if (known.state === 'failed') {
    return [
      {
        code: 'no-dns-answer',
        severity: 'risk',
        hosts,
        why: `Nobody could say where ${one} is: ${known.reason}. It could not be checked.`,
        change: 'Try again; if it stays so, look at the name servers of its domain.',
      },
    ];
  }
  if (known.state === 'loop') {
    const way = known.aliases
      .slice(0, 4)
      .map(({ name }) => shown(name))
      .join(' → ');
    return [
      {
        code: 'alias-loop',
        severity,
        hosts,
        why: `The aliases of ${one} lead in a circle or on for too long (${way} → …): nobody finds it.`,
        change: `Let the CNAME of ${shown(copy.host)} name the host that serves the page.`,
      },
    ];
  }
  const last = known.aliases.at(-1)?.target;
  const end = last === undefined ? '' : `: it is an alias of ${shown(last)}, which has none`;
  return [
    {
      code: 'no-address',
      severity,
      hosts,
      why: `${capital(one)} has no address${end}. Nobody finds it.`,
      change: `Enter an A, AAAA or CNAME record for ${shown(copy.host)}, or correct the address in the config.`,
    },
  ];
}

function lifetime(copy: Subject, facts: Facts): Finding[] {
  const { aliases = [], addresses = [] } = facts.names[copy.host] ?? {};
  const end = aliases.at(-1)?.target ?? copy.host;
  const longest = ownNames(copy.host, facts)
    .map((name) => {
      const kept = [
        ...aliases.filter((alias) => alias.name === name).map(({ ttl }) => ttl),
        ...(name === end ? addresses.map(({ ttl }) => ttl ?? 0) : []),
      ];
      return { name, seconds: Math.max(facts.lifetimes[name] ?? 0, ...kept) };
    })
    .reduce((most, one) => (one.seconds > most.seconds ? one : most), { name: '', seconds: 0 });
  if (longest.seconds <= LONGEST_LIFETIME) return [];
  return [
    {
      code: 'long-ttl',
      severity: copy.role === 'page' ? 'risk' : 'hint',
      hosts: [longest.name],
      why: `The records of ${shown(longest.name)} may be kept for ${lasting(longest.seconds)} (TTL ${longest.seconds}): if the page has to move to another host, readers are led to the dead one for that long.`,
      change: `Set the TTL of ${shown(longest.name)} to ${LONGEST_LIFETIME} seconds or less.`,
    },
  ];
}

function onlySix(copy: Subject, facts: Facts): Finding[] {
  const { state, addresses = [] } = facts.names[copy.host] ?? {};
  if (state !== 'found' || addresses.some(({ address }) => address.includes('.'))) return [];
  return [
    {
      code: 'ipv6-only',
      severity: 'hint',
      hosts: [copy.host],
      why: `${capital(named(copy))} has IPv6 addresses alone: readers without IPv6 don't reach it.`,
      change: 'Add an IPv4 address (an A record).',
    },
  ];
}

/** A repository, target or contact that is not there. */
function wayState(subject: Subject, facts: Facts): Finding[] {
  const known = facts.names[subject.host];
  if (known === undefined || known.state === 'found') return [];
  const failed = known.state === 'failed';
  return [
    {
      code: failed ? 'no-dns-answer' : 'no-address',
      severity: 'hint',
      hosts: [subject.host],
      why: failed
        ? `Nobody could say where ${named(subject)} is: ${known.reason}. It could not be checked.`
        : `${capital(named(subject))} has no address: nobody gets there.`,
      change: failed ? 'Try again.' : 'Correct it in the config.',
    },
  ];
}

function mailState(contacts: Subject[], facts: Facts): Finding[] {
  return contacts.flatMap((contact): Finding[] => {
    const hosts = contact.mail ? facts.mail[contact.host] : undefined;
    if (hosts === null) {
      return [
        {
          code: 'no-dns-answer',
          severity: 'hint',
          hosts: [contact.host],
          why: `Nobody could say where mail for ${named(contact)} goes. It could not be checked.`,
          change: 'Try again.',
        },
      ];
    }
    if (hosts === undefined || hosts.length > 0) return [];
    return [
      {
        code: 'no-address',
        severity: 'hint',
        hosts: [contact.host],
        why: `${capital(named(contact))} takes no mail: its domain is not there, or says so.`,
        change: 'Correct it in the config.',
      },
    ];
  });
}

/** Dependencies that could not be compared. */
function dependencyState(dependencies: Subject[], facts: Facts): Finding[] {
  const inState = (...states: string[]) =>
    dependencies.filter(({ host }) => states.includes(facts.names[host]?.state ?? 'found'));
  const missing = inState('missing', 'loop');
  const failed = inState('failed');
  const reasons = new Set(failed.map(({ host }) => facts.names[host]?.reason));
  const findings: Finding[] = [];
  if (missing.length > 0) {
    findings.push({
      code: 'no-address',
      severity: 'hint',
      hosts: missing.map(({ host }) => host),
      why: `${namedAll(missing)}: there is no address for ${missing.length === 1 ? 'this name' : 'these names'}, so only names and name servers were compared.`,
      change: 'Correct what is misspelt in the config, and take out what is no more.',
    });
  }
  if (failed.length > 0) {
    const [are, share] = failed.length === 1 ? ['this is', 'it shares'] : ['these are', 'they share'];
    findings.push({
      code: 'no-dns-answer',
      severity: 'risk',
      hosts: failed.map(({ host }) => host),
      why: `${namedAll(failed)}: nobody could say where ${are} (${[...reasons].join('; ')}), so it is not known what ${share} with the page.`,
      change: 'Try again, also from another network.',
    });
  }
  return findings;
}
