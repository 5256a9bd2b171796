import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { connect, isIP } from 'node:net';
import packet from 'dns-packet';

/** What is asked for. */
export type QuestionType = 'A' | 'AAAA' | 'NS' | 'MX';

/** A record of an answer that `doctor` has a use for. Names are in lower case, without a dot at the end. */
export type DnsRecord = { name: string; ttl: number } & (
  | { type: 'A' | 'AAAA' | 'CNAME' | 'NS'; data: string }
  | { type: 'MX'; data: string; preference: number }
);

/**
 * What a name server said. missing: there is no such name; empty: the name has no such record; failed: no answer
 * that could be used, `reason` being a sentence's rest such as "no answer within 2 seconds".
 */
export type DnsAnswer =
  | { kind: 'records'; records: DnsRecord[]; authoritative: boolean }
  | { kind: 'missing' | 'empty' }
  | { kind: 'failed'; reason: string };

/** Where a name server listens. */
export interface ServerAddress {
  address: string;
  port: number;
}

/** How name servers are asked. */
export interface DnsOptions {
  /** Asked in turn until one answers. */
  servers: ServerAddress[];
  /** Milliseconds that one try may take. */
  timeout: number;
  /** How often all servers are tried. */
  tries: number;
  /** False: the servers themselves are to know the answer. */
  recursive: boolean;
}

/** `9.9.9.9`, `127.0.0.1:5353`, `2620:fe::fe` or `[2620:fe::fe]:53` as an address; null where it is none. */
export function readServerAddress(text: string): ServerAddress | null {
  const [, bracketed, four, port = '53'] =
    /^(?:\[([^\]]+)\]|([\d.]+))(?::(\d{1,5}))?$/.exec(text) ?? ([null, text] as const);
  const address = bracketed ?? four ?? '';
  return isIP(address) === 0 || Number(port) > 65_535 ? null : { address, port: Number(port) };
}

/**
 * Asks one question: over UDP, and over TCP where the answer was cut off. A server that does not answer, refuses or
 * fails is passed over for the next. Never throws.
 */
export async function askDns(name: string, type: QuestionType, options: DnsOptions): Promise<DnsAnswer> {
  let failure: DnsAnswer = { kind: 'failed', reason: 'there is no name server to ask' };
  for (let round = 0; round < options.tries; round += 1) {
    for (const server of options.servers) {
      const answer = await askServer(name, type, server, options).catch(
        (cause: Error): DnsAnswer => ({ kind: 'failed', reason: cause.message }),
      );
      if (answer.kind !== 'failed') return answer;
      failure = answer;
    }
  }
  return failure;
}

async function askServer(
  name: string,
  type: QuestionType,
  server: ServerAddress,
  { timeout, recursive }: DnsOptions,
): Promise<DnsAnswer> {
  const question = { id: randomInt(0x10000), name, type, recursive };
  const whole = await overUdp(question, server, timeout);
  return readAnswer(whole ?? (await overTcp(question, server, timeout)));
}

interface Question {
  id: number;
  name: string;
  type: QuestionType;
  recursive: boolean;
}

/** Larger answers are cut into pieces on their way, which get lost. */
const UDP_SIZE = 1232;

function encoded({ id, name, type, recursive }: Question): packet.Packet {
  return {
    type: 'query',
    id,
    flags: recursive ? packet.RECURSION_DESIRED : 0,
    questions: [{ name, type }],
    additionals: [
      {
        type: 'OPT',
        name: '.',
        udpPayloadSize: UDP_SIZE,
        extendedRcode: 0,
        ednsVersion: 0,
        flags: 0,
        flag_do: false,
        options: [],
      },
    ],
  };
}

/** The types of the package know nothing of it. */
type Decoded = packet.DecodedPacket & { rcode: string };

const HEADER = 12;
const TRUNCATED = 0x02;

/** The answer to a question; null: it was cut off. Datagrams that are no answer to it are passed over. */
function overUdp(question: Question, server: ServerAddress, timeout: number): Promise<Decoded | null> {
  return new Promise((done, failed) => {
    const socket = createSocket(isIP(server.address) === 6 ? 'udp6' : 'udp4');
    const finish = (settle: () => void) => {
      clearTimeout(timer);
      socket.removeAllListeners('message').close();
      settle();
    };
    const timer = setTimeout(() => finish(() => failed(tooLate(timeout))), timeout);
    socket.on('error', (cause) => finish(() => failed(unreachable(cause))));
    socket.on('message', (bytes) => {
      if (bytes.length < HEADER || bytes.readUInt16BE(0) !== question.id) return;
      if ((bytes[2]! & TRUNCATED) !== 0) return finish(() => done(null));
      const answer = decodedFor(question, bytes);
      if (answer !== null) finish(() => done(answer));
    });
    // Connected, so that only this server is heard, and one that is not there is told of at once.
    socket.connect(server.port, server.address, () => {
      socket.send(packet.encode(encoded(question)));
    });
  });
}

function overTcp(question: Question, server: ServerAddress, timeout: number): Promise<Decoded> {
  return new Promise((done, failed) => {
    const socket = connect(server.port, server.address);
    const finish = (settle: () => void) => {
      clearTimeout(timer);
      socket.destroy();
      settle();
    };
    const timer = setTimeout(() => finish(() => failed(tooLate(timeout))), timeout);
    let bytes = Buffer.alloc(0);
    socket.on('error', (cause) => finish(() => failed(unreachable(cause))));
    socket.on('close', () =>
      finish(() => failed(new Error('the server hung up in the middle of its answer'))),
    );
    socket.on('connect', () => socket.write(packet.streamEncode(encoded(question))));
    socket.on('data', (chunk) => {
      bytes = Buffer.concat([bytes, chunk]);
      if (bytes.length < 2 || bytes.length < 2 + bytes.readUInt16BE(0)) return;
      const answer = decodedFor(question, bytes.subarray(2, 2 + bytes.readUInt16BE(0)));
      finish(() => (answer === null ? failed(new Error('its answer can not be read')) : done(answer)));
    });
  });
}

/** Null where the bytes are no answer to the question. */
function decodedFor({ id, name, type }: Question, bytes: Buffer): Decoded | null {
  try {
    const answer = packet.decode(bytes) as Decoded;
    const [asked] = answer.questions ?? [];
    const fits = answer.id === id && answer.flag_qr && asked?.type === type;
    return fits && plain(asked.name) === plain(name) ? answer : null;
  } catch {
    return null;
  }
}

function readAnswer(answer: Decoded): DnsAnswer {
  if (answer.rcode === 'NXDOMAIN') return { kind: 'missing' };
  if (answer.rcode !== 'NOERROR') return { kind: 'failed', reason: `the answer was ${answer.rcode}` };
  const records = (answer.answers ?? []).flatMap((record): DnsRecord[] => {
    if (!('ttl' in record) || !('data' in record)) return [];
    const shared = { name: plain(record.name), ttl: record.ttl ?? 0 };
    if (record.type === 'MX') {
      const { exchange, preference = 0 } = record.data;
      return [{ ...shared, type: 'MX', data: plain(exchange), preference }];
    }
    if (record.type === 'A' || record.type === 'AAAA' || record.type === 'CNAME' || record.type === 'NS') {
      return [{ ...shared, type: record.type, data: plain(record.data) }];
    }
    return [];
  });
  if (records.length === 0) return { kind: 'empty' };
  return { kind: 'records', records, authoritative: answer.flag_aa };
}

/** In lower case, without a dot at the end; what no host name holds, and a terminal might obey, becomes "?". */
function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/[^!-~]/g, '?');
}

function tooLate(timeout: number): Error {
  const seconds = timeout / 1000;
  return new Error(`no answer within ${seconds} second${seconds === 1 ? '' : 's'}`);
}

function unreachable(cause: Error): Error {
  const code = (cause as NodeJS.ErrnoException).code ?? cause.message;
  return new Error(
    code === 'ECONNREFUSED' ? 'nobody listens there (ECONNREFUSED)' : `it can't be reached (${code})`,
  );
}
