import { connect, createServer, type Server, type Socket } from 'node:net';
import { freePort, type Service } from './processes.ts';

/** What is wrong with the way to a server. */
export interface Hindrance {
  /** Nobody listens. */
  dead?: boolean;
  /** Connections are taken, and nothing ever comes back. */
  mute?: boolean;
  /** No faster than this towards the server, for all connections together. */
  bytesPerSecond?: number;
  /** After so many bytes towards the server every connection breaks off, and nobody listens any more. */
  diesAfter?: number;
}

/** A port that leads to a server, as long as nothing is wrong with the way. */
export interface Gate extends Service {
  port: number;
  /** From now on this is wrong, and nothing else; connections that are open break off. */
  hinder(hindrance: Hindrance): Promise<void>;
}

/** Lets connections through to `port` of this machine. */
export async function openGate(port: number): Promise<Gate> {
  const own = await freePort();
  const sockets = new Set<Socket>();
  let server: Server | null = null;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    return socket;
  };
  const close = async () => {
    const closed = server;
    server = null;
    for (const socket of sockets) socket.destroy();
    if (closed !== null) await new Promise((done) => closed.close(done));
  };
  const open = async ({ mute, bytesPerSecond, diesAfter }: Hindrance) => {
    let passed = 0;
    /** When all bytes taken so far are through, in milliseconds of `performance.now`. */
    let free = 0;
    server = createServer((near) => {
      keep(near);
      if (mute) return;
      const far = keep(connect({ port, host: '127.0.0.1' }));
      far.pipe(near);
      near.on('data', (bytes) => {
        passed += bytes.length;
        if (diesAfter !== undefined && passed > diesAfter) {
          close();
          return;
        }
        far.write(bytes);
        if (bytesPerSecond === undefined) return;
        near.pause();
        free = Math.max(free, performance.now()) + (bytes.length / bytesPerSecond) * 1000;
        setTimeout(() => near.resume(), free - performance.now()).unref();
      });
      near.on('end', () => far.end());
      near.on('close', () => far.destroy());
      far.on('close', () => near.destroy());
    });
    await new Promise<void>((done, failed) => {
      server?.on('error', failed).listen(own, '127.0.0.1', done);
    });
  };
  await open({});
  return {
    port: own,
    async hinder(hindrance) {
      await close();
      if (!hindrance.dead) await open(hindrance);
    },
    stop: close,
  };
}
