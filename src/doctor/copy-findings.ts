import type { DistFacts } from './dist-facts.ts';
import type { Facts } from './facts.ts';
import type { Finding } from './finding.ts';
import { listed, moment, shown } from './sentences.ts';
import type { Copy } from './subject.ts';

/** Whether there is more than one copy, whether readers can learn of it, and whether all show the same. */
export function copyFindings(copies: Copy[], facts: Facts, dist: DistFacts | null, zone: string): Finding[] {
  return [
    ...missing(copies),
    ...unlisted(copies),
    ...older(copies, facts, zone),
    ...unpublished(copies, facts, dist),
  ];
}

function missing(copies: Copy[]): Finding[] {
  const [page] = copies;
  if (page === undefined || copies.length > 1) return [];
  return [
    {
      code: 'no-mirror',
      severity: 'risk',
      hosts: [page.host],
      why: `${shown(page.host)} is the only copy of the page: when its host, its name or its certificate fails, nothing is left.`,
      change:
        'Publish a second copy with another provider (targets in the config), and name it under mirrors.',
    },
  ];
}

function unlisted(copies: Copy[]): Finding[] {
  const hidden = copies.filter(({ listed: isListed }) => !isListed);
  if (hidden.length === 0) return [];
  return [
    {
      code: 'mirror-not-listed',
      severity: 'hint',
      hosts: hidden.map(({ host }) => host),
      why:
        hidden.length === 1
          ? `A target publishes to ${hidden[0]!.url}, but no page tells readers of it.`
          : `Targets publish to ${listed(hidden.map(({ url }) => url))}, but no page tells readers of them.`,
      change: `Add ${hidden.length === 1 ? 'it' : 'them'} to mirrors in the config.`,
    },
  ];
}

function older(copies: Copy[], facts: Facts, zone: string): Finding[] {
  const shownBy = copies.flatMap((copy) => {
    const build = facts.web[copy.url]?.build;
    return build ? [{ copy, build }] : [];
  });
  const newest = shownBy.reduce<(typeof shownBy)[number] | null>(
    (most, one) => (most === null || one.build.built > most.build.built ? one : most),
    null,
  );
  if (newest === null) return [];
  return shownBy
    .filter(({ build }) => build.hash !== newest.build.hash)
    .map(({ copy, build }) => ({
      code: 'older-copy',
      severity: 'risk',
      hosts: [copy.host],
      why: `${copy.url} shows what was built at ${moment(build.built, zone)}; ${newest.copy.url} shows something ${newest.build.built > build.built ? 'newer' : 'else'}, built at ${moment(newest.build.built, zone)}.`,
      change: 'Publish to it again, and look why the last deployment did not reach it.',
    }));
}

/** Whether what was built here is what the page shows. */
function unpublished([page]: Copy[], facts: Facts, dist: DistFacts | null): Finding[] {
  const there = page === undefined ? null : (facts.web[page.url]?.build ?? null);
  const here = dist?.build ?? null;
  if (page === undefined || there === null || here === null || here.hash === there.hash) return [];
  const newer = here.built > there.built;
  return [
    {
      code: 'build-not-published',
      severity: 'hint',
      hosts: [page.host],
      why: newer
        ? `What was built here last is not what ${page.url} shows.`
        : `${page.url} shows something newer than what was built here last.`,
      change: newer
        ? 'Publish it (npm run deploy), if it is meant to be.'
        : 'Pull and build before you publish from here.',
    },
  ];
}
