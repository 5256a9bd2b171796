import { describe, expect, test } from 'vitest';
import type { HstsFacts, WebFacts } from '../../../src/doctor/web-facts.ts';
import { DAY, examine, NOW } from './sample.ts';

const CONFIG = 'dependencies: { Site: www.other.test }\nmirrors: ["https://mirror.test/status"]\n';
const PAGE = 'https://status.moor.example';
const MIRROR = 'https://mirror.test/status';

function web(url: string, facts: Partial<WebFacts> = {}): WebFacts {
  return {
    url,
    status: 200,
    failure: null,
    certificate: { expires: NOW + 60 * DAY, fault: null },
    hsts: null,
    sentTo: null,
    build: { built: NOW, hash: 'a', nextChange: null, url: PAGE },
    plain: 'redirects',
    ...facts,
  };
}

async function found(
  page: Partial<WebFacts>,
  {
    mirror = {},
    hsts = {},
    rest = {},
  }: { mirror?: Partial<WebFacts>; hsts?: Record<string, HstsFacts>; rest?: object } = {},
) {
  const facts = { web: { [PAGE]: web(PAGE, page), [MIRROR]: web(MIRROR, mirror) }, hsts };
  return examine({ config: CONFIG, facts, rest });
}

const told = async (...world: Parameters<typeof found>) =>
  (await found(...world)).map(({ severity, code, hosts }) => `${severity} ${code} ${hosts}`);

const HSTS = { maxAge: 31_536_000, subdomains: true };
const UNHEARD = { status: null, build: null, certificate: null };

describe('a page and a mirror', () => {
  test('that are well served need no word', async () => {
    expect(await told({})).toEqual([]);
  });

  test('that do not answer are down', async () => {
    const failure = 'nobody listens there (ECONNREFUSED)';
    expect(await told({ ...UNHEARD, failure }, { mirror: { ...UNHEARD, failure } })).toEqual([
      'fatal no-web-answer status.moor.example',
      'risk no-web-answer mirror.test',
    ]);
  });

  test('that show something else, or send readers away, are no copies', async () => {
    expect(await told({ status: 404, build: null }, { mirror: { build: null } })).toEqual([
      'risk not-this-page status.moor.example',
      'risk not-this-page mirror.test',
    ]);
    const [other] = await found(
      {},
      { mirror: { build: { built: NOW, hash: 'a', nextChange: null, url: 'https://x.test' } } },
    );
    expect(other?.why).toBe(
      'https://mirror.test/status/build.json was built for another address: this page is not published there.',
    );
    const [away] = await found({}, { mirror: { status: 301, build: null, sentTo: PAGE } });
    expect(away).toMatchObject({
      code: 'sent-elsewhere',
      severity: 'risk',
      why: 'The mirror mirror.test sends readers on to https://status.moor.example: when that is down, this is no help.',
    });
  });

  test('that show different builds are told apart by age', async () => {
    const old = { built: NOW - DAY, hash: 'b', nextChange: null, url: PAGE };
    const [finding, ...more] = await found({}, { mirror: { build: old } });
    expect(finding).toMatchObject({
      code: 'older-copy',
      severity: 'risk',
      hosts: ['mirror.test'],
      why: 'https://mirror.test/status shows what was built at 2026-11-20 18:30; https://status.moor.example shows something newer, built at 2026-11-21 18:30.',
    });
    expect(more).toEqual([]);
    expect(await told({}, { mirror: { build: { ...old, hash: 'a' } } })).toEqual([]);
  });

  test('are compared with what was built here', async () => {
    const [behind] = await found(
      { build: { built: NOW - DAY, hash: 'b', nextChange: null, url: PAGE } },
      { mirror: UNHEARD },
    );
    expect(behind).toMatchObject({ code: 'not-this-page' });
    const findings = await found(
      { build: { built: NOW - DAY, hash: 'b', nextChange: null, url: PAGE } },
      {
        mirror: { build: { built: NOW - DAY, hash: 'b', nextChange: null, url: PAGE } },
      },
    );
    expect(findings).toMatchObject([
      { code: 'build-not-published', severity: 'hint', change: expect.stringContaining('npm run deploy') },
    ]);
    const ahead = { built: NOW + DAY, hash: 'b', nextChange: null, url: PAGE };
    expect(await found({ build: ahead }, { mirror: { build: ahead } })).toMatchObject([
      { code: 'build-not-published', change: 'Pull and build before you publish from here.' },
    ]);
  });

  test('that should have been rebuilt by the clock half an hour ago are late', async () => {
    const due = (minutes: number) => ({
      build: { built: NOW - DAY, hash: 'a', nextChange: NOW - minutes * 60_000, url: PAGE },
    });
    expect(await told(due(20))).toEqual([]);
    expect(await told(due(40))).toEqual(['risk rebuild-late status.moor.example']);
  });

  test('that stand still by intention are not', async () => {
    const build = { built: NOW - DAY, hash: 'a', nextChange: NOW - DAY / 2, url: PAGE };
    const facts = { web: { [PAGE]: web(PAGE, { build }), [MIRROR]: web(MIRROR, { build }) } };
    expect(await examine({ config: `${CONFIG}clock: 2026-11-20 18:30\n`, facts })).toEqual([]);
  });
});

describe('a certificate', () => {
  test('that ends within three weeks is told, with what HSTS makes of it', async () => {
    const [finding] = await found({ certificate: { expires: NOW + 12.5 * DAY, fault: null }, hsts: HSTS });
    expect(finding).toEqual({
      code: 'certificate-expires',
      severity: 'risk',
      hosts: ['status.moor.example'],
      why: 'The certificate of the page status.moor.example expires in 12 days, on 2026-12-04 06:30: its renewal may stand on systems that are down just then. By HSTS browsers insist on a good one for status.moor.example and all names below it, for 365 days: they let nobody in who has been there before.',
      change: 'Renew it now, and look that it renews itself without your own systems.',
    });
    expect(await told({ certificate: { expires: NOW + 22 * DAY, fault: null } })).toEqual([]);
  });

  test('that is over, or refused, keeps readers out', async () => {
    expect(await told({ certificate: { expires: NOW, fault: null } })).toEqual([
      'fatal certificate-expired status.moor.example',
    ]);
    const [refused] = await found(
      {},
      {
        mirror: { certificate: { expires: NOW + 60 * DAY, fault: 'ERR_TLS_CERT_ALTNAME_INVALID' } },
      },
    );
    expect(refused).toMatchObject({
      code: 'certificate-refused',
      severity: 'risk',
      why: 'Browsers refuse the certificate of the mirror mirror.test (ERR_TLS_CERT_ALTNAME_INVALID). Readers would have to click through a warning.',
    });
  });

  test('falls under what a domain above asks for all names below it', async () => {
    const expiring = { certificate: { expires: NOW + DAY, fault: null } };
    const why = async (hsts: HstsFacts) =>
      (await found(expiring, { hsts: { 'moor.example': hsts } }))[0]?.why;
    expect(await why(HSTS)).toContain('By HSTS browsers insist on a good one for moor.example');
    expect(await why({ ...HSTS, subdomains: false })).toContain('click through a warning');
  });
});

describe('plain HTTP', () => {
  test('beside HTTPS should lead there', async () => {
    expect(await told({ plain: 'no answer' }, { mirror: { plain: 'shows a page' } })).toEqual([
      'hint http-not-redirected status.moor.example',
      'hint http-not-redirected mirror.test',
    ]);
  });

  test('alone is a risk, and no way in where the domain above asks for HTTPS', async () => {
    const url = 'http://status.moor.example';
    const build = { built: NOW, hash: 'a', nextChange: null, url };
    const facts = { web: { [url]: web(url, { certificate: null, plain: null, build }) } };
    const severity = async (hsts: Record<string, HstsFacts>) =>
      (await examine({ url, config: CONFIG, facts: { ...facts, hsts } })).map(
        (one) => `${one.severity} ${one.code}`,
      );
    expect(await severity({})).toEqual(['risk no-https']);
    expect(await severity({ 'moor.example': HSTS })).toEqual(['fatal no-https']);
  });
});
