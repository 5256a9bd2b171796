import { type ClientRequest, get as getPlain, type IncomingMessage, type RequestOptions } from 'node:http';
import { get as getSecure } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Instant } from '../domain/incident.ts';
import { type BuildFacts, readBuild } from './build-facts.ts';

/** What the web server of a copy of the page says. */
export interface WebFacts {
  /** The copy's address, without a slash at the end. */
  url: string;
  /** Of an answer to `url`/build.json, redirects within the host followed; null: there was none. */
  status: number | null;
  /** Why there was no answer, the rest of a sentence; null: there was one. */
  failure: string | null;
  /** Null: not asked over HTTPS, or nobody answered so far. */
  certificate: CertificateFacts | null;
  hsts: HstsFacts | null;
  /** The address on another host that readers are sent to. */
  sentTo: string | null;
  /** Null: what was answered is no build.json. */
  build: BuildFacts | null;
  /** What http:// does where the address is https:// on its usual port; null: not asked. */
  plain: 'redirects' | 'shows a page' | 'no answer' | null;
}

/** A certificate as it was shown. */
export interface CertificateFacts {
  expires: Instant;
  /** Why browsers refuse it, whatever the date: a code of OpenSSL or Node; null: they take it. */
  fault: string | null;
}

/** A host's wish that browsers never take HTTP, nor a certificate with a fault (RFC 6797). */
export interface HstsFacts {
  /** Seconds. */
  maxAge: number;
  /** Whether it holds for all names below, too. */
  subdomains: boolean;
}

/** How web servers are reached. */
export interface WebOptions {
  /** Addresses of a host, best first. */
  addressesOf: (host: string) => string[];
  /** Milliseconds that one request may take. */
  timeout: number;
  /** Certificate authorities to trust instead of Node's (PEM). */
  ca?: string;
  /** The port to connect to in place of one (443, 80), where they are forwarded. */
  portFor?: (port: number) => number;
}

/** Asks a copy of the page for its `build.json`, its certificate and its manners. Never throws. */
export async function webFacts(url: string, options: WebOptions): Promise<WebFacts> {
  const facts: WebFacts = {
    url,
    status: null,
    failure: null,
    certificate: null,
    hsts: null,
    sentTo: null,
    build: null,
    plain: null,
  };
  const address = new URL(`${url}/build.json`);
  const [, plain] = await Promise.all([
    readBuildJson(address, facts, options),
    address.protocol === 'https:' && address.port === '' ? plainManners(address, options) : null,
  ]);
  return { ...facts, plain };
}

/** What a host asks of browsers over HTTPS at its root; null: nothing, or nobody answered. */
export async function hstsOf(host: string, options: WebOptions): Promise<HstsFacts | null> {
  const reply = await request(new URL(`https://${host}/`), options);
  // Browsers take no such wish from a host whose certificate has a fault.
  return 'failure' in reply || reply.certificate?.fault !== null ? null : reply.hsts;
}

const MOST_REDIRECTS = 5;

async function readBuildJson(from: URL, facts: WebFacts, options: WebOptions): Promise<void> {
  let address = from;
  for (let count = 0; count <= MOST_REDIRECTS; count += 1) {
    const reply = await request(address, options);
    if ('failure' in reply) {
      facts.failure = reply.failure;
      facts.certificate ??= reply.certificate;
      return;
    }
    facts.status = reply.status;
    facts.certificate ??= reply.certificate;
    facts.hsts ??= reply.hsts;
    const next = reply.location === null ? null : (URL.parse(reply.location, address) ?? null);
    if (reply.status < 300 || reply.status > 399 || next === null) {
      facts.build = reply.status === 200 ? readBuild(reply.text) : null;
      return;
    }
    if (next.hostname !== from.hostname) {
      facts.sentTo = `${next.origin}${next.pathname.replace(/\/build\.json$/, '')}`.replace(/\/$/, '');
      return;
    }
    address = next;
  }
  facts.failure = `it redirects more than ${MOST_REDIRECTS} times`;
}

async function plainManners(address: URL, options: WebOptions): Promise<WebFacts['plain']> {
  const plain = new URL(`http://${address.host}/`);
  const reply = await request(plain, options);
  if ('failure' in reply) return 'no answer';
  const next = reply.location === null ? null : URL.parse(reply.location, plain);
  return next?.protocol === 'https:' ? 'redirects' : 'shows a page';
}

type Reply =
  | {
      status: number;
      location: string | null;
      text: string;
      certificate: CertificateFacts | null;
      hsts: HstsFacts | null;
    }
  | { failure: string; certificate: CertificateFacts | null };

/** More is no build.json. */
const MOST_BYTES = 4 * 1024 * 1024;

function request(address: URL, options: WebOptions): Promise<Reply> {
  const host = address.hostname.replace(/^\[|\]$/g, '');
  const secure = address.protocol === 'https:';
  const port = Number(address.port || (secure ? 443 : 80));
  let certificate: CertificateFacts | null = null;
  const settings: RequestOptions & { ca?: string; rejectUnauthorized: boolean } = {
    agent: false,
    port: options.portFor?.(port) ?? port,
    lookup: lookupFrom(options.addressesOf(host)),
    timeout: options.timeout,
    signal: AbortSignal.timeout(options.timeout),
    headers: { host: address.host, 'user-agent': 'dran-doctor', 'cache-control': 'no-cache' },
    // What is wrong with a certificate is to be told, not to end the question.
    rejectUnauthorized: false,
    ...(options.ca === undefined ? {} : { ca: options.ca }),
  };
  return new Promise((done) => {
    const failed = (cause: Error) => done({ failure: failureOf(cause, options.timeout), certificate });
    const sent: ClientRequest = (secure ? getSecure : getPlain)(address, settings, (response) => {
      readText(response).then(
        (text) =>
          done({
            status: response.statusCode ?? 0,
            location: response.headers.location ?? null,
            text,
            certificate,
            hsts: secure ? readHsts(response.headers['strict-transport-security']) : null,
          }),
        failed,
      );
    });
    sent.on('error', failed);
    sent.on('timeout', () => sent.destroy(Object.assign(new Error(), { code: 'ETIMEDOUT' })));
    sent.on('socket', (socket) => {
      if (!secure) return;
      socket.once('secureConnect', () => {
        certificate = certificateOf(socket as TLSSocket);
      });
    });
  });
}

function certificateOf(socket: TLSSocket): CertificateFacts | null {
  const { valid_to: end } = socket.getPeerCertificate();
  if (!end) return null;
  const error = socket.authorizationError as unknown;
  const code = error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.message) : error;
  // How long it is valid is judged by the clock that doctor is given.
  const fault = socket.authorized || code === 'CERT_HAS_EXPIRED' ? null : String(code);
  return { expires: Date.parse(end), fault };
}

/** Connections go to the addresses that the operator's resolver gave, whatever this machine's resolver says. */
function lookupFrom(addresses: string[]): LookupFunction {
  return (_host, { all }, done) => {
    const found = addresses.map((address) => ({ address, family: isIP(address) }));
    const [first] = found;
    if (first === undefined) {
      done(Object.assign(new Error('no address'), { code: 'ENOTFOUND' }), '');
      return;
    }
    if (all) done(null, found);
    else done(null, first.address, first.family);
  };
}

async function readText(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response) {
    chunks.push(chunk as Buffer);
    length += (chunk as Buffer).length;
    if (length > MOST_BYTES) break;
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Reads a `Strict-Transport-Security` header. */
function readHsts(header: string | undefined): HstsFacts | null {
  if (header === undefined) return null;
  const maxAge = Number(/(?:^|;)\s*max-age\s*=\s*"?(\d+)/i.exec(header)?.[1] ?? 0);
  return maxAge === 0 ? null : { maxAge, subdomains: /(?:^|;)\s*includeSubDomains\s*(?:;|$)/i.test(header) };
}

function failureOf(cause: Error, timeout: number): string {
  const { code = cause.message } = cause as NodeJS.ErrnoException;
  if (code === 'ABORT_ERR' || code === 'ETIMEDOUT' || cause.name === 'TimeoutError') {
    return `no answer within ${timeout / 1000} seconds`;
  }
  if (code === 'ECONNREFUSED') return 'nobody listens there (ECONNREFUSED)';
  if (code === 'ECONNRESET') return 'the connection was cut (ECONNRESET)';
  return `the connection failed (${code})`;
}
