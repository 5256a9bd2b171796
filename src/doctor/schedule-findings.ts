import type { Instant } from '../domain/incident.ts';
import type { Finding } from './finding.ts';
import type { ScheduleFacts } from './schedule-facts.ts';
import { counted, listed } from './sentences.ts';

const DAY = 24 * 60 * 60_000;
/*
 * docs.github.com/actions, "Disabling and enabling a workflow" (checked on 2026-11-21): in a public repository
 * scheduled workflows are disabled after 60 days without activity.
 */
const STOPPED_AFTER = 60;
const SOON_AFTER = 45;

/** Whether GitHub stops, or is about to stop, the workflows that rebuild the page. */
export function scheduleFindings({ workflows, lastCommit, remotes }: ScheduleFacts, now: Instant): Finding[] {
  // Without a remote nobody knows where the repository is run.
  const onGithub = remotes.length === 0 || remotes.includes('github.com');
  if (workflows.length === 0 || lastCommit === null || !onGithub) return [];
  const quiet = Math.floor((now - lastCommit) / DAY);
  if (quiet < SOON_AFTER) return [];
  const stopped = quiet >= STOPPED_AFTER;
  return [
    {
      code: 'schedule-stops',
      severity: 'risk',
      hosts: ['github.com'],
      why: `The last commit was ${counted(quiet, 'day')} ago. GitHub stops the schedule of ${listed(workflows)} in a public repository after ${STOPPED_AFTER} quiet days${stopped ? ', so it has most likely stopped' : ''}: then maintenance neither starts nor ends on the page until somebody commits.`,
      change: stopped
        ? "Enable it again under the repository's Actions, and commit something at least every other month."
        : 'Commit something, or let another machine start the rebuild.',
    },
  ];
}
