import { afterEach, describe, expect, test } from 'vitest';
import { askDns, readServerAddress } from '../../../src/doctor/dns-client.ts';
import { type Mood, type NameServer, startNameServer } from './name-server.ts';

const servers: NameServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function serverWith(lines: string[], moods: Record<string, Mood> = {}) {
  const server = await startNameServer(lines, moods);
  servers.push(server);
  return { server, at: { address: '127.0.0.1', port: server.port } };
}

const options = { timeout: 2000, tries: 1, recursive: true };
const hasty = { timeout: 60, tries: 2, recursive: true };

describe('a question to a name server', () => {
  test('is answered with records and how long they may be kept', async () => {
    const { at } = await serverWith(['www.moor.example 300 A 127.0.0.7', 'www.moor.example 300 A 127.0.0.8']);
    expect(await askDns('WWW.moor.example', 'A', { ...options, servers: [at] })).toEqual({
      kind: 'records',
      authoritative: false,
      records: [
        { name: 'www.moor.example', ttl: 300, type: 'A', data: '127.0.0.7' },
        { name: 'www.moor.example', ttl: 300, type: 'A', data: '127.0.0.8' },
      ],
    });
  });

  test('tells aliases, name servers and mail hosts', async () => {
    const { at } = await serverWith([
      'status.moor.example 3600 CNAME pages.host.example',
      'pages.host.example 60 AAAA ::1',
      'moor.example 600 NS ns1.moor.example',
      'moor.example 600 MX 10 mx.moor.example',
    ]);
    const ask = async (name: string, type: 'AAAA' | 'NS' | 'MX') => {
      const answer = await askDns(name, type, { ...options, servers: [at] });
      return answer.kind === 'records' ? answer.records.map(({ data, ttl }) => `${data} ${ttl}`) : answer;
    };
    expect(await ask('status.moor.example', 'AAAA')).toEqual(['pages.host.example 3600', '::1 60']);
    expect(await ask('moor.example', 'NS')).toEqual(['ns1.moor.example 600']);
    expect(await ask('moor.example', 'MX')).toEqual(['mx.moor.example 600']);
  });

  test('can put nothing on a terminal but a host name', async () => {
    const { at } = await serverWith(['moor.example 60 NS \u001b[2J\u0007evil.example']);
    const answer = await askDns('moor.example', 'NS', { ...options, servers: [at] });
    expect(answer).toMatchObject({ kind: 'records', records: [{ data: '?[2j?evil.example' }] });
  });

  test('tells a name that is not there from one without such a record', async () => {
    const { at } = await serverWith(['www.moor.example 300 A 127.0.0.7']);
    const ask = (name: string) => askDns(name, 'AAAA', { ...options, servers: [at] });
    expect(await ask('wwww.moor.example')).toEqual({ kind: 'missing' });
    expect(await ask('www.moor.example')).toEqual({ kind: 'empty' });
    expect(await ask('moor.example')).toEqual({ kind: 'empty' });
  });

  test('is asked again over TCP where the answer was cut off', async () => {
    const lines = Array.from({ length: 90 }, (_, index) => `many.moor.example 60 A 127.0.1.${index}`);
    const { server, at } = await serverWith(lines, { 'many.moor.example': 'truncated' });
    const answer = await askDns('many.moor.example', 'A', { ...options, servers: [at] });
    expect(answer.kind === 'records' && answer.records.length).toBe(90);
    expect(server.asked).toEqual(['A many.moor.example udp', 'A many.moor.example tcp']);
  });

  test('takes no datagram that answers something else', async () => {
    const { at } = await serverWith(['www.moor.example 300 A 127.0.0.7'], { 'www.moor.example': 'strays' });
    const answer = await askDns('www.moor.example', 'A', { ...options, servers: [at] });
    expect(answer).toMatchObject({ kind: 'records', records: [{ data: '127.0.0.7' }] });
  });

  test.each([
    ['nobody answers', 'silent', 'no answer within 0.06 seconds'],
    ['the server fails', 'SERVFAIL', 'the answer was SERVFAIL'],
    ['the server refuses', 'REFUSED', 'the answer was REFUSED'],
    ['the answer is no answer', 'garbled', 'no answer within 0.06 seconds'],
  ] as const)('says so where %s', async (_what, mood, reason) => {
    const { at } = await serverWith(['www.moor.example 300 A 127.0.0.7'], { 'www.moor.example': mood });
    const answer = await askDns('www.moor.example', 'A', { ...hasty, servers: [at] });
    expect(answer).toEqual({ kind: 'failed', reason });
  });

  test('says so at once where no server listens', async () => {
    const { server, at } = await serverWith([]);
    await server.close();
    servers.splice(0);
    const answer = await askDns('www.moor.example', 'A', {
      timeout: 60_000,
      tries: 1,
      recursive: true,
      servers: [at],
    });
    expect(answer).toEqual({ kind: 'failed', reason: 'nobody listens there (ECONNREFUSED)' });
  });

  test('goes to the next server where one does not answer', async () => {
    const silent = await serverWith(['www.moor.example 1 A 127.0.0.1'], { 'www.moor.example': 'silent' });
    const broken = await serverWith(['www.moor.example 1 A 127.0.0.2'], { 'www.moor.example': 'SERVFAIL' });
    const well = await serverWith(['www.moor.example 1 A 127.0.0.3']);
    const answer = await askDns('www.moor.example', 'A', {
      ...hasty,
      servers: [silent.at, broken.at, well.at],
    });
    expect(answer).toMatchObject({ kind: 'records', records: [{ data: '127.0.0.3' }] });
  });

  test('without any server is no crash', async () => {
    expect(await askDns('www.moor.example', 'A', { ...options, servers: [] })).toMatchObject({
      kind: 'failed',
    });
  });
});

describe('the address of a DNS server', () => {
  test.each([
    ['9.9.9.9', { address: '9.9.9.9', port: 53 }],
    ['127.0.0.1:5353', { address: '127.0.0.1', port: 5353 }],
    ['2620:fe::fe', { address: '2620:fe::fe', port: 53 }],
    ['[2620:fe::fe]', { address: '2620:fe::fe', port: 53 }],
    ['[::1]:5353', { address: '::1', port: 5353 }],
    ['999.9.9.9', null],
    ['9.9.9.9:99999', null],
    ['dns.example', null],
    ['', null],
  ])('%s', (text, expected) => {
    expect(readServerAddress(text)).toEqual(expected);
  });
});
