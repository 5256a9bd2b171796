import { createHash } from 'node:crypto';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type Run, type Running, startCommand, temporaryFolder, writeFiles } from './harness.ts';

/** A site with targets, a build of it, and the folder that both lie in. */
export interface DeployGround {
  folder: string;
  site: string;
  dist: string;
}

/** The address of the page that these builds are of. */
export const PAGE_URL = 'https://status.nordhost.example';

/** A site whose config has these targets (a line each, as in the config), beside an empty place for its build. */
export async function groundWith(targets: string[]): Promise<DeployGround> {
  const folder = await temporaryFolder();
  const ground = { folder, site: join(folder, 'site'), dist: join(folder, 'dist') };
  await writeTargets(ground, targets);
  return ground;
}

/** Gives the site other targets. */
export async function writeTargets({ site }: DeployGround, targets: string[]): Promise<void> {
  const lines = targets.map((one) => `  - ${one}\n`).join('');
  const config = `name: Nordhost\nurl: ${PAGE_URL}\ntimezone: Europe/Berlin\nlanguage: de\ncomponents: [API]\n`;
  await writeFiles(site, {
    'status.config.yml': `${config}targets:${lines === '' ? ' []\n' : `\n${lines}`}`,
  });
}

/** Puts a build of these files in the place of the last one, as \`npm run build\` does; gives all its files. */
export async function putBuild(
  { dist }: DeployGround,
  files: Record<string, string>,
  url = PAGE_URL,
): Promise<Record<string, string>> {
  const hash = createHash('sha256').update(JSON.stringify(files)).digest('hex');
  const mark = `${JSON.stringify({ built: '2026-11-21T18:40:00+01:00', hash, url })}\n`;
  await rm(dist, { recursive: true, force: true });
  await mkdir(dist);
  await writeFiles(dist, { ...files, 'build.json': mark });
  return { ...files, 'build.json': mark };
}

/** Starts the command as its own process, as \`npm run deploy\` does. It asks readers' addresses only where told to. */
export function startDeploy(
  { site, dist }: DeployGround,
  args: string[] = ['--no-verify'],
  env: Record<string, string> = {},
): Running {
  return startCommand(['src/cli/deploy.ts', '--dir', dist, ...args], { STATUS_SITE: site, ...env });
}

/** Runs the command to its end. */
export function runDeploy(ground: DeployGround, args?: string[], env?: Record<string, string>): Promise<Run> {
  return startDeploy(ground, args, env).end;
}

/** A server on this machine; its address has no slash at the end. */
export async function serve(answer: RequestListener): Promise<{ url: string; close: () => void }> {
  const server = createServer(answer);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Serves the files of a folder, each as it is at the moment that it is opened. */
export function serveFiles(folder: string): Promise<{ url: string; close: () => void }> {
  return serve(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const bytes = await readFile(join(folder, decodeURIComponent(path))).catch(() => null);
    response.writeHead(bytes === null ? 404 : 200).end(bytes ?? 'missing');
  });
}
