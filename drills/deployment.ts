import { join } from 'node:path';
import { type Ended, plainEnvironment, run } from './processes.ts';
import { type Contents, contentsOf, GENERATIONS, mustBuild, siteFiles, writeSite } from './site.ts';
import type { Place } from './targets.ts';

/** A finished build of one generation of the drills' site. */
export interface Finished {
  folder: string;
  contents: Contents;
}

/** Builds every generation once, below `folder`. */
export async function buildAll(program: string, folder: string): Promise<Finished[]> {
  const finished: Finished[] = [];
  for (let generation = 0; generation < GENERATIONS; generation++) {
    const site = join(folder, 'site');
    await writeSite(site, siteFiles(generation));
    const outDir = join(folder, `dist-${generation}`);
    await mustBuild({ program, site, outDir });
    finished.push({ folder: outDir, contents: await contentsOf(outDir) });
  }
  return finished;
}

/** What to deploy, and how. */
export interface DeployOrder {
  program: string;
  /** A folder for the config that names the targets. */
  site: string;
  dist: string;
  args?: string[];
  env?: Record<string, string>;
  /** Kills the command alone, not what it started. */
  killAfter?: number;
}

/** Writes the config that names these targets: each a YAML map without its braces. */
export async function writeTargets(site: string, targets: string[]): Promise<void> {
  const lines = targets.map((target) => `  - { ${target} }\n`).join('');
  const { 'status.config.yml': config } = siteFiles(0, `targets:\n${lines}`);
  await writeSite(site, { 'status.config.yml': config! });
}

/** The config's entry for a place. */
export function entryOf({ entry, url }: Pick<Place, 'entry' | 'url'>, more = ''): string {
  return `${entry}, url: "${url}"${more === '' ? '' : `, ${more}`}`;
}

/** Runs the deploy command, as `npm run deploy` does. */
export async function deploy({
  program,
  site,
  dist,
  args = [],
  env,
  killAfter,
}: DeployOrder): Promise<Ended> {
  return run([process.execPath, 'src/cli/deploy.ts', '--dir', dist, '--wait', '1m', ...args], {
    cwd: program,
    env: { ...plainEnvironment(program), STATUS_SITE: site, ...env },
    killAfter,
    killAlone: true,
  });
}
