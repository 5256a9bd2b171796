import type { Incident, Instant, Update } from './incident.ts';
import { isEnded, type Status } from './words.ts';

/** What the clock makes of a maintenance. */
export interface MaintenanceClock {
  status: Status;
  /** Oldest first: the file's, and the ones with the ids `start` and `end` that the clock made. */
  updates: Update[];
  /** The window is over, but nobody reported the work finished. */
  overrun: boolean;
}

/**
 * The rules of DESIGN §2, "Windows of a maintenance".
 * At `from` it is in progress. At `to` the clock completes it only if it may (`auto-complete`) and nobody wrote an
 * update at or after `from`: who wrote one, also writes the last one. What the clock did stands among the updates,
 * until people's own words say the same.
 */
export function clockOf(incident: Incident, now: Instant): MaintenanceClock {
  const { window, status, updates } = incident;
  const asWritten = { status, updates, overrun: false };
  if (window === null || now < window.from) return asWritten;
  const begun = updates.some((update) => update.status === 'in progress' || update.status === 'verifying');
  const end = updates.find((update) => isEnded(update.status));
  const calledOff = end !== undefined && end.at <= window.from;
  const withStart =
    begun || calledOff ? updates : inOrder([...updates, byClock('start', window.from, 'in progress')]);
  if (isEnded(status)) return { status, updates: withStart, overrun: false };
  const running = status === 'scheduled' ? 'in progress' : status;
  if (now < window.to) return { status: running, updates: withStart, overrun: false };
  const reported = updates.some((update) => update.at >= window.from);
  if (!incident.autoComplete || reported) return { status: running, updates: withStart, overrun: true };
  return {
    status: 'completed',
    updates: inOrder([...withStart, byClock('end', window.to, 'completed')]),
    overrun: false,
  };
}

function byClock(clock: 'start' | 'end', at: Instant, status: Status): Update {
  return { id: clock, at, precision: 'minute', status, authors: [], states: {}, text: '', clock };
}

/** By time; what people wrote in the minute of the clock's word comes after it. */
function inOrder(updates: Update[]): Update[] {
  return updates.sort((a, b) => a.at - b.at || Number(a.clock === null) - Number(b.clock === null));
}
