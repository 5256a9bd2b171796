import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { buildAll, type DeployOrder, deploy, entryOf, type Finished, writeTargets } from './deployment.ts';
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
    const builds = await buildAll(ground.program, ground.folder);
    for (const [kind, start] of Object.entries(PLACES)) yield await killed(ground, kind, start, builds);
  },
};

/** What a deployment starts, and what looks like it but is the drill's own. */
const TOOLS = /^(?:\S*\/)?(?:rclone|rsync|git) /;
const SERVERS = /^\S+ (?:serve |--daemon )/;

async function killed(
  { folder, program, rounds, say }: Ground,
  kind: string,
  start: StartPlace,
  builds: Finished[],
): Promise<Trial> {
  const own = join(folder, kind.replaceAll(' ', '-'));
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
    const { code, stdout, stderr, milliseconds } = await deploy(order(generation));
    if (code !== 0) lost.push(`deploy ended with ${code}: ${stdout}${stderr}`);
    if (place.gaps === 'until-next' && /\d files/.test(stdout) && !stdout.includes('gone for an instant')) {
      lost.push('The table does not say that files are gone for an instant.');
    }
    return milliseconds;
  };
  try {
    await mustDeploy(0);
    const usual = await mustDeploy(1);
    say(`${kind}: a deployment takes ${(usual / 1000).toFixed(1)} s`);
    const reader = startReader(
      place.url,
      builds.map(({ contents }) => contents),
      place.gaps,
    );
    let kills = 0;
    let last = 1;
    for (let round = 0; round < rounds; round++) {
      // Half of the time the same is tried again, as people do.
      const wanted = Math.random() < 0.5 ? last : last + 1;
      last = (wanted % GENERATIONS === reader.shown() ? wanted + 1 : wanted) % GENERATIONS;
      reader.attempting(last);
      const { signal } = await deploy({ ...order(last), killAfter: Math.random() * usual });
      if (signal === 'SIGKILL') kills += 1;
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
    const gone = gaps === 0 ? '' : `, a file gone ${gaps} times, as the target is`;
    const note = `${requests} requests, ${pages} pages, ${feeds} feeds read${gone}`;
    return { tried: `kill -9 of deploy to ${kind}`, times: kills, lost, note };
  } finally {
    await place.stop();
  }
}
