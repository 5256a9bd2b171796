import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Cancelled } from './cancelled.ts';

/** An answer to choose. */
export interface Choice {
  value: string;
  label: string;
  hint?: string;
}

/** Asks for one line; `check` says what is wrong with it. Throws `Cancelled`, as all questions here do. */
export async function askLine(
  message: string,
  options: { initial?: string; placeholder?: string; check?: (text: string) => string | null } = {},
): Promise<string> {
  const { text } = await import('@clack/prompts');
  const { check } = options;
  const answer = await text({
    message,
    ...(options.initial === undefined ? {} : { initialValue: options.initial }),
    ...(options.placeholder === undefined ? {} : { placeholder: options.placeholder }),
    validate: (value) => check?.(value ?? '') ?? undefined,
  });
  return given(answer) ?? '';
}

/** Lets one of several be chosen. */
export async function askChoice(message: string, choices: Choice[], initial?: string): Promise<string> {
  const { select } = await import('@clack/prompts');
  const options = { message, options: choices, maxItems: 12 };
  return given(await select(initial === undefined ? options : { ...options, initialValue: initial }));
}

/** Lets any number of several be chosen. */
export async function askSome(message: string, choices: Choice[]): Promise<string[]> {
  const { multiselect } = await import('@clack/prompts');
  return given(await multiselect({ message, options: choices, required: false, maxItems: 12 }));
}

/** Asks yes or no. */
export async function askWhether(message: string): Promise<boolean> {
  const { confirm } = await import('@clack/prompts');
  return given(await confirm({ message }));
}

/**
 * Asks for a text, `initial` to begin with: in the editor that `VISUAL` or `EDITOR` names, else line by line. Throws `Cancelled` also where the
 * editor was left without a text.
 */
export async function askText(
  message: string,
  initial: string,
  env: Record<string, string | undefined>,
): Promise<string> {
  const editor = env.VISUAL?.trim() || env.EDITOR?.trim();
  if (editor) return editedText(editor, message, initial);
  if (initial.trim() === '') return typedLines(message);
  const { note } = await import('@clack/prompts');
  note(initial, 'Text of the template');
  const way = await askChoice(message, [
    { value: 'keep', label: 'this, as it is' },
    { value: 'add', label: 'this, and more below it' },
    { value: 'replace', label: 'something else' },
  ]);
  if (way === 'keep') return initial;
  const typed = await typedLines('Go on.');
  return way === 'add' ? `${initial}\n\n${typed}` : typed;
}

/**
 * Reads lines until one that is just a dot, or the end of input: so that a pasted text keeps its empty lines, and every
 * character that a keyboard can make.
 */
async function typedLines(message: string): Promise<string> {
  const { log } = await import('@clack/prompts');
  const { createInterface } = await import('node:readline');
  log.step(`${message} Several lines if need be; a line with just a dot ends it.`);
  const lines: string[] = [];
  const reader = createInterface({ input: process.stdin, output: process.stdout, prompt: '│  ' });
  await new Promise<void>((done, failed) => {
    reader.on('line', (line) => {
      if (line.trim() === '.' && lines.some((one) => one.trim() !== '')) reader.close();
      else if (line.trim() !== '.') {
        lines.push(line);
        reader.prompt();
      } else reader.prompt();
    });
    reader.on('SIGINT', () => {
      failed(new Cancelled());
      reader.close();
    });
    reader.on('close', done);
    reader.prompt();
  });
  const text = lines.join('\n').trim();
  if (text === '') throw new Cancelled();
  return text;
}

const SCISSORS = '<!-- Write above this line. An empty text breaks off. -->';

async function editedText(editor: string, message: string, initial: string): Promise<string> {
  const { log } = await import('@clack/prompts');
  const folder = await mkdtemp(join(tmpdir(), 'dran-text-'));
  const file = join(folder, 'update.md');
  try {
    await writeFile(file, `${initial}\n\n${SCISSORS}\n`, { mode: 0o600 });
    log.step(`${message} Opening ${editor}.`);
    const code = await new Promise<number | null>((done, failed) => {
      // An editor may come with arguments: `code --wait`.
      spawn('/bin/sh', ['-c', `${editor} "$1"`, 'sh', file], { stdio: 'inherit' })
        .on('error', failed)
        .on('close', done);
    });
    if (code !== 0) throw new Error(`${editor} ended with ${code}: there is no text. Give it as --text "…".`);
    const text = (await readFile(file, 'utf8')).split(SCISSORS)[0]!.trim();
    if (text === '') throw new Cancelled();
    return text;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function given<Value>(answer: Value): Exclude<Value, symbol> {
  if (typeof answer === 'symbol') throw new Cancelled();
  return answer as Exclude<Value, symbol>;
}
