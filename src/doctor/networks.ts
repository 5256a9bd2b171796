import { BlockList, isIP } from 'node:net';

/**
 * Whether two addresses lie in one /24 (IPv4) or one /48 (IPv6): the smallest blocks that are routed on the Internet,
 * so they share their way there. An IPv4 and an IPv6 address never do.
 */
export function sameNetwork(one: string, other: string): boolean {
  const family = isIP(one);
  if (family === 0 || family !== isIP(other)) return false;
  const network = new BlockList();
  if (family === 4) network.addSubnet(one, 24, 'ipv4');
  else network.addSubnet(one, 48, 'ipv6');
  return network.check(other, family === 4 ? 'ipv4' : 'ipv6');
}
