import { describe, expect, test } from 'vitest';
import { examine } from './sample.ts';

const DEPENDENCIES = `dependencies:
  Main site: www.moor.example
  Name servers: [ns1.moor.example, ns2.moor.example]
  Mail: mx.moor.example
`;

/** The operator's own network: everything in one domain and in 192.0.2.0/24. */
const OWN = [
  'moor.example 3600 NS ns1.moor.example',
  'moor.example 3600 NS ns2.moor.example',
  'ns1.moor.example 3600 A 192.0.2.53',
  'ns2.moor.example 3600 A 192.0.2.54',
  'www.moor.example 300 A 192.0.2.10',
  'www.moor.example 300 AAAA 2001:db8:a:1::10',
  'mx.moor.example 300 A 192.0.2.25',
];

/** A host of pages, far away. */
const AWAY = [
  'moor-status.test 60 NS a.ns.away.test',
  'moor-status.test 60 NS b.ns.away.test',
  'away.test 60 NS a.ns.away.test',
  'a.ns.away.test 60 A 198.51.100.1',
  'b.ns.away.test 60 A 203.0.113.1',
];

const FATES = [
  'same-host',
  'same-domain',
  'name-servers-down',
  'same-name-servers',
  'same-dns-provider',
  'same-delivery-network',
  'same-address',
  'same-network',
  'contact-down',
  'repository-down',
  'target-down',
];

/** `severity code: hosts` of what takes hosts down together. */
async function fates(world: Parameters<typeof examine>[0]): Promise<string[]> {
  const findings = await examine(world);
  return findings
    .filter(({ code }) => FATES.includes(code))
    .map(({ severity, code, hosts }) => `${severity} ${code}: ${hosts.join(' ')}`);
}

/** A page at `moor-status.test` with these records, and with these lines of the config. */
const pageAt = (records: string[], more = '') =>
  fates({
    url: 'https://moor-status.test',
    config: DEPENDENCIES + more,
    zone: [...OWN, ...AWAY, ...records],
  });

describe('a page', () => {
  test('that stands on nothing of the operator shares no fate', async () => {
    expect(await pageAt(['moor-status.test 60 A 198.51.100.7'])).toEqual([]);
  });

  test('in the domain of the main site goes with it', async () => {
    const zone = [...OWN, 'status.moor.example 60 A 198.51.100.7'];
    const [finding, ...more] = await examine({ config: DEPENDENCIES, zone });
    expect(finding).toEqual({
      code: 'same-domain',
      severity: 'fatal',
      hosts: [
        'status.moor.example',
        'www.moor.example',
        'ns1.moor.example',
        'ns2.moor.example',
        'mx.moor.example',
      ],
      why: 'If moor.example expires, is blocked at its registrar or loses its name servers, nobody finds the page status.moor.example, nor Main site (www.moor.example), Name servers (ns1.moor.example, ns2.moor.example) and Mail (mx.moor.example).',
      change:
        'Give the page status.moor.example a name in another domain, registered elsewhere and with name servers of another provider.',
    });
    expect(more.map(({ code }) => code)).toEqual(['no-mirror']);
  });

  test('in that domain, with name servers of its own, is in less danger', async () => {
    const zone = [
      ...OWN,
      ...AWAY,
      'status.moor.example 60 NS a.ns.away.test',
      'status.moor.example 60 A 198.51.100.7',
    ];
    expect(await fates({ config: DEPENDENCIES, zone })).toEqual([
      'risk same-domain: status.moor.example www.moor.example ns1.moor.example ns2.moor.example mx.moor.example',
    ]);
  });

  test('goes with the domain, too, where only its alias leads there', async () => {
    expect(
      await pageAt(['moor-status.test 60 CNAME lb.moor.example', 'lb.moor.example 60 A 198.51.100.7']),
    ).toEqual([
      'fatal same-domain: moor-status.test www.moor.example ns1.moor.example ns2.moor.example mx.moor.example',
    ]);
  });

  test('on a host that it must not depend on is that host', async () => {
    expect(await pageAt(['moor-status.test 60 CNAME www.moor.example'])).toContain(
      'fatal same-host: moor-status.test www.moor.example',
    );
  });

  test('at the same address, or beside it, goes with it', async () => {
    expect(await pageAt(['moor-status.test 60 A 192.0.2.10'])).toEqual([
      'fatal same-address: moor-status.test www.moor.example',
      'fatal same-network: moor-status.test ns1.moor.example ns2.moor.example mx.moor.example',
    ]);
    expect(await pageAt(['moor-status.test 60 AAAA 2001:db8:a:ffff::1'])).toEqual([
      'fatal same-network: moor-status.test www.moor.example',
    ]);
    expect(
      await pageAt(['moor-status.test 60 AAAA 2001:db8:b::1', 'moor-status.test 60 A 192.0.3.10']),
    ).toEqual([]);
  });

  test.each([
    ['known by its alias', ['CNAME moor.b-cdn.net'], ['CNAME other.b-cdn.net'], 'bunny.net'],
    ['known by its addresses', ['A 104.16.1.1'], ['AAAA 2606:4700::1'], 'Cloudflare'],
    [
      'known by the name itself and an address',
      ['A 185.199.108.153'],
      ['CNAME moor.github.io'],
      'GitHub Pages',
    ],
    [
      'unknown, with aliases that end in one domain',
      ['CNAME a.fast.test'],
      ['CNAME b.fast.test'],
      'fast.test',
    ],
  ])('delivered by the network of the main site (%s) goes with it', async (_what, page, site, network) => {
    const ends = ['moor.b-cdn.net', 'other.b-cdn.net', 'moor.github.io', 'a.fast.test', 'b.fast.test'];
    const findings = await examine({
      url: 'https://moor-status.test',
      config: 'dependencies: { Main site: www.moor.example }\n',
      zone: [
        ...AWAY,
        'moor.example 60 NS ns1.moor.example',
        'ns1.moor.example 60 A 192.0.2.53',
        ...page.map((data) => `moor-status.test 60 ${data}`),
        ...site.map((data) => `www.moor.example 60 ${data}`),
        ...ends.map((name, index) => `${name} 60 A 203.0.113.${100 + index}`),
      ],
    });
    expect(findings[0]).toMatchObject({
      code: 'same-delivery-network',
      severity: 'fatal',
      why: `${network} delivers the page moor-status.test and Main site (www.moor.example): when it fails, so do both.`,
    });
    expect(findings.some(({ code }) => code === 'same-network')).toBe(false);
  });

  test('whose name servers are the operator’s is not found without them', async () => {
    const zone = (servers: string[]) => [
      ...OWN,
      ...AWAY.filter((line) => !line.startsWith('moor-status')),
      'moor-status.test 60 A 198.51.100.7',
      'ns8.moor.example 60 A 198.51.100.8',
      'ns9.moor.example 60 A 203.0.113.9',
      'own.test 60 NS ns1.own.test',
      'ns1.own.test 60 A 192.0.2.99',
      ...servers.map((server) => `moor-status.test 60 NS ${server}`),
    ];
    const told = (servers: string[]) =>
      fates({ url: 'https://moor-status.test', config: DEPENDENCIES, zone: zone(servers) });
    expect(await told(['ns1.moor.example', 'ns2.moor.example'])).toEqual([
      'fatal name-servers-down: moor-status.test www.moor.example ns1.moor.example ns2.moor.example mx.moor.example',
    ]);
    // Under another name, but in the same network.
    expect(await told(['ns1.own.test'])).toEqual([
      'fatal name-servers-down: moor-status.test www.moor.example ns1.moor.example ns2.moor.example mx.moor.example',
    ]);
    // Elsewhere, but not found without the domain that they are named after.
    expect(await told(['ns8.moor.example', 'ns9.moor.example'])).toEqual([
      'fatal name-servers-down: moor-status.test www.moor.example ns1.moor.example ns2.moor.example mx.moor.example',
    ]);
    expect(await told(['ns2.moor.example', 'ns9.moor.example'])).toEqual([
      'fatal name-servers-down: moor-status.test www.moor.example ns1.moor.example ns2.moor.example mx.moor.example',
      'risk name-servers-down: moor-status.test www.moor.example ns1.moor.example ns2.moor.example mx.moor.example',
    ]);
    expect(await told(['ns1.moor.example', 'a.ns.away.test'])).toEqual([
      'risk name-servers-down: moor-status.test www.moor.example ns1.moor.example ns2.moor.example mx.moor.example',
    ]);
  });

  test('whose name servers are those of the main site is not found without them', async () => {
    const elsewhere = [
      ...AWAY,
      'moor.example 60 NS a.ns.away.test',
      'moor.example 60 NS b.ns.away.test',
      'www.moor.example 60 A 192.0.2.10',
      'moor-status.test 60 A 198.51.100.200',
    ];
    const world = {
      url: 'https://moor-status.test',
      config: 'dependencies: { Main site: www.moor.example }\n',
    };
    expect(await fates({ ...world, zone: elsewhere })).toEqual([
      'fatal same-name-servers: moor-status.test www.moor.example',
    ]);
    const one = elsewhere.filter((line) => line !== 'moor.example 60 NS b.ns.away.test');
    expect(await fates({ ...world, zone: one })).toEqual([
      'risk same-name-servers: moor-status.test www.moor.example',
    ]);
    const provider = [
      ...one.filter((line) => !line.startsWith('moor.example')),
      'moor.example 60 NS c.ns.away.test',
    ];
    expect(await fates({ ...world, zone: provider })).toEqual([
      'risk same-dns-provider: moor-status.test www.moor.example',
    ]);
  });

  test('is told which name servers tie it to whom', async () => {
    const why = async (...servers: string[]) => {
      const findings = await examine({
        url: 'https://moor-status.test',
        config: 'dependencies: { Site: www.moor.example }\n',
        zone: [
          ...OWN.filter((line) => !line.includes('NS ns2')),
          ...AWAY.filter((line) => !line.startsWith('moor-status')),
          'moor-status.test 60 A 198.51.100.7',
          'ns9.moor.example 60 A 203.0.113.9',
          ...servers.map((server) => `moor-status.test 60 NS ${server}`),
        ],
      });
      return findings[0]?.why;
    };
    expect(await why('ns1.moor.example', 'a.ns.away.test')).toBe(
      'The name server ns1.moor.example of moor-status.test is Site (www.moor.example), or in one network with it: when this is down, a.ns.away.test must lead to the page moor-status.test alone.',
    );
    expect(await why('ns9.moor.example')).toBe(
      'The name server ns9.moor.example of moor-status.test is named after the domain of Site (www.moor.example): when it expires or loses its own name servers, nobody finds the page moor-status.test.',
    );
  });

  test('is compared by domain alone where nobody is asked', async () => {
    const config = `${DEPENDENCIES}mirrors: ["https://moor.pages.dev"]\n`;
    expect(await fates({ config })).toEqual([
      'fatal same-domain: status.moor.example www.moor.example ns1.moor.example ns2.moor.example mx.moor.example',
    ]);
  });

  test('and hosts may be addresses, IDNs, and have ports', async () => {
    expect(
      await fates({
        url: 'https://192.0.2.77:8443/status',
        config: 'dependencies: { Web: 192.0.2.10, Six: "2001:db8::1", Shop: bücher.test }\n',
        zone: ['bücher.test 60 A 203.0.113.1'],
      }),
    ).toEqual(['fatal same-network: 192.0.2.77 192.0.2.10']);
    const [idn] = await examine({
      url: 'https://status.bücher.test:444',
      config: 'dependencies: { Shop: www.bücher.test }\n',
    });
    expect(idn).toMatchObject({
      code: 'same-domain',
      hosts: ['status.xn--bcher-kva.test', 'www.xn--bcher-kva.test'],
    });
    expect(idn?.why).toContain('the page status.bücher.test, nor Shop (www.bücher.test)');
  });
});

describe('a mirror', () => {
  const mirrored = (records: string[]) =>
    pageAt(
      ['moor-status.test 60 A 198.51.100.7', ...records],
      'mirrors: ["https://moor.mirror.test/status"]\n',
    );

  test('far from the operator and from the page shares no fate', async () => {
    expect(
      await mirrored([
        'moor.mirror.test 60 A 203.0.114.7',
        'mirror.test 60 NS ns.mirror.test',
        'ns.mirror.test 60 A 203.0.114.1',
      ]),
    ).toEqual([]);
  });

  test('that goes with the operator, or with the page, is a risk', async () => {
    expect(await mirrored(['moor.mirror.test 60 A 192.0.2.10'])).toContain(
      'risk same-address: moor.mirror.test www.moor.example',
    );
    expect(await mirrored(['moor.mirror.test 60 A 198.51.100.7'])).toEqual([
      'risk same-address: moor.mirror.test moor-status.test',
    ]);
  });

  test('on the host of the page is no second copy', async () => {
    expect(
      await pageAt(['moor-status.test 60 A 198.51.100.7'], 'mirrors: ["https://moor-status.test/copy"]\n'),
    ).toEqual(['risk same-host: moor-status.test']);
  });
});

describe('a way to reach people', () => {
  const reached = (contacts: string, records: string[] = []) =>
    pageAt(['moor-status.test 60 A 198.51.100.7', ...records], `contacts: [${contacts}]\n`);
  const MAIL = '{ label: Mail, url: "mailto:help@moor.example" }';
  const SITE = '{ label: Form, url: "https://help.moor.example/form" }';
  const PHONE = '{ label: Hotline, url: "tel:+4935100000" }';

  test('that is down with the rest is told, and gravely where no other is left', async () => {
    expect(await reached(SITE)).toEqual([
      'risk contact-down: help.moor.example www.moor.example ns1.moor.example ns2.moor.example mx.moor.example',
    ]);
    expect((await reached(`${SITE}, ${MAIL}`)).map((line) => line.split(':')[0])).toEqual([
      'risk contact-down',
      'risk contact-down',
    ]);
    expect((await reached(`${SITE}, ${PHONE}`)).map((line) => line.split(':')[0])).toEqual([
      'hint contact-down',
    ]);
  });

  test('is told with what it falls with', async () => {
    const why = async (contact: string) =>
      (
        await examine({
          url: 'https://moor-status.test',
          config: `dependencies: { Mail: mx.moor.example }\ncontacts: [${contact}]\n`,
          zone: [
            ...OWN,
            ...AWAY,
            'moor.example 60 MX 10 mx.moor.example',
            'moor-status.test 60 A 198.51.100.7',
          ],
        })
      ).find(({ code }) => code === 'contact-down')?.why;
    expect(await why(MAIL)).toBe(
      'The contact "Mail" (moor.example) stands on Mail (mx.moor.example): while this is down, nobody reaches you there. No other way is left.',
    );
    expect(await why(SITE)).toContain(
      'shares the domain moor.example with Mail (mx.moor.example): while this is',
    );
  });

  test('by mail goes with the hosts that take it', async () => {
    expect(
      await reached('{ label: Mail, url: "mailto:help@letters.test?subject=Outage" }', [
        'letters.test 60 MX 10 mx.moor.example',
        'letters.test 60 NS a.ns.away.test',
      ]),
    ).toEqual(['risk contact-down: letters.test mx.moor.example']);
  });
});

describe('the repository and the targets', () => {
  const records = [
    'moor-status.test 60 A 198.51.100.7',
    'git.moor.example 60 A 198.51.100.99',
    'free.test 60 A 203.0.114.9',
  ];

  test('that are down with the rest are told', async () => {
    expect(
      await pageAt(
        records,
        'source: https://git.moor.example/status\ntargets: [{ rsync: "web@git.moor.example:/srv", url: "https://moor-status.test" }]\n',
      ),
    ).toEqual([
      'risk repository-down: git.moor.example www.moor.example ns1.moor.example ns2.moor.example mx.moor.example',
      'risk target-down: git.moor.example www.moor.example ns1.moor.example ns2.moor.example mx.moor.example',
    ]);
  });

  test('do less harm where another target is left', async () => {
    const targets =
      'targets: [{ rsync: "web@git.moor.example:/srv", url: "https://moor-status.test" }, { git: "git@free.test:x.git", url: "https://moor-status.test" }]\n';
    expect((await pageAt(records, targets)).map((line) => line.split(':')[0])).toEqual(['hint target-down']);
  });
});
