import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';

/** How a tool is run. Its arguments never pass a shell. */
export interface ToolCall {
  command: string;
  args: readonly string[];
  cwd: string;
  env: Record<string, string | undefined>;
  signal: AbortSignal;
  /** What it reads on its standard input; nothing by default. */
  input?: string;
  /** Told each line of its standard error as it comes. */
  onErrorLine?: (line: string) => void;
}

/** How a tool ended and what it said. */
export interface ToolEnd {
  /** 127: there is no such tool; above 128: ended by a signal. */
  code: number;
  stdout: string;
  /** Of both, the last part where it is long. */
  stderr: string;
}

/** Runs a tool to its end; see `runTool`. */
export type RunTool = (call: ToolCall) => Promise<ToolEnd>;

/**
 * Starts the tool in a process group of its own, and beside it a watcher that reads a pipe from us: when that pipe is
 * closed, because the tool has ended or because we were killed, whatever is left of the group is killed with it.
 */
const LIFELINE = `exec 4<&0 </dev/null
"$@" <&4 3<&- 4<&- &
tool=$!
exec 4<&-
{ cat <&3 >/dev/null; kill -KILL 0; } >/dev/null 2>&1 &
exec 3<&-
wait "$tool"`;

/** Of what a tool says this much is kept, from the end. */
const KEPT_CHARACTERS = 4_000_000;

/**
 * Runs a tool, and gives how it ended. It never outlives this process, nor the signal: then it and all that it has
 * started are killed, and the signal's reason is thrown.
 */
export const runTool: RunTool = async ({ command, args, cwd, env, signal, input, onErrorLine }) => {
  signal.throwIfAborted();
  const child = spawn('/bin/sh', ['-c', LIFELINE, command, command, ...args], {
    cwd,
    env,
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
  });
  const lifeline = child.stdio[3] as NonNullable<(typeof child.stdio)[3]>;
  for (const stream of [child.stdin, lifeline]) stream.on('error', () => {});
  child.stdin.end(input ?? '');
  const stdout = collect(child.stdout);
  const stderr = collect(child.stderr, onErrorLine);
  const kill = () => lifeline.destroy();
  signal.addEventListener('abort', kill);
  try {
    const code = await new Promise<number>((done, failed) => {
      child.on('error', failed);
      child.on('exit', kill);
      child.on('close', (ended) => done(ended ?? 137));
    });
    signal.throwIfAborted();
    return { code, stdout: stdout(), stderr: stderr() };
  } finally {
    signal.removeEventListener('abort', kill);
  }
};

function collect(stream: Readable, onLine?: (line: string) => void): () => string {
  let text = '';
  let line = '';
  stream.setEncoding('utf8').on('data', (part: string) => {
    text = (text + part).slice(-KEPT_CHARACTERS);
    if (onLine === undefined) return;
    const lines = (line + part).split(/\r?\n|\r/);
    line = lines.pop() ?? '';
    for (const one of lines) onLine(one);
  });
  return () => text;
}
