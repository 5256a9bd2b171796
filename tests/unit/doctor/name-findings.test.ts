import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../src/doctor/finding.ts';
import { examine } from './sample.ts';

const ZONE = ['moor.example 60 NS ns1.moor.example', 'ns1.moor.example 60 A 192.0.2.53'];
const OTHERS = ['no-mirror', 'no-dependencies'];

const told = (findings: Finding[]) => findings.map(({ severity, code }) => `${severity} ${code}`);

async function page(
  records: string[],
  config = '',
  more: { dark?: string[]; lifetimes?: Record<string, number> } = {},
) {
  const { dark = [], lifetimes = {} } = more;
  const findings = await examine({ config, zone: [...ZONE, ...records], dark, facts: { lifetimes } });
  return findings.filter(({ code }) => !OTHERS.includes(code));
}

describe('the name of a page', () => {
  test('that is well needs no word', async () => {
    expect(told(await page(['status.moor.example 300 A 198.51.100.7']))).toEqual([]);
  });

  test('that is not there, leads to what is not, or in a circle, is grave', async () => {
    expect(told(await page([]))).toEqual(['fatal no-address']);
    const [gone] = await page(['status.moor.example 60 CNAME moor.host.test']);
    expect(gone).toMatchObject({
      code: 'no-address',
      why: 'The page status.moor.example has no address: it is an alias of moor.host.test, which has none. Nobody finds it.',
    });
    const [circle] = await page([
      'status.moor.example 60 CNAME b.test',
      'b.test 60 CNAME status.moor.example',
    ]);
    expect(circle).toMatchObject({
      severity: 'fatal',
      code: 'alias-loop',
      why: 'The aliases of the page status.moor.example lead in a circle or on for too long (status.moor.example → b.test → …): nobody finds it.',
    });
  });

  test('that nobody answers for could not be checked', async () => {
    const [finding] = await page([], '', { dark: ['status.moor.example'] });
    expect(finding).toMatchObject({
      severity: 'risk',
      code: 'no-dns-answer',
      why: 'Nobody could say where the page status.moor.example is: no answer within 2 seconds. It could not be checked.',
    });
  });

  test('kept for longer than five minutes leads readers to a host that is gone', async () => {
    const [finding] = await page(['status.moor.example 86400 A 198.51.100.7']);
    expect(finding).toEqual({
      code: 'long-ttl',
      severity: 'risk',
      hosts: ['status.moor.example'],
      why: 'The records of status.moor.example may be kept for 24 hours (TTL 86400): if the page has to move to another host, readers are led to the dead one for that long.',
      change: 'Set the TTL of status.moor.example to 300 seconds or less.',
    });
    expect(
      told(await page(['status.moor.example 3600 CNAME moor.pages.dev', 'moor.pages.dev 30 A 198.51.100.7'])),
    ).toEqual(['risk long-ttl']);
  });

  test('is not to blame for what its host lets be kept', async () => {
    expect(
      told(await page(['status.moor.example 60 CNAME moor.pages.dev', 'moor.pages.dev 9000 A 198.51.100.7'])),
    ).toEqual([]);
  });

  test('is judged by its own name servers, not by what a resolver has left of it', async () => {
    const lifetimes = { 'status.moor.example': 7200 };
    const [finding] = await page(['status.moor.example 12 A 198.51.100.7'], '', { lifetimes });
    expect(finding).toMatchObject({ code: 'long-ttl', why: expect.stringContaining('2 hours (TTL 7200)') });
  });

  test('with IPv6 alone leaves readers out', async () => {
    expect(told(await page(['status.moor.example 60 AAAA 2001:db8::7']))).toEqual(['hint ipv6-only']);
  });
});

describe('other names of the config', () => {
  const PAGE = 'status.moor.example 60 A 198.51.100.7';
  const dependencies = 'dependencies: { Site: www.other.test, Mail: [mx.other.test, mx2.other.test] }\n';

  test('that are not there are told together', async () => {
    const [finding] = (await page([PAGE, 'www.other.test 60 A 192.0.2.1'], dependencies)).filter(
      ({ code }) => code === 'no-address',
    );
    expect(finding).toMatchObject({
      severity: 'hint',
      hosts: ['mx.other.test', 'mx2.other.test'],
      why: 'Mail (mx.other.test, mx2.other.test): there is no address for these names, so only names and name servers were compared.',
    });
  });

  test('that nobody answers for may share anything with the page', async () => {
    const findings = await page(
      [PAGE, 'mx.other.test 60 A 192.0.2.1', 'mx2.other.test 60 A 192.0.2.1'],
      dependencies,
      {
        dark: ['www.other.test'],
      },
    );
    expect(findings.find(({ code }) => code === 'no-dns-answer')).toMatchObject({
      severity: 'risk',
      hosts: ['www.other.test'],
      why: 'Site (www.other.test): nobody could say where this is (no answer within 2 seconds), so it is not known what it shares with the page.',
    });
  });

  test('of a mirror, a repository or a contact do less harm', async () => {
    const config = `mirrors: ["https://mirror.test"]
source: https://git.test/x
contacts: [{ label: Chat, url: "https://chat.test" }, { label: Mail, url: "mailto:a@mail.test" }]
`;
    const findings = await page([PAGE], config, { dark: ['git.test'] });
    expect(
      findings
        .filter(({ code }) => /^no-(?:address|dns)/.test(code))
        .map(({ severity, hosts }) => `${severity} ${hosts}`),
    ).toEqual(['risk mirror.test', 'hint git.test', 'hint chat.test', 'hint mail.test']);
  });
});
