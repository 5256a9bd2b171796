import type { Instant } from '../domain/incident.ts';
import { domainsAbove, type Facts } from './facts.ts';
import type { Finding } from './finding.ts';
import { capital, counted, lasting, moment, named, shown } from './sentences.ts';
import type { Copy } from './subject.ts';
import type { HstsFacts, WebFacts } from './web-facts.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Days that are enough to notice that renewal does not work, and to mend it. */
const ENOUGH_DAYS = 21;
/** Schedules of CI run late when everybody's run. */
const LATE = 30 * MINUTE;

/** The instants that certificates and pages are judged at. */
export interface Moment {
  now: Instant;
  /** The instant that the page shows: another one only in a demonstration that stands still. */
  pageNow: Instant;
  /** IANA name of the zone that times are told in. */
  zone: string;
}

/** What is wrong with how copies are served. */
export function webFindings(copies: Copy[], facts: Facts, { now, pageNow, zone }: Moment): Finding[] {
  return copies.flatMap((copy) => {
    const web = facts.web[copy.url];
    if (web === undefined) return [];
    return [
      ...answerFindings(copy, web, copies[0]?.url ?? ''),
      ...certificateFindings(copy, web, wishFor(copy, web, facts), now, zone),
      ...secureFindings(copy, web, wishFor(copy, web, facts)),
      ...lateFindings(copy, web, pageNow, zone),
    ];
  });
}

const nameOf = ({ role, url, host }: Copy) => named({ role, label: url, host, mail: false });
const graver = ({ role }: Copy) => (role === 'page' ? ('fatal' as const) : ('risk' as const));
const lighter = ({ role }: Copy) => (role === 'page' ? ('risk' as const) : ('hint' as const));

function answerFindings(copy: Copy, web: WebFacts, page: string): Finding[] {
  const hosts = [copy.host];
  if (web.failure !== null) {
    return [
      {
        code: 'no-web-answer',
        severity: graver(copy),
        hosts,
        why: `${capital(nameOf(copy))} does not answer: ${web.failure}.`,
        change: 'Look whether its web server runs and can be reached from outside.',
      },
    ];
  }
  if (web.sentTo !== null) {
    return [
      {
        code: 'sent-elsewhere',
        severity: copy.role === 'page' ? 'hint' : 'risk',
        hosts,
        why: `${capital(nameOf(copy))} sends readers on to ${web.sentTo}: when that is down, this is no help.`,
        change:
          copy.role === 'page'
            ? 'Let url in the config name the address that readers end at.'
            : 'Publish the page itself there: a host that is set to another custom domain redirects to it.',
      },
    ];
  }
  if (web.build?.url === page) return [];
  const shows =
    web.build !== null
      ? 'was built for another address'
      : web.status === 200
        ? 'is none that Dran made'
        : `answers with ${web.status}`;
  return [
    {
      code: 'not-this-page',
      severity: 'risk',
      hosts,
      why: `${copy.url}/build.json ${shows}: this page is not published there.`,
      change: 'Publish it there (npm run deploy), or correct the address in the config.',
    },
  ];
}

/** What the host, or a domain above it, asks of browsers, and who asks. */
function wishFor(copy: Copy, web: WebFacts, facts: Facts): { host: string; hsts: HstsFacts } | null {
  if (web.hsts !== null) return { host: copy.host, hsts: web.hsts };
  for (const host of domainsAbove(copy.host)) {
    const hsts = facts.hsts[host];
    if (hsts?.subdomains) return { host, hsts };
  }
  return null;
}

type Wish = ReturnType<typeof wishFor>;

/** What HSTS adds to a fault of a certificate. */
function lockedOut(wish: Wish): string {
  if (wish === null) return ' Readers would have to click through a warning.';
  const { host, hsts } = wish;
  const below = hsts.subdomains ? ' and all names below it' : '';
  return ` By HSTS browsers insist on a good one for ${shown(host)}${below}, for ${lasting(hsts.maxAge)}: they let nobody in who has been there before.`;
}

function certificateFindings(
  copy: Copy,
  { certificate }: WebFacts,
  wish: Wish,
  now: Instant,
  zone: string,
): Finding[] {
  if (certificate === null) return [];
  const hosts = [copy.host];
  const findings: Finding[] = [];
  const { expires, fault } = certificate;
  if (fault !== null) {
    findings.push({
      code: 'certificate-refused',
      severity: graver(copy),
      hosts,
      why: `Browsers refuse the certificate of ${nameOf(copy)} (${fault}).${lockedOut(wish)}`,
      change: `Get one for ${shown(copy.host)} from an authority that browsers know, and serve it with its whole chain.`,
    });
  }
  const days = Math.floor((expires - now) / DAY);
  if (expires <= now) {
    findings.push({
      code: 'certificate-expired',
      severity: graver(copy),
      hosts,
      why: `The certificate of ${nameOf(copy)} expired on ${moment(expires, zone)}.${lockedOut(wish)}`,
      change: 'Renew it, and look why renewal does not work by itself.',
    });
  } else if (days <= ENOUGH_DAYS) {
    findings.push({
      code: 'certificate-expires',
      severity: 'risk',
      hosts,
      why: `The certificate of ${nameOf(copy)} expires in ${counted(days, 'day')}, on ${moment(expires, zone)}: its renewal may stand on systems that are down just then.${lockedOut(wish)}`,
      change: 'Renew it now, and look that it renews itself without your own systems.',
    });
  }
  return findings;
}

function secureFindings(copy: Copy, web: WebFacts, wish: Wish): Finding[] {
  const hosts = [copy.host];
  if (copy.url.startsWith('http:')) {
    return [
      {
        code: 'no-https',
        severity: wish === null ? lighter(copy) : graver(copy),
        hosts,
        why: `${capital(nameOf(copy))} is served without HTTPS: anybody on the way can change what readers see.${
          wish === null
            ? ''
            : ` By HSTS browsers insist on HTTPS for ${shown(wish.host)} and all names below it: those that know it never get there.`
        }`,
        change: 'Serve it over HTTPS, and let its address in the config begin with https://.',
      },
    ];
  }
  if (web.plain === null || web.plain === 'redirects') return [];
  return [
    {
      code: 'http-not-redirected',
      severity: 'hint',
      hosts,
      why:
        web.plain === 'no answer'
          ? `http://${shown(copy.host)} does not answer: who types the name without https:// may find nothing.`
          : `http://${shown(copy.host)} does not lead to https://: who types the name may read a page that somebody on the way has changed.`,
      change: 'Redirect http:// to https:// there.',
    },
  ];
}

function lateFindings(copy: Copy, { build }: WebFacts, now: Instant, zone: string): Finding[] {
  const due = build?.nextChange ?? null;
  if (due === null || now - due < LATE) return [];
  return [
    {
      code: 'rebuild-late',
      severity: lighter(copy),
      hosts: [copy.host],
      why: `${capital(nameOf(copy))} was to change by the clock at ${moment(due, zone)}, and has not been built since: windows of maintenance neither start nor end there without a script.`,
      change: 'Look whether the schedule that rebuilds the page still runs.',
    },
  ];
}
