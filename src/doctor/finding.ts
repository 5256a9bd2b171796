/**
 * fatal: the page is down, or goes down together with what it reports on; risk: it may, or a copy of it does; hint:
 * worth knowing.
 */
export const SEVERITIES = ['fatal', 'risk', 'hint'] as const;

/** What can be found; each has a heading in docs/deploy/shared-fate.md. */
export const FINDING_CODES = [
  'same-host',
  'same-domain',
  'name-servers-down',
  'same-name-servers',
  'same-dns-provider',
  'same-delivery-network',
  'same-address',
  'same-network',
  'contact-down',
  'repository-down',
  'target-down',
  'no-address',
  'alias-loop',
  'no-dns-answer',
  'long-ttl',
  'ipv6-only',
  'no-web-answer',
  'not-this-page',
  'sent-elsewhere',
  'certificate-expires',
  'certificate-expired',
  'certificate-refused',
  'no-https',
  'http-not-redirected',
  'rebuild-late',
  'no-mirror',
  'mirror-not-listed',
  'older-copy',
  'build-not-published',
  'no-build',
  'stale-build',
  'host-limit',
  'schedule-stops',
  'no-dependencies',
] as const;

/** One thing that `doctor` has found. */
export interface Finding {
  /** Stable. */
  code: (typeof FINDING_CODES)[number];
  severity: (typeof SEVERITIES)[number];
  /** Host names concerned, the one that is to change first. */
  hosts: string[];
  /** What is so, and what it takes down: whole sentences. */
  why: string;
  /** What to change: whole sentences. */
  change: string;
}
