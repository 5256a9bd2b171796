import { execFile, spawn } from 'node:child_process';
import { chmod, lstat, readdir, readFile, rename, stat, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { makeSite, type Run, runBuild, type TestSite } from './harness.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const CONFIG = `name: Nordhost
url: https://status.nordhost.example
timezone: Europe/Berlin
language: de
languages: [de, en]
components:
  - { id: mail, name: Mail }
authors: { tb: Tanja B. }
`;
const POWER = `---\ntitle: Stromausfall in Dresden\nstatus: identified\nimpact: critical\ncomponents: [mail]\n---\n\n## 2026-11-21 18:05 identified ^tb\n\nKein Strom.\n`;
const NETWORK = POWER.replace('Stromausfall in', 'Netz in').replace('Kein Strom', 'Kein Netz');
const OVER = POWER.replace('Stromausfall', 'Brandalarm').replaceAll('identified', 'resolved');
const FILES = {
  'status.config.yml': CONFIG,
  'incidents/2026-11-21-strom.md': POWER,
  'incidents/2026-11-21-strom.en.md': '---\ntitle: Power failure in Dresden\n---\n',
  'incidents/2026-11-01-brandalarm.md': OVER,
};

/** Runs `post`; `input` null leaves its standard input open for ever. */
function post(
  site: TestSite,
  args: string[],
  input: string | null = '',
  env: Record<string, string> = {},
): Promise<Run> {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, ['src/cli/post.ts', ...args], {
    cwd: ROOT,
    env: {
      PATH,
      HOME,
      STATUS_SITE: site.folder,
      STATUS_NOW: '2026-11-21T17:30:00Z',
      GIT_CONFIG_GLOBAL: '/dev/null',
      ...env,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  if (input !== null) child.stdin.end(input);
  return new Promise((done, failed) => {
    const run: Run = { code: null, stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      run.stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      run.stderr += text;
    });
    child.on('error', failed);
    child.on('exit', (code) => {
      child.stdin.destroy();
      run.code = code;
    });
    child.on('close', () => done(run));
  });
}

async function text(site: TestSite, name = '2026-11-21-strom.md'): Promise<string> {
  return readFile(join(site.folder, 'incidents', name), 'utf8');
}

async function git(site: TestSite, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('git', args, { cwd: site.folder });
  return stdout.trim();
}

async function committed(site: TestSite): Promise<void> {
  await git(site, 'init', '--quiet', '--initial-branch', 'main');
  await git(site, 'config', 'user.name', 'Test');
  await git(site, 'config', 'user.email', 'test@nordhost.example');
  await git(site, 'add', '--all');
  await git(site, 'commit', '--quiet', '--message', 'start');
}

it('an incident is found by a word of its translation, and readers of both languages get the update', async () => {
  const site = await makeSite(FILES);
  const run = await post(site, ['POWER', 'Strom ist da.', '--status', 'behoben', '--by', 'tb']);
  expect([run.code, run.stderr]).toEqual([0, '']);
  expect(run.stdout).toContain('Strom ist da.\n  — Tanja B., 18:30');
  expect(await text(site)).toBe(
    POWER.replace('status: identified', 'status: resolved').replace(
      '## 2026',
      '## 2026-11-21 18:30 resolved ^tb\n\nStrom ist da.\n\n## 2026',
    ),
  );
  const built = await runBuild(site);
  expect(built.code).toBe(0);
  for (const page of ['incidents/2026-11-21-strom.html', 'en/incidents/2026-11-21-strom.html']) {
    expect(await readFile(join(site.outDir, page), 'utf8')).toContain('Strom ist da.');
  }
});

it('the one open incident needs no name, and the text may be piped in', async () => {
  const site = await makeSite(FILES);
  expect((await post(site, ['Wir sind noch dran.'])).code).toBe(0);
  expect(
    (
      await post(site, ['--status', 'monitoring'], 'Aus der Röhre: ü 🔥\n', {
        STATUS_NOW: '2026-11-21T17:40:00Z',
      })
    ).code,
  ).toBe(0);
  const written = await text(site);
  expect(written).toContain(
    '## 2026-11-21 18:40 monitoring\n\nAus der Röhre: ü 🔥\n\n## 2026-11-21 18:30 identified\n\nWir sind noch dran.\n',
  );
});

it.each([
  [
    'a name that two have',
    ['dresden', 'x'],
    'can mean 2. Name one of them in full:\n  2026-11-21-netz  Netz in Dresden (identified)\n',
  ],
  ['no name where two are open', ['Ein ganzer Satz.'], 'Which one? Name it:'],
  ['a name with a slip', ['strmo', 'x'], 'Did you mean 2026-11-21-strom?'],
  [
    'the name of something that is over',
    ['brandalarm', 'x'],
    'What is over has to be named in full: 2026-11-01-brandalarm.',
  ],
  ['no text', ['strom'], 'The text is missing: --text'],
  ['a text without quotes', ['strom', 'Strom', 'ist', 'da'], 'put the text in quotes'],
  ['a status with a slip', ['strom', 'x', '--status', 'resolvd'], 'Did you mean "resolved"?'],
  ['a state with a slip', ['strom', 'x', '--state', 'mial=operational'], 'Did you mean "mail"?'],
  ['a flag with a slip', ['strom', 'x', '--staus', 'resolved'], 'Did you mean --status?'],
])('%s is wrong usage: it says what to write, and nothing is written', async (_what, args, advice) => {
  const site = await makeSite({ ...FILES, 'incidents/2026-11-21-netz.md': NETWORK });
  const run = await post(site, args);
  expect(run.code).toBe(2);
  expect(run.stderr).toContain(advice);
  expect(await text(site)).toBe(POWER);
  expect(await text(site, '2026-11-21-netz.md')).toBe(NETWORK);
});

it('nothing hangs where standard input stays open', async () => {
  const site = await makeSite(FILES);
  expect((await post(site, ['strom'], null)).code).toBe(2);
  expect((await post(site, ['strom', 'Strom ist da.'], null)).code).toBe(0);
});

it('what is over takes a final report, and an update where it is named in full', async () => {
  const site = await makeSite(FILES);
  expect((await post(site, ['brandalarm', 'Der Bericht.', '--status', 'postmortem'])).code).toBe(0);
  expect(
    (await post(site, ['2026-11-01-brandalarm', 'Ein Nachtrag.'], '', { STATUS_NOW: '2026-11-21T17:50:00Z' }))
      .code,
  ).toBe(0);
  expect(await text(site, '2026-11-01-brandalarm.md')).toContain(
    '18:50 postmortem\n\nEin Nachtrag.\n\n## 2026-11-21 18:30 postmortem\n\nDer Bericht.\n',
  );
});

it('a rehearsal shows what readers would see and writes nothing', async () => {
  const site = await makeSite(FILES);
  const run = await post(site, ['strom', 'Strom ist da.', '--dry-run', '--commit']);
  expect([run.code, run.stdout.includes('Strom ist da.')]).toEqual([0, true]);
  expect(await text(site)).toBe(POWER);
});

it('the file keeps its mode, a link stays a link, and nothing is left beside it', async () => {
  const site = await makeSite(FILES);
  const file = join(site.folder, 'incidents/2026-11-21-strom.md');
  await rename(file, join(site.folder, 'power.md'));
  await chmod(join(site.folder, 'power.md'), 0o640);
  await symlink('../power.md', file);
  expect((await post(site, ['strom', 'Strom ist da.'])).code).toBe(0);
  expect((await lstat(file)).isSymbolicLink()).toBe(true);
  expect((await stat(file)).mode & 0o777).toBe(0o640);
  expect((await readdir(site.folder)).sort()).toEqual(['incidents', 'power.md', 'status.config.yml']);
});

it('without a repository the file is saved, and that is said', async () => {
  const site = await makeSite(FILES);
  const run = await post(site, ['strom', 'Strom ist da.', '--commit'], '', { GIT_CEILING_DIRECTORIES: '/' });
  expect(run.code).toBe(1);
  expect(run.stderr).toContain('belongs to no git repository: the file is saved');
  expect(await text(site)).toContain('Strom ist da.');
});

it('only that file is committed, whatever else is staged', async () => {
  const site = await makeSite(FILES);
  await committed(site);
  await writeFile(join(site.folder, 'other.txt'), 'staged');
  await git(site, 'add', 'other.txt');
  const run = await post(site, ['strom', 'Strom ist da.', '--status', 'resolved', '--commit']);
  expect([run.code, run.stderr]).toEqual([0, '']);
  expect(await git(site, 'show', '--name-only', '--format=%s')).toBe(
    'resolved: Stromausfall in Dresden\n\nincidents/2026-11-21-strom.md',
  );
  expect(await git(site, 'status', '--short')).toBe('A  other.txt');
});

it('a secret is shown blacked out, and never committed', async () => {
  const site = await makeSite(FILES);
  await committed(site);
  const key = `-----BEGIN RSA PRIVATE KEY-----\n${'MIIEowIBAAKCAQEA'.repeat(6)}\n-----END RSA PRIVATE KEY-----`;
  const run = await post(site, ['strom', `Der Schlüssel:\n\n${key}`, '--push']);
  expect(run.code).toBe(1);
  expect(run.stdout + run.stderr).not.toContain('MIIEowIBAAKCAQEA');
  expect(run.stderr).toContain('Not committed: it holds what looks like a secret.');
  expect(await git(site, 'log', '--format=%s')).toBe('start');
});

it('a push that fails says what to do, and the update is committed', async () => {
  const site = await makeSite(FILES);
  await committed(site);
  const run = await post(site, ['strom', 'Strom ist da.', '--push']);
  expect(run.code).toBe(1);
  expect(run.stderr).toContain('saved and committed, but not pushed');
  expect(run.stderr).toContain('git push --set-upstream origin main');
  expect(await git(site, 'log', '-1', '--format=%s')).toBe('identified: Stromausfall in Dresden');
});

it.each([
  ['never closed', (whole: string) => whole.replace('\n---\n\n', '\n\n')],
  ['in another language', (whole: string) => whole.replace('---\n', '---js\n')],
  ['gone', (whole: string) => whole.split('---\n\n')[1]!],
])(
  'a file whose frontmatter is %s is posted to all the same, and the build publishes it',
  async (_what, spoil) => {
    const site = await makeSite({ ...FILES, 'incidents/2026-11-21-strom.md': spoil(POWER) });
    const run = await post(site, ['2026-11-21-strom', 'Strom ist da.', '--status', 'monitoring']);
    expect(await text(site)).toContain('Strom ist da.');
    expect(run.stderr).not.toContain('Nothing was written');
    await runBuild(site);
    const page = await readFile(join(site.outDir, 'index.html'), 'utf8');
    expect(page).toContain('Strom ist da.');
    expect(page).toContain('Kein Strom.');
  },
);
