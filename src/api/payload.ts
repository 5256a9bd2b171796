/**
 * The answers of Atlassian Statuspage's public API, version 2, key by key in the order that real pages have. Every key
 * is always there, as `null` where it has no value; there are no others. Times are RFC 3339 with milliseconds, in the
 * site's time zone.
 */

/** Worst first in no order: what clients know. */
export type PayloadIndicator = 'none' | 'minor' | 'major' | 'critical' | 'maintenance';
export type PayloadState =
  | 'operational'
  | 'degraded_performance'
  | 'partial_outage'
  | 'major_outage'
  | 'under_maintenance';
export type PayloadStatus =
  | 'investigating'
  | 'identified'
  | 'monitoring'
  | 'resolved'
  | 'postmortem'
  | 'scheduled'
  | 'in_progress'
  | 'verifying'
  | 'completed';
export type PayloadImpact = 'none' | 'minor' | 'major' | 'critical' | 'maintenance';

/** Stands at the head of every answer. */
export interface PagePayload {
  id: string;
  name: string;
  /** Without a slash at the end. */
  url: string;
  /** IANA name. */
  time_zone: string;
  /** The newest change of what the answer holds, never the time of the build. */
  updated_at: string;
}

export interface StatusPayload {
  indicator: PayloadIndicator;
  /** One of the sentences that Statuspage has, in English on every page. */
  description: string;
}

export interface ComponentPayload {
  id: string;
  name: string;
  status: PayloadState;
  /** The oldest update of the site: since when the page tells of its components. */
  created_at: string;
  /** When an incident last changed its state. */
  updated_at: string;
  /** Its place within its group, or among groups and loose components; from 1. */
  position: number;
  description: string | null;
  /** Whether the page shows its uptime. */
  showcase: boolean;
  start_date: string | null;
  group_id: string | null;
  page_id: string;
  group: boolean;
  only_show_if_degraded: boolean;
  /** Ids of what is in it: groups alone have this key. */
  components?: string[];
}

export interface AffectedComponentPayload {
  code: string;
  /** `Group - Name` for what is in a group. */
  name: string;
  old_status: PayloadState;
  new_status: PayloadState;
}

export interface UpdatePayload {
  id: string;
  status: PayloadStatus;
  /** Plain text in paragraphs, never empty. */
  body: string;
  incident_id: string;
  created_at: string;
  /** When its text was last changed, where git tells; else `created_at`. */
  updated_at: string;
  display_at: string;
  affected_components: AffectedComponentPayload[] | null;
  deliver_notifications: boolean;
  custom_tweet: string | null;
  tweet_id: number | null;
}

interface ReportPayload {
  id: string;
  name: string;
  status: PayloadStatus;
  /** The first update. */
  created_at: string;
  /** The newest change of any update. */
  updated_at: string;
  /** The first update that said so; null for maintenance. */
  monitoring_at: string | null;
  /** When trouble or work ended; null while it has not. */
  resolved_at: string | null;
  impact: PayloadImpact;
  /** The page of the incident. */
  shortlink: string;
  /** When trouble began; of a maintenance, as Statuspage has it, `created_at`. */
  started_at: string;
  page_id: string;
  /** Newest first. */
  incident_updates: UpdatePayload[];
  components: ComponentPayload[];
}

export interface IncidentPayload extends ReportPayload {
  reminder_intervals: string | null;
}

export interface MaintenancePayload extends ReportPayload {
  scheduled_for: string;
  scheduled_until: string;
}

/** An answer: what an endpoint holds, under `page`. */
export type Answer =
  | { page: PagePayload; status: StatusPayload }
  | { page: PagePayload; components: ComponentPayload[] }
  | { page: PagePayload; incidents: IncidentPayload[] }
  | { page: PagePayload; scheduled_maintenances: MaintenancePayload[] }
  | { page: PagePayload; incident: IncidentPayload | MaintenancePayload }
  | {
      page: PagePayload;
      components: ComponentPayload[];
      incidents: IncidentPayload[];
      scheduled_maintenances: MaintenancePayload[];
      status: StatusPayload;
    };
