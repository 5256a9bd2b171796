import type { Instant } from '../domain/incident.ts';
import { instantText } from '../domain/stamp.ts';
import { dateIn } from '../domain/time.ts';
import type { PublishedBuild } from './published-build.ts';

/** A place where readers find the page, and what was found there. */
export interface PublishedCopy {
  /** Of the copy's `build.json`. */
  url: string;
  /** Whether what is built here gets there; else somebody else brings it up to date. */
  fed: boolean;
  /** A sentence's end where nothing answered: "the host is not known". */
  unreachable: string | null;
  /** Null where nothing answered, and where what answered is no build of this kind. */
  build: PublishedBuild | null;
}

/** The repository's side. */
export interface LocalState {
  /** The commit that would be built; null outside of a repository. */
  head: string | null;
  /** Whether a commit is `head` or came before it; false also where it is not known here. */
  isPast: (commit: string) => boolean;
  timezone: string;
  now: Instant;
}

/** Whether to build, and why, in one sentence. `doubtful`: somebody should look. */
export interface Verdict {
  due: boolean;
  doubtful: boolean;
  reason: string;
}

/**
 * Whether a build would change what readers get. Pure. What was published from a commit that the repository does not
 * know (or from none) was published by hand, perhaps during an outage that keeps others from pushing: it is never
 * replaced by something older, however long ago it was made.
 */
export function whetherDue(copies: readonly PublishedCopy[], local: LocalState): Verdict {
  const builds = copies.flatMap(({ url, build }) => (build === null ? [] : { url, build }));
  const { head } = local;
  for (const { url, build } of head === null ? [] : builds) {
    if (build.commit !== null && local.isPast(build.commit)) continue;
    const made =
      build.commit === null
        ? 'from files that were not committed'
        : `from the commit ${build.commit.slice(0, 12)}`;
    return stays(
      `${url} was made ${made}, which this repository does not hold. It may be newer: push what it was made from.`,
      true,
    );
  }
  const fed = copies.filter((copy) => copy.fed);
  const missing = fed.find(({ build, unreachable }) => build === null && unreachable === null);
  if (missing !== undefined) return due(`${missing.url} is not there, or is no build.`);
  for (const { url, build } of fed) {
    const why = build === null ? null : outdated(build, local);
    if (why !== null) return due(`${url} ${why}`);
  }
  const [first] = copies;
  if (builds.length === 0) {
    return stays(
      first === undefined
        ? 'The config names no address of the page.'
        : `Nothing answers: ${copies.map(({ url, unreachable }) => `${url} (${unreachable})`).join(', ')}.`,
      true,
    );
  }
  const next = builds.flatMap(({ build }) => build.nextChange ?? []).sort((a, b) => a - b)[0];
  const until =
    next === undefined ? '' : ` The next change by the clock is at ${instantText(next, local.timezone)}.`;
  return stays(`What is published is as new as this repository.${until}`, false);
}

/** The rest of a sentence that begins with the copy's address; null: it is up to date. */
function outdated(build: PublishedBuild, { head, now, timezone }: LocalState): string | null {
  if (head !== null && build.commit !== head) {
    return `shows the commit ${build.commit?.slice(0, 12)}; here it is ${head.slice(0, 12)}.`;
  }
  if (build.nextChange !== null && build.nextChange <= now) {
    return `was to change at ${instantText(build.nextChange, timezone)}.`;
  }
  // The bars of 90 days and the last 14 days move on at midnight.
  if (dateIn(build.built, timezone) !== dateIn(now, timezone)) {
    return `is of ${dateIn(build.built, timezone)}, another day.`;
  }
  return null;
}

function due(reason: string): Verdict {
  return { due: true, doubtful: false, reason };
}

function stays(reason: string, doubtful: boolean): Verdict {
  return { due: false, doubtful, reason };
}
