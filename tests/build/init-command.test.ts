import { cp, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { demoFiles, demoFolder } from '../../scripts/demo-files.ts';
import listed from '../../src/cli/demo/files.json' with { type: 'json' };
import { KEYS, Terminal } from '../e2e/terminal.ts';
import {
  filesBelow,
  NOW,
  type Run,
  runBuild,
  runCommand,
  snapshot,
  temporaryFolder,
  writeFiles,
} from './harness.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const FLAGS = ['--name', 'Weserhost', '--url', 'status.weserhost.example', '--timezone', 'Europe/Berlin'];
const ALL = [...FLAGS, '--language', 'de,en', '--components', 'Bremen: Web hosting, Mail; API'];

function run(site: string, ...args: string[]): Promise<Run> {
  return runCommand(['src/cli/init.ts', ...args], { STATUS_SITE: site, LANG: 'C', TZ: 'UTC' });
}

/** A copy of the demonstration, as somebody has it who begins. */
async function freshCopy(): Promise<string> {
  const site = join(await temporaryFolder(), 'site');
  for (const name of ['incidents', 'public', 'status.config.yml'])
    await cp(join(demoFolder(), name), join(site, name), { recursive: true });
  await cp(join(ROOT, 'incidents/_templates'), join(site, 'incidents/_templates'), { recursive: true });
  return site;
}

it('knows every file of the demonstration (npm run demo-files writes the list)', async () => {
  expect(listed).toEqual(await demoFiles(demoFolder()));
});

it('makes an empty site, with templates, that builds and says that everything works', async () => {
  const site = join(await temporaryFolder(), 'new', 'site');
  const { code, stdout, stderr } = await run(site, ...ALL);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain('Written: status.config.yml\n');
  expect((await filesBelow(site)).filter((path) => !path.startsWith('incidents/_templates/'))).toEqual([
    'status.config.yml',
  ]);
  const built = { folder: site, outDir: join(site, '../dist') };
  const build = await runBuild(built, { env: { STATUS_NOW: NOW } });
  expect([build.code, build.stderr]).toEqual([0, '']);
  expect(build.stdout).toContain('0 errors, 0 warnings');
  const page = await readFile(join(built.outDir, 'index.html'), 'utf8');
  for (const text of ['Alles läuft.', 'Weserhost', 'Bremen', 'Web hosting', 'API'])
    expect(page).toContain(text);
  expect(await readFile(join(built.outDir, 'en/index.html'), 'utf8')).toContain('Everything works.');
});

it('moves the demonstration away whole: what is left is empty, and what is moved still builds', async () => {
  const site = await freshCopy();
  const before = await snapshot(site);
  const { code, stdout } = await run(site, ...ALL);
  expect(code).toBe(0);
  expect(stdout).toContain(`Moved: ${Object.keys(listed).length} files of the demonstration, to demo/\n`);
  const after = await snapshot(site);
  for (const [path, digest] of Object.entries(before)) {
    const stays = /^(?:incidents|public)\/_/.test(path);
    expect([path, after[stays ? path : `demo/${path}`]]).toEqual([path, digest]);
  }
  const left = Object.keys(after).filter(
    (path) => !path.startsWith('demo/') && !path.includes('/_templates/'),
  );
  expect(left).toEqual(['public/_headers', 'status.config.yml']);
  expect(await readFile(join(site, 'status.config.yml'), 'utf8')).toContain('name: "Weserhost"');
  expect(Object.keys(listed).map((path) => `demo/${path}`)).toEqual(
    Object.keys(after).filter((path) => path.startsWith('demo/')),
  );
});

it('a second time changes nothing, also once there are incidents', async () => {
  const site = await freshCopy();
  await run(site, ...ALL);
  await writeFiles(site, {
    'incidents/2026-11-21-mail.md': '---\ntitle: Mail\nstatus: identified\n---\n\nText\n',
  });
  const before = await snapshot(site);
  const { code, stdout } = await run(site, ...ALL);
  expect([code, stdout]).toEqual([0, 'All is as it should be; nothing to do.\n']);
  expect(await snapshot(site)).toEqual(before);
});

it('finishes a move that broke off', async () => {
  const site = await freshCopy();
  const [first, second] = Object.keys(listed).filter((path) => path.startsWith('incidents/'));
  await cp(join(site, first!), join(site, 'demo', first!));
  await cp(join(site, second!), join(site, 'demo', second!));
  await writeFile(
    join(site, second!),
    (await readFile(join(site, second!), 'utf8')).replaceAll('\n', '\r\n'),
  );
  expect((await run(site, ...ALL)).code).toBe(0);
  expect((await filesBelow(site)).filter((path) => /^(?:incidents\/\d|public\/[^_])/.test(path))).toEqual([]);
});

it.each([
  ['a new incident', { 'incidents/2026/2026-11-21-mail.md': 'mine' }, /incidents\/2026\/2026-11-21-mail\.md/],
  [
    'a changed one of the demonstration',
    { 'incidents/2026-11-21-hotline.md': 'mine' },
    /2026-11-21-hotline\.md/,
  ],
  [
    'a config',
    { 'status.config.yml': 'name: Mine\nurl: https://mine.example\n' },
    /There is a status\.config\.yml/,
  ],
  ['another file in the way', { 'demo/status.config.yml': 'mine' }, /can't go to demo\/status\.config\.yml/],
])('changes nothing where there is %s', async (_, files, message) => {
  const site = await freshCopy();
  await writeFiles(site, files as Record<string, string>);
  const before = await snapshot(site);
  const { code, stdout, stderr } = await run(site, ...ALL);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(message);
  expect(stderr).toContain('Nothing was changed.');
  expect(await snapshot(site)).toEqual(before);
});

it('--force goes on, and still loses nothing', async () => {
  const site = await freshCopy();
  const mine = {
    'status.config.yml': 'name: Mine\n',
    'status.config.yml.old': 'older',
    'incidents/x.md': 'mine',
  };
  await writeFiles(site, mine);
  expect((await run(site, ...ALL, '--force')).code).toBe(0);
  const text = (path: string) => readFile(join(site, path), 'utf8');
  expect(await text('incidents/x.md')).toBe('mine');
  expect(await text('status.config.yml.old')).toBe('older');
  expect(await text('status.config.yml.old2')).toBe('name: Mine\n');
  expect(await text('status.config.yml')).toContain('Weserhost');
});

it.each([
  [['--name', 'X'], '--url is missing.'],
  [['--url', 'https://x.example'], '--name is missing.'],
  [['--name', '', '--url', 'x.example'], '--name needs a value.'],
  [['--name', ' ', '--url', 'x.example'], '--name: '],
  [['--name', 'X', '--url', 'ftp://x.example'], '--url: "url" "ftp://x.example" is not an address.'],
  [[...FLAGS, '--timezone', 'Europe/Berlim'], 'Did you mean "Europe/Berlin"?'],
  [[...FLAGS, '--language', 'german!'], '--language: '],
  [[...FLAGS, '--compnents', 'Mail'], 'Did you mean --components?'],
  [[...FLAGS, 'Mail'], '"Mail" is not expected here.'],
])('wrong usage %j writes nothing and ends with exit code 2', async (args, message) => {
  const site = join(await temporaryFolder(), 'site');
  const { code, stdout, stderr } = await run(site, ...args);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(message);
  await expect(filesBelow(site)).rejects.toThrow();
});

it('any name becomes a config without a fault', async () => {
  for (const name of ['A: "B" #1', "'x", '- y', '{z}', 'no', '007', 'Ünïcode ✓', '@ & * !']) {
    const site = join(await temporaryFolder(), 'site');
    const { code, stderr } = await run(
      site,
      `--name=${name}`,
      '--url',
      'https://x.example',
      `--components=${name}, ${name}`,
    );
    expect([name, code, stderr]).toEqual([name, 0, '']);
  }
});

it('asks at a terminal for what is missing, and takes no wrong answer', async () => {
  const site = await freshCopy();
  const terminal = new Terminal([process.execPath, 'src/cli/init.ts', '--language', 'de'], {
    cwd: ROOT,
    env: { STATUS_SITE: site, TZ: 'Europe/Berlin' },
  });
  await terminal.answers('Who speaks on the page?', 'Weserhost', KEYS.enter);
  await terminal.answers('Where will readers find it?', 'ftp://x', KEYS.enter);
  await terminal.answers('is not an address', '\u0015', 'status.weserhost.example', KEYS.enter);
  await terminal.answers('In which time zone', KEYS.enter);
  await terminal.answers('What do your customers use?', 'Mail, API', KEYS.enter);
  await terminal.sees('Written: status.config.yml');
  expect(await terminal.ends()).toBe(0);
  const config = await readFile(join(site, 'status.config.yml'), 'utf8');
  expect(config).toContain('url: "https://status.weserhost.example"');
  expect(config).toContain('timezone: Europe/Berlin');
  expect(config).toContain('- { id: api, name: "API" }');
});

it('changes nothing when somebody breaks off', async () => {
  const site = await freshCopy();
  const before = await snapshot(site);
  const terminal = new Terminal([process.execPath, 'src/cli/init.ts'], {
    cwd: ROOT,
    env: { STATUS_SITE: site },
  });
  await terminal.answers('Who speaks on the page?', KEYS.interrupt);
  expect(await terminal.ends()).toBe(130);
  expect(await snapshot(site)).toEqual(before);
});

it('help shows how it is used', async () => {
  const { code, stdout } = await run(await temporaryFolder(), '--help');
  expect(code).toBe(0);
  expect(stdout).toContain('npm run init -- --name');
});
