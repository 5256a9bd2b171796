import type { Site } from '../domain/site.ts';
import type { Leak } from './leaks-find.ts';

const ADDRESS =
  /(?<![\p{L}\p{N}._%+'@-]|\/\/)[\p{L}\p{N}._%+'-]{1,64}@((?:[\p{L}\p{N}][\p{L}\p{N}-]{0,62}\.){1,8}\p{L}{2,24})(?![\p{L}\p{N}@])/gu;

/** Endings of files and of systemd's units, which are written like addresses: `icon@2x.png`, `user@1000.service`. */
const NO_DOMAIN =
  /\.(?:png|jpe?g|gif|svg|webp|avif|css|m?js|ts|json|ya?ml|conf|cnf|ini|log|md|txt|service|socket|timer|slice|target|mount|scope)$/i;

/** Whose addresses a site may show: the domains and mailboxes that stand in its config. */
export interface OwnAddresses {
  domains: Set<string>;
  mailboxes: Set<string>;
}

/** What the config shows of the site's own names: its address, copies, contacts, links and repository. */
export function ownAddresses(site: Site): OwnAddresses {
  const domains = new Set<string>();
  const mailboxes = new Set<string>();
  const urls = [
    site.url,
    site.source ?? '',
    ...site.mirrors,
    ...[...site.contacts, ...site.links].map(({ url }) => url),
  ];
  for (const url of urls) {
    const mailbox = /^mailto:([^?]+)/i.exec(url)?.[1]?.toLowerCase();
    if (mailbox !== undefined) {
      mailboxes.add(mailbox);
      domains.add(mailbox.slice(mailbox.lastIndexOf('@') + 1));
      continue;
    }
    const host = /^https?:\/\/(?:[^/?#@]*@)?([^/?#:]+)/i.exec(url)?.[1]?.toLowerCase();
    if (host === undefined) continue;
    domains.add(host);
    const parent = host.slice(host.indexOf('.') + 1);
    if (parent.includes('.') && !/^(?:co|com|org|net|ac|gov|edu|or|ne)\.[a-z]{2}$/.test(parent))
      domains.add(parent);
  }
  return { domains, mailboxes };
}

/** Mail addresses that are not the site's own: most likely a customer's. */
export function emailAddresses(text: string, own: OwnAddresses): Leak[] {
  const leaks: Leak[] = [];
  for (const match of text.matchAll(ADDRESS)) {
    const [address, domain] = [match[0], match[1]!.toLowerCase()];
    const end = match.index + address.length;
    const isRepository = /^git@/i.test(address) && text[end] === ':';
    if (NO_DOMAIN.test(domain) || isRepository || isOwn(address.toLowerCase(), domain, own)) continue;
    leaks.push({ start: match.index, end, kind: 'email-address', what: 'mail address', harmless: 0 });
  }
  return leaks;
}

function isOwn(address: string, domain: string, own: OwnAddresses): boolean {
  if (own.mailboxes.has(address)) return true;
  for (let rest = domain; rest.includes('.'); rest = rest.slice(rest.indexOf('.') + 1)) {
    if (own.domains.has(rest)) return true;
  }
  return false;
}
