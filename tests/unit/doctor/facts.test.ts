import { afterEach, describe, expect, test } from 'vitest';
import { gatherFacts } from '../../../src/doctor/facts.ts';
import { findingsOf } from '../../../src/doctor/findings.ts';
import { subjectsOf } from '../../../src/doctor/subject.ts';
import { makeAuthority } from './certificates.ts';
import { type NameServer, startNameServer } from './name-server.ts';
import { configured, DAY, NOW } from './sample.ts';
import { buildJson, startWebServer, type WebServer } from './web-servers.ts';

const servers: (NameServer | WebServer)[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const CONFIG = `mirrors: ["https://moor.pages.test"]
source: https://git.moor.example/status
contacts: [{ label: Mail, url: "mailto:help@moor.example" }]
dependencies: { Site: www.moor.example, Mail: mx.moor.example }
`;

const ZONE = [
  'status.moor.example 17 CNAME edge.moor.example',
  'edge.moor.example 17 A 127.0.0.1',
  'moor.pages.test 60 A 127.0.0.1',
  'www.moor.example 60 A 127.0.9.1',
  'mx.moor.example 60 A 127.0.9.2',
  'git.moor.example 60 A 127.0.9.3',
  'moor.example 60 MX 10 mx.moor.example',
  'moor.example 60 A 127.0.0.1',
  'moor.example 60 NS ns1.moor.example',
  'ns1.moor.example 60 A 127.0.9.53',
  'pages.test 60 NS ns.pages.test',
  'ns.pages.test 60 A 127.0.8.53',
];

/** A world of local servers: a resolver, the operator's name server, the page and its mirror. */
async function world(silentResolver = false) {
  const authority = await makeAuthority();
  const resolver = await startNameServer(
    ZONE,
    silentResolver ? Object.fromEntries(ZONE.map((line) => [line.split(' ')[0], 'SERVFAIL' as const])) : {},
  );
  const own = await startNameServer(
    ['status.moor.example 7200 CNAME edge.moor.example', 'edge.moor.example 300 A 127.0.0.1'],
    {},
    { authoritative: true },
  );
  const web = await startWebServer(
    (request, response) => {
      const isRoot = request.url === '/';
      if (isRoot) response.setHeader('strict-transport-security', 'max-age=9000; includeSubDomains');
      response.end(isRoot ? 'Welcome' : buildJson({ hash: request.headers.host ?? '' }));
    },
    await authority.issue(
      ['status.moor.example', 'moor.example', 'moor.pages.test', 'pages.test'],
      new Date(NOW + 5 * DAY),
    ),
  );
  const plain = await startWebServer((request, response) => {
    response.writeHead(308, { location: `https://${request.headers.host}${request.url}` }).end();
  });
  servers.push(resolver, own, web, plain);
  const { site, hosting } = configured(CONFIG);
  const subjects = subjectsOf(site, hosting);
  const network = {
    resolvers: [{ address: '127.0.0.1', port: resolver.port }],
    dnsTimeout: 2000,
    webTimeout: 5000,
    serverAt: () => ({ address: '127.0.0.1', port: own.port }),
    ca: authority.cert,
    portFor: (port: number) => (port === 443 ? web.port : plain.port),
  };
  return { site, hosting, subjects, network, resolver, own };
}

describe('what the network says of a site', () => {
  test('is gathered from name servers and web servers', async () => {
    const { subjects, network, resolver } = await world();
    const { facts, silent } = await gatherFacts(subjects, network);
    expect(silent).toBe(false);
    expect(Object.keys(facts.names)).toEqual([
      'git.moor.example',
      'moor.pages.test',
      'mx.moor.example',
      'ns.pages.test',
      'ns1.moor.example',
      'status.moor.example',
      'www.moor.example',
    ]);
    expect(facts.zones['edge.moor.example']).toEqual({ name: 'moor.example', servers: ['ns1.moor.example'] });
    expect(facts.mail).toEqual({ 'moor.example': ['mx.moor.example'] });
    // The resolver had 17 seconds left of them.
    expect(facts.lifetimes).toEqual({ 'status.moor.example': 7200, 'edge.moor.example': 300 });
    expect(facts.web['https://status.moor.example']).toMatchObject({
      status: 200,
      certificate: { expires: NOW + 5 * DAY, fault: null },
      build: { hash: 'status.moor.example' },
      plain: 'redirects',
    });
    expect(facts.hsts).toEqual({
      'moor.example': { maxAge: 9000, subdomains: true },
    });
    expect(new Set(resolver.asked).size).toBe(resolver.asked.length);
  });

  test('gives the same facts and findings each time', async () => {
    const { site, hosting, subjects, network } = await world();
    const look = async () => {
      const { facts } = await gatherFacts(subjects, network);
      const schedule = { workflows: [], lastCommit: null, remotes: [] };
      return JSON.stringify({
        facts,
        findings: findingsOf({ site, hosting, facts, dist: null, schedule, now: NOW, folder: 'dist' }),
      });
    };
    const first = await look();
    for (let count = 0; count < 5; count += 1) expect(await look()).toBe(first);
    const codes = (JSON.parse(first).findings as { severity: string; code: string }[]).map(
      ({ severity, code }) => `${severity} ${code}`,
    );
    expect(codes).toEqual([
      'fatal same-domain',
      'risk same-address',
      'risk contact-down',
      'risk repository-down',
      'risk long-ttl',
      'risk certificate-expires',
      'risk certificate-expires',
      'risk older-copy',
      'hint no-build',
    ]);
  });

  test('is nothing where no DNS server answers, and is not asked for again and again', async () => {
    const { subjects, network, resolver } = await world(true);
    const { facts, silent } = await gatherFacts(subjects, network);
    expect(silent).toBe(true);
    expect(resolver.asked.filter((question) => question.startsWith('NS'))).toEqual([]);
    expect(facts.web).toEqual({});
  });
});
