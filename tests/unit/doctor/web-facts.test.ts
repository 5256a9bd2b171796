import type { RequestListener } from 'node:http';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { hstsOf, type WebOptions, webFacts } from '../../../src/doctor/web-facts.ts';
import { type Authority, makeAuthority } from './certificates.ts';
import { buildJson, startWebServer, type WebServer } from './web-servers.ts';

const HOST = 'status.moor.example';
const END = new Date('2026-12-01T00:00:00Z');

let authority: Authority;
beforeAll(async () => {
  authority = await makeAuthority();
});

const servers: WebServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const page: RequestListener = (_request, response) => response.end(buildJson());

/** What is told of https://status.moor.example, whose ports 443 and 80 are servers of this test. */
async function told(
  answer: RequestListener,
  {
    hosts = [HOST],
    until = END,
    plain = page,
    url = `https://${HOST}`,
    more = {},
  }: {
    hosts?: string[];
    until?: Date;
    plain?: RequestListener;
    url?: string;
    more?: Partial<WebOptions>;
  } = {},
) {
  const secure = await startWebServer(answer, await authority.issue(hosts, until));
  const open = await startWebServer(plain);
  servers.push(secure, open);
  const portFor = (port: number) => (port === 443 ? secure.port : port === 80 ? open.port : port);
  return webFacts(url, {
    addressesOf: () => ['127.0.0.1'],
    timeout: 5000,
    ca: authority.cert,
    portFor,
    ...more,
  });
}

describe('a copy of the page', () => {
  test('tells what was built, its certificate and its manners', async () => {
    const asked: string[] = [];
    const facts = await told(
      (request, response) => {
        asked.push(`${request.headers.host}${request.url}`);
        response.setHeader('strict-transport-security', 'max-age=31536000; includeSubDomains; preload');
        response.end(buildJson({ next_change: '2026-11-25T22:00:00+01:00' }));
      },
      { plain: (_request, response) => response.writeHead(301, { location: `https://${HOST}/` }).end() },
    );
    expect(asked).toEqual([`${HOST}/build.json`]);
    expect(facts).toEqual({
      url: `https://${HOST}`,
      status: 200,
      failure: null,
      certificate: { expires: END.getTime(), fault: null },
      hsts: { maxAge: 31_536_000, subdomains: true },
      sentTo: null,
      build: {
        built: Date.parse('2026-11-21T17:30:00Z'),
        hash: 'a'.repeat(64),
        nextChange: Date.parse('2026-11-25T21:00:00Z'),
        url: `https://${HOST}`,
      },
      plain: 'redirects',
    });
  });

  test('may lie below a path, and redirect within its host', async () => {
    const facts = await told(
      (request, response) => {
        if (request.url === '/status/build.json')
          response.writeHead(302, { location: '/v2/build.json' }).end();
        else page(request, response);
      },
      { url: `https://${HOST}/status` },
    );
    expect(facts).toMatchObject({ status: 200, sentTo: null, build: { hash: 'a'.repeat(64) } });
  });

  test('may send readers to another host', async () => {
    const facts = await told((_request, response) => {
      response.writeHead(301, { location: 'https://other.example/status/build.json' }).end();
    });
    expect(facts).toMatchObject({ sentTo: 'https://other.example/status', build: null, failure: null });
  });

  test('may redirect for ever', async () => {
    const facts = await told((_request, response) => {
      response.writeHead(302, { location: '/build.json' }).end();
    });
    expect(facts).toMatchObject({ failure: 'it redirects more than 5 times' });
  });

  test.each([
    ['another page', 200, '<!doctype html><title>Parked</title>'],
    ['JSON of something else', 200, '[1, 2]'],
    ['a build.json without its hash', 200, '{"built":"2026-11-21T18:30:00+01:00"}'],
    ['nothing', 404, ''],
    ['a failure', 503, buildJson()],
  ])('may show %s', async (_what, status, text) => {
    const facts = await told((_request, response) => response.writeHead(status).end(text));
    expect(facts).toMatchObject({ status, build: null, failure: null });
  });

  test.each([
    ['no answer', (_request: unknown, _response: unknown) => {}, 'no answer within 0.3 seconds'],
    [
      'a cut connection',
      ({ socket }: { socket: { destroy(): void } }) => socket.destroy(),
      'the connection was cut (ECONNRESET)',
    ],
  ])('may give %s', async (_what, answer, failure) => {
    const facts = await told(answer as RequestListener, { more: { timeout: 300 } });
    expect(facts).toMatchObject({ status: null, failure, build: null });
  });

  test('may not be there at all', async () => {
    const server = await startWebServer(page);
    await server.close();
    const options = { addressesOf: () => ['127.0.0.1'], timeout: 5000 };
    const facts = await webFacts(`https://${HOST}:${server.port}`, options);
    expect(facts).toMatchObject({
      failure: 'nobody listens there (ECONNREFUSED)',
      certificate: null,
      plain: null,
    });
  });

  test('has a certificate that browsers refuse where it is of another host, or of an unknown authority', async () => {
    const other = await told(page, { hosts: ['www.moor.example'] });
    expect(other.certificate?.fault).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
    expect(other.build).not.toBeNull();
    const stranger = await makeAuthority();
    const unknown = await told(page, { more: { ca: stranger.cert } });
    expect(unknown.certificate?.fault).toMatch(/UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO/);
  });

  test('has a certificate whose end is told even if it lies behind us', async () => {
    const past = new Date('2021-05-01T00:00:00Z');
    const facts = await told(page, { until: past });
    expect(facts.certificate).toEqual({ expires: past.getTime(), fault: null });
  });

  test('may be an address with a certificate of its own', async () => {
    const facts = await told(page, { hosts: ['127.0.0.1'], url: 'https://127.0.0.1' });
    expect(facts).toMatchObject({ status: 200, certificate: { fault: null } });
  });

  test('shows a page over plain HTTP, or nothing', async () => {
    expect((await told(page)).plain).toBe('shows a page');
    expect((await told(page, { plain: ({ socket }) => socket.destroy() })).plain).toBe('no answer');
  });
});

describe('a domain above', () => {
  test('may ask browsers for HTTPS, but not with a certificate of another', async () => {
    const wish: RequestListener = (_request, response) => {
      response.setHeader('Strict-Transport-Security', 'includeSubDomains ; max-age="600"');
      response.end('Welcome');
    };
    const asked = async (hosts: string[], answer: RequestListener) => {
      const server = await startWebServer(answer, await authority.issue(hosts));
      servers.push(server);
      return hstsOf('moor.example', {
        addressesOf: () => ['127.0.0.1'],
        timeout: 5000,
        ca: authority.cert,
        portFor: () => server.port,
      });
    };
    expect(await asked(['moor.example'], wish)).toEqual({ maxAge: 600, subdomains: true });
    expect(await asked(['other.example'], wish)).toBeNull();
    expect(await asked(['moor.example'], page)).toBeNull();
  });
});
