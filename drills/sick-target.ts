import { join } from 'node:path';
import { z } from 'zod';
import {
  buildGenerations,
  type DeployOrder,
  deploy,
  entryOf,
  type Finished,
  writeTargets,
} from './deployment.ts';
import type { Drill, Ground, Trial } from './drill.ts';
import { type Gate, type Hindrance, openGate } from './gate.ts';
import type { Ended } from './processes.ts';
import { startReader } from './reader.ts';
import { differenceOf, pageAfter, pageOf } from './site.ts';
import { leaveRoom, mountDisk } from './small-disk.ts';
import { PLACES } from './targets.ts';

/** One of two targets is sick: the other is published to all the same, and the sick one keeps what it had. */
export const sickTarget: Drill = {
  name: 'sick-target',
  about: 'a target dead, silent, slow, full, refusing credentials or dying at half; another one is well',
  needs: ['nginx', 'rclone', 'rsync', 'git'],
  async *run(ground) {
    const builds = await buildGenerations(ground.program, ground.folder, 2);
    // Two at a time: most of the time is spent waiting.
    for (let first = 0; first < SICKNESSES.length; first += 2) {
      const pair = SICKNESSES.slice(first, first + 2);
      yield* await Promise.all(pair.map((sickness) => suffered(ground, builds, sickness)));
    }
  },
};

/** What is wrong with a target, and what must be said of it. */
interface Sickness {
  /** After "a target that". */
  is: string;
  kinds: string[];
  hindrance?: Hindrance;
  wrongPassword?: boolean;
  /** Its disk has this many bytes left. */
  room?: number;
  /** Fits what the closing table says of it. */
  said: RegExp;
  tries?: number;
  /** The longest that the whole may take, in seconds. */
  within: number;
}

const NETWORKED = ['rsync (daemon)', 'rclone (sftp)', 'rclone (webdav)', 'rclone (S3)'];

const SICKNESSES: Sickness[] = [
  { is: 'is dead', kinds: NETWORKED, hindrance: { dead: true }, said: /refused the connection/, within: 60 },
  {
    is: 'never answers',
    kinds: NETWORKED,
    hindrance: { mute: true },
    said: /longer than|does not answer/,
    tries: 1,
    within: 90,
  },
  {
    is: 'is too slow',
    kinds: NETWORKED,
    hindrance: { bytesPerSecond: 3000 },
    said: /longer than|does not answer/,
    tries: 1,
    within: 90,
  },
  {
    is: 'dies at half',
    kinds: NETWORKED,
    hindrance: { diesAfter: 200_000 },
    said: /refused the connection|broke off/,
    within: 120,
  },
  { is: 'refuses the credentials', kinds: NETWORKED, wrongPassword: true, said: /credentials/, within: 30 },
  // s3rver ends when its disk is full.
  {
    is: 'is full',
    kinds: ['folder', 'rsync (daemon)', 'rclone (sftp)', 'rclone (webdav)'],
    room: 100_000,
    // rclone's own server answers 405 over WebDAV.
    said: /no space left|does not take files/,
    within: 60,
  },
];

/** Megabytes of the disk of a target that gets full. */
const DISK = 16;

async function suffered(ground: Ground, builds: Finished[], sickness: Sickness): Promise<Trial> {
  const { folder, namespaces, say } = ground;
  const tried = `a target that ${sickness.is}`;
  if (sickness.room !== undefined && !namespaces) {
    return { tried, times: 0, lost: [], note: 'the kernel forbids mounting here' };
  }
  const lost: string[] = [];
  const seconds: number[] = [];
  const cases = sickness.kinds.map(async (kind) => {
    const own = join(folder, `${sickness.is} ${kind}`.replaceAll(/\W+/g, '-'));
    const lose = (loss: string) => lost.push(`${kind}: ${loss}`);
    try {
      seconds.push(await oneCase({ ...ground, folder: own }, builds, sickness, kind, lose));
    } catch (error) {
      lose(`The drill broke off: ${error instanceof Error ? error.stack : error}`);
    }
  });
  say(`${tried}: ${sickness.kinds.join(', ')}`);
  await Promise.all(cases);
  const note = `after at most ${Math.round(Math.max(0, ...seconds))} s`;
  return { tried, times: sickness.kinds.length, lost, note };
}

async function oneCase(
  { folder, program }: Ground,
  builds: Finished[],
  { hindrance, wrongPassword, room, said, tries = 2, within }: Sickness,
  kind: string,
  lose: (loss: string) => void,
): Promise<number> {
  let gate: Gate | null = null;
  let disk = '';
  const place = await PLACES[kind]!(join(folder, 'sick'), {
    gate: async (port) => {
      gate = await openGate(port);
      return gate.port;
    },
    async onStore(store) {
      disk = store;
      if (room !== undefined) await mountDisk(store, DISK);
    },
  });
  const well = await PLACES.folder!(join(folder, 'well'));
  const site = join(folder, 'site');
  const limits = `tries: ${tries}, time-limit: 1m`;
  await writeTargets(site, [entryOf(place, `name: sick, ${limits}`), entryOf(well, 'name: well')]);
  const order = (generation: number, env = place.env): DeployOrder => ({
    program,
    site,
    dist: builds[generation]!.folder,
    env: { ...env, ...well.env },
    args: ['--json'],
  });
  const hinder = (what: Hindrance) => gate?.hinder(what);
  try {
    const first = await deploy(order(0));
    if (first.code !== 0) lose(`Before anything was wrong deploy ended with ${first.code}: ${saidBy(first)}`);
    const reader = startReader(
      place.url,
      builds.map(({ contents }) => contents),
      place.gaps,
    );
    if (hindrance !== undefined) await hinder(hindrance);
    if (room !== undefined) await leaveRoom(disk, room);
    reader.attempting(1);
    const ended = await deploy(order(1, wrongPassword ? place.wrongEnv : place.env));
    const taken = ended.milliseconds / 1000;
    judge(ended, said, lose);
    if (taken > within) lose(`It took ${Math.round(taken)} s.`);
    const [before, current] = [builds[0]!.contents, builds[1]!.contents];
    const atWell = differenceOf(pageAfter(await well.contents(), current, before), current);
    if (atWell !== null) lose(`The other target had: ${atWell}.`);
    if (hindrance !== undefined) await hinder({});
    if (room !== undefined) await leaveRoom(disk, Number.MAX_SAFE_INTEGER);
    reader.attempting(1);
    const again = await deploy(order(1));
    if (again.code !== 0) lose(`Healed, deploy ended with ${again.code}: ${saidBy(again)}`);
    for (const loss of (await reader.stop()).lost) lose(loss);
    await deploy(order(1));
    const found = differenceOf(pageOf(await place.contents()), builds[1]!.contents);
    if (found !== null) lose(`Healed, the target had: ${found}.`);
    return taken;
  } finally {
    await place.stop();
    await well.stop();
    await (gate as Gate | null)?.stop();
  }
}

const outcome = z.object({
  targets: z.array(
    z.object({
      name: z.string(),
      verified: z.boolean().nullable(),
      fault: z.object({ message: z.string(), advice: z.string().nullable() }).nullable(),
    }),
  ),
});

/** One of two is well: exit code 3, the one verified, the other with a message and advice. */
function judge(ended: Ended, said: RegExp, lose: (loss: string) => void): void {
  if (ended.code !== 3) lose(`deploy ended with ${ended.code}, not 3: ${saidBy(ended)}`);
  if (!ended.stdout.startsWith('{')) return;
  const { targets } = outcome.parse(JSON.parse(ended.stdout));
  const [sick, well] = ['sick', 'well'].map((name) => targets.find((target) => target.name === name));
  if (well?.verified !== true) lose(`The other target was not verified: ${well?.fault?.message}`);
  const message = sick?.fault?.message ?? '';
  if (!said.test(message)) lose(`It was said: ${message}`);
  if (!sick?.fault?.advice) lose(`There was no advice for: ${message}`);
}

function saidBy({ stdout, stderr }: Ended): string {
  return `${stdout}${stderr}`.trim().slice(-800);
}
