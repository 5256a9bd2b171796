import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { failureOf, missingTool } from './advice.ts';
import { type BuiltFile, OWN_FOLDER } from './built-files.ts';
import { foldersAbove } from './folders-above.ts';
import type { HeldFile } from './plan.ts';
import type { Try } from './publish.ts';
import { RECORD_PATH } from './record.ts';
import { isOver } from './run-name.ts';
import type { Holding, Store } from './store.ts';
import type { ToolEnd } from './tool.ts';
import type { Tools } from './tools.ts';

/**
 * A folder that rsync reaches, over ssh or as a module of its daemon: one process a wave. The receiving rsync writes
 * each file below `.dran/` there and renames it to its place. Needs rsync 3.1 or newer on both sides, and a folder
 * whose parent exists. What is in doubt is compared by checksum, so that little travels.
 */
export function rsyncStore(to: string, tools: Tools): (attempt: Try) => Promise<Store> {
  return async (attempt) => {
    const local = await mkdtemp(join(tools.scratch, 'rsync-'));
    return new RsyncStore(to.replace(/\/+$/, ''), tools, attempt, local);
  };
}

/** Ends of rsync: a part was not transferred; some files had vanished before they could be. */
const PARTIAL = 23;
const VANISHED = 24;

class RsyncStore implements Store {
  readonly #to: string;
  readonly #tools: Tools;
  readonly #attempt: Try;
  /** A folder of our own for the record on its way. */
  readonly #local: string;
  readonly #temporary: string;
  /** Names below Dran's folder there of what killed runs left. */
  #leftovers: string[] = [];
  #began = false;
  /** Paths of the files that are there, with what this run has sent. */
  #there = new Set<string>();

  constructor(to: string, tools: Tools, attempt: Try, local: string) {
    this.#to = to;
    this.#tools = tools;
    this.#attempt = attempt;
    this.#local = local;
    this.#temporary = `${OWN_FOLDER}/half-${attempt.run}`;
  }

  async look(): Promise<Holding> {
    const record = await this.readRecord();
    const end = await this.#rsync([
      '-r',
      '--list-only',
      '--no-human-readable',
      '--8-bit-output',
      '--',
      `${this.#to}/`,
    ]);
    if (isMissing(end)) return { files: new Map(), record: null };
    const listed = parseListing(end.stdout);
    if (!this.#isBlindElsewhere(end, listed)) this.#mustHaveEnded(end);
    this.#leftovers = listed.flatMap(({ path }) => {
      const [own, name] = path.split('/') as [string, string | undefined];
      return own === OWN_FOLDER && name !== undefined && isLeftover(name, this.#attempt.run) ? [name] : [];
    });
    const isOwn = (path: string) => path.startsWith(`${OWN_FOLDER}/`);
    const files = listed.filter(({ isFile, path }) => isFile && !isOwn(path));
    this.#there = new Set(files.map(({ path }) => path));
    return {
      files: new Map(files.map(({ path, size }): [string, HeldFile] => [path, { size }])),
      record,
    };
  }

  /** Whether all that went wrong is that somebody else's folders there may not be looked into, such as `lost+found`. */
  #isBlindElsewhere({ code, stderr }: ToolEnd, listed: ReturnType<typeof parseListing>): boolean {
    const lines = stderr.split('\n').filter((line) => line !== '' && !line.startsWith('rsync error:'));
    if (code !== PARTIAL || lines.length === 0) return false;
    const own = new Set(this.#attempt.build.files.flatMap(({ path }) => foldersAbove(path)));
    const others = listed.filter(({ path, isFile }) => !isFile && !own.has(path) && path !== OWN_FOLDER);
    return lines.every((line) => {
      const hidden = /opendir "(.+)" .*failed: Permission denied/.exec(line)?.[1];
      return others.some(({ path }) => hidden?.endsWith(`/${path}`));
    });
  }

  async readRecord(): Promise<string | null> {
    const got = join(this.#local, 'got.json');
    await rm(got, { force: true });
    const end = await this.#rsync(['--ignore-times', '--', `${this.#to}/${RECORD_PATH}`, got]);
    if (isMissing(end)) return null;
    this.#mustHaveEnded(end);
    return readFile(got, 'utf8');
  }

  async writeRecord(text: string): Promise<void> {
    this.#began = true;
    const staged = join(this.#local, 'staged');
    await mkdir(join(staged, dirname(RECORD_PATH)), { recursive: true });
    await mkdir(join(staged, this.#temporary), { recursive: true });
    await writeFile(join(staged, RECORD_PATH), text);
    await this.#copy(staged, [`${this.#temporary}/`, RECORD_PATH], ['--ignore-times']);
  }

  async tidy(): Promise<void> {
    const names = new Set(this.#leftovers);
    if (names.size === 0) return;
    const empty = join(this.#local, 'empty');
    await mkdir(empty, { recursive: true });
    const only = [...names].flatMap((name) => [`--include=/${name}`, `--include=/${name}/**`]);
    this.#mustHaveEnded(
      await this.#rsync([
        '-r',
        '--delete',
        ...only,
        '--exclude=*',
        '--',
        `${empty}/`,
        `${this.#to}/${OWN_FOLDER}/`,
      ]),
    );
  }

  async send(files: readonly BuiltFile[], onSent: (file: BuiltFile) => void): Promise<'whole'> {
    const paths = files.map(({ path }) => path);
    await this.#copy(this.#attempt.build.folder, paths, ['--checksum', `--temp-dir=${this.#temporary}`]);
    for (const file of files) {
      this.#there.add(file.path);
      onSent(file);
    }
    return 'whole';
  }

  async #copy(from: string, paths: string[], more: string[]): Promise<void> {
    const args = [...more, '--dirs', '--chmod=D755,F644', '--files-from=-', '--', `${from}/`, `${this.#to}/`];
    this.#mustHaveEnded(await this.#rsync(args, paths.map((path) => `${path}\n`).join('')));
  }

  async remove(paths: readonly string[]): Promise<void> {
    await this.#removeAll(paths);
    for (const path of paths) this.#there.delete(path);
    const inUse = new Set([...this.#there].flatMap(foldersAbove));
    const emptied = [...new Set(paths.flatMap(foldersAbove))].filter((folder) => !inUse.has(folder));
    // rsync asks a folder whether it is empty before it looks at those in it.
    const byDepth = Map.groupBy(emptied, (folder) => folder.split('/').length);
    for (const depth of [...byDepth.keys()].sort((one, other) => other - one)) {
      await this.#removeAll(byDepth.get(depth) ?? []);
    }
  }

  /** Files, and folders that hold nothing; what is not there is no fault. */
  async #removeAll(paths: readonly string[]): Promise<void> {
    const empty = join(this.#local, 'empty');
    await mkdir(empty, { recursive: true });
    const args = ['--dirs', '--delete-missing-args', '--files-from=-', '--', `${empty}/`, `${this.#to}/`];
    this.#mustHaveEnded(await this.#rsync(args, paths.map((path) => `${path}\n`).join('')));
  }

  async close(): Promise<void> {
    if (this.#began && !this.#attempt.signal.aborted)
      await this.#removeAll([this.#temporary]).catch(() => {});
    await rm(this.#local, { recursive: true, force: true });
  }

  #rsync(args: string[], input?: string): Promise<ToolEnd> {
    const { run, cwd, env } = this.#tools;
    // Nobody can answer a question of ssh while several targets are at work.
    const bySsh = !env.RSYNC_RSH && !isDaemon(this.#to);
    const shell = bySsh ? ['--rsh=ssh -oBatchMode=yes -oConnectTimeout=20'] : [];
    return run({
      command: 'rsync',
      args: ['--protect-args', '--timeout=60', ...shell, ...args],
      cwd,
      env: { ...env, LC_ALL: 'C' },
      signal: this.#attempt.signal,
      ...(input === undefined ? {} : { input }),
    });
  }

  #mustHaveEnded({ code, stderr }: ToolEnd): void {
    if (code === 0 || code === VANISHED) return;
    if (code === 127 && /\brsync: (?:command )?not found/.test(stderr)) {
      throw /remote|bash|protocol/.test(stderr)
        ? failureOf(this.#tools.redact(stderr), 'rsync is not installed at the target.')
        : missingTool('rsync');
    }
    throw failureOf(this.#tools.redact(stderr), `rsync ended with ${code}.`);
  }
}

/** Whether what was asked for is not there; anything else that went wrong is no such answer. */
function isMissing({ code, stderr }: ToolEnd): boolean {
  return code === PARTIAL && /No such file or directory/.test(stderr) && !/permission denied/i.test(stderr);
}

function isLeftover(name: string, run: string): boolean {
  if (/^\.deployed\.json\.\w+$/.test(name)) return true;
  return /^half-[\w-]+$/.test(name) && isOver(name.slice('half-'.length), run);
}

/** Whether rsync talks to its own daemon there: `rsync://host/module`, `host::module`. */
function isDaemon(to: string): boolean {
  return to.startsWith('rsync://') || /^[^/:[]+::/.test(to);
}

/** What `rsync --list-only --no-human-readable` printed. Links count as files of no known size. */
export function parseListing(text: string): { path: string; size: number; isFile: boolean }[] {
  return text.split('\n').flatMap((line) => {
    const parts = /^([-dlbcps])\S{9,11} +([\d,.]+) \d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d (.+)$/.exec(line);
    if (parts === null) return [];
    const [, kind, size, name] = parts as unknown as [string, string, string, string];
    const path = kind === 'l' ? name.replace(/ -> .*$/, '') : name;
    if (path === '.') return [];
    return [{ path, size: kind === '-' ? Number(size.replace(/\D/g, '')) : -1, isFile: kind !== 'd' }];
  });
}
