import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

const HOST = short(hostname());

/** Says which names this process has made: the same however often this module is loaded. */
const SELF = (() => {
  const known = globalThis as { [key: symbol]: string | undefined };
  const key = Symbol.for('dran.process');
  const self = known[key] ?? randomBytes(4).toString('hex');
  known[key] = self;
  return self;
})();

const NO_START = '00000000';

/**
 * A name for a folder that only this process uses: `<prefix><host>-<pid>-<start>-<process>-<random>`, of `[0-9a-f-]`
 * after the prefix. `pid`: of another process of this machine, whose name it is to be.
 */
export function ownName(prefix: string, pid: number = process.pid): string {
  const maker = pid === process.pid ? SELF : randomBytes(4).toString('hex');
  return `${prefix}${HOST}-${pid}-${startOf(pid)}-${maker}-${randomBytes(4).toString('hex')}`;
}

/**
 * Whether the process that made this name is gone; its number may be another one's by now, in a container often that
 * of this very process. False where that can't be told: names made on another machine (a shared disk), and names that
 * are none of ours.
 */
export function isAbandoned(name: string, prefix: string): boolean {
  const made = /^([0-9a-f]{8})-(\d+)-([0-9a-f]{8})-([0-9a-f]{8})-[0-9a-f]{8}$/.exec(
    name.startsWith(prefix) ? name.slice(prefix.length) : '',
  );
  if (made === null || made[1] !== HOST) return false;
  const [, , number, start, maker] = made as unknown as [string, string, string, string, string];
  if (maker === SELF) return false;
  const pid = Number(number);
  const now = startOf(pid);
  if (start !== NO_START && now !== NO_START) return start !== now;
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

/**
 * When a process began, as 8 hex digits that no other process of this number has: of Linux's boot id and the 22nd
 * field of `/proc/<pid>/stat` (proc_pid_stat(5)). `00000000` where there is no such process, or no such file system.
 */
function startOf(pid: number): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8');
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name of the program, in brackets, may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return short(`${boot}${fields[19]}`);
  } catch {
    return NO_START;
  }
}

function short(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

/** Names in `folder` that begin with `prefix` and whose makers are gone, sorted. A missing folder has none. */
export async function abandonedIn(folder: string, prefix: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => isAbandoned(name, prefix)).sort();
}

/** Removes what killed processes left in `folder` under `prefix`. What can't be removed stays: it does no harm. */
export async function sweep(folder: string, prefix: string): Promise<void> {
  for (const name of await abandonedIn(folder, prefix)) {
    await rm(join(folder, name), { recursive: true, force: true }).catch(() => {});
  }
}
