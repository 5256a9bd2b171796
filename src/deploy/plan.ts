import { BUILD_MARK, type BuiltFile } from './built-files.ts';
import { DeployFailure } from './failure.ts';
import { foldersAbove } from './folders-above.ts';
import { RANKS, type Rank, rankOf } from './publishing-order.ts';
import { type DeployRecord, mayBeLinked, recordedDigest } from './record.ts';

/** A file that a target holds, as far as it tells. */
export interface HeldFile {
  size: number;
  /** Digests of its bytes in hex, where the target knows them. */
  sha256?: string | null;
  md5?: string | null;
}

/** Files that may go in any order or all at once, after those of the waves before. */
export interface Wave {
  /** `new`: not there yet. `doubtful`: there, but nothing that readers have links to it. `changed`: the rest. */
  phase: 'new' | 'doubtful' | 'changed';
  rank: Rank;
  files: BuiltFile[];
}

/** What a deployment does, in this order: `clear`, each of `waves`, `stale`. */
export interface Plan {
  /** Files where the build has a folder of that name, and the other way round: nothing can be put there before. */
  clear: string[];
  /** The last one holds `build.json` alone, where that changes. */
  waves: Wave[];
  /** What the deployment before this one no longer had: to be removed. */
  stale: string[];
  /** What this deployment no longer has: stays until the next one. */
  left: string[];
  /** How many files are there already as they should be. */
  same: number;
}

/**
 * Plans how a target that holds `held` comes to show `files`. `record` is what Dran remembers of the target.
 *
 * What is promised, wherever a deployment breaks off and whatever build comes next: a page that readers can come to
 * by links from a start page never links to a file that is missing. The record keeps L, the paths that such pages may
 * link to: those of the last build whose deployment came to its end, and of every build since for which pages of L
 * have begun to change. All of L is there, and what stands there links to L alone. Let C be the build that is planned.
 *
 * - Nothing of L is removed. What goes at the end is in no way linked to, and was given up by the deployment before.
 * - Files whose path is not there go first. Nothing of L links to them, so half of them do no harm; among them
 *   pictures go before pages, and pages before feeds, so that an address handed on early works too.
 * - Then the `doubtful` ones: there, but not in L. They were given up, or left behind by a deployment that broke off
 *   early, and may link to what is gone or was never sent. They take their new form while nothing of L leads to them.
 * - What readers get without a link counts as part of L from the first.
 * - Now all of C that is not in L stands there as C has it. The record takes C into L, and only then the files of L
 *   change: whatever the order, each of them links to L. It goes by rank all the same, so that what a reader follows
 *   is never older than where it stood.
 * - `build.json` is last: it says that everything is there.
 *
 * A file is sent unless it is known to be there: by a digest that the target gives, else by the record together with
 * the size.
 *
 * Throws a `DeployFailure` where somebody else's file stands where the build needs a folder, or the other way round.
 */
export function planDeployment(
  files: readonly BuiltFile[],
  held: ReadonlyMap<string, HeldFile>,
  record: DeployRecord,
): Plan {
  const wanted = new Set(files.map(({ path }) => path));
  const ours = new Set([...record.files.keys(), ...record.left, ...record.begun]);
  const clear = inTheWay(wanted, held);
  const foreign = clear.find((path) => !ours.has(path));
  if (foreign !== undefined) {
    throw new DeployFailure(
      `${foreign} at the target is not Dran's, and stands where the page needs its place.`,
      {
        advice: 'Move it away, or publish to a folder of its own.',
        again: false,
      },
    );
  }
  const cleared = new Set(clear);
  const phases: Record<Wave['phase'], BuiltFile[]> = { new: [], doubtful: [], changed: [] };
  let same = 0;
  for (const file of files) {
    const there = cleared.has(file.path) ? undefined : held.get(file.path);
    if (there !== undefined && isSame(file, there, record)) same += 1;
    else if (rankOf(file.path) === 'entry') phases.changed.push(file);
    else if (there === undefined) phases.new.push(file);
    else phases[mayBeLinked(record, file.path) ? 'changed' : 'doubtful'].push(file);
  }
  // What a deployment that broke off had taken up again may be linked to.
  const isStale = (path: string) => record.left.has(path) && !mayBeLinked(record, path);
  const gone = [...ours].filter((path) => !wanted.has(path) && held.has(path) && !cleared.has(path)).sort();
  return {
    clear,
    waves: [
      ...wavesOf('new', phases.new),
      ...wavesOf('doubtful', phases.doubtful),
      ...wavesOf('changed', phases.changed),
    ].sort((one, other) => Number(one.rank === 'mark') - Number(other.rank === 'mark')),
    stale: gone.filter(isStale),
    left: gone.filter((path) => !isStale(path)),
    same,
  };
}

/** What a target may hold of `files` in another form than the record says, once the plan has begun. */
export function uncertainOnce(plan: Plan, files: readonly BuiltFile[], record: DeployRecord): string[] {
  const sent = plan.waves.flatMap((wave) => wave.files);
  const added = files.filter(({ path }) => !record.files.has(path));
  return [...new Set([...sent, ...added].map(({ path }) => path))];
}

function isSame(file: BuiltFile, there: HeldFile, record: DeployRecord): boolean {
  if (there.size !== file.size) return false;
  if (there.sha256) return there.sha256 === file.sha256;
  if (there.md5) return there.md5 === file.md5;
  return recordedDigest(record, file.path) === file.sha256;
}

function wavesOf(phase: Wave['phase'], files: BuiltFile[]): Wave[] {
  return RANKS.flatMap((rank) => {
    const some = files.filter(({ path }) => rankOf(path) === rank);
    return some.length === 0 ? [] : [{ phase, rank, files: some }];
  });
}

/** Files held where `wanted` has a folder, and files held in a folder where `wanted` has a file. */
function inTheWay(wanted: ReadonlySet<string>, held: ReadonlyMap<string, HeldFile>): string[] {
  const folders = new Set([...wanted].flatMap(foldersAbove));
  return [...held.keys()]
    .filter((path) => folders.has(path) || foldersAbove(path).some((folder) => wanted.has(folder)))
    .sort();
}

/** What of `files` is missing, or known to be there in another form; without what a target tells no size of. */
export function spoiltOf(
  files: readonly BuiltFile[],
  held: ReadonlyMap<string, HeldFile>,
  record: DeployRecord,
): BuiltFile[] {
  return files.filter((file) => {
    const there = held.get(file.path);
    // Some servers leave names with a dot out of lists.
    if (there === undefined) return !/(?:^|\/)\./.test(file.path);
    return there.size >= 0 && !isSame(file, there, record);
  });
}

/** Whether a plan changes nothing. */
export function isEmpty(plan: Plan): boolean {
  return plan.clear.length + plan.waves.length + plan.stale.length === 0;
}

/** How many files a plan sends, and of how many bytes. */
export function sizeOf(plan: Plan): { files: number; bytes: number } {
  const files = plan.waves.flatMap((wave) => wave.files);
  return { files: files.length, bytes: files.reduce((sum, { size }) => sum + size, 0) };
}

/** The waves before the one that says that everything is there, and that one. */
export function withoutMark(waves: readonly Wave[]): { before: Wave[]; mark: Wave[] } {
  const isMark = ({ files }: Wave) => files.some(({ path }) => path === BUILD_MARK);
  return { before: waves.filter((wave) => !isMark(wave)), mark: waves.filter(isMark) };
}
