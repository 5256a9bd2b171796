import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { filesBelow, type Run, snapshot, temporaryFolder, writeFiles } from './harness.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const CSTATE = {
  'config.yml':
    'title: Nordhost\nbaseURL: https://status.nordhost.example\nparams: { systems: [{ name: Mail }] }\n',
  'content/issues/2024-06-07-mail.md':
    '---\r\nsection: issue\r\ntitle: Mail was slow\r\ndate: 2024-06-07 08:00\r\nresolved: true\r\nresolvedWhen: 2024-06-07 09:30\r\nseverity: down\r\naffected: [Mail, Fax]\r\n---\r\nMail is slow.\r\n',
  'content/issues/_index.md': '---\ntitle: History\n---\n',
  'content/about.md': '---\ntitle: About us\n---\n',
};

async function run(...args: string[]): Promise<Run> {
  const done = promisify(execFile)(process.execPath, ['src/cli/import.ts', ...args], { cwd: ROOT });
  return done.then(
    (output) => ({ code: 0, ...output }),
    (fault) => ({ code: fault.code, stdout: fault.stdout, stderr: fault.stderr }),
  );
}

async function oldSite(files: Record<string, string | Uint8Array> = {}) {
  const folder = await temporaryFolder();
  await writeFiles(join(folder, 'old'), { ...CSTATE, ...files });
  return { old: join(folder, 'old'), into: join(folder, 'new', 'site') };
}

it('a cState site becomes a site, with a report of what was assumed', async () => {
  const { old, into } = await oldSite();
  const { code, stdout, stderr } = await run('cstate', old, '--into', into);
  expect([code, stderr]).toEqual([0, '']);
  expect(await filesBelow(into)).toEqual(['incidents/2024-06-07-mail.md', 'status.config.yml']);
  expect(stdout).toContain(
    'content/issues/2024-06-07-mail.md\n  Not in the config, kept as written: "Fax".\n',
  );
  expect(stdout).toContain('  content/about.md\n');
  expect(stdout).toContain('1 incident (0 open) and 0 notices with 2 updates.\n');
  expect(stdout).toContain('2 files written, 0 unchanged, 0 refused.\n');
});

it('the demonstration does not stay beside a real history', async () => {
  const { old, into } = await oldSite();
  for (const path of ['status.config.yml', 'incidents/2026-11-21-stromausfall-dresden.md']) {
    await writeFiles(into, { [path]: await readFile(join(ROOT, path)) });
  }
  const { code, stdout } = await run('cstate', old, '--into', into);
  expect(code).toBe(0);
  expect(stdout).toContain('Moved: 2 files of the demonstration, to demo/\n');
  expect(await filesBelow(into)).toEqual([
    'demo/incidents/2026-11-21-stromausfall-dresden.md',
    'demo/status.config.yml',
    'incidents/2024-06-07-mail.md',
    'status.config.yml',
  ]);
});

it('a second time changes nothing', async () => {
  const { old, into } = await oldSite();
  await run('cstate', old, '--into', into);
  const before = await snapshot(into);
  const { code, stdout } = await run('cstate', old, '--into', into);
  expect(code).toBe(0);
  expect(stdout).toContain('0 files written, 2 unchanged, 0 refused.\n');
  expect(await snapshot(into)).toEqual(before);
});

it('a file that somebody changed is not overwritten, unless one insists', async () => {
  const { old, into } = await oldSite();
  await run('cstate', old, '--into', into);
  const file = join(into, 'incidents/2024-06-07-mail.md');
  const imported = await readFile(file, 'utf8');
  await writeFile(file, 'mine');

  const refused = await run('cstate', old, '--into', into);
  expect(refused.code).toBe(1);
  expect(refused.stdout).toContain('incidents/2024-06-07-mail.md: It is there and differs.');
  expect(await readFile(file, 'utf8')).toBe('mine');

  expect((await run('cstate', old, '--into', into, '--force')).code).toBe(0);
  expect(await readFile(file, 'utf8')).toBe(imported);
});

it('a file of the same name elsewhere among the incidents is not doubled', async () => {
  const { old, into } = await oldSite();
  await writeFiles(into, { 'incidents/2024/2024-06-07-Mail.md': 'mine' });
  const { code, stdout } = await run('cstate', old, '--into', into);
  expect(code).toBe(1);
  expect(stdout).toContain('incidents/2024/2024-06-07-Mail.md has the same name');
  expect(await filesBelow(into)).toEqual(['incidents/2024/2024-06-07-Mail.md', 'status.config.yml']);
});

it('a file that can not be read as an issue is kept, and the exit code says so', async () => {
  const { old, into } = await oldSite({
    'content/issues/other.md': 'A note, "Other".\n',
    'content/issues/2024-06-08-latin.md': Buffer.from(
      '---\nsection: issue\ntitle: Stra\xdfe\ndate: 2024-06-08\nresolved: false\n---\nGr\xfc\xdfe\n',
      'latin1',
    ),
  });
  const { code, stdout } = await run('cstate', old, '--into', into);
  expect(code).toBe(1);
  expect(stdout).toContain('content/issues/other.md: There is no frontmatter.');
  expect(await readFile(join(into, 'incidents/_not-imported/issues/other.md'), 'utf8')).toContain('"Other"');
  expect(await readFile(join(into, 'incidents/2024-06-08-latin.md'), 'utf8')).toContain('title: Straße\n');
});

it('a place that can not be written is reported, and the rest is written', async () => {
  const { old, into } = await oldSite();
  await writeFiles(into, { incidents: 'a file where a folder should be' });
  const { code, stdout } = await run('cstate', old, '--into', into, '--force');
  expect(code).toBe(1);
  expect(stdout).toMatch(/incidents\/2024-06-07-mail\.md: It can't be written/);
  expect(await filesBelow(into)).toEqual(['incidents', 'status.config.yml']);
});

it('a folder above or beside the site is told apart from none', async () => {
  const { old, into } = await oldSite();
  const above = await run('cstate', join(old, '..'), '--into', into);
  expect([above.code, above.stderr]).toEqual([2, expect.stringContaining(`${old} is. Name that one.`)]);
  await writeFiles(join(into, '..', 'two'), {
    'config.toml': 'title = "Two"\n',
    'content/de/issues/a.html': '---\nsection: issue\ntitle: A\ndate: 2024-06-08\n---\n<b>Aus</b>\n',
  });
  const two = await run('cstate', join(into, '..', 'two'), '--into', into);
  expect([two.code, two.stderr]).toEqual([0, '']);
  expect(await readFile(join(into, 'incidents/a.md'), 'utf8')).toContain('<b>Aus</b>');
});

const INCIDENT = {
  id: 'bhbcjn4n3jzp',
  name: 'Mail was slow',
  status: 'resolved',
  impact: 'minor',
  created_at: '2024-06-07T08:00:00.000Z',
  resolved_at: '2024-06-07T09:30:00.000Z',
  incident_updates: [
    { status: 'resolved', body: 'All is <b>well</b>.', display_at: '2024-06-07T09:30:00.000Z' },
    { status: 'investigating', body: 'Mail is slow.', display_at: '2024-06-07T08:00:00.000Z' },
  ],
};

it('saved answers of Statuspage become a site, from a folder as from one file', async () => {
  const folder = await temporaryFolder();
  const page = { name: 'Nordhost', url: 'https://status.nordhost.example', time_zone: 'Etc/UTC' };
  await writeFiles(folder, {
    'saved/incidents.json': JSON.stringify({ page, incidents: [INCIDENT] }),
    'saved/lists/components.json': JSON.stringify({ page, components: [{ id: 'x', name: 'Mail' }] }),
    'saved/notes.txt': 'mine',
  });
  const into = join(folder, 'new');
  const { code, stdout, stderr } = await run('statuspage', join(folder, 'saved'), '--into', into);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain('1 incident (0 open) and 0 notices with 2 updates.\n');
  expect(await filesBelow(into)).toEqual(['incidents/2024-06-07-mail-was-slow.md', 'status.config.yml']);
  const file = join(into, 'incidents/2024-06-07-mail-was-slow.md');
  expect(await readFile(file, 'utf8')).toContain('## 2024-06-07 09:30 resolved\n\nAll is **well**.\n');
  expect(await readFile(join(into, 'status.config.yml'), 'utf8')).toContain('id: mail');

  const alone = await run('statuspage', join(folder, 'saved/incidents.json'), '--into', join(folder, 'one'));
  expect(alone.code).toBe(0);
  expect(await readFile(join(folder, 'one/incidents/2024-06-07-mail-was-slow.md'))).toEqual(
    await readFile(file),
  );
});

it('a Statusfy site and an Upptime repository become sites', async () => {
  const folder = await temporaryFolder();
  await writeFiles(folder, {
    'statusfy/config.js': 'module.exports = { title: "Nordhost", content: { systems: ["Mail"] } };\n',
    'statusfy/content/2024-06-07-mail.md':
      '---\ntitle: Mail was slow\ndate: 2024-06-07T08:00:00Z\nresolved: false\n---\nMail is slow.\n',
    'upptime/.upptimerc.yml': 'owner: Nordhost\nrepo: up\nsites:\n  - name: Mail\n',
    'upptime/history/summary.json':
      '[{"name": "Mail", "slug": "mail", "dailyMinutesDown": {"2024-06-07": 5}}]',
    'upptime/README.md': 'Uptime.\n',
  });
  const statusfy = await run('statusfy', join(folder, 'statusfy'), '--into', join(folder, 'a'));
  expect([statusfy.code, statusfy.stderr]).toEqual([0, '']);
  expect(await filesBelow(join(folder, 'a'))).toEqual(['incidents/2024-06-07-mail.md', 'status.config.yml']);
  const upptime = await run('upptime', join(folder, 'upptime'), '--into', join(folder, 'b'));
  expect([upptime.code, upptime.stderr]).toEqual([0, '']);
  expect(upptime.stdout).toContain('What people wrote is in https://github.com/Nordhost/up/issues');
  expect(await filesBelow(join(folder, 'b'))).toEqual([
    'incidents/2024-06-07-mail-was-down.md',
    'status.config.yml',
  ]);
  const above = await run('upptime', folder, '--into', join(folder, 'c'));
  expect([above.code, above.stderr]).toEqual([2, expect.stringContaining('upptime is. Name that one.')]);
});

it.each([
  [[], 'What is to be imported?'],
  [['cachet', '.'], 'There is no importer for "cachet". There are: cstate, statusfy, upptime, statuspage.'],
  [['statuspage'], 'Which folder holds the saved answers of Statuspage?'],
  [['statusfy', 'docs'], 'is no Statusfy site'],
  [['upptime', 'docs'], 'is no Upptime repository'],
  [['statuspage', 'docs'], 'is no folder of saved answers'],
  [['cstate'], 'Which folder'],
  [['cstate', 'a', 'b'], '"b" is not expected here.'],
  [['cstate', '.', '--zone', 'x'], 'There is no --zone.'],
  [['cstate', '.', '--timezone', 'Berlin'], '"Berlin" is no time zone.'],
  [['cstate', '.'], 'is no cState site'],
])('wrong usage %j ends with exit code 2', async (args, message) => {
  const { code, stdout, stderr } = await run(...args);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(message);
});

it('help says what becomes of what', async () => {
  const { code, stdout } = await run('--help');
  expect(code).toBe(0);
  expect(stdout).toContain('no time is invented');
});
