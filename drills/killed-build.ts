import { watch } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Drill, Ground, Trial } from './drill.ts';
import { type BuildOrder, build, contentsOf, differenceOf, mustBuild, siteFiles, writeSite } from './site.ts';

/** A build is killed at random moments, and in the moment that puts its output in place. */
export const killedBuild: Drill = {
  name: 'killed-build',
  about: 'kill -9 of a build at random moments leaves the old output or the new one, whole',
  needs: [],
  async *run(ground) {
    yield* kills(ground);
  },
};

async function* kills({ folder, program, rounds, say }: Ground): AsyncGenerator<Trial> {
  const order = { program, site: join(folder, 'site'), outDir: join(folder, 'out/dist') };
  const wholes: Record<string, string>[] = [];
  for (const generation of [0, 1]) {
    await writeSite(order.site, siteFiles(generation));
    await mustBuild(order);
    wholes.push(await contentsOf(order.outDir));
  }
  let usual = (await build(order)).milliseconds;
  let standing = 1;
  const moments = [
    { moment: 'at a random moment', wanted: rounds },
    { moment: 'while the output is put in place', wanted: Math.ceil(rounds / 4) },
  ] as const;
  for (const { moment, wanted } of moments) {
    const lost: string[] = [];
    let killed = 0;
    let away = 0;
    for (let round = 0; killed < wanted && round < 4 * wanted; round++) {
      const generation = 1 - standing;
      await writeSite(order.site, siteFiles(generation));
      const kill = moment === 'at a random moment' ? atRandom(usual) : whileSwapping(order);
      const { signal, milliseconds } = await build({ ...order, ...kill.how });
      kill.end();
      if (signal !== null) killed += 1;
      else usual = milliseconds;
      say(`killed ${moment}, ${round + 1} of ${wanted}`);
      const found = await contentsOf(order.outDir);
      // Between two renames there is no output for an instant. The next build puts the old one back before all else.
      if (Object.keys(found).length === 0) away += 1;
      else if (wholes.every((whole) => differenceOf(found, whole) !== null)) {
        lost.push(
          `After kill ${round + 1} dist was no whole build: ${differenceOf(found, wholes[standing]!)}.`,
        );
      }
      // Mostly the next build is killed, too.
      if (round % 4 === 3 || killed === wanted) {
        await mustBuild(order);
        const difference = differenceOf(await contentsOf(order.outDir), wholes[generation]!);
        if (difference !== null) lost.push(`The build after kill ${round + 1} gave: ${difference}.`);
        const beside = (await readdir(dirname(order.outDir))).filter((name) => name !== 'dist');
        if (beside.length > 0) lost.push(`After it there was ${beside.join(', ')} beside dist.`);
        standing = generation;
      }
    }
    if (killed < wanted) lost.push(`Only ${killed} of ${wanted} kills came in time.`);
    const note = away === 0 ? undefined : `${away} times put back by the next build`;
    yield { tried: `kill -9 of a build ${moment}`, times: killed, lost, note };
  }
}

interface Kill {
  how: Pick<BuildOrder, 'killAfter' | 'killWhen'>;
  end(): void;
}

function atRandom(usual: number): Kill {
  return { how: { killAfter: Math.random() * usual }, end() {} };
}

/** Kills as soon as the finished build shows beside the output folder, or a little later. */
function whileSwapping({ outDir }: BuildOrder): Kill {
  const { promise, resolve } = Promise.withResolvers<void>();
  const watcher = watch(dirname(outDir), (_, name) => {
    if (name?.startsWith('.dist.')) pause(Math.random() * 3).then(resolve);
  });
  return { how: { killWhen: promise }, end: () => watcher.close() };
}
