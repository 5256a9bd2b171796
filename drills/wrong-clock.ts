import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DeployOrder, deploy, entryOf, writeTargets } from './deployment.ts';
import type { Drill, Ground, Trial } from './drill.ts';
import {
  type BuildOrder,
  contentsOf,
  differenceOf,
  mustBuild,
  pageOf,
  siteFiles,
  writeSite,
} from './site.ts';
import { PLACES } from './targets.ts';

const DAY = 86_400_000;
const MINUTE = 60_000;

/** The machine's clock is a day off, then right again. */
export const wrongClock: Drill = {
  name: 'wrong-clock',
  about: 'build and deploy by a clock that is a day slow or fast, then right again',
  needs: ['nginx'],
  async *run(ground) {
    yield await offBy(ground, -DAY, 'a clock a day slow');
    yield await offBy(ground, DAY, 'a clock a day fast');
  },
};

async function offBy({ folder, program, say }: Ground, offset: number, tried: string): Promise<Trial> {
  say(tried);
  const own = join(folder, tried.replaceAll(' ', '-'));
  const lost: string[] = [];
  const site = join(own, 'site');
  const outDir = join(own, 'dist');
  const place = await PLACES.folder!(join(own, 'target'));
  const targets = join(own, 'targets');
  await writeTargets(targets, [entryOf(place)]);
  const off = {
    NODE_OPTIONS: `--import ${join(import.meta.dirname, 'clock-off.ts')}`,
    DRILL_CLOCK_OFFSET: String(offset),
  };
  // By the machine's clock: nothing stands for it here.
  const built = async (env: Record<string, string>, more: Partial<BuildOrder> = {}) => {
    await mustBuild({ program, site, outDir, env: { STATUS_NOW: '', ...env }, ...more });
    return readTimes(more.outDir ?? outDir);
  };
  const order: DeployOrder = { program, site: targets, dist: outDir };
  const published = async (env: Record<string, string>) => {
    const { code, stdout, stderr } = await deploy({ ...order, env });
    if (code !== 0) lost.push(`deploy ended with ${code}: ${stdout}${stderr}`);
    const difference = differenceOf(pageOf(await place.contents()), await contentsOf(outDir));
    return difference;
  };
  try {
    // Of today by the right clock, and running whatever the wrong one says.
    const now = Date.now();
    await writeSite(site, ongoing(now));
    const right = await built({});
    await published({});
    const wrong = await built(off);
    if (Math.abs(wrong.built - (now + offset)) > 10 * MINUTE) {
      lost.push(`By that clock build.json says ${new Date(wrong.built).toISOString()}.`);
    }
    if (!wrong.said) lost.push('The start page does not say the time of its making.');
    if (!wrong.open) lost.push('The outage is not on the page that was built by that clock.');
    const gone = await published(off);
    if (gone !== null && /missing|different/.test(gone)) lost.push(`The target had: ${gone}.`);
    const again = await built({});
    if (again.built < right.built || again.built - right.built > 30 * MINUTE) {
      lost.push(`By the right clock again build.json says ${new Date(again.built).toISOString()}.`);
    }
    if (!again.open) lost.push('The outage is not on the page by the right clock.');
    await published({});
    const left = await published({});
    if (left !== null) lost.push(`By the right clock again the target had: ${left}.`);
    // What was kept from the wrong day must not come back: compared with a build that uses nothing from before.
    const at = { STATUS_NOW: new Date(Date.now()).toISOString() };
    await built(at);
    await built(at, { outDir: join(own, 'fresh'), args: ['--force'] });
    const difference = differenceOf(await contentsOf(outDir), await contentsOf(join(own, 'fresh')));
    if (difference !== null) lost.push(`The build after it differed from a fresh one: ${difference}.`);
  } finally {
    await place.stop();
  }
  return { tried: `build and deploy by ${tried}, then by the right one`, times: 3, lost };
}

/** An outage that began an hour ago. */
function ongoing(now: number): Record<string, string> {
  const began = new Date(now - 60 * MINUTE).toISOString();
  const files = siteFiles(0);
  const outage = `---
title: Mail is down
status: investigating
impact: major
components: [mail]
---

## ${began} investigating

We are on it.
`;
  return { ...files, 'incidents/outage.md': outage };
}

interface Times {
  /** What build.json says, in milliseconds. */
  built: number;
  /** Whether the start page says the same, to the minute. */
  said: boolean;
  /** Whether the outage is on the start page. */
  open: boolean;
}

async function readTimes(dist: string): Promise<Times> {
  const { built } = JSON.parse(await readFile(join(dist, 'build.json'), 'utf8')) as { built: string };
  const html = await readFile(join(dist, 'index.html'), 'utf8');
  const times = [...html.matchAll(/<time[^>]* datetime="([^"]+)"/g)].map(([, text]) => Date.parse(text!));
  const at = Date.parse(built);
  const said = times.some((time) => Math.abs(time - at) < MINUTE);
  return { built: at, said, open: html.includes('Mail is down') };
}
