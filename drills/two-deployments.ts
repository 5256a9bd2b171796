import { join } from 'node:path';
import {
  buildGenerations,
  type DeployOrder,
  deploy,
  entryOf,
  type Finished,
  writeTargets,
} from './deployment.ts';
import type { Drill, Ground, Trial } from './drill.ts';
import { copyProgram } from './program.ts';
import { startReader } from './reader.ts';
import { type Contents, differenceOf, pageOf } from './site.ts';
import { PLACES } from './targets.ts';

/** Two people deploy at the same moment. */
export const twoDeployments: Drill = {
  name: 'two-deploys',
  about: 'two deployments at once, from one machine and from two',
  needs: ['nginx', 'rclone', 'rsync', 'git'],
  async *run(ground) {
    const builds = await buildGenerations(ground.program, ground.folder, 4);
    const elsewhere = join(ground.folder, 'another-program');
    await copyProgram(elsewhere);
    yield await atOnce(ground, builds, ground.program, 'two deployments at once from one machine');
    // Another copy of the program has locks of its own, as another machine has.
    yield await atOnce(ground, builds, elsewhere, 'two deployments at once from two machines');
  },
};

const KINDS = ['folder', 'git', 'rsync (daemon)', 'rclone (sftp)', 'rclone (S3)'];

async function atOnce(
  { folder, program, say }: Ground,
  builds: Finished[],
  other: string,
  tried: string,
): Promise<Trial> {
  const lost: string[] = [];
  let refused = 0;
  for (const kind of KINDS) {
    say(`${tried}: ${kind}`);
    const own = join(folder, `${tried} ${kind}`.replaceAll(/\W+/g, '-'));
    const place = await PLACES[kind]!(own);
    try {
      const site = join(own, 'site');
      await writeTargets(site, [entryOf(place)]);
      const order = (where: string, generation: number): DeployOrder => ({
        program: where,
        site,
        dist: builds[generation]!.folder,
        env: place.env,
        args: ['--no-verify'],
      });
      await deploy(order(program, 0));
      const reader = startReader(
        place.url,
        builds.map(({ contents }) => contents),
        place.gaps,
      );
      const ends = await Promise.all([deploy(order(program, 1)), deploy(order(other, 2))]);
      const failed = ends.filter(({ code }) => code !== 0);
      refused += failed.length;
      // On one machine the second waits for the first. Elsewhere one may give way, and says so.
      for (const { code, stdout, stderr } of failed) {
        if (other === program || !/same (?:place|time)|Somebody else/.test(stdout)) {
          lost.push(`${kind}: deploy ended with ${code}: ${stdout}${stderr}`);
        }
      }
      for (const loss of (await reader.stop()).lost) lost.push(`${kind}: ${loss}`);
      await deploy(order(program, 3));
      await deploy(order(program, 3));
      const difference = differenceOf(pageOf(await place.contents()), builds[3]!.contents as Contents);
      if (difference !== null) lost.push(`${kind}: after the next deployment the target had: ${difference}.`);
    } finally {
      await place.stop();
    }
  }
  const note = refused === 0 ? undefined : `${refused} gave way and said so`;
  return { tried, times: KINDS.length, lost, note };
}
