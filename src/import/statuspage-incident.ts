import type { Stamp } from '../domain/stamp.ts';
import {
  COMPONENT_STATES,
  type ComponentState,
  IMPACTS,
  type Impact,
  INCIDENT_STATUSES,
  isEnded,
  MAINTENANCE_STATUSES,
  type Status,
  stateOfImpact,
} from '../domain/words.ts';
import { htmlMarkdown } from './html-text.ts';
import type { IncidentDraft, UpdateDraft } from './incident-text.ts';
import type { ComponentPayload, IncidentPayload, UpdatePayload } from './statuspage-payload.ts';

/** What reading an incident needs to know beside it. */
export interface StatuspageContext {
  /** Component ids of the new site by the API's ids. */
  ids: ReadonlyMap<string, string>;
  /** Component ids of the new site by name, where one component alone has it. */
  names: ReadonlyMap<string, string>;
  /** Names by the API's ids of groups: all components of a group are meant, none of them is named. */
  groups: ReadonlyMap<string, string>;
  /** Absolute; where addresses without a host lead. */
  url: string;
}

/** An incident of the API as a draft of a file, and what was assumed. */
export interface StatuspageReading {
  draft: IncidentDraft;
  notes: string[];
  /** A text could not be taken over as it looks: a person should look at the file. */
  doubtful: boolean;
  /** Names that the new site does not know. */
  unknownComponents: string[];
}

/**
 * Makes a draft of an incident or a maintenance. Updates are in the order of their times, of two at one time the one
 * that the API lists first is the newer. Null: there is no time to go by. Pure, never throws.
 */
export function readStatuspageIncident(
  incident: IncidentPayload,
  context: StatuspageContext,
): StatuspageReading | null {
  const notes: string[] = [];
  const { isMaintenance } = incident;
  const status = statusOf(incident.status, isMaintenance, notes, 'the incident') ?? leastOf(isMaintenance);
  const dated = datedUpdates(incident, notes);
  if (dated === null) return null;
  const impact = impactOf(incident.impact, isMaintenance, notes);
  const components = new Components(incident, context);

  let doubtful = false;
  let pictures = 0;
  const markdown = (body: string): string => {
    const reading = htmlMarkdown(body, context.url);
    doubtful ||= !reading.same;
    pictures += reading.pictures;
    return reading.markdown;
  };
  const updates = dated.updates.map(({ update, at }): UpdateDraft => {
    const said = statusOf(update.status, isMaintenance, notes, 'an update');
    return { at, status: said, states: components.states(update, said), text: markdown(update.body) };
  });
  const newest = updates.at(-1)!;
  if (newest.status !== status && !(newest.status && isEnded(newest.status) && isEnded(status))) {
    // The file's reader would take the less finished of the two for both.
    if (newest.status !== null)
      notes.push(`Its newest update says ${newest.status}, the incident ${status}: that counts.`);
    newest.status = null;
  }
  if (doubtful) notes.push('A text may look different from what it was.');
  if (pictures > 0) notes.push('Pictures became links.');
  if (isEnded(newest.status ?? status) && components.isOff())
    notes.push('A component was not operational when it ended. Here the end of an incident ends that too.');

  const leftover: Record<string, unknown> = { ...incident.other };
  const tweets = incident.updates.flatMap(({ tweet }) => tweet ?? []);
  if (tweets.length > 0) leftover.custom_tweets = tweets;
  const { started, resolved } = spanOf(incident, status, updates, leftover);
  const named = components.all();
  return {
    draft: {
      title: incident.name || 'Untitled',
      status,
      impact,
      components: named,
      initial: components.initial(named, impact, isMaintenance),
      started,
      resolved,
      until: null,
      window: windowOf(incident, notes, leftover),
      isNotice: false,
      pinned: false,
      draft: false,
      language: null,
      summary: dated.undated.map(({ body }) => markdown(body)).join('\n\n'),
      updates,
      leftover,
    },
    notes,
    doubtful,
    unknownComponents: components.unknown(),
  };
}

const leastOf = (isMaintenance: boolean): Status => (isMaintenance ? 'scheduled' : 'investigating');

/** What words of the other kind stand for in a maintenance. */
const IN_MAINTENANCE: Record<string, Status> = {
  investigating: 'in progress',
  identified: 'in progress',
  monitoring: 'verifying',
  resolved: 'completed',
  postmortem: 'completed',
};

/** Null: a word that is none of the kind. */
function statusOf(word: string, isMaintenance: boolean, notes: string[], whose: string): Status | null {
  const plain = word.replaceAll('_', ' ').trim().toLowerCase();
  const known: readonly string[] = isMaintenance ? MAINTENANCE_STATUSES : INCIDENT_STATUSES;
  if (known.includes(plain)) return plain as Status;
  const other = isMaintenance && Object.hasOwn(IN_MAINTENANCE, plain) ? IN_MAINTENANCE[plain]! : null;
  note(notes, `The status "${word}" of ${whose} became ${other ?? 'that of the update before it, or open'}.`);
  return other;
}

function impactOf(word: string, isMaintenance: boolean, notes: string[]): Impact | null {
  const plain = word.trim().toLowerCase();
  if ((IMPACTS as readonly string[]).includes(plain)) return plain as Impact;
  if (isMaintenance && (plain === 'maintenance' || plain === '')) return null;
  note(notes, `The impact "${word}" is none: left out, which counts as minor.`);
  return null;
}

function note(notes: string[], message: string): void {
  if (!notes.includes(message)) notes.push(message);
}

interface Dated {
  /** Oldest first; at least one. */
  updates: { update: UpdatePayload; at: Stamp }[];
  /** Texts without a time, in the order of the payload. */
  undated: UpdatePayload[];
}

function datedUpdates(incident: IncidentPayload, notes: string[]): Dated | null {
  const undated = incident.updates.filter(({ at }) => at === null);
  const oldestFirst = incident.updates
    .flatMap((update) => (update.at === null ? [] : [{ update, at: update.at }]))
    .reverse();
  const updates = oldestFirst.toSorted((a, b) => a.at.at - b.at.at);
  if (updates.some((one, index) => one !== oldestFirst[index]))
    notes.push('Its updates did not stand in the order of their times: now they do.');
  if (undated.length > 0)
    notes.push(`${undated.length} of its updates had no time: their text stands above the others.`);
  if (updates.length === 0) {
    const at = incident.started ?? incident.created ?? incident.scheduledFor ?? incident.updated;
    if (at === null) return null;
    notes.push('It had no update: it got one without text, dated as the incident.');
    const update = { status: incident.status, body: '', at, affected: [], tweet: null };
    updates.push({ update, at });
  }
  return { updates, undated };
}

/** Start and end, where the updates do not tell them. */
function spanOf(
  incident: IncidentPayload,
  status: Status,
  updates: UpdateDraft[],
  leftover: Record<string, unknown>,
): { started: Stamp | null; resolved: Stamp | null } {
  const same = (a: Stamp | null, b: Stamp | null) => a?.at === b?.at;
  const { started, created, scheduledFor, resolved, isMaintenance } = incident;
  const first = updates[0]!.at;
  // A maintenance that was never begun by hand bears the time at which it was announced, or planned to begin.
  const isAnnouncement = isMaintenance && (same(started, created) || same(started, scheduledFor));
  const lastOpen = updates.findLastIndex((update, index) => {
    const said = update.status ?? (index === updates.length - 1 ? status : null);
    return said === null || !isEnded(said);
  });
  const closing = updates[lastOpen + 1];
  if (created !== null && !same(created, first)) leftover.created_at = timeText(created);
  if (resolved !== null && !isEnded(status)) leftover.resolved_at = timeText(resolved);
  return {
    started: started === null || same(started, first) || isAnnouncement ? null : started,
    resolved: !isEnded(status) || same(resolved, closing?.at ?? null) ? null : resolved,
  };
}

const timeText = ({ at }: Stamp): string => new Date(at).toISOString();

function windowOf(
  { scheduledFor, scheduledUntil, isMaintenance }: IncidentPayload,
  notes: string[],
  leftover: Record<string, unknown>,
): IncidentDraft['window'] {
  if (!isMaintenance) return null;
  if (scheduledFor !== null && scheduledUntil !== null && scheduledFor.at < scheduledUntil.at)
    return { from: scheduledFor, to: scheduledUntil };
  if (scheduledFor !== null) leftover.scheduled_for = timeText(scheduledFor);
  if (scheduledUntil !== null) leftover.scheduled_until = timeText(scheduledUntil);
  notes.push('Its window has no length: it stays what its status says, and does not run by the clock.');
  return null;
}

function stateOf(word: string): ComponentState | null {
  const plain = word.replaceAll('_', ' ').trim().toLowerCase();
  return (COMPONENT_STATES as readonly string[]).includes(plain) ? (plain as ComponentState) : null;
}

/** The components of one incident, by id of the new site or by a name that it does not know. */
class Components {
  readonly #context: StatuspageContext;
  readonly #names = new Map<string, string>();
  readonly #keys = new Set<string>();
  readonly #unknown = new Set<string>();
  /** The state that the last update gave. */
  readonly #running = new Map<string, ComponentState>();
  /** States before the first update that names the component; `index` is that update's. */
  readonly #first = new Map<string, { index: number; before: ComponentState; after: ComponentState }>();
  #updates = 0;

  constructor(incident: IncidentPayload, context: StatuspageContext) {
    this.#context = context;
    const listed = incident.components.filter(({ isGroup }) => !isGroup);
    for (const { id, name } of listed) this.#names.set(id, name);
    for (const component of listed) this.#add(component);
  }

  #add({ id, name }: Pick<ComponentPayload, 'id' | 'name'>): string {
    const shown = this.#names.get(id) ?? name;
    const known = this.#context.ids.get(id) ?? this.#context.names.get(shown);
    if (known === undefined) this.#unknown.add(shown);
    this.#keys.add(known ?? shown);
    return known ?? shown;
  }

  /** What an update changed; a state that it only repeats is left out. */
  states(update: UpdatePayload, status: Status | null): Record<string, ComponentState> {
    const index = this.#updates++;
    const changed: [string, ComponentState][] = [];
    for (const affected of update.affected) {
      if (this.#context.groups.has(affected.id)) continue;
      const after = stateOf(affected.after);
      const key = this.#add(affected);
      if (after === null) continue;
      // Written, it would hold when the window begins.
      if (status === 'scheduled' && after === 'operational') continue;
      if (!this.#first.has(key))
        this.#first.set(key, { index, before: stateOf(affected.before) ?? 'operational', after });
      if (this.#running.get(key) === after) continue;
      this.#running.set(key, after);
      changed.push([key, after]);
    }
    return Object.fromEntries(changed);
  }

  /** Ids and unknown names, in the order in which they were named. */
  all(): string[] {
    return [...this.#keys];
  }

  unknown(): string[] {
    return [...this.#unknown];
  }

  /** What each was like at the beginning; null: all of them as the first update or the impact says. */
  initial(
    named: string[],
    impact: Impact | null,
    isMaintenance: boolean,
  ): Record<string, ComponentState> | null {
    if (isMaintenance || [...this.#first.values()].every(({ index }) => index === 0)) return null;
    return Object.fromEntries(
      named.map((key) => {
        const first = this.#first.get(key);
        if (first === undefined) return [key, stateOfImpact(impact ?? 'minor')];
        return [key, first.index === 0 ? first.after : first.before];
      }),
    );
  }

  /** Whether the last word about a component was not that it works again. */
  isOff(): boolean {
    return [...this.#running.values()].some((state) => state !== 'operational');
  }
}
