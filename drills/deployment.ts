import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Ended, plainEnvironment, run } from './processes.ts';
import { type Contents, contentsOf, mustBuild, siteFiles, writeSite } from './site.ts';
import type { Place } from './targets.ts';

/** A finished build of one generation of the drills' site. */
export interface Finished {
  folder: string;
  contents: Contents;
}

/** Builds `count` generations once, below `folder`. */
export async function buildGenerations(program: string, folder: string, count: number): Promise<Finished[]> {
  const finished: Finished[] = [];
  for (let generation = 0; generation < count; generation++) {
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
  kill?: { after: number; since: 'start' | 'sending' };
}

/** How a deployment ended. */
export interface Deployed extends Ended {
  /** Milliseconds that it sent for; null where it had not begun or not come to the end. */
  sending: number | null;
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
export async function deploy({ program, site, dist, args = [], env, kill }: DeployOrder): Promise<Deployed> {
  const killed = Promise.withResolvers<void>();
  let began: number | null = null;
  let sending: number | null = null;
  const onError = (text: string) => {
    if (began === null && /: (?:sending|committing|pushing)/.test(text)) {
      began = performance.now();
      if (kill?.since === 'sending') pause(kill.after).then(killed.resolve);
    }
    if (began !== null && / sent$/m.test(text)) sending ??= performance.now() - began;
  };
  const ended = await run([process.execPath, 'src/cli/deploy.ts', '--dir', dist, '--wait', '1m', ...args], {
    cwd: program,
    env: { ...plainEnvironment(program), STATUS_SITE: site, ...env },
    killAfter: kill?.since === 'start' ? kill.after : undefined,
    killWhen: killed.promise,
    killAlone: true,
    onError,
  });
  return { ...ended, sending };
}
