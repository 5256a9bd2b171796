import { isIP } from 'node:net';
import type { DnsAnswer, QuestionType } from './dns-client.ts';

/** Asks the operator's resolver. */
export type Ask = (name: string, type: QuestionType) => Promise<DnsAnswer>;

/** An alias (CNAME) on the way to an address. */
export interface Alias {
  name: string;
  target: string;
  /** Seconds that resolvers may keep it. */
  ttl: number;
}

/** What the Domain Name System says of a host name. */
export interface NameFacts {
  /** In ASCII and lower case; an IP address stands for itself. */
  host: string;
  /**
   * found: it has an address; missing: it has none; loop: its aliases lead in a circle, or on for too long; failed:
   * nobody could say.
   */
  state: 'found' | 'missing' | 'loop' | 'failed';
  /** Where it failed, the rest of a sentence. */
  reason: string | null;
  /** From the name to the one that has addresses. */
  aliases: Alias[];
  /** Sorted. `ttl` is null for a host that is an address. */
  addresses: { address: string; ttl: number | null }[];
}

/** A part of the name space that some name servers answer for. */
export interface Zone {
  /** Its topmost name. */
  name: string;
  /** Host names, sorted. */
  servers: string[];
}

/** As long as resolvers follow. */
const MOST_ALIASES = 16;

/** Looks up a host name's aliases and addresses. */
export async function nameFacts(host: string, ask: Ask): Promise<NameFacts> {
  if (isIP(host) !== 0) {
    const addresses = [{ address: host, ttl: null }];
    return { host, state: 'found', reason: null, aliases: [], addresses };
  }
  const [four, six] = await Promise.all([follow(host, 'A', ask), follow(host, 'AAAA', ask)]);
  const addresses = [...four.addresses, ...six.addresses].sort((a, b) => (a.address < b.address ? -1 : 1));
  // A server may fail for one kind and say nothing of the aliases.
  const aliases = four.aliases.length >= six.aliases.length ? four.aliases : six.aliases;
  const shared = { host, reason: null, aliases, addresses };
  if (addresses.length > 0) return { ...shared, state: 'found' };
  if (four.loop || six.loop) return { ...shared, state: 'loop' };
  const reason = four.reason ?? six.reason;
  return reason === null ? { ...shared, state: 'missing' } : { ...shared, state: 'failed', reason };
}

interface Walk {
  aliases: Alias[];
  addresses: { address: string; ttl: number }[];
  loop: boolean;
  reason: string | null;
}

async function follow(host: string, type: 'A' | 'AAAA', ask: Ask): Promise<Walk> {
  const walk: Walk = { aliases: [], addresses: [], loop: false, reason: null };
  const seen = new Set([host]);
  for (let name = host; ; ) {
    const answer = await ask(name, type);
    if (answer.kind === 'failed') return { ...walk, reason: answer.reason };
    if (answer.kind !== 'records') return walk;
    const asked = name;
    for (;;) {
      const alias = answer.records.find((record) => record.type === 'CNAME' && record.name === name);
      if (alias === undefined) break;
      walk.aliases.push({ name, target: alias.data, ttl: alias.ttl });
      if (seen.has(alias.data) || walk.aliases.length > MOST_ALIASES) return { ...walk, loop: true };
      seen.add(alias.data);
      name = alias.data;
    }
    for (const record of answer.records) {
      if (record.type === type && record.name === name)
        walk.addresses.push({ address: record.data, ttl: record.ttl });
    }
    // Some servers leave it to the asker to go on from an alias.
    if (walk.addresses.length > 0 || name === asked) return walk;
  }
}

/** The zone that a name lies in: the nearest name at or above it that has name servers. Null: nobody could say. */
export async function zoneOf(host: string, ask: Ask): Promise<Zone | null> {
  const labels = host.split('.');
  for (let from = 0; from < labels.length - 1; from += 1) {
    const name = labels.slice(from).join('.');
    const answer = await ask(name, 'NS');
    if (answer.kind === 'failed') return null;
    if (answer.kind !== 'records') continue;
    const servers = answer.records.flatMap((record) =>
      record.type === 'NS' && record.name === name ? [record.data] : [],
    );
    if (servers.length > 0) return { name, servers: [...new Set(servers)].sort() };
  }
  return null;
}

/**
 * The hosts that take mail for a domain, sorted: its MX, else itself; none where it is not there or takes no mail.
 * Null: nobody could say.
 */
export async function mailHosts(domain: string, ask: Ask): Promise<string[] | null> {
  const answer = await ask(domain, 'MX');
  if (answer.kind === 'failed') return null;
  if (answer.kind !== 'records') return answer.kind === 'empty' ? [domain] : [];
  const hosts = answer.records.flatMap((record) => (record.type === 'MX' ? [record.data] : []));
  // A domain that takes no mail names the root as its mail host (RFC 7505).
  return hosts.length === 0 ? [domain] : [...new Set(hosts)].filter((host) => host !== '').sort();
}
