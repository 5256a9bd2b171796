import { execFile } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { XMLParser } from 'fast-xml-parser';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Run, runBuild, type TestSite, temporaryFolder, writeFiles } from '../build/harness.ts';
import { openBrowser } from './browser.ts';
import { KEYS, Terminal } from './terminal.ts';
import { visit } from './visit.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const CONFIG = `name: Nordhost
url: https://status.nordhost.example
timezone: Europe/Berlin
language: en
components:
  - name: Dresden
    components:
      - { id: webhosting, name: Web hosting }
      - { id: mail, name: Mail }
  - { id: api, name: API }
authors: { tb: Tanja B., mk: Marko K. }
`;
const TEMPLATE = `---\ntitle: "{{place}}: power failure"\nstatus: investigating\nimpact: critical\n---\n\n{{place}} has no power.\n`;
const AUTHOR = ['-c', 'user.name=Test', '-c', 'user.email=test@nordhost.example'];

const run = promisify(execFile);
let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});

afterAll(() => browser?.close());

/** A content repository with a bare one as its upstream. */
async function repository(files: Record<string, string> = {}): Promise<TestSite & { remote: string }> {
  const folder = await temporaryFolder();
  const site = join(folder, 'site');
  const remote = join(folder, 'remote.git');
  await writeFiles(site, {
    'status.config.yml': CONFIG,
    'incidents/_templates/power.en.md': TEMPLATE,
    ...files,
  });
  await git(folder, 'init', '--quiet', '--bare', remote);
  await git(site, 'init', '--quiet', '--initial-branch', 'main');
  for (const [key, value] of [
    ['user.name', 'Test'],
    ['user.email', 'test@nordhost.example'],
  ] as const) {
    await git(site, 'config', key, value);
  }
  await git(site, 'add', '--all');
  await git(site, 'commit', '--quiet', '--message', 'start');
  await git(site, 'remote', 'add', 'origin', remote);
  await git(site, 'push', '--quiet', '--set-upstream', 'origin', 'main');
  return { folder: site, outDir: join(folder, 'dist'), remote };
}

async function git(cwd: string, ...args: string[]): Promise<string> {
  const { stdout } = await run('git', [...AUTHOR, ...args], { cwd });
  return stdout.trim();
}

function environment(site: TestSite, now: string): Record<string, string> {
  return {
    STATUS_SITE: site.folder,
    STATUS_NOW: now,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_SYSTEM: '/dev/null',
  };
}

/** A command at a terminal. */
function terminal(site: TestSite, now: string, command: string, ...args: string[]): Terminal {
  return new Terminal([process.execPath, join(ROOT, `src/cli/${command}.ts`), ...args], {
    cwd: ROOT,
    env: environment(site, now),
  });
}

/** A command that nobody answers. */
async function command(site: TestSite, now: string, name: string, ...args: string[]): Promise<Run> {
  const { PATH = '', HOME = '' } = process.env;
  const done = run(process.execPath, [join(ROOT, `src/cli/${name}.ts`), ...args], {
    cwd: ROOT,
    env: { PATH, HOME, ...environment(site, now) },
  });
  done.child.stdin?.end();
  return done.then(
    (output) => ({ code: 0, ...output }),
    (fault) => ({ code: fault.code, stdout: fault.stdout, stderr: fault.stderr }),
  );
}

async function incidentFiles(site: TestSite): Promise<string[]> {
  return (await readdir(join(site.folder, 'incidents'))).filter((name) => !name.startsWith('_'));
}

async function feedTitles(site: TestSite): Promise<string[]> {
  const { rss } = new XMLParser().parse(await readFile(join(site.outDir, 'rss.xml'), 'utf8'));
  return [rss.channel.item].flat().map(({ title }: { title: string }) => title);
}

async function readsOnPage(site: TestSite, path: string): Promise<string> {
  // Readers come as soon as the page is built.
  const { built } = JSON.parse(await readFile(join(site.outDir, 'build.json'), 'utf8'));
  const { page, close } = await visit(browser, site.outDir, path, { width: 360, now: built });
  try {
    return await page.locator('body').innerText();
  } finally {
    await close();
  }
}

describe('an operator at a terminal', () => {
  it('reports an outage, posts to it, closes it, mends a slip, and readers see each word', async () => {
    const site = await repository();

    const report = terminal(site, '2026-11-21T17:05:00Z', 'new', '--push');
    await report.answers('What is it?', KEYS.enter);
    await report.answers('Begin with a template?', KEYS.down, KEYS.enter);
    await report.answers('stands for?', 'Dresden', KEYS.enter);
    await report.answers('Which services?', KEYS.space, KEYS.down, KEYS.space, KEYS.enter);
    await report.answers('Who signs?', KEYS.down, KEYS.enter);
    await report.answers('speak next?', '30m', KEYS.enter);
    await report.answers('What do you want to say?', KEYS.down, KEYS.enter);
    await report.answers(
      'just a dot',
      'Größe: überall 🔥',
      KEYS.enter,
      KEYS.enter,
      'Zweiter Absatz.',
      KEYS.enter,
      '.',
      KEYS.enter,
    );
    await report.sees('Readers will see:');
    await report.sees('Dresden: power failure');
    await report.answers('Write it?', KEYS.enter);
    await report.sees('Pushed.');
    expect(await report.ends(), report.shown).toBe(0);
    expect(await incidentFiles(site)).toEqual(['2026-11-21-dresden-power-failure.md']);
    const path = join(site.folder, 'incidents/2026-11-21-dresden-power-failure.md');
    expect(await readFile(path, 'utf8')).toBe(
      `---\ntitle: "Dresden: power failure"\nstatus: investigating\nimpact: critical\ncomponents: [webhosting, mail]\nnext-update: 2026-11-21 18:35\n---\n\n## 2026-11-21 18:05 investigating ^mk\n\nDresden has no power.\n\nGröße: überall 🔥\n\nZweiter Absatz.\n`,
    );
    expect(await git(site.remote, 'log', '-1', '--format=%s', 'main')).toBe(
      'investigating: Dresden: power failure',
    );

    const post = terminal(site, '2026-11-21T17:30:00Z', 'post', '--commit');
    await post.answers('Which one?', KEYS.enter);
    await post.answers('Status?', KEYS.down, KEYS.enter);
    await post.answers(
      'What do you want to say?',
      'The generators did not start.',
      KEYS.enter,
      '.',
      KEYS.enter,
    );
    await post.answers('speak next?', '19:00', KEYS.enter);
    await post.answers('Who signs?', KEYS.enter);
    await post.answers('Write it?', KEYS.enter);
    expect(await post.ends(), post.shown).toBe(0);
    expect(await readFile(path, 'utf8')).toContain(
      'status: identified\nimpact: critical\ncomponents: [webhosting, mail]\nnext-update: 2026-11-21 19:00\n---\n\n## 2026-11-21 18:30 identified ^tb\n\nThe generators did not start.\n\n## 2026-11-21 18:05',
    );

    const open = await runBuild(site, { env: { STATUS_NOW: '2026-11-21T17:31:00Z' } });
    expect(open.code, open.stderr).toBe(0);
    const page = await readsOnPage(site, 'index.html');
    for (const text of [
      'Dresden: power failure',
      'Major outage',
      'The generators did not start.',
      'Tanja B.',
      'Next update by 19:00',
    ]) {
      expect(page).toContain(text);
    }

    const close = terminal(
      site,
      '2026-11-21T18:10:00Z',
      'post',
      'dresden',
      'Power is back.',
      '--status',
      'resolved',
      '--by',
      'tb',
    );
    await close.sees('Saved:');
    expect(await close.ends(), close.shown).toBe(0);

    // A hand that wrote in a hurry.
    await writeFile(path, (await readFile(path, 'utf8')).replace('impact: critical', 'impact:critical'));
    const check = terminal(site, '2026-11-21T18:11:00Z', 'check', '--fix');
    expect(await check.ends(), check.shown).toBe(0);
    expect(await readFile(path, 'utf8')).toContain('\nimpact: critical\n');

    const closed = await runBuild(site, { env: { STATUS_NOW: '2026-11-21T18:12:00Z' } });
    expect(closed.code, closed.stderr).toBe(0);
    expect(await readsOnPage(site, 'index.html')).toContain('Everything works.');
    const story = await readsOnPage(site, 'incidents/2026-11-21-dresden-power-failure.html');
    const told = [
      'Power is back.',
      'The generators did not start.',
      'Dresden has no power.',
      'Größe: überall 🔥',
      'Zweiter Absatz.',
    ];
    for (const text of told) expect(story).toContain(text);
    expect(await feedTitles(site)).toHaveLength(3);
  });

  it('writes the text in the editor, and breaks off without a trace', async () => {
    const text =
      '---\ntitle: Mail is slow\nstatus: investigating\ncomponents: [mail]\n---\n\n## 2026-11-21 18:00\n\nWe look.\n';
    const site = await repository({ 'incidents/2026-11-21-mail.md': text });
    const editor = join(await temporaryFolder(), 'editor.sh');
    await writeFile(editor, 'printf "From the editor.\\n\\nSecond paragraph.\\n" > "$1"\n');
    const edited = new Terminal(
      [
        process.execPath,
        join(ROOT, 'src/cli/post.ts'),
        'mail',
        '--status',
        'monitoring',
        '--next',
        '1h',
        '--by',
        'tb',
      ],
      {
        cwd: ROOT,
        env: { ...environment(site, '2026-11-21T17:30:00Z'), EDITOR: `/bin/sh ${editor}` },
      },
    );
    await edited.answers('Write it?', KEYS.enter);
    expect(await edited.ends(), edited.shown).toBe(0);
    const path = join(site.folder, 'incidents/2026-11-21-mail.md');
    const written = await readFile(path, 'utf8');
    expect(written).toContain(
      '## 2026-11-21 18:30 monitoring ^tb\n\nFrom the editor.\n\nSecond paragraph.\n\n## 2026-11-21 18:00\n',
    );

    const broken = terminal(site, '2026-11-21T17:40:00Z', 'post');
    await broken.answers('Which one?', KEYS.interrupt);
    expect(await broken.ends(), broken.shown).toBe(130);
    expect(await readFile(path, 'utf8')).toBe(written);
    expect(await incidentFiles(site)).toEqual(['2026-11-21-mail.md']);
  });
});

describe('an operator with flags', () => {
  it('is asked nothing, and readers see each word', async () => {
    const site = await repository();
    const report = await command(
      site,
      '2026-11-21T17:05:00Z',
      'new',
      '--title',
      'No power in Dresden',
      '--impact',
      'critical',
      '--components',
      'webhosting,mail',
      '--text',
      'We are on it.',
      '--by',
      'tb',
      '--commit',
    );
    expect(report.code, report.stderr).toBe(0);
    const post = await command(
      site,
      '2026-11-21T17:30:00Z',
      'post',
      'dresden',
      'Power is back.',
      '--status',
      'monitoring',
      '--next',
      '30m',
      '--state',
      'mail=operational',
      '--push',
    );
    expect(post.code, post.stderr).toBe(0);
    expect(post.stdout).toContain('Next update by 19:00');
    expect(await git(site.remote, 'log', '--format=%s', 'main')).toBe(
      'monitoring: No power in Dresden\ninvestigating: No power in Dresden\nstart',
    );
    const { code, stderr } = await runBuild(site, { env: { STATUS_NOW: '2026-11-21T17:31:00Z' } });
    expect(code, stderr).toBe(0);
    const page = await readsOnPage(site, 'index.html');
    for (const text of ['No power in Dresden', 'Power is back.', 'Next update by 19:00'])
      expect(page).toContain(text);
    expect(await feedTitles(site)).toHaveLength(2);
    const done = await command(
      site,
      '2026-11-21T17:45:00Z',
      'post',
      'dresden',
      '--text',
      'Over.',
      '--status',
      'resolved',
      '--commit',
    );
    expect(done.code, done.stderr).toBe(0);
    const built = await runBuild(site, { env: { STATUS_NOW: '2026-11-21T17:46:00Z' } });
    expect(built.code).toBe(0);
    expect(await readsOnPage(site, 'index.html')).toContain('Everything works.');
    expect(await feedTitles(site)).toHaveLength(3);
  });
});
