import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { makeAuthority } from '../unit/doctor/certificates.ts';
import { type Mood, type NameServer, startNameServer } from '../unit/doctor/name-server.ts';
import { buildJson, startWebServer, type WebServer } from '../unit/doctor/web-servers.ts';
import { makeSite, NOW, runDoctor, type TestSite, writeFiles } from './harness.ts';

const servers: (NameServer | WebServer)[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const DAY = 24 * 60 * 60_000;
const AGE = { built: '2026-11-21T19:00:00+01:00', hash: 'b'.repeat(64) };

/** What an operator's own network looks like, all of it on this machine. */
const ZONE = [
  'moor.example 300 NS ns1.moor.example',
  'moor.example 300 NS ns2.moor.example',
  'ns1.moor.example 300 A 127.0.1.53',
  'ns2.moor.example 300 A 127.0.2.53',
  'www.moor.example 300 A 127.0.0.80',
  'mx.moor.example 300 A 127.0.1.25',
  'moor.example 300 MX 10 mx.moor.example',
];

interface World {
  config?: (page: string, mirror: string) => string;
  zone?: string[];
  moods?: Record<string, Mood>;
}

/** A site whose names, page and mirror are served on this machine. */
async function world({ config = () => '', zone = [], moods = {} }: World): Promise<{
  site: TestSite;
  env: Record<string, string>;
}> {
  const authority = await makeAuthority();
  const host = zone.some((line) => line.startsWith('moor-status'))
    ? 'moor-status.example'
    : 'status.moor.example';
  const soon = new Date(Date.parse(NOW) + 9.5 * DAY);
  const web = await startWebServer(
    (request, response) => {
      response.setHeader('strict-transport-security', 'max-age=31536000');
      const newest = request.headers.host?.startsWith('moor.') ? {} : AGE;
      response.end(buildJson({ ...newest, url: `https://${host}:${request.socket.localPort}` }));
    },
    await authority.issue(['status.moor.example', 'moor-status.example', 'moor.pages.example'], soon),
  );
  const names = await startNameServer([...ZONE, ...zone], moods);
  servers.push(web, names);
  const url = `https://${host}:${web.port}`;
  const site = await makeSite({
    'status.config.yml': `name: Moorhost
url: ${url}
timezone: Europe/Berlin
language: en
resolver: ["127.0.0.1:${names.port}"]
${config(url, `https://moor.pages.example:${web.port}`)}`,
  });
  await writeFiles(site.outDir, { 'build.json': buildJson({ ...AGE, url }), 'index.html': 'x' });
  const pem = join(site.folder, 'authority.pem');
  await writeFile(pem, authority.cert);
  return { site, env: { NODE_EXTRA_CA_CERTS: pem } };
}

const codesOf = (stdout: string) =>
  (JSON.parse(stdout).findings as { severity: string; code: string }[]).map(
    ({ severity, code }) => `${severity} ${code}`,
  );

const DEPENDENCIES = `dependencies:
  Main site: www.moor.example
  Mail: mx.moor.example
  Name servers: [ns1.moor.example, ns2.moor.example]
contacts:
  - { label: Hotline, url: "tel:+4935100000" }
  - { label: Mail, url: "mailto:help@moor.example" }
`;

describe('npm run doctor', () => {
  it('tells what takes the page down with the rest, and what to change', async () => {
    const { site, env } = await world({
      config: (_page, mirror) => `${DEPENDENCIES}mirrors: ["${mirror}"]\n`,
      zone: ['status.moor.example 3600 A 127.0.0.1', 'moor.pages.example 60 A 127.0.0.1'],
    });
    const run = await runDoctor(site, { env });
    expect(run.stderr).toBe('');
    expect(run.code).toBe(1);
    expect(run.stdout).toContain(`
Takes the page down

  same-domain  status.moor.example, www.moor.example, mx.moor.example, ns1.moor.example, ns2.moor.example
    If moor.example expires, is blocked at its registrar or loses its name servers, nobody finds the
    page status.moor.example, nor Main site (www.moor.example), Mail (mx.moor.example) and Name
    servers (ns1.moor.example, ns2.moor.example).
    Change: Give the page status.moor.example a name in another domain, registered elsewhere and
    with name servers of another provider.

  same-network  status.moor.example, www.moor.example
    The page status.moor.example and Main site (www.moor.example) lie in one /24 (127.0.0.1,
    127.0.0.80): they share their way to the Internet, and most likely a building.
    Change: Publish the page on a host in another network.
`);
    const json = await runDoctor(site, { env, args: ['--json'] });
    expect(json.code).toBe(1);
    expect(codesOf(json.stdout)).toEqual([
      'fatal same-domain',
      'fatal same-network',
      'risk same-network',
      'risk same-address',
      'risk long-ttl',
      'risk certificate-expires',
      'risk certificate-expires',
      'risk older-copy',
      'hint contact-down',
    ]);
  });

  it('finds nothing grave where the page stands on nothing of the operator’s', async () => {
    const { site, env } = await world({
      config: () => DEPENDENCIES.replace('Main site: www.moor.example', 'Main site: 127.0.7.1'),
      zone: [
        'moor-status.example 60 A 127.0.0.1',
        'moor-status.example 60 NS a.far.example',
        'a.far.example 60 A 127.0.8.53',
      ],
    });
    const run = await runDoctor(site, { env, args: ['--json'] });
    expect(codesOf(run.stdout)).toEqual(['risk certificate-expires', 'risk no-mirror', 'hint contact-down']);
    expect(run.code).toBe(0);
  });

  it('goes on where hosts do not answer, and says which', async () => {
    const { site, env } = await world({
      config: (_page, mirror) =>
        `${DEPENDENCIES}mirrors: ["${mirror}", "https://mirror.six.example:9"]\nsource: https://git.loop.example/x\n`,
      zone: [
        'status.moor.example 60 A 127.0.0.1',
        'moor.pages.example 60 A 127.0.0.1',
        'mirror.six.example 60 AAAA ::1',
        'git.loop.example 60 CNAME b.loop.example',
        'b.loop.example 60 CNAME git.loop.example',
      ],
      moods: {
        'mx.moor.example': 'SERVFAIL',
        'moor.pages.example': 'truncated',
        'www.moor.example': 'unchased',
      },
    });
    const run = await runDoctor(site, { env, args: ['--json'] });
    const { findings } = JSON.parse(run.stdout) as { findings: { code: string; hosts: string[] }[] };
    const hosts = (code: string) => findings.filter((one) => one.code === code).flatMap((one) => one.hosts);
    expect(hosts('no-dns-answer')).toEqual(['mx.moor.example']);
    expect(hosts('no-web-answer')).toEqual(['mirror.six.example']);
    expect(hosts('ipv6-only')).toEqual(['mirror.six.example']);
    expect(hosts('no-address')).toEqual(['git.loop.example']);
    expect(run.stderr).toBe('');
  });

  it('tells what it can where no DNS server answers, and that it could not check', async () => {
    const { site, env } = await world({ config: () => DEPENDENCIES });
    await Promise.all(servers.splice(0).map((server) => server.close()));
    const run = await runDoctor(site, { env });
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(/^No DNS server answered \(asked: 127\.0\.0\.1 port \d+\)/);
    expect(run.stdout).toContain('same-domain');
    expect(run.stdout).toContain('asking nobody');
    expect(run.stdout).not.toContain('no-dns-answer');
  });

  it('ends with 3 where no DNS server answers and nothing else is known to take the page down', async () => {
    const { site, env } = await world({ config: () => 'dependencies: { Main site: www.far.example }\n' });
    await Promise.all(servers.splice(0).map((server) => server.close()));
    expect((await runDoctor(site, { env })).code).toBe(3);
  });

  it('asks nobody with --offline', async () => {
    const { site, env } = await world({ config: () => DEPENDENCIES });
    const [, names] = servers as [WebServer, NameServer];
    const run = await runDoctor(site, { env, args: ['--offline', '--json'] });
    expect(names.asked).toEqual([]);
    expect(JSON.parse(run.stdout)).toMatchObject({ checked: 'offline' });
    expect(codesOf(run.stdout)).toEqual(['fatal same-domain', 'risk no-mirror', 'hint contact-down']);
    expect(run.code).toBe(1);
  });

  it('says what is wrong in the config, and compares the rest', async () => {
    const { site, env } = await world({
      config: () => 'dependencies: { Web: "*.moor.example", Main site: www.moor.example }\n',
    });
    const run = await runDoctor(site, { env, args: ['--offline'] });
    expect(run.stderr).toContain('is not a host name');
    expect(run.stdout).toContain('same-domain  status.moor.example, www.moor.example');
  });
});

describe('npm run doctor, used wrongly,', () => {
  it('says what it takes', async () => {
    const site = await makeSite({ 'status.config.yml': 'name: x\n' });
    const flag = await runDoctor(site, { args: ['--of-line'] });
    expect(flag).toMatchObject({ code: 2, stdout: '' });
    expect(flag.stderr).toContain('Did you mean --offline?');
    const clock = await runDoctor(site, { env: { STATUS_NOW: 'soon' }, args: ['--offline'] });
    expect(clock).toMatchObject({ code: 2, stdout: '' });
    expect(clock.stderr).toContain("STATUS_NOW can't be read");
    const help = await runDoctor(site, { args: ['--help'] });
    expect(help.code).toBe(0);
    expect(help.stdout).toContain('Exit code');
  });

  it('needs a config', async () => {
    const run = await runDoctor(await makeSite({ 'incidents/_x.md': '' }), { args: ['--offline'] });
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('There is no status.config.yml');
  });
});
