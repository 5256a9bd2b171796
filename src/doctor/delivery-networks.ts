import { BlockList, isIP } from 'node:net';

/** A network that delivers the pages of many customers from many places, and fails for all of them at once. */
interface DeliveryNetwork {
  name: string;
  /** Domains that it gives to customers, or that their names are made aliases of. */
  domains: string[];
  /** Its published addresses, for names that are no alias. */
  addresses?: string[];
}

/*
 * Checked on 2026-11-21. Domains: what each vendor's pages on custom domains tell customers to point an alias at.
 * Addresses: cloudflare.com/ips-v4 and ips-v6; api.fastly.com/public-ip-list; GitHub Pages' page on apex domains.
 * A network that is missing here is found all the same where two aliases end in one domain.
 */
const DELIVERY_NETWORKS: DeliveryNetwork[] = [
  {
    name: 'Cloudflare',
    domains: ['pages.dev', 'workers.dev', 'cdn.cloudflare.net', 'r2.dev'],
    addresses: [
      '173.245.48.0/20',
      '103.21.244.0/22',
      '103.22.200.0/22',
      '103.31.4.0/22',
      '141.101.64.0/18',
      '108.162.192.0/18',
      '190.93.240.0/20',
      '188.114.96.0/20',
      '197.234.240.0/22',
      '198.41.128.0/17',
      '162.158.0.0/15',
      '104.16.0.0/13',
      '104.24.0.0/14',
      '172.64.0.0/13',
      '131.0.72.0/22',
      '2400:cb00::/32',
      '2606:4700::/32',
      '2803:f800::/32',
      '2405:b500::/32',
      '2405:8100::/32',
      '2a06:98c0::/29',
      '2c0f:f248::/32',
    ],
  },
  {
    name: 'Fastly',
    domains: ['fastly.net', 'fastlylb.net', 'edgecompute.app'],
    addresses: [
      '23.235.32.0/20',
      '43.249.72.0/22',
      '103.244.50.0/24',
      '103.245.222.0/23',
      '103.245.224.0/24',
      '104.156.80.0/20',
      '140.248.64.0/18',
      '140.248.128.0/17',
      '146.75.0.0/17',
      '151.101.0.0/16',
      '157.52.64.0/18',
      '167.82.0.0/17',
      '167.82.128.0/20',
      '167.82.160.0/20',
      '167.82.224.0/20',
      '172.111.64.0/18',
      '185.31.16.0/22',
      '199.27.72.0/21',
      '199.232.0.0/16',
      '2a04:4e40::/32',
      '2a04:4e42::/32',
    ],
  },
  {
    name: 'GitHub Pages',
    domains: ['github.io'],
    addresses: ['185.199.108.0/22', '2606:50c0:8000::/46'],
  },
  { name: 'GitLab Pages', domains: ['gitlab.io'] },
  { name: 'Codeberg Pages', domains: ['codeberg.page'] },
  {
    name: 'Akamai',
    domains: [
      'edgekey.net',
      'edgesuite.net',
      'akamaiedge.net',
      'akamai.net',
      'akamaized.net',
      'akamaihd.net',
      'akadns.net',
    ],
  },
  { name: 'Amazon CloudFront', domains: ['cloudfront.net'] },
  { name: 'Azure Front Door', domains: ['azurefd.net', 'azureedge.net'] },
  { name: 'Netlify', domains: ['netlify.app', 'netlifyglobalcdn.com', 'netlify.com'] },
  { name: 'Vercel', domains: ['vercel.app', 'vercel-dns.com', 'vercel-dns-0.com'] },
  { name: 'bunny.net', domains: ['b-cdn.net'] },
  { name: 'KeyCDN', domains: ['kxcdn.com'] },
  { name: 'CDN77', domains: ['cdn77.org', 'cdn77.net'] },
];

const ranges = DELIVERY_NETWORKS.map(({ name, addresses = [] }) => {
  const list = new BlockList();
  for (const range of addresses) {
    const [network = '', bits] = range.split('/');
    list.addSubnet(network, Number(bits), isIP(network) === 4 ? 'ipv4' : 'ipv6');
  }
  return { name, list };
});

/** The known delivery network that a host name belongs to, as itself or as the end of an alias; null: none. */
export function deliveryNetworkOf(host: string): string | null {
  const isBelow = (domain: string) => host === domain || host.endsWith(`.${domain}`);
  return DELIVERY_NETWORKS.find(({ domains }) => domains.some(isBelow))?.name ?? null;
}

/** The known delivery network that an IP address belongs to; null: none. */
export function deliveryNetworkAt(address: string): string | null {
  const family = isIP(address);
  if (family === 0) return null;
  return ranges.find(({ list }) => list.check(address, family === 4 ? 'ipv4' : 'ipv6'))?.name ?? null;
}
