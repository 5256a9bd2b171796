import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { runCommand, temporaryFolder } from './harness.ts';
import { environment, scratchRepository } from './scratch-repository.ts';

const run = promisify(execFile);
const CONFIG = `name: Nordhost
url: https://status.nordhost.example
timezone: Europe/Berlin
components: [mail]
authors: { tb: Tanja B. }
`;
const BODY = `### How bad is it?

critical

### Which services?

mail

### When will you speak next?

30m

### Who signs?

tb

### What do you want to say?

We're on it.`;
const FILE = `---
title: "No power in Dresden"
status: investigating
impact: critical
components: [mail]
next-update: 2026-11-21 19:01
---

## 2026-11-21 18:30 investigating ^tb

We're on it.
`;

let api: Server;
let address = '';
let permissions: Record<string, string> = {};
let told: string[] = [];

beforeAll(async () => {
  api = createServer((request, response) => {
    const login = /\/repos\/nordhost\/status\/collaborators\/(\w+)\/permission$/.exec(request.url ?? '')?.[1];
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      if (request.headers.authorization !== 'Bearer t0ken') response.writeHead(401).end('{}');
      else if (login !== undefined)
        response.end(JSON.stringify({ permission: permissions[login] ?? 'none' }));
      else {
        told.push(`${request.method} ${request.url} ${text}`);
        response.end('{}');
      }
    });
  });
  await new Promise<void>((listening) => api.listen(0, '127.0.0.1', listening));
  address = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
});

beforeEach(() => {
  permissions = { tanja: 'write', gast: 'read' };
  told = [];
});

afterAll(() => {
  api.closeAllConnections();
  api.close();
});

/** A clone with a remote of its own. */
async function clone(): Promise<{
  site: string;
  git: (...args: string[]) => Promise<string>;
  remote: string;
}> {
  const { folder, git, commit } = await scratchRepository();
  await commit('2026-11-20T10:00:00Z', { 'status.config.yml': CONFIG });
  const remote = join(await temporaryFolder(), 'remote.git');
  await run('git', ['init', '-q', '--bare', '-b', 'main', remote], { env: environment() });
  await git('remote', 'add', 'origin', remote);
  await git('push', '-q', '--set-upstream', 'origin', 'main');
  return { site: folder, git, remote };
}

async function report(
  site: string,
  more: { author?: string; title?: string; body?: string; event?: string; api?: string } = {},
) {
  const folder = await temporaryFolder();
  const event = {
    action: 'opened',
    issue: {
      number: 7,
      title: more.title ?? 'No power in Dresden',
      body: more.body ?? BODY,
      user: { login: more.author ?? 'tanja' },
      created_at: '2026-11-21T17:30:12Z',
    },
  };
  await writeFile(join(folder, 'event.json'), more.event ?? JSON.stringify(event));
  await writeFile(join(folder, 'output'), '');
  const ended = await runCommand(['src/cli/from-issue.ts', '--push'], {
    ...environment(),
    STATUS_SITE: site,
    STATUS_NOW: '2026-11-21T17:30:40Z',
    GITHUB_EVENT_PATH: join(folder, 'event.json'),
    GITHUB_REPOSITORY: 'nordhost/status',
    GITHUB_TOKEN: 't0ken',
    GITHUB_API_URL: more.api ?? address,
    GITHUB_OUTPUT: join(folder, 'output'),
  });
  return { ...ended, output: await readFile(join(folder, 'output'), 'utf8') };
}

const published = (remote: string, ...args: string[]) =>
  run('git', ['-C', remote, ...args], { env: environment() }).then(({ stdout }) => stdout);

it('where the host can’t be asked it says so, and what to do', async () => {
  const { site } = await clone();
  const { code, stderr, output } = await report(site, { api: 'http://127.0.0.1:1' });
  expect([code, output]).toEqual([1, 'written=false\n']);
  expect(stderr).toMatch(/^http:\/\/127\.0\.0\.1:1\/repos\/nordhost\/status could not be asked \(\S+.*\)\. /);
  expect(stderr).toContain('npm run new -- --push');
});

it('an issue of somebody who may write is a pushed incident file, and is answered and closed', async () => {
  const { site, remote } = await clone();
  const { code, stderr, output } = await report(site);
  expect([code, stderr, output]).toEqual([0, '', 'written=true\n']);
  expect(await published(remote, 'show', 'main:incidents/2026-11-21-no-power-in-dresden.md')).toBe(FILE);
  expect(await published(remote, 'log', '-1', '--format=%s')).toBe('investigating: No power in Dresden\n');
  expect(told).toEqual([
    expect.stringMatching(
      /^POST \/repos\/nordhost\/status\/issues\/7\/comments .*Committed as `incidents\/2026/,
    ),
    'PATCH /repos/nordhost/status/issues/7 {"state":"closed"}',
  ]);
});

it('two colleagues who report at the same time are both published', async () => {
  const { site, remote } = await clone();
  const other = join(await temporaryFolder(), 'other');
  await run('git', ['clone', '-q', remote, other], { env: environment() });
  expect((await report(site)).code).toBe(0);
  const second = await report(other, { title: 'Mail is slow' });
  expect([second.code, second.output]).toEqual([0, 'written=true\n']);
  expect(await published(remote, 'ls-tree', '--name-only', 'main', 'incidents/')).toBe(
    'incidents/2026-11-21-mail-is-slow.md\nincidents/2026-11-21-no-power-in-dresden.md\n',
  );
});

it('of two reports under one title at the same time the first one is published, and the second one is told', async () => {
  const { site, remote } = await clone();
  const other = join(await temporaryFolder(), 'other');
  await run('git', ['clone', '-q', remote, other], { env: environment() });
  expect((await report(site)).code).toBe(0);
  told = [];
  const second = await report(other, { body: BODY.replace('critical', 'minor') });
  expect([second.code, second.output]).toEqual([1, 'written=false\n']);
  expect(second.stderr).toContain("What others have pushed meanwhile can't be taken over.");
  expect(told).toEqual([expect.stringContaining('could not be pushed')]);
  expect(await published(remote, 'show', 'main:incidents/2026-11-21-no-power-in-dresden.md')).toBe(FILE);
});

it.each([
  ['a stranger', { author: 'fremd' }, 'fremd may not write to this repository. Nothing is done.'],
  ['somebody who may only read', { author: 'gast' }, 'gast may not write to this repository.'],
  [
    'somebody who writes about something else',
    { body: 'The printer is broken.' },
    'was not made with the form',
  ],
])('an issue of %s changes nothing and gets no answer', async (_, more, said) => {
  const { site, git, remote } = await clone();
  const { code, stdout, output } = await report(site, more);
  expect([code, output]).toEqual([0, 'written=false\n']);
  expect(stdout).toContain(said);
  expect(told).toEqual([]);
  expect(await git('status', '--porcelain')).toBe('');
  expect(await published(remote, 'rev-list', '--count', 'main')).toBe('1\n');
});

it('a secret is not committed, and the issue is told what to do', async () => {
  const { site, git } = await clone();
  const secret = `ghp_${'a1B2'.repeat(9)}`;
  const { code, stdout, stderr, output } = await report(site, { body: `${BODY}\n\n${secret}` });
  expect([code, output]).toEqual([1, 'written=false\n']);
  expect(stderr).toContain('looks like a secret');
  expect(told).toEqual([expect.stringContaining('revoke it')]);
  expect(stdout + stderr + told).not.toContain(secret);
  expect(await git('status', '--porcelain')).toBe('');
});

it('a host that can not say who may write publishes nothing', async () => {
  const { site, remote } = await clone();
  permissions = {};
  const { code, output } = await report(site);
  expect([code, output]).toEqual([0, 'written=false\n']);
  expect(await published(remote, 'rev-list', '--count', 'main')).toBe('1\n');
});

it.each([
  '',
  '{}',
  '{"action":"edited","issue":{}}',
  '{"action":"opened","issue":{"number":1,"title":"x","user":{"login":"../x"},"created_at":""}}',
])('an event that is %s is wrong usage', async (event) => {
  const { site } = await clone();
  const { code, stderr } = await report(site, { event: event || ' ' });
  expect(code).toBe(2);
  expect(stderr).toContain('no issue that was opened');
});
