import { type ChildProcess, spawn } from 'node:child_process';

/*
 * Neither the machine's nor the user's settings of git may change what is read, but `safe.directory` must hold, so
 * these files stay in force and single settings are overruled. A partial clone would fetch what it lacks: the build
 * needs no network, so all ways to fetch are closed.
 */
const SETTINGS = [
  'core.quotepath=off',
  'core.fsmonitor=false',
  'color.ui=false',
  'log.showSignature=false',
  'log.showRoot=true',
  'log.follow=false',
  'log.mailmap=false',
  'diff.renameLimit=1000',
  'diff.relative=false',
  'diff.ignoreSubmodules=all',
].flatMap((setting) => ['-c', setting]);

/** Variables that say how git may be used; the others (`GIT_DIR` in a hook) would point it at another repository. */
const KEPT = /^GIT_(?:CONFIG|CEILING_DIRECTORIES$|EXEC_PATH$|DISCOVERY_ACROSS_FILESYSTEM$)/;

/** Starts a git command that reads the repository of `folder` and nothing else; what it complains about is on `stderr`. */
export function startGit(folder: string, args: string[]): ChildProcess {
  const env: NodeJS.ProcessEnv = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (!name.startsWith('GIT_') || KEPT.test(name)) env[name] = value;
  }
  return spawn('git', ['--no-pager', ...SETTINGS, '-C', folder, ...args], {
    env: {
      ...env,
      LC_ALL: 'C',
      GIT_OPTIONAL_LOCKS: '0',
      GIT_TERMINAL_PROMPT: '0',
      GIT_NO_REPLACE_OBJECTS: '1',
      GIT_NO_LAZY_FETCH: '1',
      GIT_ALLOW_PROTOCOL: 'none',
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

/** What a git command printed, or what it complained about, in its own words. */
export type GitAnswer =
  | { ok: true; output: string; message: '' }
  | { ok: false; output: ''; message: string };

/** Runs a git command that reads, to its end. Never throws: no git is an answer, too. */
export function askGit(folder: string, args: string[]): Promise<GitAnswer> {
  return new Promise((done) => {
    const failed = (message: string) => done({ ok: false, output: '', message });
    const child = startGit(folder, args);
    const printed: Buffer[] = [];
    const complained: Buffer[] = [];
    child.stdin!.on('error', () => {}).end();
    child.stdout!.on('data', (chunk: Buffer) => printed.push(chunk));
    child.stderr!.on('data', (chunk: Buffer) => complained.push(chunk));
    child.on('error', () => failed("git can't be started"));
    child.on('close', (code) => {
      if (code === 0) done({ ok: true, output: Buffer.concat(printed).toString('utf8'), message: '' });
      else
        failed(
          /^(?:fatal|error): (.*)/m.exec(Buffer.concat(complained).toString('utf8'))?.[1] ??
            'git failed without a word',
        );
    });
  });
}
