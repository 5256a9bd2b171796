import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { due } from '../../../src/cli/due.ts';

let folder = '';
let server: Server;
let origin = '';
let answer: { status: number; text: string };
let asked: string[] = [];
const BUILD = { built: '2026-11-21T17:00:00Z', commit: null, next_change: '2026-11-21T18:00:00Z' };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dran-due-'));
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(answer.status).end(answer.text);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await writeFile(join(folder, 'status.config.yml'), `name: Nord\nurl: ${origin}/status/\ntimezone: UTC\n`);
});

beforeEach(() => {
  asked = [];
  answer = { status: 200, text: JSON.stringify(BUILD) };
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
  await rm(folder, { recursive: true, force: true });
});

async function run(args: string[], env: Record<string, string> = {}) {
  let out = '';
  let err = '';
  const code = await due({
    args,
    env: { STATUS_NOW: '2026-11-21T17:30:00Z', ...env },
    site: folder,
    isTerminal: false,
    color: false,
    stdin: process.stdin,
    print: (text) => (out += text),
    printError: (text) => (err += text),
  });
  return { code, out, err };
}

it('asks the page of the config, past anything that keeps old answers, and says that there is time', async () => {
  const { code, out } = await run([]);
  expect([code, out]).toEqual([
    4,
    'Not due: What is published is as new as this repository. The next change by the clock is at 2026-11-21T18:00:00Z.\n',
  ]);
  expect(asked).toEqual([expect.stringMatching(/^\/status\/build\.json\?[0-9a-f]{12}$/)]);
});

it('says that a window has begun', async () => {
  const { code, out } = await run([], { STATUS_NOW: '2026-11-21T18:00:01Z' });
  expect([code, out]).toEqual([
    0,
    `Due: ${origin}/status/build.json was to change at 2026-11-21T18:00:00Z.\n`,
  ]);
});

it.each([
  [404, '', 0],
  [200, '<!doctype html>', 0],
  [503, '', 4],
  [403, '', 4],
])('an answer with status %i and the text %j exits with %i', async (status, text, code) => {
  answer = { status, text };
  expect((await run([])).code).toBe(code);
});

it('does not take silence for a reason', async () => {
  const { code, out } = await run(['--url', 'http://127.0.0.1:9']);
  expect([code, out]).toEqual([
    4,
    expect.stringContaining('Nothing answers: http://127.0.0.1:9/build.json ('),
  ]);
});

it('tells the steps of a workflow, and warns where somebody should look', async () => {
  const file = join(folder, 'output');
  await writeFile(file, 'kept=1\n');
  const env = { GITHUB_OUTPUT: file };
  expect((await run(['--format', 'github'], { ...env, STATUS_NOW: '2026-11-22T00:00:00Z' })).code).toBe(0);
  const silent = await run(['--format', 'github', '--url', 'http://127.0.0.1:9'], env);
  expect(silent.code).toBe(0);
  expect(silent.out).toContain('\n::warning::Nothing answers: ');
  expect(await readFile(file, 'utf8')).toBe('kept=1\ndue=true\ndue=false\n');
});

it.each([
  [['--format', 'gitlab'], 'There is no format "gitlab"'],
  [['--url', 'ftp://x'], '"ftp://x" is no address'],
  [['--now'], 'There is no --now.'],
  [['status.example'], 'is not expected here'],
])('wrong usage %j says what to write', async (args, message) => {
  const { code, out, err } = await run(args);
  expect([code, out]).toEqual([2, '']);
  expect(err).toContain(message);
});
