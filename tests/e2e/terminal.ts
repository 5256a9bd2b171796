import { type ChildProcess, spawn } from 'node:child_process';
import { platform } from 'node:os';
import { stripVTControlCharacters } from 'node:util';

/** Longer than any answer takes on a busy machine. */
const DEADLINE = 30_000;

export const KEYS = { enter: '\r', down: '\u001b[B', up: '\u001b[A', space: ' ', interrupt: '\u0003' };

/** A command in a real pseudo-terminal, which `script` of the system gives. */
export class Terminal {
  readonly #child: ChildProcess;
  readonly #ended: Promise<number | null>;
  #output = '';
  /** Up to where the output has been read. */
  #read = 0;
  #wake: () => void = () => {};

  constructor(command: string[], options: { cwd: string; env: Record<string, string> }) {
    const line = `stty cols 100 rows 40; exec ${command.map(quoted).join(' ')}`;
    const args =
      platform() === 'darwin' ? ['-q', '/dev/null', '/bin/sh', '-c', line] : ['-qfec', line, '/dev/null'];
    const { PATH = '', HOME = '' } = process.env;
    this.#child = spawn('script', args, {
      cwd: options.cwd,
      env: { PATH, HOME, TERM: 'xterm', SHELL: '/bin/sh', LANG: 'C.UTF-8', ...options.env },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      this.#output += text;
      this.#wake();
    });
    this.#ended = new Promise((done, failed) => {
      this.#child.on('error', failed);
      this.#child.on('close', (code) => {
        this.#wake();
        done(code);
      });
    });
  }

  /** Everything shown so far, without colours and movements of the cursor. */
  get shown(): string {
    return stripVTControlCharacters(this.#output).replaceAll('\r', '');
  }

  /** Waits until a text has come up that was not there before the last one waited for. */
  async sees(text: string): Promise<void> {
    const deadline = AbortSignal.timeout(DEADLINE);
    for (;;) {
      const at = this.shown.indexOf(text, this.#read);
      if (at >= 0) {
        this.#read = at + text.length;
        return;
      }
      if (deadline.aborted || this.#child.exitCode !== null) {
        throw new Error(`"${text}" never came up after:\n${this.shown.slice(this.#read)}`);
      }
      await new Promise<void>((done) => {
        this.#wake = done;
        deadline.addEventListener('abort', () => done(), { once: true });
      });
    }
  }

  /** Presses keys. */
  types(text: string): void {
    this.#child.stdin!.write(text);
  }

  /** Answers a question once it is asked. */
  async answers(question: string, ...keys: string[]): Promise<void> {
    await this.sees(question);
    for (const key of keys) this.types(key);
  }

  /** The exit code of the command. */
  async ends(): Promise<number | null> {
    const timer = setTimeout(() => this.#child.kill(), DEADLINE);
    try {
      return await this.#ended;
    } finally {
      clearTimeout(timer);
    }
  }
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
