import { execFile } from 'node:child_process';
import { appendFile, cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import manifest from '../../package.json' with { type: 'json' };
import { temporaryFolder, writeFiles } from './harness.ts';
import {
  type HostEvent,
  type RecipeRun,
  runGitlab,
  runWoodpecker,
  runWorkflow,
  type Workspace,
} from './recipe-run.ts';
import { environment } from './scratch-repository.ts';
import { type StaticHost, serveFolder } from './static-host.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const call = promisify(execFile);
const EVENING = '2026-11-21T18:40:00Z';
const NIGHT = '2026-11-21T20:10:00Z';
const OUTAGE = `---\ntitle: No power\nstatus: identified\nimpact: major\ncomponents: [web]\n---\n\n## 2026-11-21 18:30 identified\n\nWe're on it.\n`;
const SWAP = `---\ntitle: Router swap\nstatus: scheduled\ncomponents: [mail]\nscheduled: { from: 2026-11-21 20:00, to: 2026-11-21 22:00 }\n---\n\n## 2026-11-20 10:00\n\nShort breaks.\n`;
const SLIP = '---\ntitle: Mail is slow\nstatus: identifyed\n---\n\n## 2026-11-21 18:35\n\nSlow.\n';
const BROKEN = '<<<<<<< ours\n---\ntitle: Mail\n';

/** A stand-in for Dran's repository: packages are linked instead of fetched, all else is as it is released. */
async function releasedDran(): Promise<string> {
  const folder = join(await temporaryFolder(), 'dran');
  await mkdir(join(folder, 'incidents'), { recursive: true });
  for (const name of [
    'src',
    'recipes',
    'incidents/_templates',
    'astro.config.mjs',
    'tsconfig.json',
    'package-lock.json',
  ])
    await cp(join(ROOT, name), join(folder, name), { recursive: true });
  const scripts = {
    ...manifest.scripts,
    setup: `test -e node_modules || ln -s '${ROOT}/node_modules' node_modules`,
  };
  await writeFiles(folder, {
    'package.json': JSON.stringify({ ...manifest, scripts }),
    '.gitignore': 'node_modules\ndist/\n.astro/\n.cache/\n',
  });
  await git(folder, 'init', '-q', '-b', 'main');
  await commit(folder);
  await git(folder, 'tag', `v${manifest.version}`);
  return folder;
}

async function git(folder: string, ...args: string[]): Promise<string> {
  return (await call('git', ['-C', folder, ...args], { env: environment() })).stdout.trim();
}

async function commit(folder: string): Promise<void> {
  await git(folder, 'add', '--all');
  await git(folder, 'commit', '-q', '-m', 'Change');
}

/** The shapes that a site's repository can have. */
const SHAPES = ['a copy of Dran', 'a content repository'] as const;

interface Site extends Workspace {
  /** What readers get. */
  published: string;
  host: StaticHost;
}

const RECIPES: Record<
  string,
  { file: string; run: (recipe: never, event: HostEvent, site: Workspace) => Promise<RecipeRun> }
> = {
  github: { file: '.github/workflows/status.yml', run: runWorkflow },
  gitlab: { file: '.gitlab-ci.yml', run: runGitlab },
  forgejo: { file: '.forgejo/workflows/status.yml', run: runWorkflow },
  woodpecker: { file: '.woodpecker/status.yml', run: runWoodpecker },
};

const sites: Partial<Record<(typeof SHAPES)[number], Site>> = {};
const at = async (now: string, shape: (typeof SHAPES)[number], ci: string, event: HostEvent) => {
  const site = sites[shape]!;
  const { file, run } = RECIPES[ci]!;
  const recipe = parse(await readFile(join(site.folder, file), 'utf8')) as never;
  return run(recipe, event, { ...site, env: { ...site.env, STATUS_NOW: now } });
};
const build = async (shape: (typeof SHAPES)[number]) =>
  JSON.parse(await readFile(join(sites[shape]!.published, 'build.json'), 'utf8'));

beforeAll(async () => {
  const dran = await releasedDran();
  const own = join(await temporaryFolder(), 'own');
  await call('git', ['clone', '-q', dran, own], { env: environment() });
  await symlink(join(ROOT, 'node_modules'), join(own, 'node_modules'));
  const content = join(await temporaryFolder(), 'our status');
  for (const shape of SHAPES) {
    const base = await temporaryFolder();
    const published = join(base, 'published');
    await mkdir(published);
    const host = await serveFolder(published, '/status/');
    const folder = shape === 'a content repository' ? content : own;
    const env = { ...environment(), HOME: base, GITHUB_BASE_REF: 'main', CI_COMMIT_TARGET_BRANCH: 'main' };
    sites[shape] = { folder, env, published, host };
    const asked = [
      '--name',
      'Weserhost',
      '--url',
      host.url,
      '--timezone',
      'UTC',
      '--language',
      'en',
      '--components',
      'Web, Mail',
    ];
    for (const ci of Object.keys(RECIPES)) {
      const where = folder === own ? [] : ['--content', content, '--dran', dran];
      const first = ci === 'github' || folder === content ? asked : [];
      await call('npm', ['run', '-s', 'init', '--', ...where, ...first, '--ci', ci], { cwd: own, env });
    }
    if (folder === content) await git(folder, 'init', '-q', '-b', 'main');
    await appendFile(
      join(folder, 'status.config.yml'),
      `\ntargets:\n  - { folder: "${published}", name: disk }\n`,
    );
    await writeFiles(folder, {
      'incidents/2026-11-21-power.md': OUTAGE,
      'incidents/2026-11-20-swap.md': SWAP,
    });
    await commit(folder);
    const origin = join(base, 'origin.git');
    await call('git', ['clone', '-q', '--bare', folder, origin], { env: environment() });
    await git(folder, 'remote', 'remove', 'origin').catch(() => '');
    await git(folder, 'remote', 'add', 'origin', origin);
    await git(folder, 'fetch', '-q', 'origin');
  }
});

afterAll(async () => {
  for (const site of Object.values(sites)) await site.host.close();
});

describe.each(SHAPES)('in %s', (shape) => {
  it('a push is built, published and looked for where readers find it', async () => {
    const run = await at(EVENING, shape, 'github', 'push');
    expect([run.green, run.output]).toEqual([true, expect.stringContaining('disk')]);
    expect(run.ran).toEqual([
      'npm run setup',
      'npm run build',
      'npm run check -- --format github',
      'npm run setup',
      'npm run deploy -- --if-any --wait 3m',
    ]);
    const { commit: from, indicator } = await build(shape);
    expect([from, indicator]).toEqual([await git(sites[shape]!.folder, 'rev-parse', 'HEAD'), 'major']);
    expect(await readFile(join(sites[shape]!.published, 'index.html'), 'utf8')).toContain('No power');
  });

  it.each(Object.keys(RECIPES))('%s builds nothing by the clock while nothing is due', async (ci) => {
    const run = await at(EVENING, shape, ci, 'schedule');
    expect([ci, run.green, run.output]).toEqual([
      ci,
      true,
      expect.stringContaining('Not due: What is published is as new'),
    ]);
    expect(run.output).not.toContain('incidents  2');
    expect((await build(shape)).built).toBe(EVENING);
  });

  it('by the clock a window that has begun is published', async () => {
    const ci = shape === 'a copy of Dran' ? 'gitlab' : 'forgejo';
    const run = await at(NIGHT, shape, ci, 'schedule');
    expect([run.green, run.output]).toEqual([
      true,
      expect.stringContaining('was to change at 2026-11-21T20:00:00Z'),
    ]);
    expect((await build(shape)).built).toBe(NIGHT);
    expect((await at(NIGHT, shape, 'github', 'schedule')).output).toContain('Not due');
  });

  it.each([
    ['github', '::warning file=incidents/2026-11-21-mail.md,line=3'],
    ['gitlab', 'incidents/2026-11-21-mail.md:3:9  warning  unknown-status'],
    ['forgejo', '::warning file=incidents/2026-11-21-mail.md,line=3'],
    ['woodpecker', 'incidents/2026-11-21-mail.md:3:9  warning  unknown-status'],
  ])('%s marks what a pull request brings in, publishes nothing and fails', async (ci, marked) => {
    const { folder, env } = sites[shape]!;
    await git(folder, 'checkout', '-q', '-B', 'change', 'origin/main');
    await writeFile(join(folder, 'incidents/2026-11-21-mail.md'), SLIP);
    await commit(folder);
    env.CI_MERGE_REQUEST_DIFF_BASE_SHA = await git(folder, 'merge-base', 'origin/main', 'HEAD');
    const before = await build(shape);
    const run = await at(EVENING, shape, ci, 'pull_request');
    await git(folder, 'checkout', '-q', 'main');
    expect([ci, run.green, run.output]).toEqual([ci, false, expect.stringContaining(marked)]);
    expect(run.ran.join()).not.toMatch(/deploy|build/);
    expect(await build(shape)).toEqual(before);
  });

  it('on the main branch a file beyond reading keeps nothing off the page', async () => {
    const { folder, published } = sites[shape]!;
    await writeFile(join(folder, 'incidents/2026-11-21-mail.md'), BROKEN);
    await commit(folder);
    const run = await at(NIGHT, shape, shape === 'a copy of Dran' ? 'github' : 'woodpecker', 'push');
    expect([run.green, run.output]).toEqual([true, expect.stringContaining('error')]);
    expect((await build(shape)).commit).toBe(await git(folder, 'rev-parse', 'HEAD'));
    expect(await readFile(join(published, 'index.html'), 'utf8')).toContain('No power');
  });

  it('what somebody has published by hand is not replaced by the clock', async () => {
    const { published } = sites[shape]!;
    const file = join(published, 'build.json');
    const held = await readFile(file, 'utf8');
    await writeFile(file, JSON.stringify({ ...JSON.parse(held), commit: 'f'.repeat(40) }));
    const run = await at('2026-11-22T08:00:00Z', shape, 'github', 'schedule');
    expect([run.green, run.output]).toEqual([true, expect.stringContaining('::warning::')]);
    expect(run.output).toContain('push what it was made from');
    expect(JSON.parse(await readFile(file, 'utf8')).commit).toBe('f'.repeat(40));
    await writeFile(file, held);
  });
});

it('a content repository is built by the Dran that made it, as others reach it', async () => {
  const { folder, env } = sites['a copy of Dran']!;
  const made = join(await temporaryFolder(), 'made');
  const init = () =>
    call('npm', ['run', '-s', 'init', '--', '--content', made, '--name', 'W', '--url', 'w.example'], {
      cwd: folder,
      env,
    });
  await expect(init()).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--dran is missing'),
  });
  await git(folder, 'remote', 'set-url', 'origin', 'git@codeberg.org:weserhost/dran.git');
  expect((await init()).stdout).not.toContain('no tag');
  const { config } = JSON.parse(await readFile(join(made, 'package.json'), 'utf8'));
  expect(config.dran).toBe('https://codeberg.org/weserhost/dran');
});
