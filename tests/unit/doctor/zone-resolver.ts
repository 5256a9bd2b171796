import type { DnsAnswer, DnsRecord } from '../../../src/doctor/dns-client.ts';
import type { Ask } from '../../../src/doctor/name-facts.ts';

/**
 * A resolver that answers from lines of a zone file (`name TTL TYPE data`) and follows aliases; for the names in
 * `dark` nobody answers.
 */
export function zoneResolver(lines: string[], dark: string[] = []): Ask {
  const records = lines.map((line): DnsRecord => {
    const [name = '', ttl = '', type = '', ...data] = line.split(/\s+/);
    const shared = { name, ttl: Number(ttl) };
    if (type === 'MX') return { ...shared, type, preference: Number(data[0]), data: data[1] ?? '' };
    return { ...shared, type: type as 'A', data: data[0] ?? '' };
  });
  return async (host, type): Promise<DnsAnswer> => {
    if (dark.includes(host)) return { kind: 'failed', reason: 'no answer within 2 seconds' };
    const found: DnsRecord[] = [];
    const seen = new Set<string>();
    for (let name = host; !seen.has(name); ) {
      seen.add(name);
      const here = records.filter((one) => one.name === name);
      found.push(...here.filter((one) => one.type === type));
      const alias = here.find((one) => one.type === 'CNAME');
      if (alias === undefined) break;
      found.push(alias);
      name = alias.data;
    }
    if (found.length > 0) return { kind: 'records', records: found, authoritative: false };
    const known = records.some(({ name }) => name === host || name.endsWith(`.${host}`));
    return { kind: known ? 'empty' : 'missing' };
  };
}
