import { deliveryNetworkAt, deliveryNetworkOf } from './delivery-networks.ts';
import { chainOf, type Facts, hostsOf } from './facts.ts';
import type { Zone } from './name-facts.ts';
import { sameNetwork } from './networks.ts';
import { operatorDomain, providerOf, registrableDomain } from './registrable-domain.ts';
import type { Subject } from './subject.ts';

/** What takes two hosts down together. */
export type Cause =
  /** It is the other host, or an alias of it. */
  | { kind: 'host'; host: string }
  /** One registered domain; `delegated`: other name servers answer for the first host. */
  | { kind: 'domain'; domain: string; delegated: boolean }
  /**
   * Some name servers of its zone. `tie` to the others: place: they are these, at their addresses or in their networks;
   * name: they have names in their domains; zone: they answer for their zones, too. `left`: the zone's other servers.
   */
  | { kind: 'servers'; tie: 'place' | 'name' | 'zone'; zone: string; servers: string[]; left: string[] }
  /** Other name servers of one provider. */
  | { kind: 'same-provider'; provider: string }
  | { kind: 'delivery'; network: string }
  | { kind: 'address'; addresses: string[] }
  /** Pairs of addresses, the first host's first. */
  | { kind: 'network'; pairs: [string, string][] };

/** One cause, and the hosts that it takes down with the first one. */
export interface SharedFate {
  cause: Cause;
  others: Subject[];
}

/** What a host stands on. */
interface Needs {
  /** Its own names: several for a domain that takes mail. */
  hosts: string[];
  /** What these are aliases of. */
  targets: string[];
  zones: Zone[];
  addresses: string[];
  delivery: Set<string>;
}

/**
 * What takes `subject` down together with any of `others`, by what is known of their names: the worst first. Others
 * that are down at once count together: a zone both of whose servers are among them is lost. Of what says the same
 * twice only the plainer is told: not two addresses in one network of a delivery network, nor the name servers of a
 * domain that is shared as a whole.
 */
export function sharedFates(subject: Subject, others: Subject[], facts: Facts): SharedFate[] {
  const own = needsOf(subject, facts);
  const theirs = others.map((other) => ({ other, needs: needsOf(other, facts) }));
  const names = [...own.hosts, ...own.targets];
  const same = theirs.filter(({ other }) => names.includes(other.host) || subject.host === other.host);
  const apart = theirs.filter((one) => !same.includes(one));
  return [
    ...grouped(
      same,
      ({ other }) => [other.host],
      (host) => ({ kind: 'host', host }),
    ),
    ...domainFates(own, apart),
    ...serverFates(own, apart, facts),
    ...grouped(
      apart,
      ({ needs }) => [...needs.delivery].filter((network) => own.delivery.has(network)),
      (network) => ({ kind: 'delivery', network }),
    ),
    ...addressFates(own, apart),
  ];
}

interface Other {
  other: Subject;
  needs: Needs;
}

function needsOf(subject: Subject, facts: Facts): Needs {
  const hosts = hostsOf(subject, facts);
  // Where mail goes to a domain, its own name is looked up, too.
  const owners = subject.mail ? [...new Set([subject.host, ...hosts])] : hosts;
  const targets = hosts.flatMap((host) => chainOf(host, facts).slice(1));
  const addresses = hosts.flatMap((host) =>
    (facts.names[host]?.addresses ?? []).map(({ address }) => address),
  );
  const zones = [...owners, ...targets].flatMap((name) => facts.zones[name] ?? []);
  return {
    hosts: owners,
    targets,
    zones: zones.filter((zone, index) => zones.findIndex(({ name }) => name === zone.name) === index),
    addresses,
    delivery: deliveryOf(hosts, targets, addresses),
  };
}

/** Known delivery networks, and the domains that aliases end in, whoever's they are. */
function deliveryOf(hosts: string[], targets: string[], addresses: string[]): Set<string> {
  const known = [
    ...[...hosts, ...targets].map(deliveryNetworkOf),
    ...addresses.map(deliveryNetworkAt),
  ].filter((network) => network !== null);
  if (known.length > 0 || targets.length === 0) return new Set(known);
  const own = new Set(hosts.map(operatorDomain));
  const ends = targets.map(operatorDomain).filter((domain) => domain !== null && !own.has(domain));
  return new Set(ends.slice(-1).filter((domain) => domain !== null));
}

function grouped(
  others: Other[],
  keysOf: (other: Other) => string[],
  causeOf: (key: string) => Cause,
): SharedFate[] {
  const groups = new Map<string, Subject[]>();
  for (const one of others)
    for (const key of new Set(keysOf(one))) groups.set(key, [...(groups.get(key) ?? []), one.other]);
  return [...groups].map(([key, subjects]) => ({ cause: causeOf(key), others: subjects }));
}

function domainFates(own: Needs, others: Other[]): SharedFate[] {
  const isDelivered = (name: string) => deliveryNetworkOf(name) !== null;
  const domainsOf = (names: string[]) => names.map(registrableDomain).filter((domain) => domain !== null);
  const shared = ({ needs }: Other): string[] => {
    const aliased = (one: Needs) => domainsOf(one.targets.filter((name) => !isDelivered(name)));
    const [mine, its] = [domainsOf(own.hosts), domainsOf(needs.hosts)];
    return [
      ...mine.filter((domain) => its.includes(domain) || aliased(needs).includes(domain)),
      ...aliased(own).filter((domain) => its.includes(domain)),
    ];
  };
  return grouped(others, shared, (domain) => {
    const group = others.filter((one) => shared(one).includes(domain));
    return { kind: 'domain', domain, delegated: isDelegated(domain, own, group) };
  });
}

/** Whether other servers than those of the others answer for the names of `own` in a domain. */
function isDelegated(domain: string, own: Needs, others: Other[]): boolean {
  const within = ({ zones }: Needs) =>
    zones.filter(({ name }) => name === domain || name.endsWith(`.${domain}`));
  const mine = within(own);
  const theirs = others.flatMap(({ needs }) => within(needs));
  if (mine.length === 0 || theirs.length === 0) return false;
  return mine.every(({ servers }) =>
    servers.every((server) => !theirs.some((zone) => zone.servers.includes(server))),
  );
}

function serverFates(own: Needs, others: Other[], facts: Facts): SharedFate[] {
  const addressesOf = (server: string) =>
    (facts.names[server]?.addresses ?? []).map(({ address }) => address);
  const isAtPlace = (server: string, { other, needs }: Other): boolean =>
    server === other.host ||
    needs.addresses.some((address) =>
      addressesOf(server).some((one) => one === address || sameNetwork(one, address)),
    );
  const isNamedAfter = (server: string, { other }: Other): boolean => {
    const domain = registrableDomain(server);
    return domain !== null && domain === registrableDomain(other.host);
  };
  const isAtWork = (server: string, { needs }: Other): boolean =>
    needs.zones.some((one) => one.servers.includes(server));
  return own.zones.flatMap((zone): SharedFate[] => {
    // Told as one domain.
    const rest = others.filter(({ needs }) => !needs.zones.some(({ name }) => name === zone.name));
    const tied = (tie: 'place' | 'name' | 'zone', test: (server: string, other: Other) => boolean) => {
      const servers = zone.servers.filter((server) => rest.some((other) => test(server, other)));
      if (servers.length === 0) return [];
      const left = zone.servers.filter((server) => !servers.includes(server));
      const group = rest.filter((other) => servers.some((server) => test(server, other)));
      const cause: Cause = { kind: 'servers', tie, zone: zone.name, servers, left };
      return [{ cause, others: group.map(({ other }) => other), left: left.length }];
    };
    // The first that takes all servers says enough; else the first of each kind that takes more of them.
    const ties = [...tied('place', isAtPlace), ...tied('name', isNamedAfter), ...tied('zone', isAtWork)];
    const told = ties.filter((tie, index) => ties.slice(0, index).every(({ left }) => left > tie.left));
    if (told.length === 0) return providerFates(zone, rest);
    return told.map(({ cause, others: group }) => ({ cause, others: group }));
  });
}

function providerFates(zone: Zone, others: Other[]): SharedFate[] {
  const mine = new Set(zone.servers.map(providerOf));
  const [provider] = mine;
  if (mine.size !== 1 || provider === undefined || provider === null) return [];
  const group = others.filter(({ needs }) =>
    needs.zones.some(({ servers }) => servers.every((server) => providerOf(server) === provider)),
  );
  if (group.length === 0) return [];
  return [{ cause: { kind: 'same-provider', provider }, others: group.map(({ other }) => other) }];
}

function addressFates(own: Needs, others: Other[]): SharedFate[] {
  // Two customers of one delivery network lie side by side; that is told by its name.
  const rest = others.filter(({ needs }) => ![...needs.delivery].some((one) => own.delivery.has(one)));
  const sharedBy = ({ needs }: Other) => own.addresses.filter((address) => needs.addresses.includes(address));
  const pairsOf = ({ needs }: Other) =>
    own.addresses.flatMap((mine) =>
      needs.addresses
        .filter((its) => mine !== its && sameNetwork(mine, its))
        .map((its): [string, string] => [mine, its]),
    );
  const atOne = rest.filter((one) => sharedBy(one).length > 0);
  const beside = rest.filter((one) => !atOne.includes(one) && pairsOf(one).length > 0);
  const fates: SharedFate[] = [];
  if (atOne.length > 0) {
    const addresses = [...new Set(atOne.flatMap(sharedBy))];
    fates.push({ cause: { kind: 'address', addresses }, others: atOne.map(({ other }) => other) });
  }
  if (beside.length > 0) {
    const pairs = beside.flatMap(pairsOf);
    fates.push({ cause: { kind: 'network', pairs }, others: beside.map(({ other }) => other) });
  }
  return fates;
}
