import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Drill, Trial } from './drill.ts';
import { plainEnvironment, run } from './processes.ts';
import { mustBuild, siteFiles, writeSite } from './site.ts';
import { toolPath } from './tools.ts';
import { serveFolder } from './web-server.ts';

/** Everybody looks at once: nginx, with its file of docs/deploy/serving/, under as many requests as it can take. */
export const load: Drill = {
  name: 'load',
  about: 'how many requests nginx answers with the file of docs/deploy/serving/, and how quickly',
  needs: ['nginx', 'wrk'],
  async *run({ folder, program, say }) {
    const root = join(folder, 'www');
    const site = join(folder, 'site');
    await writeSite(site, siteFiles(0));
    await mustBuild({ program, site, outDir: root });
    const { url, stop } = await serveFolder('nginx', root, join(folder, 'nginx'));
    try {
      const page = await fetch(`${url}/index.html`);
      const etag = page.headers.get('etag') ?? '';
      const { size } = await stat(join(root, 'index.html'));
      const requests: [what: string, path: string, headers: string[]][] = [
        [`index.html, ${size} bytes as it is`, '/index.html', []],
        ['index.html, compressed', '/index.html', ['accept-encoding: gzip']],
        ['index.html, unchanged since it was read', '/index.html', [`if-none-match: ${etag}`]],
        ['build.json', '/build.json', []],
      ];
      for (const [what, path, headers] of requests) {
        say(what);
        yield await measured(what, url + path, headers, folder);
      }
    } finally {
      await stop();
    }
  },
};

const SECONDS = 5;
const CONNECTIONS = 200;

async function measured(what: string, url: string, headers: string[], folder: string): Promise<Trial> {
  const threads = Math.max(1, Math.min(2, availableParallelism() - 1));
  const flags = [`-t${threads}`, `-c${CONNECTIONS}`, `-d${SECONDS}s`, '--latency'];
  const command = [toolPath('wrk'), ...flags, ...headers.flatMap((header) => ['-H', header]), url];
  const { code, stdout, stderr } = await run(command, { env: plainEnvironment(folder) });
  const lost: string[] = [];
  if (code !== 0) lost.push(`wrk ended with ${code}: ${stderr}`);
  const failed = /Non-2xx or 3xx responses: \d+|Socket errors: .*/.exec(stdout)?.[0];
  if (failed !== undefined) lost.push(failed);
  const all = Number(/(\d+) requests in/.exec(stdout)?.[1] ?? 0);
  const rate = Math.round(Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1] ?? 0));
  const percentile = (at: number) => new RegExp(`\\n\\s+${at}%\\s+(\\S+)`).exec(stdout)?.[1] ?? '?';
  const note = `${rate} a second; half within ${percentile(50)}, 99 % within ${percentile(99)}`;
  return { tried: what, times: all, lost, note };
}
