import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { Identity } from './certificates.ts';

/** A web server on 127.0.0.1. */
export interface WebServer {
  port: number;
  close(): Promise<void>;
}

/** Starts one; over HTTPS where it has an identity. */
export async function startWebServer(answer: RequestListener, identity?: Identity): Promise<WebServer> {
  const server: Server = identity === undefined ? createServer(answer) : createSecureServer(identity, answer);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  return {
    port,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** What a published page answers with. */
export function buildJson(
  build: Partial<Record<'built' | 'hash' | 'next_change' | 'url', string | null>> = {},
): string {
  return JSON.stringify({
    built: '2026-11-21T18:30:00+01:00',
    commit: null,
    hash: 'a'.repeat(64),
    next_change: null,
    url: 'https://status.moor.example',
    ...build,
  });
}
