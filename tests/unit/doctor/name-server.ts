import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import packet, { type Answer, type Packet } from 'dns-packet';

/** How a name is answered for, where not as it should be. */
export type Mood =
  | 'silent'
  | 'SERVFAIL'
  | 'REFUSED'
  /** Cut off over UDP, whole over TCP. */
  | 'truncated'
  /** A stray datagram comes before the answer. */
  | 'strays'
  /** Bytes that are no answer. */
  | 'garbled'
  /** An alias without what it leads to. */
  | 'unchased';

export interface NameServer {
  port: number;
  /** `TYPE name over`, in the order of arrival. */
  asked: string[];
  close(): Promise<void>;
}

type Dated = Exclude<Answer, { type: 'OPT' }>;

/** `name TTL TYPE data`: a line of a zone file. */
function record(line: string): Dated {
  const [name = '', ttl = '', type = '', ...rest] = line.split(/\s+/);
  const shared = { name, ttl: Number(ttl) };
  if (type === 'MX') {
    return { ...shared, type, data: { preference: Number(rest[0]), exchange: rest[1] ?? '' } };
  }
  return { ...shared, type: type as 'A', data: rest.join(' ') };
}

/**
 * A name server on 127.0.0.1, over UDP and TCP, that answers from lines of a zone file and follows aliases as a
 * resolver does. What is not there, nor below what is, is NXDOMAIN.
 */
export async function startNameServer(
  lines: string[],
  moods: Record<string, Mood> = {},
  { authoritative = false } = {},
): Promise<NameServer> {
  const records = lines.map(record);
  const asked: string[] = [];

  const answer = (query: Packet): Packet => {
    const [question] = query.questions ?? [];
    const answers: Answer[] = [];
    const type = question?.type;
    let name = question?.name.toLowerCase() ?? '';
    const mood = moods[name];
    const seen = new Set<string>();
    for (;;) {
      const here = records.filter((one) => one.name === name);
      answers.push(...here.filter((one) => one.type === type));
      const alias = here.find((one) => one.type === 'CNAME');
      if (alias === undefined || type === 'CNAME' || seen.has(name)) break;
      seen.add(name);
      answers.push(alias);
      if (mood === 'unchased') break;
      name = String(alias.data);
    }
    const known = records.some((one) => one.name === name || one.name.endsWith(`.${name}`));
    const code = mood === 'SERVFAIL' ? 2 : mood === 'REFUSED' ? 5 : known ? 0 : 3;
    return {
      type: 'response',
      id: query.id,
      flags: code | packet.RECURSION_AVAILABLE | (authoritative ? packet.AUTHORITATIVE_ANSWER : 0),
      questions: query.questions,
      answers: code === 0 ? answers : [],
    };
  };

  const note = (query: Packet, over: string) => {
    const [question] = query.questions ?? [];
    asked.push(`${question?.type} ${question?.name} ${over}`);
    return moods[question?.name.toLowerCase() ?? ''];
  };

  const tcp = createServer((socket) => {
    let bytes = Buffer.alloc(0);
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      bytes = Buffer.concat([bytes, chunk]);
      if (bytes.length < 2 || bytes.length < 2 + bytes.readUInt16BE(0)) return;
      const query = packet.streamDecode(bytes);
      const mood = note(query, 'tcp');
      if (mood === 'garbled') socket.end(Buffer.from([0, 3, 1, 2, 3]));
      else if (mood !== 'silent') socket.end(packet.streamEncode(answer(query)));
    });
  });
  const udp = createSocket('udp4');
  udp.on('message', (bytes, from) => {
    const query = packet.decode(bytes);
    const mood = note(query, 'udp');
    const reply = (message: Uint8Array) => udp.send(message, from.port, from.address);
    if (mood === 'silent') return;
    if (mood === 'garbled') return reply(Buffer.from('nonsense, but long enough for a header'));
    if (mood === 'strays') {
      reply(Buffer.from('short'));
      reply(packet.encode({ ...answer(query), id: ((query.id ?? 0) + 1) % 0x10000, answers: [] }));
      reply(packet.encode({ ...answer(query), questions: [{ name: 'elsewhere.example', type: 'A' }] }));
    }
    if (mood === 'truncated') {
      return reply(packet.encode({ ...answer(query), flags: packet.TRUNCATED_RESPONSE, answers: [] }));
    }
    reply(packet.encode(answer(query)));
  });
  const port = await sharedPort(tcp, udp);
  return {
    port,
    asked,
    close: async () => {
      udp.close();
      tcp.close();
      await Promise.all([once(udp, 'close'), once(tcp, 'close')]);
    },
  };
}

/** A port that is free for both; one that is free for TCP may be taken for UDP. */
async function sharedPort(tcp: Server, udp: Socket): Promise<number> {
  tcp.listen(0, '127.0.0.1');
  await once(tcp, 'listening');
  const { port } = tcp.address() as { port: number };
  udp.bind(port, '127.0.0.1');
  await once(udp, 'listening');
  return port;
}
