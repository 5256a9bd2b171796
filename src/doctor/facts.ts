import { isIP } from 'node:net';
import pLimit from 'p-limit';
import { askDns, type DnsOptions, type ServerAddress } from './dns-client.ts';
import { type Ask, mailHosts, type NameFacts, nameFacts, type Zone, zoneOf } from './name-facts.ts';
import { registrableDomain } from './registrable-domain.ts';
import type { Subject, Subjects } from './subject.ts';
import { type HstsFacts, hstsOf, type WebFacts, type WebOptions, webFacts } from './web-facts.ts';

/** What the network says of the hosts that the config names. Empty where nobody was asked. */
export interface Facts {
  /** By host: those of the config, those that take mail, name servers. */
  names: Record<string, NameFacts>;
  /** The zone of each host of the config and of each name that it is an alias of; null: nobody could say. */
  zones: Record<string, Zone | null>;
  /** The hosts that take mail for a domain, by domain; null: nobody could say. */
  mail: Record<string, string[] | null>;
  /** By the address of a copy. */
  web: Record<string, WebFacts>;
  /** What domains above a copy's host ask of browsers, by host. */
  hsts: Record<string, HstsFacts>;
  /** Seconds that a name's records may be kept, as its zone's own servers say, by name. */
  lifetimes: Record<string, number>;
}

/** What is known when nobody is asked. */
export const NO_FACTS: Facts = { names: {}, zones: {}, mail: {}, web: {}, hsts: {}, lifetimes: {} };

/** How the network is asked. */
export interface Network {
  resolvers: ServerAddress[];
  /** Milliseconds that one try of a question to a name server may take, and one request to a web server. */
  dnsTimeout: number;
  webTimeout: number;
  /** Where a zone's own servers listen, by their IP address; else on port 53. */
  serverAt?: (address: string) => ServerAddress;
  ca?: string;
  portFor?: (port: number) => number;
}

/** So many questions are under way at once. */
const AT_ONCE = 24;

/**
 * Asks name servers and web servers about all subjects. Never throws. `silent`: every question to the resolver failed,
 * so that nothing is known of any name.
 */
export async function gatherFacts(
  subjects: Subjects,
  network: Network,
): Promise<{ facts: Facts; silent: boolean }> {
  const { ask, counts } = boundedAsk(network);
  const facts = await gatherNames(subjects, ask);
  await Promise.all([askOwnServers(subjects, facts, network), askCopies(subjects, facts, ask, network)]);
  return { facts: sorted(facts), silent: counts.asked > 0 && counts.asked === counts.failed };
}

/** Asks the resolver about the names of all subjects, their zones, and the name servers of these. */
export async function gatherNames(subjects: Subjects, ask: Ask): Promise<Facts> {
  const facts: Facts = { names: {}, zones: {}, mail: {}, web: {}, hsts: {}, lifetimes: {} };
  const all = [...subjects.contacts, ...subjects.targets, ...subjects.dependencies];
  if (subjects.source !== null) all.push(subjects.source);
  const mail = unique(all.filter((subject) => subject.mail).map(({ host }) => host));
  await each(mail, async (domain) => {
    facts.mail[domain] = await mailHosts(domain, ask);
  });
  const look = (hosts: string[]) =>
    each(hosts, async (host) => {
      facts.names[host] = await nameFacts(host, ask);
    });
  const hosts = unique([
    ...subjects.copies.map(({ host }) => host),
    ...all.flatMap((subject) => hostsOf(subject, facts)),
  ]);
  await look(hosts);
  // Nobody answers: not to be waited for again and again.
  const names = hosts.filter(isName);
  if (names.length > 0 && names.every((host) => facts.names[host]?.state === 'failed')) return facts;
  const owners = unique([...hosts.flatMap((host) => chainOf(host, facts)), ...mail]);
  await each(owners.filter(isName), async (name) => {
    facts.zones[name] = await zoneOf(name, ask);
  });
  const servers = unique(Object.values(facts.zones).flatMap((zone) => zone?.servers ?? []));
  await look(servers.filter((server) => facts.names[server] === undefined));
  return facts;
}

/** Hosts that a subject needs: those that take its mail, else its own. */
export function hostsOf({ host, mail }: Subject, facts: Facts): string[] {
  return mail ? (facts.mail[host] ?? []) : [host];
}

/** A host and the names that it is an alias of, in this order. */
export function chainOf(host: string, facts: Facts): string[] {
  return [host, ...(facts.names[host]?.aliases.map(({ target }) => target) ?? [])];
}

/** Asks each question once, and not too many at a time. */
function boundedAsk({ resolvers, dnsTimeout }: Network): {
  ask: Ask;
  counts: { asked: number; failed: number };
} {
  const limit = pLimit(AT_ONCE);
  const known = new Map<string, ReturnType<Ask>>();
  const counts = { asked: 0, failed: 0 };
  const options: DnsOptions = { servers: resolvers, timeout: dnsTimeout, tries: 2, recursive: true };
  const ask: Ask = (name, type) => {
    const key = `${type} ${name}`;
    const answer =
      known.get(key) ??
      limit(async () => {
        counts.asked += 1;
        const told = await askDns(name, type, options);
        if (told.kind === 'failed') counts.failed += 1;
        return told;
      });
    known.set(key, answer);
    return answer;
  };
  return { ask, counts };
}

/**
 * A resolver tells how long it will keep a record, not how long others may: the zone's own servers are asked for that.
 * Where they can't be reached, nothing is noted.
 */
async function askOwnServers(subjects: Subjects, facts: Facts, network: Network): Promise<void> {
  const { serverAt = (address) => ({ address, port: 53 }), dnsTimeout } = network;
  const hosts = unique(subjects.copies.map(({ host }) => host)).filter(isName);
  const names = unique(hosts.flatMap((host) => ownNames(host, facts)));
  await each(names, async (name) => {
    const servers = facts.zones[name]?.servers.flatMap((server) => {
      const addresses = facts.names[server]?.addresses.map(({ address }) => address) ?? [];
      return addresses.filter((address) => address.includes('.')).slice(0, 1);
    });
    const options = { timeout: dnsTimeout, tries: 1, recursive: false };
    const at = (servers ?? []).slice(0, 2).map(serverAt);
    const answers = await Promise.all(
      (['A', 'AAAA'] as const).map((type) => askDns(name, type, { ...options, servers: at })),
    );
    const times = answers.flatMap((answer) =>
      answer.kind === 'records' && answer.authoritative
        ? answer.records.filter((record) => record.name === name).map(({ ttl }) => ttl)
        : [],
    );
    if (times.length > 0) facts.lifetimes[name] = Math.max(...times);
  });
}

/** Of a host and the names that it is an alias of, those in its own registered domain: the operator can change them. */
export function ownNames(host: string, facts: Facts): string[] {
  const domain = registrableDomain(host);
  return chainOf(host, facts).filter((name) => domain !== null && registrableDomain(name) === domain);
}

async function askCopies({ copies }: Subjects, facts: Facts, ask: Ask, network: Network): Promise<void> {
  const limit = pLimit(AT_ONCE);
  const options: WebOptions = {
    addressesOf: (host) => (facts.names[host]?.addresses ?? []).map(({ address }) => address),
    timeout: network.webTimeout,
    ...(network.ca === undefined ? {} : { ca: network.ca }),
    ...(network.portFor === undefined ? {} : { portFor: network.portFor }),
  };
  const reachable = copies.filter(({ host }) => facts.names[host]?.state === 'found');
  const above = unique(reachable.flatMap(({ host }) => domainsAbove(host)));
  await Promise.all([
    ...reachable.map(({ url }) =>
      limit(async () => {
        facts.web[url] = await webFacts(url, options);
      }),
    ),
    ...above.map((host) =>
      limit(async () => {
        const { addresses } = facts.names[host] ?? (await nameFacts(host, ask));
        if (addresses.length === 0) return;
        const addressesOf = () => addresses.map(({ address }) => address);
        const hsts = await hstsOf(host, { ...options, addressesOf });
        if (hsts !== null) facts.hsts[host] = hsts;
      }),
    ),
  ]);
}

/** The names above a host up to its registered domain: `nordhost.example` of `status.nordhost.example`. */
export function domainsAbove(host: string): string[] {
  const domain = registrableDomain(host);
  if (domain === null) return [];
  const above: string[] = [];
  for (let name = host; name !== domain; ) {
    name = name.slice(name.indexOf('.') + 1);
    above.push(name);
  }
  return above;
}

function isName(host: string): boolean {
  return isIP(host) === 0 && host.includes('.');
}

function unique(hosts: string[]): string[] {
  return [...new Set(hosts)];
}

async function each(hosts: string[], look: (host: string) => Promise<void>): Promise<void> {
  await Promise.all(hosts.map(look));
}

/** Answers come in any order; what is told of them must not. */
function sorted(facts: Facts): Facts {
  return Object.fromEntries(
    Object.entries(facts).map(([kind, byKey]) => [
      kind,
      Object.fromEntries(Object.entries(byKey).sort(([a], [b]) => (a < b ? -1 : 1))),
    ]),
  ) as unknown as Facts;
}
