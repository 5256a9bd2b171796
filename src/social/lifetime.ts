import type { Instant } from '../domain/incident.ts';
import type { IncidentStatus } from '../domain/incident-status.ts';

const DAY = 86_400_000;

/** Whether an incident has a card of its own for link previews: while it is open or ahead, and 365 days after (DESIGN §6). */
export function hasCard(one: IncidentStatus, now: Instant): boolean {
  return lives(one, now, 365 * DAY);
}

/** Whether an incident has cards for each update, to attach to a post: while it is open or ahead, and 30 days after. */
export function hasUpdateCards(one: IncidentStatus, now: Instant): boolean {
  return lives(one, now, 30 * DAY);
}

function lives(one: IncidentStatus, now: Instant, after: number): boolean {
  if (one.phase === 'open' || one.phase === 'upcoming') return true;
  return now - Math.max(one.endedAt ?? one.startedAt, one.newest.at) <= after;
}
