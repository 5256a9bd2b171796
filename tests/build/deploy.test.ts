import { open, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { readNow } from '../../src/build/read-now.ts';
import {
  groundWith,
  PAGE_URL,
  putBuild,
  runDeploy,
  serve,
  serveFiles,
  startDeploy,
  writeTargets,
} from './deploy-ground.ts';
import { filesBelow, writeFiles } from './harness.ts';

const servers: { close: () => void }[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function serving<Server extends { close: () => void }>(start: Promise<Server>): Promise<Server> {
  const server = await start;
  servers.push(server);
  return server;
}

const SMALL = {
  'index.html': '<a href="incidents/a.html">a</a>',
  'incidents/a.html': '<a href="../index.html">start</a>',
  'rss.xml': '<rss/>',
  '.nojekyll': '',
};

/** The files that readers can get of a folder. */
async function readable(folder: string): Promise<string[]> {
  return (await filesBelow(folder)).filter((path) => !path.startsWith('.dran/'));
}

/** A script as a target's command, in Node itself. */
async function script(ground: { folder: string }, name: string, text: string): Promise<string> {
  await writeFiles(ground.folder, { [name]: text });
  return `${process.execPath} ${join(ground.folder, name)}`;
}

describe('npm run deploy', () => {
  it('publishes to every target and looks whether readers get it', async () => {
    const ground = await groundWith([]);
    const disk = await serving(serveFiles(join(ground.folder, 'disk')));
    const tool = await serving(serveFiles(join(ground.folder, 'tool')));
    const copy = await script(
      ground,
      'copy.mjs',
      `import { cpSync } from 'node:fs'; cpSync(process.argv[2], process.argv[3], { recursive: true });`,
    );
    await writeTargets(ground, [
      `{ folder: ../disk, name: disk, url: "${disk.url}" }`,
      `{ command: "${copy} {dir} ${join(ground.folder, 'tool')}", name: tool, url: "${tool.url}" }`,
    ]);
    await putBuild(ground, SMALL);
    const { code, stdout } = await runDeploy(ground, ['--wait', '30s']);
    expect(stdout).toMatch(/^disk +5 files, \d+ B +yes +\d+\.\d +file by file, whole$/m);
    expect(stdout).toMatch(/^tool +yes +yes +\d+\.\d +as its tool does$/m);
    expect(code).toBe(0);
    expect(await readable(join(ground.folder, 'disk'))).toEqual(
      Object.keys({ ...SMALL, 'build.json': '' }).sort(),
    );
  });

  it('sends nothing that is there already, and removes what is gone one deployment later', async () => {
    const ground = await groundWith(['{ folder: ../disk, name: disk }']);
    const disk = join(ground.folder, 'disk');
    await writeFiles(disk, { '.well-known/security.txt': 'of others' });
    await putBuild(ground, SMALL);
    await runDeploy(ground);
    const before = await stat(join(disk, 'index.html'));
    expect((await runDeploy(ground)).stdout).toContain('nothing new');
    expect((await stat(join(disk, 'index.html'))).ino).toBe(before.ino);
    const { 'incidents/a.html': _, ...rest } = { ...SMALL, 'index.html': 'no link' };
    await putBuild(ground, rest);
    await runDeploy(ground);
    expect(await readable(disk)).toContain('incidents/a.html');
    expect((await runDeploy(ground)).stdout).toContain('1 removed');
    expect(await readable(disk)).toEqual([
      '.nojekyll',
      '.well-known/security.txt',
      'build.json',
      'index.html',
      'rss.xml',
    ]);
  });

  it('lets a reader who has begun with a file end with it', async () => {
    const ground = await groundWith(['{ folder: ../disk, name: disk }']);
    await putBuild(ground, { ...SMALL, 'index.html': 'the old page' });
    await runDeploy(ground);
    const reader = await open(join(ground.folder, 'disk/index.html'));
    try {
      await putBuild(ground, { ...SMALL, 'index.html': 'new' });
      expect((await runDeploy(ground)).code).toBe(0);
      expect(await reader.readFile('utf8')).toBe('the old page');
      expect(await readFile(join(ground.folder, 'disk/index.html'), 'utf8')).toBe('new');
    } finally {
      await reader.close();
    }
  });

  it('holds no target back for one that fails, says what to do, and shows no secret', async () => {
    const ground = await groundWith([]);
    const refusing = await script(
      ground,
      'refuse.mjs',
      `console.error('PUT https://me:hunter22@host/: 401 Unauthorized, token ' + process.env.HOST_TOKEN); process.exit(1);`,
    );
    const dying = await script(
      ground,
      'die.mjs',
      `process.stdout.write('half'); process.kill(process.pid, 'SIGKILL');`,
    );
    await writeTargets(ground, [
      `{ command: "${refusing}", name: refusing, tries: 1 }`,
      `{ command: "${dying}", name: dying, tries: 1 }`,
      '{ command: "no-such-tool-at-all {dir}", name: missing }',
      '{ folder: ../nowhere/at/all, name: unmounted }',
      '{ folder: ../disk, name: disk }',
    ]);
    await putBuild(ground, SMALL);
    const { code, stdout, stderr } = await runDeploy(ground, ['--no-verify'], {
      HOST_TOKEN: 'tk-9f8e7d6c5b4a',
    });
    expect(code).toBe(3);
    expect(stdout).toMatch(/^disk +5 files/m);
    expect(stdout).toMatch(/^refusing +no /m);
    expect(stdout).toContain('refusing: The host refused the credentials.');
    expect(stdout).toContain('Renew them');
    expect(stdout).toContain('dying: ');
    expect(stdout).toContain('missing: no-such-tool-at-all is not installed here');
    expect(stdout).toMatch(/unmounted: There is no folder .*nowhere\/at/);
    expect(stdout + stderr).not.toMatch(/tk-9f8e7d6c5b4a|hunter22/);
    await writeTargets(ground, [`{ command: "${refusing}", name: refusing, tries: 1 }`]);
    expect((await runDeploy(ground)).code).toBe(1);
  });

  it('shows with --dry-run what would go, and changes nothing', async () => {
    const ground = await groundWith([
      '{ folder: ../disk, name: disk }',
      '{ command: "touch ../ran", name: tool }',
    ]);
    await putBuild(ground, SMALL);
    await runDeploy(ground, ['--no-verify', '--only', 'disk']);
    await putBuild(ground, { ...SMALL, 'index.html': 'new', 'incidents/b.html': 'new' });
    const before = await filesBelow(ground.folder);
    const { code, stdout } = await runDeploy(ground, ['--dry-run']);
    expect(code).toBe(0);
    expect(stdout).toContain('disk: would send 3 of 6 files');
    expect(stdout.match(/^ {2}[+~-] .*/gm)).toEqual([
      '  + incidents/b.html',
      '  ~ index.html',
      '  ~ build.json',
    ]);
    expect(stdout).toContain('tool: would run touch ../ran');
    expect(await filesBelow(ground.folder)).toEqual(before);
    expect(await readFile(join(ground.folder, 'disk/index.html'), 'utf8')).toBe(SMALL['index.html']);
  });

  it('tells everything to other programs with --json', async () => {
    const ground = await groundWith(['{ folder: ../disk, name: disk }', '{ folder: ../no/no, name: lost }']);
    await putBuild(ground, SMALL);
    const dry = JSON.parse((await runDeploy(ground, ['--dry-run', '--json'], { PASSWORD: 'disk' })).stdout);
    expect(dry.dryRun).toBe(true);
    expect(dry.targets[0]).toMatchObject({ name: 'disk', uploaded: false, fault: null });
    expect(dry.targets[0].plan.send.at(-1).path).toBe('build.json');
    const { code, stdout } = await runDeploy(ground, ['--no-verify', '--json']);
    expect(code).toBe(3);
    const { hash, targets } = JSON.parse(stdout);
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(targets).toMatchObject([
      {
        name: 'disk',
        kind: 'folder',
        url: PAGE_URL,
        uploaded: true,
        files: 5,
        removed: 0,
        verified: null,
        fault: null,
      },
      { name: 'lost', uploaded: false, files: null, fault: { advice: expect.stringContaining('mount') } },
    ]);
  });

  it('refuses what is no build, the build of another page, and what it does not know', async () => {
    const ground = await groundWith([
      '{ folder: ../disk, name: disk }',
      '{ folder: ../dist/in, name: inside }',
    ]);
    const said = async (args: string[]) => {
      const { code, stderr } = await runDeploy(ground, args);
      expect(code, stderr).toBe(2);
      return stderr;
    };
    expect(await said(['--only', 'disk'])).toContain('Build first: npm run build');
    await writeFiles(ground.dist, { 'index.html': 'by hand' });
    expect(await said(['--only', 'disk'])).toContain('is no build of Dran: it has no build.json');
    await putBuild(ground, SMALL, 'https://elsewhere.example');
    expect(await said(['--only', 'disk'])).toContain(
      'is the build of another page: it says https://elsewhere.example',
    );
    await putBuild(ground, SMALL);
    expect(await said([])).toContain('The target inside is the build itself, or lies in it');
    expect(await said(['--only', 'dsik'])).toContain('Did you mean disk?');
    expect(await said(['--dry-rum'])).toContain('There is no --dry-rum. Did you mean --dry-run?');
    expect(await said(['--wait', 'soon'])).toContain('"soon" is not a duration');
    await writeTargets(ground, []);
    expect(await said([])).toContain('names no target');
    expect(await filesBelow(ground.folder)).not.toContain('disk/index.html');
  });

  it('refuses an address with a secret in it without repeating it, and counts what it can not read as failed', async () => {
    const ground = await groundWith([
      '{ git: "https://deploy:s3cr3tw0rd@git.example/page.git", name: pages, brunch: x }',
      '{ git: "--upload-pack=touch ran", name: flag }',
      '{ folder: ../disk, name: disk }',
    ]);
    await putBuild(ground, SMALL);
    const { code, stdout, stderr } = await runDeploy(ground);
    expect(code).toBe(3);
    expect(stdout).toContain('pages: Its address holds what looks like a secret.');
    expect(stderr).toContain('begins with a hyphen');
    expect(stderr).toContain(
      "1 entry of targets in status.config.yml can't be read: nothing was published there.",
    );
    expect(stdout + stderr).not.toContain('s3cr3tw0rd');
    await writeTargets(ground, ['{ folder: ../disk, name: disk }', '{ url: "https://lost.example" }']);
    expect((await runDeploy(ground)).code).toBe(3);
    expect((await runDeploy(ground, ['--no-verify', '--only', 'disk'])).code).toBe(0);
    await writeTargets(ground, ['{ url: "https://lost.example" }']);
    expect((await runDeploy(ground, ['--if-any'])).code).toBe(2);
  });

  it('says that incidents were changed after the build', async () => {
    const ground = await groundWith(['{ folder: ../disk, name: disk }']);
    await putBuild(ground, SMALL);
    expect((await runDeploy(ground)).stderr).not.toContain('was changed after');
    await writeFiles(ground.site, { 'incidents/new.md': '---\n---\n' });
    const later = (await stat(join(ground.dist, 'build.json'))).mtimeMs / 1000 + 60;
    await utimes(join(ground.site, 'incidents/new.md'), later, later);
    const { code, stderr } = await runDeploy(ground);
    expect(stderr).toMatch(/incidents\/new\.md was changed after .*dist was built/);
    expect(code).toBe(0);
    const here = await runDeploy(ground, ['--no-verify'], { INIT_CWD: join(ground.dist, '..') });
    expect(here.stderr).toContain('incidents/new.md was changed after dist was built.');
    expect((await runDeploy(ground, ['--no-verify'], { INIT_CWD: ground.site })).stderr).toContain(
      `was changed after ${ground.dist} was built.`,
    );
  });

  it('says nothing of changes that readers would not see, such as another target', async () => {
    const ground = await groundWith(['{ folder: ../disk, name: disk }']);
    await putBuild(ground, SMALL);
    const { source } = await readNow(ground.site, {});
    const mark = join(ground.dist, 'build.json');
    await writeFile(mark, JSON.stringify({ ...JSON.parse(await readFile(mark, 'utf8')), hash: source.hash }));
    await writeTargets(ground, ['{ folder: ../disk, name: second }']);
    const later = (await stat(mark)).mtimeMs / 1000 + 60;
    await utimes(join(ground.site, 'status.config.yml'), later, later);
    const { code, stderr } = await runDeploy(ground);
    expect([code, stderr]).toEqual([0, expect.not.stringContaining('was changed after')]);
  });

  it('takes the page as it was when it began, though it is built anew meanwhile', async () => {
    const ground = await groundWith([]);
    const waiting = join(ground.folder, 'waiting');
    const slow = await script(
      ground,
      'slow.mjs',
      `import { cpSync, existsSync, writeFileSync } from 'node:fs';
      writeFileSync(${JSON.stringify(waiting)}, '');
      while (!existsSync(${JSON.stringify(`${waiting}-over`)})) await new Promise((done) => setTimeout(done, 20));
      cpSync(process.argv[2], ${JSON.stringify(join(ground.folder, 'tool'))}, { recursive: true });`,
    );
    await writeTargets(ground, [`{ command: "${slow} {dir}", name: tool }`]);
    await putBuild(ground, { ...SMALL, 'index.html': 'first' });
    const running = startDeploy(ground);
    await until(async () => (await stat(waiting).catch(() => null)) !== null);
    await putBuild(ground, { ...SMALL, 'index.html': 'second' });
    await writeFile(`${waiting}-over`, '');
    expect((await running.end).code).toBe(0);
    expect(await readFile(join(ground.folder, 'tool/index.html'), 'utf8')).toBe('first');
  });

  it('leaves no tool running when it is killed, and stops quietly when somebody breaks off', async () => {
    const ground = await groundWith([]);
    const note = join(ground.folder, 'process');
    const endless = await script(
      ground,
      'endless.mjs',
      `import { spawn } from 'node:child_process'; import { writeFileSync } from 'node:fs';
      const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
      writeFileSync(${JSON.stringify(note)}, process.pid + ' ' + child.pid); setInterval(() => {}, 1000);`,
    );
    await writeTargets(ground, [`{ command: "${endless}", name: tool }`]);
    await putBuild(ground, SMALL);
    for (const [signal, code] of [
      ['SIGKILL', null],
      ['SIGINT', 130],
    ] as const) {
      const running = startDeploy(ground);
      await until(async () => /\d \d/.test(await readFile(note, 'utf8').catch(() => '')));
      const pids = (await readFile(note, 'utf8')).split(' ').map(Number);
      running.process.kill(signal);
      expect((await running.end).code).toBe(code);
      await until(async () => pids.every((pid) => !isAlive(pid)));
      await writeFile(note, '');
    }
  });

  it('keeps two runs to one place apart', async () => {
    const ground = await groundWith([]);
    const log = join(ground.folder, 'log');
    const slow = await script(
      ground,
      'slow.mjs',
      `import { appendFileSync } from 'node:fs';
      appendFileSync(${JSON.stringify(log)}, 'begin ');
      await new Promise((done) => setTimeout(done, 300));
      appendFileSync(${JSON.stringify(log)}, 'end ');`,
    );
    await writeTargets(ground, [`{ command: "${slow}", name: tool }`]);
    await putBuild(ground, SMALL);
    const runs = await Promise.all([runDeploy(ground), runDeploy(ground), runDeploy(ground)]);
    expect(runs.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(await readFile(log, 'utf8')).toBe('begin end begin end begin end ');
    expect(runs.some(({ stderr }) => stderr.includes('waiting for another deployment to end'))).toBe(true);
  });
});

describe('what readers get', () => {
  const seen = async (answer: Parameters<typeof serve>[0]) => {
    const { url } = await serving(serve(answer));
    const ground = await groundWith([`{ folder: ../disk, name: disk, url: "${url}" }`]);
    await putBuild(ground, SMALL);
    const { code, stdout } = await runDeploy(ground, ['--wait', '1s']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^disk +5 files, \d+ B +no/m);
    return stdout;
  };

  it('is told where it is not this build', async () => {
    const old = JSON.stringify({ hash: '0'.repeat(64), built: '2026-11-21T17:00:00+01:00', url: PAGE_URL });
    expect(await seen((_, response) => response.end(old))).toContain(
      'still shows the build of 2026-11-21T17:00:00+01:00.',
    );
    const other = JSON.stringify({ hash: '0'.repeat(64), built: null, url: 'https://other.example' });
    expect(await seen((_, response) => response.end(other))).toContain(
      'shows the page of another site (https://other.example)',
    );
    expect(await seen((_, response) => response.end('<html>parked</html>'))).toContain('is no page of Dran');
    expect(await seen((_, response) => response.writeHead(404).end())).toContain(
      'There is no build.json at its address (404)',
    );
    expect(await seen((_, response) => response.writeHead(403).end())).toContain(
      'readers may not see it (403)',
    );
    expect(await seen((request) => request.socket.destroy())).toContain("Its address can't be read");
  });

  it('is asked for again until a cache lets go, past caches and through redirects', async () => {
    const ground = await groundWith([]);
    const questions: string[] = [];
    const { url } = await serving(
      serve(async (request, response) => {
        questions.push(request.url ?? '');
        if (request.url?.startsWith('/old/')) {
          response.writeHead(302, { location: request.url.replace('/old/', '/') }).end();
        } else if (questions.length < 4) {
          response.end(JSON.stringify({ hash: '0'.repeat(64) }));
        } else {
          response.end(await readFile(join(ground.folder, 'disk/build.json')));
        }
      }),
    );
    await writeTargets(ground, [`{ folder: ../disk, name: disk, url: "${url}/old" }`]);
    await putBuild(ground, SMALL);
    const { code, stdout } = await runDeploy(ground, ['--wait', '60s']);
    expect(stdout).toMatch(/^disk .* yes /m);
    expect(code).toBe(0);
    const asked = questions.filter((one) => one.startsWith('/old/'));
    expect(new Set(asked).size).toBe(asked.length);
    expect(asked.every((one) => one.startsWith('/old/build.json?'))).toBe(true);
  });
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error('It did not come to that.');
    await pause(20);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
