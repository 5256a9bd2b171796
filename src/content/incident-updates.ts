import type { Update } from '../domain/incident.ts';
import { updateId } from '../domain/slug.ts';
import { INCIDENT_STATUSES, isEnded, type Kind, MAINTENANCE_STATUSES, type Status } from '../domain/words.ts';
import type { Section } from './body.ts';
import type { Problem } from './fault.ts';
import { warning } from './problem.ts';
import { short } from './yaml-map.ts';

/** Statuses of a kind from least to most finished. */
const ORDER: Record<Kind, readonly Status[]> = {
  incident: INCIDENT_STATUSES,
  maintenance: MAINTENANCE_STATUSES,
  notice: ['notice', 'resolved', 'postmortem', 'completed', 'cancelled'],
};

/** What an unknown word counts as: the least finished status of the kind. */
export function leastFinished(kind: Kind): Status {
  return ORDER[kind][0]!;
}

/** Whether a status is one of the kind's. */
export function belongsTo(status: Status, kind: Kind): boolean {
  return ORDER[kind].includes(status);
}

/** A status for a message: `investigating (open)`. */
export function describe(status: Status, kind: Kind): string {
  if (kind === 'maintenance') return status;
  return `${status} (${isEnded(status) ? 'closed' : 'open'})`;
}

function lessFinished(a: Status, b: Status, kind: Kind): Status {
  if (isEnded(a) && isEnded(b)) return a;
  return ORDER[kind].indexOf(a) <= ORDER[kind].indexOf(b) ? a : b;
}

/** Sections oldest first; within an instant in the order of the file, read newest first if its first heading is later than its last. */
export function byTime(sections: Section[]): Section[] {
  const newestFirst = sections.length > 1 && sections[0]!.at > sections.at(-1)!.at;
  const inFileOrder = newestFirst ? sections.toReversed() : sections;
  return inFileOrder.toSorted((a, b) => a.at - b.at);
}

/** The statuses of an incident and of its updates, oldest first, by the rules of DESIGN §2. */
export interface Statuses {
  status: Status;
  updates: Status[];
  /** Offsets into the body. */
  problems: Problem[];
}

/**
 * `sections`: oldest first. `given`: what the frontmatter says; null where it says nothing that can be read.
 * A heading's word that is no status of the kind counts as the least finished one. `guessed`: `given` stands for a
 * word that is no status, which was told already.
 */
export function statusesOf(sections: Section[], given: Status | null, kind: Kind, guessed = false): Statuses {
  const problems: Problem[] = [];
  const least = leastFinished(kind);
  const frontmatter = given ?? least;
  const updates: Status[] = [];
  for (const [index, section] of sections.entries()) {
    const word = headingStatus(section, kind, problems);
    updates.push(word ?? (index === sections.length - 1 ? frontmatter : (updates.at(-1) ?? least)));
  }
  const newest = sections.at(-1);
  const said = updates.at(-1);
  if (newest === undefined || said === undefined || said === frontmatter)
    return { status: frontmatter, updates, problems };
  if (isEnded(said) && isEnded(frontmatter)) return { status: frontmatter, updates, problems };
  const status = lessFinished(said, frontmatter, kind);
  updates[updates.length - 1] = status;
  if (given !== null && !guessed && newest.status !== null && belongsTo(newest.status, kind)) {
    problems.push(
      warning(
        newest.headingStart,
        newest.headingEnd,
        'status-disagrees',
        `The newest update's heading says ${said}, the frontmatter says ${frontmatter}. The less finished of the two counts, so that nothing looks over that is still open. Write the same status in both places.`,
        { publishedAs: describe(status, kind) },
      ),
    );
  }
  return { status, updates, problems };
}

/** The status that a heading names; null: none. Reports a word that is none of the kind. */
function headingStatus(section: Section, kind: Kind, problems: Problem[]): Status | null {
  const least = leastFinished(kind);
  const { status, unknownStatus } = section;
  if (unknownStatus !== null) {
    const { word, start, end, near } = unknownStatus;
    const hint =
      near === null ? ` Known ones are: ${ORDER[kind].join(', ')}.` : ` Did you mean "${near.word}"?`;
    problems.push(
      warning(start, end, 'unknown-status', `"${short(word)}" is not a status.${hint}`, {
        publishedAs: describe(least, kind),
      }),
    );
    return least;
  }
  if (status === null || belongsTo(status, kind)) return status;
  problems.push(
    warning(
      section.headingStart,
      section.headingEnd,
      'status-of-another-kind',
      `"${status}" is no status of ${kind === 'incident' ? 'an incident' : `a ${kind}`}. Known ones are: ${ORDER[kind].join(', ')}.`,
      { publishedAs: describe(least, kind) },
    ),
  );
  return least;
}

/** What an update is made of before it has its id. */
export type Draft = Omit<Update, 'id' | 'clock'> & {
  /** From `{#id}`. */
  fixedId: string | null;
};

/** Ids that the clock's own updates have. */
const CLOCK_IDS = ['start', 'end'];

/**
 * Gives updates, oldest first, their ids (DESIGN §2). A newer update never changes the id of an older one.
 * `repeated`: the indices of updates whose fixed id was taken already.
 */
export function withIds(drafts: Draft[]): { updates: Update[]; repeated: number[] } {
  const taken = new Set<string>(CLOCK_IDS);
  const repeated: number[] = [];
  const fixed = new Map<number, string>();
  for (const [index, { fixedId }] of drafts.entries()) {
    if (fixedId === null) continue;
    if (taken.has(fixedId.toLowerCase())) repeated.push(index);
    else {
      taken.add(fixedId.toLowerCase());
      fixed.set(index, fixedId);
    }
  }
  const counts = new Map<string, number>();
  const free = (base: string): string => {
    const key = base.toLowerCase();
    let count = counts.get(key) ?? 0;
    let id: string;
    do {
      count += 1;
      id = count === 1 ? base : `${base}-${count}`;
    } while (taken.has(id.toLowerCase()));
    counts.set(key, count);
    taken.add(id.toLowerCase());
    return id;
  };
  const updates = drafts.map(({ fixedId, ...rest }, index): Update => {
    const id = fixed.get(index) ?? free(fixedId ?? updateId(rest.at, rest.precision));
    return { id, ...rest, clock: null };
  });
  return { updates, repeated };
}
