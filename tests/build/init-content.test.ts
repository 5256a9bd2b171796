import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { contentFiles } from '../../src/write/content-repository.ts';
import { KEYS, Terminal } from '../e2e/terminal.ts';
import {
  filesBelow,
  type Run,
  runCheck,
  runCommand,
  snapshot,
  temporaryFolder,
  writeFiles,
} from './harness.ts';
import { environment, scratchRepository } from './scratch-repository.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const SITE = ['--name', 'Weserhost', '--url', 'status.weserhost.example', '--components', 'Mail, API'];
const DRAN = ['--dran', 'https://codeberg.org/weserhost/dran'];

function init(...given: (string | Record<string, string>)[]): Promise<Run> {
  const args = given.filter((one) => typeof one === 'string');
  const env = Object.assign({}, ...given.filter((one) => typeof one === 'object'));
  const fixed = { ...environment(), LANG: 'C', TZ: 'UTC', GIT_CEILING_DIRECTORIES: '/tmp' };
  return runCommand(['src/cli/init.ts', ...args], { ...fixed, ...env });
}

const newFolder = async () => join(await temporaryFolder(), 'our status');
const withoutTemplates = async (folder: string) =>
  (await filesBelow(folder)).filter(
    (path) => !path.startsWith('incidents/_templates/') && !path.startsWith('.git/'),
  );

it('makes a folder with the site alone, the release of Dran that builds it, and CI files', async () => {
  const folder = await newFolder();
  const { code, stdout, stderr } = await init('--content', folder, ...SITE, ...DRAN);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain('docs/deploy/github-pages.md');
  expect(await withoutTemplates(folder)).toEqual([
    '.github/ISSUE_TEMPLATE/incident.yml',
    '.github/workflows/incident.yml',
    '.github/workflows/status.yml',
    '.gitignore',
    'README.md',
    'package.json',
    'public/.gitkeep',
    'status.config.yml',
  ]);
  const { config, scripts } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  expect(config).toEqual({ dran: 'https://codeberg.org/weserhost/dran', tag: `v${manifest.version}` });
  expect(Object.keys(scripts)).toEqual(
    expect.arrayContaining(['setup', 'new', 'post', 'build', 'deploy', 'due']),
  );
  const readme = await readFile(join(folder, 'README.md'), 'utf8');
  for (const text of [
    '# Status page of Weserhost',
    'components: [mail, api]',
    'npm run new',
    'New issue',
    `(now \`v${manifest.version}\`)`,
  ])
    expect(readme).toContain(text);
  const check = await runCheck({ folder, outDir: '' });
  expect([check.code, check.stdout]).toEqual([0, expect.stringContaining('nothing to report')]);
});

it('installs Dran at a branch, too, whose name has a slash', async () => {
  const dran = await scratchRepository();
  const scripts = { setup: 'true' };
  await dran.commit('2026-11-21T00:00:00Z', { 'package.json': JSON.stringify({ scripts }) });
  await dran.git('branch', 'feature/x');
  const folder = await temporaryFolder();
  const repository = { name: 'x', dran: dran.folder, tag: 'feature/x', components: [], hasForm: true };
  await writeFiles(folder, contentFiles({ ...repository, editor: null }));
  await promisify(execFile)('npm', ['run', '-s', 'setup'], { cwd: folder, env: environment() });
  expect(await readFile(join(folder, '.dran/feature/x/package.json'), 'utf8')).toContain('"setup"');
});

it.each([
  ['gitlab', '.gitlab-ci.yml'],
  ['forgejo', '.forgejo/workflows/status.yml'],
  ['woodpecker', '.woodpecker/status.yml'],
])('for %s it writes %s, and says nothing of a form', async (ci, file) => {
  const folder = await newFolder();
  expect((await init('--content', folder, ...SITE, ...DRAN, '--ci', ci)).code).toBe(0);
  expect(await withoutTemplates(folder)).toEqual(
    [file, '.gitignore', 'README.md', 'package.json', 'public/.gitkeep', 'status.config.yml'].sort(),
  );
  expect(await readFile(join(folder, 'README.md'), 'utf8')).not.toContain('New issue');
});

it('a second time changes nothing, and another CI system is added', async () => {
  const folder = await newFolder();
  await init('--content', folder, ...SITE, ...DRAN);
  const before = await snapshot(folder);
  const again = await init('--content', folder, ...DRAN);
  expect([again.code, again.stdout]).toEqual([
    0,
    expect.stringContaining('All is as it should be; nothing to do.'),
  ]);
  expect(await snapshot(folder)).toEqual(before);
  const more = await init('--content', folder, ...DRAN, '--ci', 'gitlab');
  expect(more.stdout).toContain('Written: .gitlab-ci.yml\nKept as it is: README.md\n');
  const { '.gitlab-ci.yml': added, ...rest } = await snapshot(folder);
  expect([added, rest]).toEqual([expect.any(String), before]);
});

it('leaves every byte of what is there, and says what is missing in it', async () => {
  const folder = await newFolder();
  const mine = {
    'README.md': 'mine',
    'package.json': '{"name":"mine"}',
    '.gitignore': '*.log\n/dist\n',
    '.github/workflows/status.yml': 'mine',
    'incidents/_templates/mine.en.md': 'mine',
    'public/logo.svg': '<svg/>',
    'status.config.yml': 'name: Mine\nurl: https://mine.example\n',
  };
  await writeFiles(folder, mine);
  const { code, stdout, stderr } = await init('--content', folder, ...DRAN);
  expect([code, stderr]).toEqual([0, '']);
  for (const [path, text] of Object.entries(mine))
    expect([path, await readFile(join(folder, path), 'utf8')]).toEqual([path, text]);
  expect(stdout).toContain('Kept as it is: package.json\n');
  expect(stdout).toContain('package.json was there before, without the scripts');
  expect(stdout).toContain('Add to .gitignore, a line each: .dran/\n');
  expect(await withoutTemplates(folder)).toEqual(
    [...Object.keys(mine), '.github/ISSUE_TEMPLATE/incident.yml', '.github/workflows/incident.yml']
      .filter((path) => !path.includes('_templates'))
      .sort(),
  );
});

it('in a clone it knows the repository: config and README lead to its editor', async () => {
  const { folder, git } = await scratchRepository();
  await git('remote', 'add', 'origin', 'git@github.com:weserhost/status.git');
  expect((await init('--content', folder, ...SITE, ...DRAN)).code).toBe(0);
  expect(await readFile(join(folder, 'status.config.yml'), 'utf8')).toContain(
    '\nsource: "https://github.com/weserhost/status" # the repository\n',
  );
  const readme = await readFile(join(folder, 'README.md'), 'utf8');
  expect(readme).toContain(
    '](https://github.com/weserhost/status/new/main?filename=incidents%2FYYYY-MM-DD-what.md&value=',
  );
});

it.each([
  [['--ci', 'gitlabb'], 2, 'Did you mean gitlab?'],
  [['--ci', 'jenkins'], 2, 'There are: github, gitlab, forgejo, woodpecker.'],
  [['--force'], 2, '--force has no use with --content'],
  [['--url', 'ftp://x'], 2, 'is not an address'],
])('with %j it writes nothing', async (args, code, message) => {
  const folder = await newFolder();
  const run = await init('--content', folder, ...SITE, ...DRAN, ...args);
  expect([run.code, run.stdout]).toEqual([code, '']);
  expect(run.stderr).toContain(message);
  await expect(filesBelow(folder)).rejects.toThrow();
});

it('does not nest into Dran, nor take a file for a folder', async () => {
  const inside = await init('--content', join(ROOT, 'dist/our-status'), ...SITE, ...DRAN);
  expect([inside.code, inside.stderr]).toEqual([1, expect.stringContaining('lies in Dran itself')]);
  const file = join(await temporaryFolder(), 'file');
  await writeFile(file, 'mine');
  const taken = await init('--content', file, ...SITE, ...DRAN);
  expect([taken.code, taken.stderr]).toEqual([
    1,
    expect.stringContaining('is no folder. Nothing was changed.'),
  ]);
});

it('CI files alone are for a copy of Dran, whose commands they call', async () => {
  const folder = await newFolder();
  const run = await init(...SITE, '--ci', 'github', { STATUS_SITE: folder });
  expect([run.code, run.stderr]).toEqual([2, expect.stringContaining('--content DIR --ci')]);
  await expect(filesBelow(folder)).rejects.toThrow();
});

it('--dran belongs to --content', async () => {
  const run = await init(...SITE, ...DRAN);
  expect([run.code, run.stderr]).toEqual([2, expect.stringContaining('--dran belongs to --content.')]);
});

it('asks at a terminal for what is missing', async () => {
  const folder = await newFolder();
  await mkdir(folder);
  const terminal = new Terminal(
    [process.execPath, 'src/cli/init.ts', '--content', folder, '--language', 'en', ...DRAN],
    { cwd: ROOT, env: { TZ: 'Europe/Berlin' } },
  );
  await terminal.answers('Who speaks on the page?', 'Weserhost', KEYS.enter);
  await terminal.answers('Where will readers find it?', 'status.weserhost.example', KEYS.enter);
  await terminal.answers('In which time zone', KEYS.enter);
  await terminal.answers('What do your customers use?', 'Mail, API', KEYS.enter);
  await terminal.sees('Written: package.json');
  expect(await terminal.ends()).toBe(0);
  expect(await readFile(join(folder, 'README.md'), 'utf8')).toContain('Weserhost');
});
