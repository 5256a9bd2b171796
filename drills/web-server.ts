import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort, plainEnvironment, run, type Service, serve } from './processes.ts';
import { ROOT } from './program.ts';
import { toolPath } from './tools.ts';

/** Web servers that docs/deploy/serving/ has a file for. */
export const WEB_SERVERS = ['nginx', 'apache2', 'caddy'] as const;

/** One of them. */
export type WebServer = (typeof WEB_SERVERS)[number];

/** A running web server. */
export interface Serving extends Service {
  /** Without a slash at the end. */
  url: string;
}

/** The folder that the files of docs/deploy/serving/ name. */
const DOCUMENTED = '/srv/www/status';

/**
 * Serves `root` with a web server on 127.0.0.1, by the very file that docs/deploy/serving/ gives to operators: only
 * its address and folder are changed. The server's own files lie in `folder`, which is made. Throws where the server
 * does not take the file.
 */
export async function serveFolder(server: WebServer, root: string, folder: string): Promise<Serving> {
  await mkdir(folder, { recursive: true });
  // As root, workers of some servers give up their rights.
  await chmod(folder, 0o755);
  const port = await freePort();
  const command = await { nginx, apache2, caddy }[server]({ root, folder, port });
  const setting = {
    cwd: folder,
    env: { ...plainEnvironment(folder), XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
  };
  const check = await run(command.check, setting);
  if (check.code !== 0) throw new Error(`${server} refuses its file: ${check.stdout}${check.stderr}`);
  const service = await serve(command.start, port, setting);
  return { ...service, url: `http://127.0.0.1:${port}` };
}

interface Place {
  root: string;
  folder: string;
  port: number;
}

interface Command {
  check: string[];
  start: string[];
}

async function nginx({ root, folder, port }: Place): Promise<Command> {
  const site = changed(await documented('nginx.conf'), [
    ['listen 80;', `listen 127.0.0.1:${port};`],
    [DOCUMENTED, root],
  ]);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const config = `${process.getuid?.() === 0 ? 'user root;' : ''}
pid ${folder}/nginx.pid;
error_log ${folder}/error.log;
worker_processes auto;
events { worker_connections 1024; }
http {
include ${(await existing(['/etc/nginx/mime.types', '/usr/share/nginx/mime.types'])) ?? 'mime.types'};
default_type application/octet-stream;
access_log off;
${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join('\n')}
${site}
}
`;
  await writeFile(join(folder, 'nginx.conf'), config);
  const base = [
    toolPath('nginx'),
    '-p',
    folder,
    '-c',
    join(folder, 'nginx.conf'),
    '-e',
    join(folder, 'error.log'),
  ];
  return { check: [...base, '-t'], start: [...base, '-g', 'daemon off;'] };
}

const APACHE_MODULES = ['mpm_event', 'authz_core', 'dir', 'mime', 'headers', 'filter', 'deflate', 'rewrite'];

async function apache2({ root, folder, port }: Place): Promise<Command> {
  const site = changed(await documented('apache.conf'), [
    ['*:80', `127.0.0.1:${port}`],
    [DOCUMENTED, root],
  ]);
  const modules = APACHE_MODULES.map(
    (name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`,
  );
  const config = `ServerName localhost
ServerRoot ${folder}
Listen 127.0.0.1:${port}
PidFile ${folder}/apache.pid
ErrorLog ${folder}/error.log
DefaultRuntimeDir ${folder}
${modules.join('\n')}
TypesConfig /etc/mime.types
${process.getuid?.() === 0 ? 'User #65534\nGroup #65534' : ''}
${site}
`;
  await writeFile(join(folder, 'apache.conf'), config);
  const base = [toolPath('apache2'), '-f', join(folder, 'apache.conf')];
  return { check: [...base, '-t'], start: [...base, '-DFOREGROUND'] };
}

async function caddy({ root, folder, port }: Place): Promise<Command> {
  const site = changed(await documented('Caddyfile'), [
    ['\nstatus.nordhost.example {', `\nhttp://127.0.0.1:${port} {`],
    [DOCUMENTED, root],
  ]);
  const file = join(folder, 'Caddyfile');
  await writeFile(file, `{\n\tadmin off\n\tauto_https off\n}\n${site}`);
  const rest = ['--config', file, '--adapter', 'caddyfile'];
  return { check: [toolPath('caddy'), 'validate', ...rest], start: [toolPath('caddy'), 'run', ...rest] };
}

async function documented(name: string): Promise<string> {
  return readFile(join(ROOT, 'docs/deploy/serving', name), 'utf8');
}

function changed(text: string, changes: [from: string, to: string][]): string {
  return changes.reduce((result, [from, to]) => {
    if (!result.includes(from)) throw new Error(`The documented file no longer has "${from}".`);
    return result.replaceAll(from, to);
  }, text);
}

async function existing(paths: string[]): Promise<string | null> {
  for (const path of paths) if (await readFile(path).catch(() => null)) return path;
  return null;
}
