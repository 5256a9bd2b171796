import { describe, expect, test } from 'vitest';
import type { DnsAnswer, DnsRecord } from '../../../src/doctor/dns-client.ts';
import { type Ask, mailHosts, nameFacts, zoneOf } from '../../../src/doctor/name-facts.ts';

/** A resolver that knows some answers; the rest are names that are not there. */
function resolver(answers: Record<string, DnsAnswer>): Ask {
  return async (name, type) => answers[`${type} ${name}`] ?? { kind: 'missing' };
}

const records = (...list: [string, DnsRecord['type'], string, number?][]): DnsAnswer => ({
  kind: 'records',
  authoritative: false,
  records: list.map(
    ([name, type, data, ttl = 60]): DnsRecord =>
      type === 'MX' ? { name, ttl, type, data, preference: 10 } : { name, ttl, type, data },
  ),
});

describe('a host name', () => {
  test('leads to addresses of both kinds', async () => {
    const ask = resolver({
      'A www.moor.example': records(['www.moor.example', 'A', '192.0.2.1']),
      'AAAA www.moor.example': records(['www.moor.example', 'AAAA', '2001:db8::1']),
    });
    expect(await nameFacts('www.moor.example', ask)).toEqual({
      host: 'www.moor.example',
      state: 'found',
      reason: null,
      aliases: [],
      addresses: [
        { address: '192.0.2.1', ttl: 60 },
        { address: '2001:db8::1', ttl: 60 },
      ],
    });
  });

  test('leads there through aliases, told in one answer or in several', async () => {
    const whole = resolver({
      'A status.moor.example': records(
        ['status.moor.example', 'CNAME', 'moor.pages.example', 3600],
        ['moor.pages.example', 'CNAME', 'edge.example', 30],
        ['edge.example', 'A', '192.0.2.9'],
      ),
    });
    const piecemeal = resolver({
      'A status.moor.example': records(['status.moor.example', 'CNAME', 'moor.pages.example', 3600]),
      'A moor.pages.example': records(['moor.pages.example', 'CNAME', 'edge.example', 30]),
      'A edge.example': records(['edge.example', 'A', '192.0.2.9']),
    });
    const facts = await nameFacts('status.moor.example', whole);
    expect(facts.aliases).toEqual([
      { name: 'status.moor.example', target: 'moor.pages.example', ttl: 3600 },
      { name: 'moor.pages.example', target: 'edge.example', ttl: 30 },
    ]);
    expect(facts.addresses).toEqual([{ address: '192.0.2.9', ttl: 60 }]);
    expect(await nameFacts('status.moor.example', piecemeal)).toEqual(facts);
  });

  test('may have IPv6 alone', async () => {
    const ask = resolver({
      'A six.moor.example': { kind: 'empty' },
      'AAAA six.moor.example': records(['six.moor.example', 'AAAA', '2001:db8::6']),
    });
    expect(await nameFacts('six.moor.example', ask)).toMatchObject({ state: 'found' });
  });

  test('may lead in a circle', async () => {
    const circle = records(['a.example', 'CNAME', 'b.example'], ['b.example', 'CNAME', 'a.example']);
    const ask = resolver({ 'A a.example': circle, 'AAAA a.example': circle });
    expect(await nameFacts('a.example', ask)).toMatchObject({ state: 'loop', addresses: [] });
  });

  test('may lead on for ever', async () => {
    const ask: Ask = async (name) => records([name, 'CNAME', `x${name}`]);
    expect(await nameFacts('a.example', ask)).toMatchObject({ state: 'loop' });
  });

  test('may not be there, or lead to what is not', async () => {
    const ask = resolver({
      'A gone.example': records(['gone.example', 'CNAME', 'away.example']),
      'AAAA gone.example': records(['gone.example', 'CNAME', 'away.example']),
    });
    expect(await nameFacts('nothing.example', ask)).toMatchObject({ state: 'missing', aliases: [] });
    expect(await nameFacts('gone.example', ask)).toMatchObject({
      state: 'missing',
      aliases: [{ target: 'away.example' }],
    });
  });

  test('is found where one kind of question fails, unknown where that could hide its addresses', async () => {
    const failed: DnsAnswer = { kind: 'failed', reason: 'the answer was SERVFAIL' };
    const half = resolver({
      'A a.example': records(['a.example', 'A', '192.0.2.1']),
      'AAAA a.example': failed,
    });
    const blind = resolver({ 'A a.example': failed, 'AAAA a.example': { kind: 'empty' } });
    expect(await nameFacts('a.example', half)).toMatchObject({ state: 'found', reason: null });
    expect(await nameFacts('a.example', blind)).toMatchObject({
      state: 'failed',
      reason: 'the answer was SERVFAIL',
    });
  });

  test('that is an address stands for itself, and nobody is asked', async () => {
    const ask: Ask = () => Promise.reject(new Error('asked'));
    expect(await nameFacts('2001:db8::7', ask)).toMatchObject({
      state: 'found',
      addresses: [{ address: '2001:db8::7', ttl: null }],
    });
  });
});

describe('the zone of a name', () => {
  const ask = resolver({
    'NS moor.example': records(
      ['moor.example', 'NS', 'ns2.moor.example'],
      ['moor.example', 'NS', 'ns1.moor.example'],
    ),
    'NS example': records(['example', 'NS', 'a.root.example']),
    // A question at an alias is answered with what it leads to.
    'NS status.moor.example': records(
      ['status.moor.example', 'CNAME', 'pages.example'],
      ['pages.example', 'NS', 'ns.pages.example'],
    ),
    'NS dark.example': { kind: 'failed', reason: 'no answer within 2 seconds' },
  });

  test('begins at the nearest name that has name servers', async () => {
    const zone = { name: 'moor.example', servers: ['ns1.moor.example', 'ns2.moor.example'] };
    expect(await zoneOf('a.b.moor.example', ask)).toEqual(zone);
    expect(await zoneOf('moor.example', ask)).toEqual(zone);
    expect(await zoneOf('status.moor.example', ask)).toEqual(zone);
  });

  test('is unknown where nobody answers, and never the top of all', async () => {
    expect(await zoneOf('www.dark.example', ask)).toBeNull();
    expect(await zoneOf('nothing.example', ask)).toBeNull();
    expect(await zoneOf('localhost', ask)).toBeNull();
  });
});

describe('mail for a domain', () => {
  test('goes to its mail hosts, else to itself, or nowhere', async () => {
    const ask = resolver({
      'MX moor.example': records(
        ['moor.example', 'MX', 'b.mx.example'],
        ['moor.example', 'MX', 'a.mx.example'],
      ),
      'MX plain.example': { kind: 'empty' },
      'MX mute.example': records(['mute.example', 'MX', '']),
    });
    expect(await mailHosts('moor.example', ask)).toEqual(['a.mx.example', 'b.mx.example']);
    expect(await mailHosts('plain.example', ask)).toEqual(['plain.example']);
    expect(await mailHosts('mute.example', ask)).toEqual([]);
    expect(await mailHosts('missing.example', ask)).toEqual([]);
  });
});
