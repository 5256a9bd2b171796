import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort, plainEnvironment, run, type Service, serve } from './processes.ts';
import { ROOT } from './program.ts';
import { type Contents, contentsOf } from './site.ts';
import { toolPath } from './tools.ts';
import { serveFolder } from './web-server.ts';

/** A target of `npm run deploy` on a real server of this machine, and the address where readers find it. */
export interface Place extends Service {
  /** Its entry in the config, without `url`, such as `rclone: "sftp:www"`. */
  entry: string;
  /** Without a slash at the end. */
  url: string;
  /** What the environment of `deploy` must hold for it. */
  env: Record<string, string>;
  /** What lies there, as the server sees it. */
  contents(): Promise<Contents>;
}

/** Starts the servers of a target. `folder` is new and the target's own. */
export type StartPlace = (folder: string) => Promise<Place>;

/** Every kind of target that is drilled, by the name that the table gives it. */
export const PLACES: Record<string, StartPlace> = {
  folder: startFolder,
  git: startGit,
  'rsync daemon': startRsyncDaemon,
  'rsync by shell': startRsyncByShell,
  'rclone sftp': (folder) => startRclone(folder, 'sftp'),
  'rclone webdav': (folder) => startRclone(folder, 'webdav'),
  'rclone s3': startS3,
};

/** What rclone needs to know about the servers here. */
const ACCOUNT = { user: 'drill', password: 'loopback only' };

async function startFolder(folder: string): Promise<Place> {
  const www = await made(join(folder, 'www'));
  const web = await serveFolder('nginx', www, join(folder, 'nginx'));
  return {
    entry: `folder: ${JSON.stringify(www)}`,
    url: web.url,
    env: {},
    contents: () => contentsOf(www),
    stop: web.stop,
  };
}

/**
 * A bare repository, and beside it what a host of pages does: each push is laid out in a folder of its own, and a link
 * is turned to it.
 */
async function startGit(folder: string): Promise<Place> {
  const repository = join(folder, 'pages.git');
  const env = plainEnvironment(folder);
  await must(['git', 'init', '--quiet', '--bare', repository], env);
  const hook = `#!/bin/sh
set -e
read old new ref
release=$(mktemp -d ${folder}/release-XXXXXX)
git archive "$new" | tar -x -C "$release"
chmod 755 "$release"
ln -s "$release" ${folder}/turned
mv -T ${folder}/turned ${folder}/www
`;
  await writeFile(join(repository, 'hooks/post-receive'), hook);
  await chmod(join(repository, 'hooks/post-receive'), 0o755);
  const www = join(folder, 'www');
  const web = await serveFolder('nginx', www, join(folder, 'nginx'));
  return {
    entry: `git: ${JSON.stringify(repository)}, branch: pages`,
    url: web.url,
    env: {},
    contents: () => contentsOf(`${www}/`),
    stop: web.stop,
  };
}

async function startRsyncDaemon(folder: string): Promise<Place> {
  const www = await made(join(folder, 'www'));
  const port = await freePort();
  const config = `pid file = ${folder}/rsyncd.pid
lock file = ${folder}/rsyncd.lock
log file = ${folder}/rsyncd.log
use chroot = no
[www]
path = ${www}
read only = no
${process.getuid?.() === 0 ? 'uid = root\ngid = root' : ''}
`;
  await writeFile(join(folder, 'rsyncd.conf'), config);
  const command = [
    toolPath('rsync'),
    '--daemon',
    '--no-detach',
    '--address=127.0.0.1',
    `--port=${port}`,
    `--config=${folder}/rsyncd.conf`,
  ];
  const daemon = await serve(command, port, { env: plainEnvironment(folder) });
  const web = await serveFolder('nginx', www, join(folder, 'nginx'));
  return {
    entry: `rsync: "rsync://127.0.0.1:${port}/www"`,
    url: web.url,
    env: {},
    contents: () => contentsOf(www),
    stop: stopAll(web, daemon),
  };
}

/** What stands for ssh runs the other rsync on this machine. */
async function startRsyncByShell(folder: string): Promise<Place> {
  const www = await made(join(folder, 'www'));
  const shell = join(folder, 'shell');
  await writeFile(shell, '#!/bin/sh\nwhile [ "$1" != rsync ]; do shift; done\nexec "$@"\n');
  await chmod(shell, 0o755);
  const web = await serveFolder('nginx', www, join(folder, 'nginx'));
  return {
    entry: `rsync: "deploy@web2.example:${www}"`,
    url: web.url,
    env: { RSYNC_RSH: shell },
    contents: () => contentsOf(www),
    stop: web.stop,
  };
}

async function startRclone(folder: string, kind: 'sftp' | 'webdav'): Promise<Place> {
  const store = await made(join(folder, 'store'));
  const port = await freePort();
  const rclone = toolPath('rclone');
  const env = plainEnvironment(folder);
  const account = [`--user=${ACCOUNT.user}`, `--pass=${ACCOUNT.password}`];
  const command = [rclone, 'serve', kind, store, `--addr=127.0.0.1:${port}`, '--config=', ...account];
  const server = await serve(command, port, { env });
  const hidden = (await must([rclone, '--config=', 'obscure', ACCOUNT.password], env)).trim();
  const where = {
    sftp: `host = 127.0.0.1\nport = ${port}`,
    webdav: `url = http://127.0.0.1:${port}\nvendor = other`,
  }[kind];
  const config = join(folder, 'rclone.conf');
  await writeFile(config, `[place]\ntype = ${kind}\n${where}\nuser = ${ACCOUNT.user}\npass = ${hidden}\n`);
  const www = await made(join(store, 'www'));
  const web = await serveFolder('nginx', www, join(folder, 'nginx'));
  return {
    entry: 'rclone: "place:www"',
    url: web.url,
    env: { RCLONE_CONFIG: config },
    contents: () => contentsOf(www),
    stop: stopAll(web, server),
  };
}

async function startS3(folder: string): Promise<Place> {
  const port = await freePort();
  const store = await made(join(folder, 'store'));
  const env = plainEnvironment(folder);
  const command = [
    process.execPath,
    join(ROOT, 'node_modules/s3rver/bin/s3rver.js'),
    '--silent',
    `--directory=${store}`,
    '--address=127.0.0.1',
    `--port=${port}`,
    '--no-vhost-buckets',
    '--configure-bucket',
    'status',
  ];
  const server = await serve(command, port, { env });
  const config = join(folder, 'rclone.conf');
  const remote = `[place]
type = s3
provider = Other
access_key_id = S3RVER
secret_access_key = S3RVER
endpoint = http://127.0.0.1:${port}
region = us-east-1
force_path_style = true
`;
  await writeFile(config, remote);
  let copies = 0;
  return {
    entry: 'rclone: "place:status"',
    url: `http://127.0.0.1:${port}/status`,
    env: { RCLONE_CONFIG: config },
    async contents() {
      const copy = join(folder, `copy-${copies++}`);
      await must([toolPath('rclone'), `--config=${config}`, 'copy', 'place:status', copy], env);
      return contentsOf(copy);
    },
    stop: server.stop,
  };
}

async function made(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  return folder;
}

function stopAll(...services: Service[]): () => Promise<void> {
  return async () => {
    for (const service of services) await service.stop();
  };
}

async function must(command: string[], env: Record<string, string>): Promise<string> {
  const { code, stdout, stderr } = await run(command, { env });
  if (code !== 0) throw new Error(`${command.slice(0, 3).join(' ')} ended with ${code}: ${stderr}`);
  return stdout;
}
