import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Drill, Ground, Trial } from './drill.ts';
import { copyProgram } from './program.ts';
import { build, contentsOf, differenceOf, mustBuild, siteFiles, writeSite } from './site.ts';
import { leaveRoom, mountDisk } from './small-disk.ts';

/** How many steps there are from no room on the disk to just enough. */
const STEPS = { all: 8, output: 4 };

/** The disk is full while a site is built, wherever on it the site, the cache and the output lie. */
export const fullDisk: Drill = {
  name: 'full-disk',
  about: 'a build on a disk that fills up leaves the old output whole',
  needs: [],
  async *run(ground) {
    if (!ground.namespaces || !(await mountDisk(join(ground.folder, 'try'), 1))) {
      const note = 'the kernel forbids mounting here';
      yield { tried: 'a build on a full disk', times: 0, lost: [], note };
      return;
    }
    yield await allOnOneDisk(ground);
    yield await outputOnItsOwn(ground, 'dist in a folder of a disk of its own', 'disk/dist');
    yield await outputOnItsOwn(ground, 'dist is a disk of its own', 'disk');
  },
};

async function allOnOneDisk({ folder, say }: Ground): Promise<Trial> {
  const disk = join(folder, 'one');
  await mountDisk(disk, 256);
  const program = join(disk, 'program');
  await copyProgram(program);
  const order = { program, site: join(disk, 'site'), outDir: join(program, 'dist') };
  await writeSite(order.site, siteFiles(0));
  const before = await statfs(disk);
  await mustBuild(order);
  const after = await statfs(disk);
  const needed = (before.bavail - after.bavail) * after.bsize;
  const old = await contentsOf(order.outDir);
  await writeSite(order.site, siteFiles(1));
  await mustBuild({ ...order, outDir: join(folder, 'expected') });
  const fresh = await contentsOf(join(folder, 'expected'));
  return atEveryLevel({
    steps: STEPS.all,
    order,
    disk,
    needed,
    old,
    fresh,
    say,
    tried: 'program, cache and dist on one full disk',
  });
}

async function outputOnItsOwn(
  { folder, program, say }: Ground,
  tried: string,
  place: string,
): Promise<Trial> {
  const own = join(folder, tried.replaceAll(' ', '-'));
  const disk = join(own, 'disk');
  await mountDisk(disk, 16);
  const order = { program, site: join(own, 'site'), outDir: join(own, place) };
  await writeSite(order.site, siteFiles(0));
  await mustBuild(order);
  const { bavail, blocks, bsize } = await statfs(disk);
  const needed = (blocks - bavail) * bsize;
  const old = await contentsOf(order.outDir);
  await writeSite(order.site, siteFiles(1));
  await mustBuild({ ...order, outDir: join(own, 'expected') });
  const fresh = await contentsOf(join(own, 'expected'));
  return atEveryLevel({ steps: STEPS.output, order, disk, needed, old, fresh, say, tried });
}

interface Levels {
  steps: number;
  order: { program: string; site: string; outDir: string };
  disk: string;
  /** Bytes that a build takes on the disk. */
  needed: number;
  /** What the output holds, and what it holds once the build succeeds. */
  old: Record<string, string>;
  fresh: Record<string, string>;
  say(text: string): void;
  tried: string;
}

async function atEveryLevel({ steps, order, disk, needed, old, fresh, say, tried }: Levels): Promise<Trial> {
  const lost: string[] = [];
  let refused = 0;
  // The ballast would count as left over where the output is the disk itself.
  const output = async () => {
    const { ballast: _, ...files } = await contentsOf(order.outDir);
    return files;
  };
  for (let level = 0; level < steps; level++) {
    // Finer where it is tight: a build that is half done fails elsewhere than one that has just begun.
    const room = Math.round(needed * (level / steps) ** 2);
    say(`${tried}: ${Math.round(room / 1024)} KiB left`);
    await leaveRoom(disk, room);
    const { code, stderr } = await build(order);
    const difference = differenceOf(await output(), code === 0 ? fresh : old);
    if (difference !== null)
      lost.push(`With ${room} bytes left a build ended with ${code} and dist had: ${difference}.`);
    if (code === 0) break;
    refused += 1;
    if (!/no space left/i.test(stderr))
      lost.push(`With ${room} bytes left the message does not say so: ${stderr}`);
  }
  await leaveRoom(disk, Number.MAX_SAFE_INTEGER);
  await mustBuild(order);
  const difference = differenceOf(await output(), fresh);
  if (difference !== null) lost.push(`With room again dist had: ${difference}.`);
  if (refused === 0) lost.push('The disk was never full, so nothing was tried.');
  return { tried, times: refused, lost };
}
