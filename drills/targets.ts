import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { freePort, plainEnvironment, run, type Service, serve } from './processes.ts';
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
  /** The same with a wrong password or key. */
  wrongEnv: Record<string, string>;
  /**
   * `instant`: the server removes a file before it puts another in its place. `until-next`: the client has to, so that
   * a kill can leave none until the next deployment; the closing table says so. `null`: neither.
   */
  gaps: 'instant' | 'until-next' | null;
  /** What lies there, as the server sees it. */
  contents(): Promise<Contents>;
}

/** How a target is not as it should be. */
export interface Ailment {
  /** Gives the port that is used in place of the server's own. */
  gate?: (port: number) => Promise<number>;
  /** Called with the folder that files come to lie in, before anything does. */
  onStore?: (folder: string) => Promise<void>;
}

/** Starts the servers of a target. `folder` is new and the target's own. */
export type StartPlace = (folder: string, ailment?: Ailment) => Promise<Place>;

/** Every kind of target that is drilled, by the name that the table gives it. */
export const PLACES: Record<string, StartPlace> = {
  folder: startFolder,
  git: startGit,
  'rsync (daemon)': startRsyncDaemon,
  'rsync (shell)': startRsyncByShell,
  'rclone (sftp)': (folder, ailment) => startRclone(folder, 'sftp', ailment),
  'rclone (webdav)': (folder, ailment) => startRclone(folder, 'webdav', ailment),
  'rclone (OpenSSH)': startOpenSsh,
  'rclone (S3)': startS3,
};

/** What rclone needs to know about the servers here. */
const ACCOUNT = { user: 'drill', password: 'loopback only' };

async function startFolder(folder: string, { onStore = nothing }: Ailment = {}): Promise<Place> {
  const www = await made(join(folder, 'www'));
  await onStore(www);
  const web = await serveFolder('nginx', www, join(folder, 'nginx'));
  return {
    entry: `folder: ${JSON.stringify(www)}`,
    url: web.url,
    env: {},
    wrongEnv: {},
    gaps: null,
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
    wrongEnv: {},
    gaps: null,
    contents: () => contentsOf(`${www}/`),
    stop: web.stop,
  };
}

async function startRsyncDaemon(folder: string, ailment: Ailment = {}): Promise<Place> {
  const { gate = itself, onStore = nothing } = ailment;
  const www = await made(join(folder, 'www'));
  await onStore(www);
  const port = await freePort();
  const config = `pid file = ${folder}/rsyncd.pid
lock file = ${folder}/rsyncd.lock
log file = ${folder}/rsyncd.log
use chroot = no
[www]
path = ${www}
read only = no
auth users = ${ACCOUNT.user}
secrets file = ${folder}/rsyncd.secrets
${process.getuid?.() === 0 ? 'uid = root\ngid = root' : ''}
`;
  await writeFile(join(folder, 'rsyncd.conf'), config);
  await writeFile(join(folder, 'rsyncd.secrets'), `${ACCOUNT.user}:${ACCOUNT.password}\n`, { mode: 0o600 });
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
    entry: `rsync: "rsync://${ACCOUNT.user}@127.0.0.1:${await gate(port)}/www"`,
    url: web.url,
    env: { RSYNC_PASSWORD: ACCOUNT.password },
    wrongEnv: { RSYNC_PASSWORD: 'wrong' },
    gaps: null,
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
    wrongEnv: {},
    gaps: null,
    contents: () => contentsOf(www),
    stop: web.stop,
  };
}

async function startRclone(
  folder: string,
  kind: 'sftp' | 'webdav',
  { gate = itself, onStore = nothing }: Ailment = {},
): Promise<Place> {
  const store = await made(join(folder, 'store'));
  await onStore(store);
  const port = await freePort();
  const rclone = toolPath('rclone');
  const env = plainEnvironment(folder);
  const account = [`--user=${ACCOUNT.user}`, `--pass=${ACCOUNT.password}`];
  // Else it takes minutes until it sees what it has left behind itself on a full disk.
  const fresh = '--dir-cache-time=0s';
  const command = [rclone, 'serve', kind, store, fresh, `--addr=127.0.0.1:${port}`, '--config=', ...account];
  const server = await serve(command, port, { env });
  const open = await gate(port);
  const where = {
    sftp: `host = 127.0.0.1\nport = ${open}`,
    webdav: `url = http://127.0.0.1:${open}\nvendor = other`,
  }[kind];
  const configure = async (password: string) => {
    const hidden = (await must([rclone, '--config=', 'obscure', password], env)).trim();
    const config = join(folder, `rclone-${password.length}.conf`);
    await writeFile(
      config,
      `[${kind}-${port}]\ntype = ${kind}\n${where}\nuser = ${ACCOUNT.user}\npass = ${hidden}\n`,
    );
    return { RCLONE_CONFIG: config };
  };
  const www = await made(join(store, 'www'));
  const web = await serveFolder('nginx', www, join(folder, 'nginx'));
  return {
    entry: `rclone: "${kind}-${port}:www"`,
    url: web.url,
    env: await configure(ACCOUNT.password),
    wrongEnv: await configure('wrong'),
    gaps: 'instant',
    contents: () => contentsOf(www),
    stop: stopAll(web, server),
  };
}

async function startOpenSsh(folder: string): Promise<Place> {
  const www = await made(join(folder, 'www'));
  const port = await freePort();
  const env = plainEnvironment(folder);
  const key = (name: string) => join(folder, name);
  for (const name of ['host', 'mine']) {
    await must(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', key(name)], env);
  }
  const config = `Port ${port}
ListenAddress 127.0.0.1
HostKey ${key('host')}
AuthorizedKeysFile ${key('mine.pub')}
PidFile none
UsePAM no
StrictModes no
PermitRootLogin yes
Subsystem sftp internal-sftp
`;
  await writeFile(join(folder, 'sshd.conf'), config);
  const server = await serve([toolPath('sshd'), '-D', '-e', '-f', join(folder, 'sshd.conf')], port, { env });
  const remote = `[ssh-${port}]
type = sftp
host = 127.0.0.1
port = ${port}
user = ${userInfo().username}
key_file = ${key('mine')}
`;
  await writeFile(join(folder, 'rclone.conf'), remote);
  const web = await serveFolder('nginx', www, join(folder, 'nginx'));
  return {
    entry: `rclone: "ssh-${port}:${www}"`,
    url: web.url,
    env: { RCLONE_CONFIG: join(folder, 'rclone.conf') },
    wrongEnv: {},
    gaps: 'until-next',
    contents: () => contentsOf(www),
    stop: stopAll(web, server),
  };
}

async function startS3(folder: string, ailment: Ailment = {}): Promise<Place> {
  const { gate = itself, onStore = nothing } = ailment;
  const port = await freePort();
  const store = await made(join(folder, 'store'));
  await onStore(store);
  const env = plainEnvironment(folder);
  const command = [
    process.execPath,
    join(import.meta.dirname, 's3-server.ts'),
    store,
    String(port),
    'status',
  ];
  const server = await serve(command, port, { env });
  // The server does not look at signatures, but it knows its accounts.
  const configure = async (at: number, account: string) => {
    const config = join(folder, `rclone-${at}-${account}.conf`);
    const text = `[s3-${port}]
type = s3
provider = Other
access_key_id = ${account}
secret_access_key = S3RVER
endpoint = http://127.0.0.1:${at}
region = us-east-1
force_path_style = true
`;
    await writeFile(config, text);
    return { RCLONE_CONFIG: config };
  };
  const open = await gate(port);
  const direct = await configure(port, 'S3RVER');
  let copies = 0;
  return {
    entry: `rclone: "s3-${port}:status"`,
    url: `http://127.0.0.1:${port}/status`,
    env: await configure(open, 'S3RVER'),
    wrongEnv: await configure(open, 'wrong'),
    gaps: null,
    async contents() {
      const copy = join(folder, `copy-${copies++}`);
      await must([toolPath('rclone'), 'copy', `s3-${port}:status`, copy], { ...env, ...direct });
      return contentsOf(copy);
    },
    stop: server.stop,
  };
}

async function itself(port: number): Promise<number> {
  return port;
}

async function nothing(): Promise<void> {}

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
