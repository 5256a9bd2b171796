import type { Target } from '../domain/hosting.ts';
import type { Instant } from '../domain/incident.ts';
import type { DistFacts } from './dist-facts.ts';
import { chainOf, type Facts } from './facts.ts';
import type { Finding } from './finding.ts';
import { type HostLimits, limitsOfNames, limitsOfTarget } from './host-limits.ts';
import { counted, moment } from './sentences.ts';
import type { Copy } from './subject.ts';

/** From here on it is time to look for room. */
const NEAR = 0.8;

/** Whether the built site fits its hosts, and is of today. `folder` is what people call the built site. */
export function distFindings(
  dist: DistFacts | null,
  { copies, targets, facts, now, zone, folder }: DistContext,
): Finding[] {
  if (dist === null) {
    return [
      {
        code: 'no-build',
        severity: 'hint',
        hosts: [],
        why: `There is no ${folder}: whether the page fits its hosts could not be checked.`,
        change: 'Run npm run build first.',
      },
    ];
  }
  const hosts = limitedHosts(copies, targets, facts);
  return [
    ...[...hosts].flatMap(([limits, names]) => limitFindings(dist, limits, names)),
    ...staleFindings(dist, now, zone, folder),
  ];
}

/** What the findings about a built site need besides it. */
export interface DistContext {
  copies: Copy[];
  targets: Target[];
  facts: Facts;
  now: Instant;
  /** IANA name. */
  zone: string;
  folder: string;
}

/** The limits that hold for any copy, with the hosts that they hold for. */
function limitedHosts(copies: Copy[], targets: Target[], facts: Facts): Map<HostLimits, string[]> {
  const hosts = new Map<HostLimits, Set<string>>();
  const note = (limits: HostLimits, host: string) =>
    hosts.set(limits, (hosts.get(limits) ?? new Set()).add(host));
  for (const { host } of copies) for (const limits of limitsOfNames(chainOf(host, facts))) note(limits, host);
  for (const target of targets) {
    const limits = limitsOfTarget(target);
    if (limits !== null) note(limits, new URL(target.url).hostname);
  }
  return new Map([...hosts].map(([limits, names]) => [limits, [...names]]));
}

interface Measure {
  used: number;
  most: number | undefined;
  /** What it is, with its size. */
  what: string;
  /** What the host takes. */
  limit: string;
}

function limitFindings(dist: DistFacts, limits: HostLimits, hosts: string[]): Finding[] {
  const {
    files = Number.NaN,
    fileSize = Number.NaN,
    siteSize = Number.NaN,
    filesInFolder = Number.NaN,
  } = limits;
  const measures: Measure[] = [
    {
      used: dist.files,
      most: files,
      what: `The page has ${counted(dist.files, 'file')}`,
      limit: counted(files, 'file'),
    },
    {
      used: dist.largest.bytes,
      most: fileSize,
      what: `${dist.largest.path} has ${megabytes(dist.largest.bytes)}`,
      limit: `${megabytes(fileSize)} a file`,
    },
    {
      used: dist.bytes,
      most: siteSize,
      what: `The page has ${megabytes(dist.bytes)}`,
      limit: megabytes(siteSize),
    },
    {
      used: dist.fullest.files,
      most: filesInFolder,
      what: `${dist.fullest.path || 'The topmost folder'} holds ${counted(dist.fullest.files, 'file')}`,
      limit: `${counted(filesInFolder, 'file')} a folder`,
    },
  ];
  return measures
    .filter(({ used, most = Number.NaN }) => used > most * NEAR)
    .map(({ used, most = Number.NaN, what, limit }) => ({
      code: 'host-limit',
      severity: used > most ? 'risk' : 'hint',
      hosts,
      why: `${what}; ${limits.name} takes ${limit}.${limits.note === undefined ? '' : ` ${limits.note}`}${
        used > most ? ' The next deployment fails there.' : ''
      }`,
      change:
        'Make public/ smaller, move old incidents into an archive of their own, or choose another host.',
    }));
}

function megabytes(bytes: number): string {
  const size = bytes / 1_000_000;
  return `${size < 10 ? size.toFixed(1) : Math.round(size).toLocaleString('en')} MB`;
}

function staleFindings({ build }: DistFacts, now: Instant, zone: string, folder: string): Finding[] {
  if (build === null) {
    return [
      {
        code: 'no-build',
        severity: 'hint',
        hosts: [],
        why: `${folder} has no build.json that can be read: it is no page that Dran made, or an old one.`,
        change: 'Run npm run build.',
      },
    ];
  }
  if (build.nextChange === null || build.nextChange > now) return [];
  return [
    {
      code: 'stale-build',
      severity: 'hint',
      hosts: [],
      why: `${folder} was built at ${moment(build.built, zone)} and was to change by the clock at ${moment(build.nextChange, zone)}.`,
      change: 'Build again before you publish it.',
    },
  ];
}
