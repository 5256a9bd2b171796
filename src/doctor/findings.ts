import type { Hosting } from '../domain/hosting.ts';
import type { Instant } from '../domain/incident.ts';
import type { Site } from '../domain/site.ts';
import type { BuildFacts } from './build-facts.ts';
import { copyFindings } from './copy-findings.ts';
import type { DistFacts } from './dist-facts.ts';
import { distFindings } from './dist-findings.ts';
import type { Facts } from './facts.ts';
import { type Finding, SEVERITIES } from './finding.ts';
import { nameFindings } from './name-findings.ts';
import type { ScheduleFacts } from './schedule-facts.ts';
import { scheduleFindings } from './schedule-findings.ts';
import { sharedFateFindings } from './shared-fate-findings.ts';
import { type Subjects, subjectsOf } from './subject.ts';
import { webFindings } from './web-findings.ts';

/** Everything that was found out, and what it is judged by. */
export interface Examination {
  site: Site;
  hosting: Hosting;
  facts: Facts;
  dist: DistFacts | null;
  schedule: ScheduleFacts;
  now: Instant;
  /** What people call the folder of the built site. */
  folder: string;
}

/** What is to be told, the gravest first. Pure: the same facts give the same findings. */
export function findingsOf(examination: Examination): Finding[] {
  const { site, hosting, facts, dist, schedule, now, folder } = examination;
  const subjects = subjectsOf(site, hosting);
  const { copies } = subjects;
  const zone = site.timezone;
  const pageNow = site.clock ?? now;
  const findings = [
    ...nothingToCompare(subjects),
    ...sharedFateFindings(subjects, facts),
    ...nameFindings(subjects, facts),
    ...webFindings(copies, facts, { now, pageNow, zone }),
    ...copyFindings(copies, facts, isForeign(dist, site) ? null : dist, zone),
    ...(isForeign(dist, site)
      ? foreignBuild(dist, site, folder)
      : distFindings(dist, { copies, targets: hosting.targets, facts, now: pageNow, zone, folder })),
    ...scheduleFindings(schedule, now),
  ];
  return SEVERITIES.flatMap((severity) => findings.filter((finding) => finding.severity === severity));
}

/** Whether what lies there was built for another site: nothing can be told of this one by it. */
function isForeign(dist: DistFacts | null, site: Site): dist is DistFacts & { build: BuildFacts } {
  return dist !== null && dist.build !== null && dist.build.url !== site.url;
}

function foreignBuild({ build }: { build: BuildFacts }, { url }: Site, folder: string): Finding[] {
  return [
    {
      code: 'no-build',
      severity: 'hint',
      hosts: [],
      why: `${folder} was built for ${build.url}, not for ${url}: whether the page fits its hosts was not checked.`,
      change: 'Run npm run build, or name the folder of this page with --dir.',
    },
  ];
}

function nothingToCompare({ copies, dependencies }: Subjects): Finding[] {
  if (dependencies.length > 0) return [];
  return [
    {
      code: 'no-dependencies',
      severity: 'risk',
      hosts: copies.slice(0, 1).map(({ host }) => host),
      why: 'The config names no dependencies: it is not known which hosts are down when you are, so nothing was compared with them.',
      change: 'Name your main site, name servers, mail and API under dependencies in status.config.yml.',
    },
  ];
}
