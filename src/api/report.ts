import { incidentPath, urlOf } from '../domain/address.ts';
import type { Update } from '../domain/incident.ts';
import type { IncidentStatus } from '../domain/incident-status.ts';
import { localText } from '../domain/site.ts';
import { type StateChange, stateChanges } from '../domain/state-changes.ts';
import { isEnded } from '../domain/words.ts';
import type { ApiContext } from './context.ts';
import type { UpdateDates } from './dates.ts';
import type {
  AffectedComponentPayload,
  ComponentPayload,
  IncidentPayload,
  MaintenancePayload,
  UpdatePayload,
} from './payload.ts';
import { payloadState, payloadStatus } from './vocabulary.ts';

/** The row of a component that a report shows, by its id in the config; null where the config has none. */
export type RowOf = (id: string) => ComponentPayload | null;

/** An incident as Statuspage has it. */
export function incidentPayload(context: ApiContext, one: IncidentStatus, rowOf: RowOf): IncidentPayload {
  return { ...reportPayload(context, one, rowOf), reminder_intervals: null };
}

/**
 * A maintenance as Statuspage has it. Without a window that can be read it is scheduled from when its work began until
 * its end, else until the promised update or the newest one.
 */
export function maintenancePayload(
  context: ApiContext,
  one: IncidentStatus,
  rowOf: RowOf,
): MaintenancePayload {
  const { instant, dates } = context;
  const { window, endedAt, nextUpdate } = one;
  const from = window?.from ?? one.startedAt;
  const to = window?.to ?? Math.max(from, endedAt ?? nextUpdate ?? dates.newest([one])!);
  return {
    ...reportPayload(context, one, rowOf),
    scheduled_for: instant(from),
    scheduled_until: instant(to),
  };
}

function reportPayload(context: ApiContext, one: IncidentStatus, rowOf: RowOf) {
  const { site, status, ids, dates, instant } = context;
  const { incident, kind, phase, startedAt, endedAt, updates } = one;
  const made = dates.of(one);
  const created = made[0]!.made;
  const monitored = kind === 'incident' ? updates.findIndex((update) => update.status === 'monitoring') : -1;
  const closing = updates.findLastIndex((update) => !isEnded(update.status)) + 1;
  const closed = made[Math.min(closing, made.length - 1)]!.made;
  const ended = endedAt !== null && endedAt <= status.now ? endedAt : closed;
  return {
    id: ids.incident(incident.slug),
    name: incident.translations[site.language]?.title ?? incident.title,
    status: payloadStatus(one.status, kind),
    created_at: instant(created),
    updated_at: instant(dates.newest([one])!),
    monitoring_at: monitored < 0 ? null : instant(made[monitored]!.made),
    resolved_at: phase === 'closed' ? instant(ended) : null,
    impact: kind === 'maintenance' ? ('maintenance' as const) : one.impact,
    shortlink: urlOf(site, site.language, incidentPath(incident.slug)),
    started_at: instant(kind === 'maintenance' || startedAt > status.now ? created : startedAt),
    page_id: ids.page,
    incident_updates: updatePayloads(context, one, made),
    components: one.components.map(({ id }) => rowOf(id)).filter((row) => row !== null),
  };
}

function updatePayloads(context: ApiContext, one: IncidentStatus, dates: UpdateDates[]): UpdatePayload[] {
  const { status, ids, instant } = context;
  const { slug } = one.incident;
  const changes = stateChanges(one, status.now);
  return one.updates
    .map((update, index): UpdatePayload => {
      const { made, changed } = dates[index]!;
      return {
        id: ids.update(slug, update.id),
        status: payloadStatus(update.status, one.kind),
        body: bodyOf(context, one, update, index === 0),
        incident_id: ids.incident(slug),
        created_at: instant(made),
        updated_at: instant(changed),
        display_at: instant(made),
        affected_components: affected(context, changes[index]!),
        // What Statuspage says of updates that are not put in afterwards.
        deliver_notifications: true,
        custom_tweet: null,
        tweet_id: null,
      };
    })
    .reverse();
}

/**
 * What an update says, in the site's own language: the first one after the incident's summary, the clock's with the
 * standard sentence, one without a text by its status. Statuspage's clients show the text as it is, so it is plain:
 * chat bots would show tags.
 */
function bodyOf(context: ApiContext, one: IncidentStatus, update: Update, isFirst: boolean): string {
  const { site, locale, text } = context;
  const { incident } = one;
  const translation = incident.translations[site.language];
  const parts: string[] = [];
  if (isFirst) parts.push(text(translation?.summary ?? incident.summary));
  // As "completed" it would pass for work that was done.
  if (update.status === 'cancelled') parts.push(`${locale.status('cancelled')}.`);
  if (update.clock !== null) parts.push(locale.t(`clock.${update.clock}`));
  else parts.push(text(translation?.updates[update.id] ?? update.text));
  const body = parts.filter((part) => part !== '').join('\n\n');
  return body === '' ? `${locale.status(update.status)}.` : body;
}

function affected(context: ApiContext, changes: StateChange[]): AffectedComponentPayload[] | null {
  const { site, ids } = context;
  const entries = changes.flatMap(({ component, before, after }) => {
    const found = context.placed.get(component);
    if (found === undefined) return [];
    const { group } = found;
    const name = localText(found.component.name, site.language, site);
    return [
      {
        code: ids.component(component),
        name: group === null ? name : `${localText(group.name, site.language, site)} - ${name}`,
        old_status: payloadState(before),
        new_status: payloadState(after),
      },
    ];
  });
  return entries.length === 0 ? null : entries;
}
