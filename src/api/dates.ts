import type { Instant, Update } from '../domain/incident.ts';
import type { IncidentStatus } from '../domain/incident-status.ts';
import type { SiteStatus } from '../domain/status.ts';

/** When an update was made and last changed. */
export interface UpdateDates {
  made: Instant;
  changed: Instant;
}

const SECOND = 1000;

/**
 * The dates of updates, none of them after the status's `now`, and none that changes while nothing is written. An
 * update that is ahead of now is dated a second after the newest past one of its incident, else of the site; each
 * further one a second later. Where nothing has passed yet it keeps its own date.
 */
export class Dates {
  readonly #now: Instant;
  readonly #language: string;
  readonly #newestOfSite: Instant | null;
  readonly #known = new WeakMap<IncidentStatus, UpdateDates[]>();

  /** `language`: of the texts whose edits count, where an incident has it. */
  constructor(status: SiteStatus, language: string) {
    this.#now = status.now;
    this.#language = language;
    this.#newestOfSite = status.incidents
      .flatMap(({ updates }) => updates.map(({ at }) => at))
      .reduce<Instant | null>(
        (newest, at) => (at <= status.now && at > (newest ?? -Infinity) ? at : newest),
        null,
      );
  }

  /** In the order of `updates`. */
  of(one: IncidentStatus): UpdateDates[] {
    const known = this.#known.get(one);
    if (known !== undefined) return known;
    let last = one.updates.findLast(({ at }) => at <= this.#now)?.at ?? this.#newestOfSite;
    const dates = one.updates.map((update) => {
      if (update.at > this.#now && last !== null) last += SECOND;
      const made = update.at <= this.#now || last === null ? update.at : last;
      return { made, changed: Math.max(made, this.#edited(one, update) ?? made) };
    });
    this.#known.set(one, dates);
    return dates;
  }

  #edited({ incident }: IncidentStatus, { id }: Update): Instant | null {
    const translated = incident.translations[this.#language]?.updates[id] !== undefined;
    const edits = incident.edits[translated ? this.#language : incident.language];
    const at = edits?.updates[id];
    return at !== undefined && at <= this.#now ? at : null;
  }

  /** The newest change of these; null of none. */
  newest(incidents: IncidentStatus[]): Instant | null {
    let newest: Instant | null = null;
    for (const one of incidents) {
      for (const { changed } of this.of(one)) if (newest === null || changed > newest) newest = changed;
    }
    return newest;
  }

  /** The oldest update of these that has passed; null of none. */
  oldest(incidents: IncidentStatus[]): Instant | null {
    let oldest: Instant | null = null;
    for (const one of incidents) {
      const { made } = this.of(one)[0]!;
      if (oldest === null || made < oldest) oldest = made;
    }
    return oldest;
  }
}
