import type { ComponentState, Indicator, Kind, Status } from '../domain/words.ts';
import type { PayloadState, PayloadStatus } from './payload.ts';

const STATES: Record<ComponentState, PayloadState> = {
  operational: 'operational',
  'under maintenance': 'under_maintenance',
  'degraded performance': 'degraded_performance',
  'partial outage': 'partial_outage',
  'major outage': 'major_outage',
};

/** A component's state in Statuspage's words. */
export function payloadState(state: ComponentState): PayloadState {
  return STATES[state];
}

const STATUSES: Partial<Record<Status, PayloadStatus>> = {
  investigating: 'investigating',
  identified: 'identified',
  monitoring: 'monitoring',
  resolved: 'resolved',
  postmortem: 'postmortem',
  scheduled: 'scheduled',
  'in progress': 'in_progress',
  verifying: 'verifying',
  completed: 'completed',
  // Statuspage knows no other way to say that there will be no work; the text of the update says which it is.
  cancelled: 'completed',
};

/** A status in Statuspage's words; one that it lacks is the least finished of its kind. */
export function payloadStatus(status: Status, kind: Kind): PayloadStatus {
  return STATUSES[status] ?? (kind === 'maintenance' ? 'scheduled' : 'investigating');
}

/** The sentence that Statuspage says to an indicator, which some clients compare: English whatever the site's language. */
export function describeIndicator(indicator: Indicator, components: ComponentState[]): string {
  switch (indicator) {
    case 'none':
      return 'All Systems Operational';
    case 'maintenance':
      return 'Service Under Maintenance';
    case 'minor':
      return components.includes('degraded performance')
        ? 'Partially Degraded Service'
        : 'Minor Service Outage';
    case 'major':
      return 'Partial System Outage';
    case 'critical':
      return 'Major System Outage';
  }
}
