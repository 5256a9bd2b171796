import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Try } from '../../../src/deploy/publish.ts';
import { rcloneStore } from '../../../src/deploy/rclone-store.ts';
import { RECORD_PATH } from '../../../src/deploy/record.ts';
import type { ToolCall, ToolEnd } from '../../../src/deploy/tool.ts';
import { toolsThat } from './given.ts';
import { buildOf, fileOf } from './memory-store.ts';

/** A remote in memory behind what rclone's remote control says and takes. */
interface Remote {
  name: string;
  features: { BucketBased: boolean; Move: boolean; SlowHash?: boolean };
  hashes: string[];
  files: Map<string, string>;
  /** A server that does not rename over what is there. */
  refusesToOverwrite?: boolean;
}

interface Asked {
  command: string;
  input: Record<string, unknown>;
}

const folders: string[] = [];
let dist: string;
let servers: Server[] = [];
const asked: Asked[] = [];
const started: ToolCall[] = [];

beforeEach(() => {
  dist = mkdtempSync(join(tmpdir(), 'dran-test-'));
  folders.push(dist);
  asked.length = 0;
  started.length = 0;
});
afterEach(() => {
  for (const server of servers) server.close();
  servers = [];
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Stands for \`rclone rcd\`: serves until its signal ends it. */
function rcloneOf(remote: Remote) {
  return toolsThat(async (call): Promise<Partial<ToolEnd>> => {
    started.push(call);
    const { RCLONE_RC_USER: user, RCLONE_RC_PASS: password } = call.env;
    const expected = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
    const server = createServer(async (request, response) => {
      let body = '';
      for await (const part of request) body += part;
      if (request.headers.authorization !== expected) {
        response.writeHead(401).end('{}');
        return;
      }
      const one = {
        command: (request.url ?? '').slice(1),
        input: JSON.parse(body) as Record<string, unknown>,
      };
      asked.push(one);
      const answer = answerOf(remote, one);
      response.writeHead(answer.status).end(JSON.stringify(answer.body));
    });
    servers.push(server);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    call.onErrorLine?.('2026/11/21 18:40:00 NOTICE: something else');
    call.onErrorLine?.(`2026/11/21 18:40:00 NOTICE: Serving remote control on http://127.0.0.1:${port}/`);
    await new Promise((done) => call.signal.addEventListener('abort', done));
    server.close();
    server.closeAllConnections();
    throw call.signal.reason;
  });
}

function answerOf({ name, features, hashes, files, refusesToOverwrite }: Remote, { command, input }: Asked) {
  const fault = (error: string, status = 500) => ({ status, body: { error } });
  const well = (body: object = {}) => ({ status: 200, body });
  const text = (key: string) => String(input[key]);
  const checks = !(input._config as { NoCheckDest?: boolean } | undefined)?.NoCheckDest;
  if (command === 'operations/fsinfo') return well({ String: name, Hashes: hashes, Features: features });
  if (command === 'operations/list') {
    const list = [...files].map(([Path, content]) => ({
      Path,
      Size: content.length,
      IsDir: false,
      ...(hashes.includes('md5') ? { Hashes: { md5: fileOf(Path, content).md5 } } : {}),
    }));
    return files.size === 0 ? fault('directory not found', 404) : well({ list });
  }
  if (command === 'operations/copyfile' && text('srcFs') === 'remote:page') {
    const content = files.get(text('srcRemote'));
    if (content === undefined) return fault('object not found', 404);
    writeFileSync(join(text('dstFs'), text('dstRemote')), content);
    return well();
  }
  if (command === 'operations/copyfile') {
    files.set(text('dstRemote'), readFileSync(join(text('srcFs'), text('srcRemote')), 'utf8'));
    return well();
  }
  if (command === 'operations/movefile') {
    if (refusesToOverwrite && !checks && files.has(text('dstRemote')))
      return fault('rename failed: SSH_FX_FAILURE');
    files.set(text('dstRemote'), files.get(text('srcRemote'))!);
    files.delete(text('srcRemote'));
    return well();
  }
  if (command === 'operations/deletefile')
    return files.delete(text('remote')) ? well() : fault('object not found', 404);
  if (command === 'operations/purge') {
    for (const path of files.keys()) if (path.startsWith(`${text('remote')}/`)) files.delete(path);
    return well();
  }
  if (command === 'operations/rmdir') return well();
  return fault(`couldn't find method "${command}"`, 404);
}

function remote(more: Partial<Remote> = {}): Remote {
  const features = { BucketBased: false, Move: true };
  return { name: 'sftp://web2.example', features, hashes: [], files: new Map(), ...more };
}

function open(place: Remote) {
  const files = { 'index.html': 'new', 'a.html': 'new' };
  for (const [path, text] of Object.entries(files)) writeFileSync(join(dist, path), text);
  const build = { ...buildOf(files), folder: dist };
  const attempt: Try = {
    build,
    dryRun: false,
    signal: new AbortController().signal,
    run: 'abc',
    tell: () => {},
  };
  return { build, store: rcloneStore('remote:page', rcloneOf(place))(attempt) };
}

describe('a place that rclone knows', () => {
  it('is reached through one rclone, on this machine alone and with a password', async () => {
    const store = await open(remote()).store;
    expect(started).toHaveLength(1);
    expect(started[0]!.args).toEqual(expect.arrayContaining(['rcd', '--rc-addr=127.0.0.1:0']));
    expect(started[0]!.args.join(' ')).not.toContain(started[0]!.env.RCLONE_RC_PASS);
    await store.close();
    expect(started[0]!.signal.aborted).toBe(true);
  });

  it('gets each file below .dran first, and then moved over the old one without a look at it', async () => {
    const place = remote({ files: new Map([['index.html', 'old']]) });
    const { build, store: opening } = open(place);
    const store = await opening;
    await store.look();
    asked.length = 0;
    expect(await store.send(build.files, () => {})).toBe('whole');
    const steps = asked.map(({ command, input }) => `${command} ${input.dstRemote}`).sort();
    expect(steps).toEqual([
      'operations/copyfile .dran/half-abc/0',
      'operations/copyfile .dran/half-abc/1',
      'operations/movefile a.html',
      'operations/movefile index.html',
    ]);
    expect(asked.every(({ input }) => (input._config as { NoCheckDest: boolean }).NoCheckDest)).toBe(true);
    expect([...place.files].sort()).toEqual([
      ['a.html', 'new'],
      ['index.html', 'new'],
    ]);
    await store.close();
  });

  it('that does not move over a file has the old one removed first, and says so', async () => {
    const place = remote({ files: new Map([['index.html', 'old']]), refusesToOverwrite: true });
    const { build, store: opening } = open(place);
    const store = await opening;
    await store.look();
    expect(await store.send(build.files, () => {})).toBe('gap');
    expect(place.files.get('index.html')).toBe('new');
    await store.close();
  });

  it('that takes each file as a whole gets it at its place', async () => {
    const place = remote({ features: { BucketBased: true, Move: false }, hashes: ['md5'] });
    const { build, store: opening } = open(place);
    const store = await opening;
    expect(await store.send(build.files, () => {})).toBe('whole');
    expect(asked.filter(({ command }) => command === 'operations/movefile')).toEqual([]);
    await store.close();
  });

  it('that can not move at all is said to be unsafe while it is written', async () => {
    const { build, store: opening } = open(remote({ features: { BucketBased: false, Move: false } }));
    const store = await opening;
    expect(await store.send(build.files, () => {})).toBe('in-place');
    await store.close();
  });

  it('over WebDAV is asked to overwrite', async () => {
    const store = await open(remote({ name: "webdav root 'page'" })).store;
    expect(started.at(-1)!.args).toContain('--header=Overwrite: T');
    await store.close();
    expect(started.every(({ signal }) => signal.aborted)).toBe(true);
  });

  it('tells digests where it knows them, and leaves its own things out', async () => {
    const files = new Map([
      ['index.html', 'old'],
      [RECORD_PATH, 'record'],
      ['.dran/half-dead/7', 'half'],
    ]);
    const store = await open(remote({ files, hashes: ['md5'] })).store;
    const holding = await store.look();
    expect([...holding.files]).toEqual([['index.html', { size: 3, md5: fileOf('x', 'old').md5 }]]);
    expect(holding.record).toBe('record');
    await store.tidy();
    expect([...files.keys()]).toEqual(['index.html', RECORD_PATH]);
    await store.close();
  });

  it('holds nothing where it is not there yet', async () => {
    const store = await open(remote()).store;
    expect(await store.look()).toEqual({ files: new Map(), record: null });
    await store.remove(['gone.html']);
    await store.close();
  });

  it('is told that rclone is missing', async () => {
    const tools = toolsThat(() => ({ code: 127 }));
    const attempt: Try = {
      build: buildOf({}),
      dryRun: false,
      signal: new AbortController().signal,
      run: 'a',
      tell: () => {},
    };
    await expect(rcloneStore('remote:page', tools)(attempt)).rejects.toThrow('rclone is not installed here');
  });
});
