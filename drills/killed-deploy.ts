import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  buildGenerations,
  type DeployOrder,
  deploy,
  entryOf,
  type Finished,
  writeTargets,
} from './deployment.ts';
import type { Drill, Ground, Trial } from './drill.ts';
import { leftRunning } from './processes.ts';
import { startReader } from './reader.ts';
import { differenceOf, GENERATIONS, pageOf } from './site.ts';
import { PLACES, type StartPlace } from './targets.ts';

/** Deployments are killed at random moments, again and again, while somebody reads. */
export const killedDeploy: Drill = {
  name: 'killed-deploy',
  about: 'kill -9 of deploy at random moments while a reader polls, for each kind of target',
  needs: ['nginx', 'rclone', 'rsync', 'git', 'sshd'],
  async *run(ground) {
    const builds = await buildGenerations(ground.program, ground.folder, GENERATIONS);
    for (const [kind, start] of Object.entries(PLACES)) yield await killed(ground, kind, start, builds);
  },
};

/** What a deployment starts, and what looks like it but is the drill's own. */
const TOOLS = /^(?:\S*\/)?(?:rclone|rsync|git) /;
const SERVERS = /^\S+ (?:serve |--daemon )/;

/** Milliseconds that a reader has between a kill and the next deployment. */
const AFTERWARDS = 300;

async function killed(
  { folder, program, rounds, say }: Ground,
  kind: string,
  start: StartPlace,
  builds: Finished[],
): Promise<Trial> {
  const own = join(folder, kind.replaceAll(/\W+/g, '-'));
  const place = await start(own);
  const site = join(own, 'site');
  await writeTargets(site, [entryOf(place)]);
  const order = (generation: number): DeployOrder => ({
    program,
    site,
    dist: builds[generation]!.folder,
    env: place.env,
  });
  const lost: string[] = [];
  const mustDeploy = async (generation: number) => {
    const { code, stdout, stderr, ...times } = await deploy(order(generation));
    if (code !== 0) lost.push(`deploy ended with ${code}: ${stdout}${stderr}`);
    if (place.gaps === 'until-next' && /\d files/.test(stdout) && !stdout.includes('gone for an instant')) {
      lost.push('The table does not say that files are gone for an instant.');
    }
    return times;
  };
  try {
    await mustDeploy(0);
    let usual = await mustDeploy(1);
    say(
      `${kind}: a deployment takes ${Math.round(usual.milliseconds)} ms, ${Math.round(usual.sending ?? 0)} of them sending`,
    );
    const reader = startReader(
      place.url,
      builds.map(({ contents }) => contents),
      place.gaps,
    );
    let kills = 0;
    let last = 1;
    // What was quicker than its kill does not count, but bounds are set to trying.
    for (let round = 0; kills < rounds && round < 5 * rounds; round++) {
      // Some come to their end, so that what is no longer there goes and can come anew.
      const whole = round % 4 === 3;
      // Half of the time the same is tried again, as people do.
      const wanted = Math.random() < 0.5 ? last : last + 1;
      last = (wanted % GENERATIONS === reader.shown() ? wanted + 1 : wanted) % GENERATIONS;
      reader.attempting(last);
      // Most of a deployment is starting and waiting: two of three kills come while it sends.
      const kill =
        round % 3 === 0
          ? ({ after: Math.random() * usual.milliseconds, since: 'start' } as const)
          : ({ after: Math.random() * (usual.sending ?? 0), since: 'sending' } as const);
      const ended = await deploy({ ...order(last), kill: whole ? undefined : kill });
      if (ended.signal === 'SIGKILL') kills += 1;
      else usual = ended;
      // So that the reader sees what the kill has left.
      await pause(AFTERWARDS);
      const orphans = await leftRunning(TOOLS, SERVERS);
      if (orphans.length > 0) lost.push(`Still running after kill ${round + 1}: ${orphans[0]}`);
    }
    last = ((reader.shown() ?? last) + 1) % GENERATIONS;
    reader.attempting(last);
    await mustDeploy(last);
    await pause(500);
    const { requests, pages, feeds, gaps, lost: missed } = await reader.stop();
    lost.push(...missed);
    // What the page no longer has goes one deployment later.
    await mustDeploy(last);
    const difference = differenceOf(pageOf(await place.contents()), builds[last]!.contents);
    if (difference !== null) lost.push(`At last the target had: ${difference}.`);
    const gone = gaps === 0 ? '' : `, ${gaps} times a file was gone, as the table of deploy says`;
    if (kills < rounds) lost.push(`Only ${kills} of ${rounds} kills came in time.`);
    const note = `${requests} requests, ${pages} pages, ${feeds} feeds read${gone}`;
    return { tried: `kill -9 of deploy to ${kind}`, times: kills, lost, note };
  } finally {
    await place.stop();
  }
}
