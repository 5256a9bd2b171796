import { type ChildProcess, spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** How a command ended. */
export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
  milliseconds: number;
}

/** Where and how a command runs. */
export interface Setting {
  cwd?: string;
  env?: Record<string, string>;
  /** Kills the command and all that it started, with SIGKILL, after so many milliseconds (default: ten minutes). */
  killAfter?: number;
  /** The same, when this settles. */
  killWhen?: Promise<unknown>;
  /** Kills the command's own process only, as `kill -9` does. */
  killAlone?: boolean;
  /** Told what the command writes to standard error, as it comes. */
  onError?: (text: string) => void;
}

/** No command of a drill takes this long, unless it hangs. */
const LONGEST = 600_000;

const running = new Set<ChildProcess>();

// Where the drills have no process namespace of their own, nothing else ends what they started.
process.on('exit', () => {
  for (const child of running) killGroup(child);
});

/** What commands see of this process's environment: no settings, keys or accounts of the person who runs them. */
export function plainEnvironment(home: string): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    HOME: home,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    NO_COLOR: '1',
  };
}

/** Runs a command to its end, in a process group of its own. Throws only where it can't be started. */
export async function run(command: string[], setting: Setting = {}): Promise<Ended> {
  const { killAfter, killWhen, killAlone = false, onError } = setting;
  const began = performance.now();
  const child = start(command, setting);
  const ended: Ended = { code: null, signal: null, stdout: '', stderr: '', milliseconds: 0 };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    ended.stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    ended.stderr += text;
    onError?.(text);
  });
  const kill = () => {
    if (killAlone) child.kill('SIGKILL');
    else killGroup(child);
  };
  const timer = setTimeout(kill, killAfter ?? LONGEST);
  killWhen?.then(kill);
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((done, failed) => {
    child.on('error', failed);
    child.on('close', (...end) => done(end));
  }).finally(() => clearTimeout(timer));
  return { ...ended, code, signal, milliseconds: performance.now() - began };
}

/** A server of a drill. */
export interface Service {
  /** Ends it and everything that it started. */
  stop(): Promise<void>;
}

/** Starts a server and waits until something listens on `port` of 127.0.0.1. Throws what it printed if it ends. */
export async function serve(command: string[], port: number, setting: Setting = {}): Promise<Service> {
  const child = start(command, setting);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-4000);
    });
  }
  const closed = new Promise<void>((done) => {
    child.on('error', (error) => {
      said += String(error);
      done();
    });
    child.on('close', () => done());
  });
  let gone = false;
  closed.then(() => {
    gone = true;
  });
  const deadline = performance.now() + 20_000;
  while (!(await listensOn(port))) {
    if (gone) throw new Error(`${command[0]} ended at once: ${said.trim()}`);
    if (performance.now() > deadline) throw new Error(`${command[0]} does not listen: ${said.trim()}`);
    await pause(20);
  }
  return {
    async stop() {
      killGroup(child);
      await closed;
    },
  };
}

/**
 * Command lines of running processes that fit `pattern` and do not fit `but`, once those that are ending have had two
 * seconds for it.
 */
export async function leftRunning(pattern: RegExp, but: RegExp): Promise<string[]> {
  const deadline = performance.now() + 2000;
  for (;;) {
    const found: string[] = [];
    for (const pid of await readdir('/proc')) {
      if (!/^\d+$/.test(pid)) continue;
      const line = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''))
        .replaceAll('\0', ' ')
        .trim();
      if (pattern.test(line) && !but.test(line)) found.push(line);
    }
    if (found.length === 0 || performance.now() > deadline) return found;
    await pause(50);
  }
}

/** A port of 127.0.0.1 that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === 'string') throw new Error('There is no free port.');
  return address.port;
}

function start([name, ...args]: string[], { cwd, env }: Setting): ChildProcess {
  const child = spawn(name!, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  running.add(child);
  child.on('close', () => running.delete(child));
  return child;
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}

async function listensOn(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      done(true);
    });
    socket.once('error', () => done(false));
  });
}
