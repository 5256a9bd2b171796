import { parse } from 'tldts';

/**
 * The domain that somebody registered and can lose: `nordhost.example` of `status.nordhost.example`, `b.co.uk` of
 * `a.b.co.uk`. A name below a host's own domain (`nordhost.github.io`) is its customer's, as the Public Suffix List
 * has it. Null for IP addresses, single labels and public suffixes.
 */
export function registrableDomain(host: string): string | null {
  return parse(host, { allowPrivateDomains: true }).domain;
}

/** The domain above all customers of a host: `github.io` of `nordhost.github.io`; else as `registrableDomain`. */
export function operatorDomain(host: string): string | null {
  return parse(host).domain;
}

/**
 * What the names of one provider's servers have in common: `awsdns` of `ns-7.awsdns-45.co.uk`, `azure-dns` of
 * `ns1-05.azure-dns.com`. Null where a name has no registrable domain.
 */
export function providerOf(server: string): string | null {
  const own = parse(server).domainWithoutSuffix;
  if (own === null) return null;
  return own.replace(/-?\d+$/, '') || own;
}
