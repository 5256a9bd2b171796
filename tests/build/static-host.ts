import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, normalize } from 'node:path';

/** A running host. */
export interface StaticHost {
  /** With a slash at the end; where the folder's files lie. */
  url: string;
  close(): Promise<void>;
}

/**
 * The plainest host there is: serves the files of a folder below `base` (such as `/a/b/`) on this machine, by
 * exact name only: no directory index, no added `.html`, no redirect. Anything else is a 404.
 */
export async function serveFolder(folder: string, base: string): Promise<StaticHost> {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    const file = path.startsWith(base) ? join(folder, normalize(`/${path.slice(base.length)}`)) : null;
    const found = file === null ? null : await stat(file).catch(() => null);
    if (file === null || !found?.isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-length': found.size });
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${base}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
