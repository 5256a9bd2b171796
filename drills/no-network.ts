import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Drill, Ground, Trial } from './drill.ts';
import { plainEnvironment, run } from './processes.ts';
import { build, contentsOf, differenceOf, mustBuild, NOW, siteFiles, writeSite } from './site.ts';

/** Nothing listens on this port, and no registry is reached without a network. */
const NO_REGISTRY = 'http://127.0.0.1:9/';

/** A site is built where there is no network at all, and the commands run without the npm registry. */
export const noNetwork: Drill = {
  name: 'no-network',
  about: 'a build without any network gives the same bytes; commands work without the npm registry',
  needs: [],
  async *run(ground) {
    const within = networkless();
    if (within === null) {
      const note = 'the kernel forbids network namespaces here';
      yield { tried: 'a build without any network', times: 0, lost: [], note };
      return;
    }
    yield await sameBytes(ground, within);
    yield await withoutRegistry(ground, within);
  },
};

/** The command that takes the network away from another; null where the kernel forbids it. */
function networkless(): string[] | null {
  const kinds = [
    ['unshare', '--net'],
    ['unshare', '--map-root-user', '--net'],
  ];
  return (
    kinds.find(([name, ...args]) => spawnSync(name!, [...args, 'true'], { stdio: 'ignore' }).status === 0) ??
    null
  );
}

async function sameBytes({ folder, program, say }: Ground, within: string[]): Promise<Trial> {
  say('building with and without a network');
  const site = join(folder, 'site');
  await writeSite(site, siteFiles(0));
  const lost: string[] = [];
  const [with_, without] = [join(folder, 'with'), join(folder, 'without')];
  const around = await run([...within, 'cat', '/proc/net/dev'], { env: plainEnvironment(folder) });
  const devices = around.stdout
    .split('\n')
    .filter((line) => line.includes(':'))
    .map((line) => line.split(':')[0]!.trim());
  if (devices.some((name) => name !== 'lo'))
    lost.push(`There was a network after all: ${devices.join(', ')}.`);
  await mustBuild({ program, site, outDir: with_, args: ['--force'] });
  const alone = await build({ program, site, outDir: without, args: ['--force'], within });
  if (alone.code !== 0) lost.push(`The build without a network ended with ${alone.code}: ${alone.stderr}`);
  const expected = await contentsOf(with_);
  const difference = differenceOf(await contentsOf(without), expected);
  if (difference !== null) lost.push(`Without a network the build gives other files: ${difference}.`);
  return {
    tried: 'a build without any network, compared byte for byte',
    times: Object.keys(expected).length,
    lost,
    note: 'files',
  };
}

async function withoutRegistry({ folder, program, say }: Ground, within: string[]): Promise<Trial> {
  const site = join(folder, 'site');
  const commands = [
    ['npm', 'run', 'build', '--', '--outDir', join(folder, 'dist')],
    ['npm', 'run', 'check'],
    ['npm', 'run', 'new', '--', '--title', 'No registry', '--text', 'Down.', '--dry-run'],
    ['npm', 'exec', '--', 'vitest', 'run', '--project', 'unit', 'tests/unit/domain'],
  ];
  const lost: string[] = [];
  for (const command of commands) {
    say(command.join(' '));
    const ended = await run([...within, ...command], {
      cwd: program,
      env: {
        ...plainEnvironment(folder),
        npm_config_registry: NO_REGISTRY,
        npm_config_cache: join(folder, 'npm-cache'),
        STATUS_SITE: site,
        STATUS_NOW: NOW,
      },
      killAfter: 180_000,
    });
    if (ended.code !== 0) {
      const said = `${ended.stdout}${ended.stderr}`.trim().slice(-600);
      lost.push(`${command.join(' ')} ended with ${ended.code ?? ended.signal}: ${said}`);
    }
  }
  const page = await readFile(join(folder, 'dist/index.html'), 'utf8').catch(() => '');
  if (!page.includes('Power failure'))
    lost.push('The page built without the registry does not tell of the outage.');
  return { tried: 'npm run build, check, new and tests without the registry', times: commands.length, lost };
}
