import type { Instant } from '../domain/incident.ts';
import type { IncidentStatus } from '../domain/incident-status.ts';
import { componentRow, componentRows } from './component-row.ts';
import { type ApiContext, type ApiSource, apiContext } from './context.ts';
import type {
  Answer,
  ComponentPayload,
  IncidentPayload,
  MaintenancePayload,
  PagePayload,
} from './payload.ts';
import { incidentPayload, maintenancePayload, type RowOf } from './report.ts';
import { describeIndicator } from './vocabulary.ts';

/** How many incidents, and how many maintenances, the lists hold, as Statuspage does. */
const NEWEST = 50;

/** The endpoints that every site has, as paths below `api/v2/` without `.json`. */
export const ENDPOINTS = [
  'summary',
  'status',
  'components',
  'incidents',
  'incidents/unresolved',
  'scheduled-maintenances',
  'scheduled-maintenances/upcoming',
  'scheduled-maintenances/active',
] as const;

export type Endpoint = (typeof ENDPOINTS)[number];

/**
 * What Statuspage's public API says of a site, from its derived status. In the site's own language; a reading of the
 * same files at another time differs only by what the clock decides. Notices are no part of it: Statuspage has none.
 */
export class Api {
  readonly #context: ApiContext;
  readonly #rows: Map<string, ComponentPayload>;
  readonly #lively: ReadonlySet<IncidentStatus>;

  constructor(source: ApiSource) {
    this.#context = apiContext(source);
    this.#rows = componentRows(this.#context);
    this.#lively = new Set([
      ...this.#newest('incident'),
      ...this.#newest('maintenance'),
      ...this.#context.reports.filter(({ phase }) => phase !== 'closed'),
    ]);
  }

  /** Incidents and maintenances that have a file of their own, newest first. */
  get reports(): IncidentStatus[] {
    return this.#context.reports;
  }

  /** The id of an incident or maintenance: the name of its file. */
  idOf({ incident }: IncidentStatus): string {
    return this.#context.ids.incident(incident.slug);
  }

  /** The answer of an endpoint. */
  answer(endpoint: Endpoint): Answer {
    const { status, changed } = this.#context;
    const page = this.#page(changed);
    switch (endpoint) {
      case 'summary':
        return {
          page,
          components: [...this.#rows.values()],
          incidents: this.#incidents(this.#unresolved()),
          scheduled_maintenances: this.#maintenances([...status.maintenance, ...status.upcoming]),
          status: this.#status(),
        };
      case 'status':
        return { page, status: this.#status() };
      case 'components':
        return { page, components: [...this.#rows.values()] };
      case 'incidents':
        return { page, incidents: this.#incidents(this.#newest('incident')) };
      case 'incidents/unresolved':
        return { page, incidents: this.#incidents(this.#unresolved()) };
      case 'scheduled-maintenances':
        return { page, scheduled_maintenances: this.#maintenances(this.#newest('maintenance')) };
      case 'scheduled-maintenances/upcoming':
        return { page, scheduled_maintenances: this.#maintenances(status.upcoming) };
      case 'scheduled-maintenances/active':
        return { page, scheduled_maintenances: this.#maintenances(status.maintenance) };
    }
  }

  /**
   * The file of one incident or maintenance: what the lists say of it, where it is in one. Of an older one the
   * components are as it left them, and `page` tells of its own newest change: history must not be written anew with
   * each new outage.
   */
  report(one: IncidentStatus): Answer {
    const { dates } = this.#context;
    const rowOf = this.#lively.has(one) ? this.#rowNow : this.#rowAfter(one);
    const incident =
      one.kind === 'maintenance'
        ? maintenancePayload(this.#context, one, rowOf)
        : incidentPayload(this.#context, one, rowOf);
    return { page: this.#page(dates.newest([one])!), incident };
  }

  readonly #rowNow: RowOf = (id) => this.#rows.get(id) ?? null;

  #rowAfter(one: IncidentStatus): RowOf {
    const { placed, dates } = this.#context;
    const left = one.endedAt ?? dates.newest([one])!;
    return (id) => {
      const known = placed.get(id);
      return known === undefined ? null : componentRow(this.#context, known, 'operational', left);
    };
  }

  #newest(kind: IncidentStatus['kind']): IncidentStatus[] {
    return this.#context.reports.filter((one) => one.kind === kind).slice(0, NEWEST);
  }

  #unresolved(): IncidentStatus[] {
    return this.#context.reports.filter(({ kind, phase }) => kind === 'incident' && phase === 'open');
  }

  #incidents(these: IncidentStatus[]): IncidentPayload[] {
    return these.map((one) => incidentPayload(this.#context, one, this.#rowNow));
  }

  #maintenances(these: IncidentStatus[]): MaintenancePayload[] {
    return these.map((one) => maintenancePayload(this.#context, one, this.#rowNow));
  }

  #page(changed: Instant): PagePayload {
    const { site, ids, instant } = this.#context;
    return {
      id: ids.page,
      name: site.name,
      url: site.url,
      time_zone: site.timezone,
      updated_at: instant(changed),
    };
  }

  #status() {
    const { status } = this.#context;
    const states = Object.values(status.components).map(({ state }) => state);
    return { indicator: status.indicator, description: describeIndicator(status.indicator, states) };
  }
}
