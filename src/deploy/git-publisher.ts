import { createHash } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { failureOf, missingTool } from './advice.ts';
import { type BuiltFile, OWN_FOLDER } from './built-files.ts';
import { type HeldFile, isEmpty, planDeployment, sizeOf } from './plan.ts';
import type { Publisher, Try } from './publish.ts';
import { finishedRecord, formatRecord, NO_RECORD, RECORD_PATH, readRecord } from './record.ts';
import type { ToolEnd } from './tool.ts';
import type { Tools } from './tools.ts';

/**
 * Publishes to a branch of any git repository: one commit on top of what is there, one push, so that the branch
 * changes in one instant. Never forces: what others put on the branch stays, their changes to the page's own files
 * are replaced, and a push that comes between is taken over by the next try. The branch keeps its history.
 */
export function gitPublisher({ to, branch }: { to: string; branch: string }, tools: Tools): Publisher {
  return async (attempt) => {
    const clone = await CachedClone.open({ to, branch }, tools, attempt);
    attempt.tell('fetching the branch');
    const tip = await clone.fetch();
    const tree = tip === null ? new Map<string, TreeEntry>() : await clone.list(tip);
    const held = new Map(
      [...tree].flatMap(([path, entry]) => (isOwn(path) ? [] : [[path, entry.held] as const])),
    );
    const oids = tip === null ? null : await clone.write(attempt.build.files);
    // git knows contents by an id of its own; where it is the same, so are the bytes.
    for (const file of attempt.build.files) {
      const there = tree.get(file.path);
      if (there !== undefined && there.oid === oids?.get(file.path)) held.set(file.path, fileAsHeld(file));
    }
    const recorded = tree.get(RECORD_PATH);
    const before = recorded === undefined ? null : await clone.read(recorded.oid);
    const plan = planDeployment(attempt.build.files, held, readRecord(before));
    const replacing = 'at-once' as const;
    if (attempt.dryRun) return { sent: sizeOf(plan), removed: plan.stale.length, replacing, plan };
    const record = formatRecord(finishedRecord(attempt.build.files, plan.left, NO_RECORD));
    if (isEmpty(plan) && before === record) {
      return { sent: { files: 0, bytes: 0 }, removed: 0, replacing, plan: null };
    }
    attempt.tell(`committing ${sizeOf(plan).files} files`);
    const gone = new Set([...plan.clear, ...plan.stale]);
    const kept = [...tree].filter(([path]) => !gone.has(path));
    const files = oids ?? (await clone.write(attempt.build.files));
    const commit = await clone.commit(kept, files, record, tip);
    attempt.tell('pushing');
    await clone.push(commit);
    attempt.tell('sent');
    return { sent: sizeOf(plan), removed: gone.size, replacing, plan: null };
  };
}

interface TreeEntry {
  mode: string;
  oid: string;
  held: HeldFile;
}

/** Variables that would make git work on another repository, as they are set while a hook of one runs. */
const LOCAL_VARIABLES = [
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_PREFIX',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_COMMON_DIR',
  'GIT_NAMESPACE',
  'GIT_QUARANTINE_PATH',
  'GIT_CONFIG',
];

/** A bare repository of our own that keeps what was fetched and pushed, so that the next time little travels. */
class CachedClone {
  readonly #folder: string;
  readonly #place: { to: string; branch: string };
  readonly #tools: Tools;
  readonly #attempt: Try;
  readonly #env: Record<string, string | undefined>;

  private constructor(folder: string, place: { to: string; branch: string }, tools: Tools, attempt: Try) {
    this.#folder = folder;
    this.#place = place;
    this.#tools = tools;
    this.#attempt = attempt;
    const local = Object.fromEntries(LOCAL_VARIABLES.map((name) => [name, undefined]));
    this.#env = { ...tools.env, ...local, LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0' };
  }

  static async open(place: { to: string; branch: string }, tools: Tools, attempt: Try): Promise<CachedClone> {
    const key = createHash('sha256')
      .update(`${tools.cwd}\n${place.to}\n${place.branch}`)
      .digest('hex')
      .slice(0, 16);
    const clone = new CachedClone(join(tools.cache, `${key}.git`), place, tools, attempt);
    await mkdir(tools.cache, { recursive: true });
    const good = await clone.#git(['rev-parse', '--is-bare-repository']).then(
      (end) => end.code === 0,
      () => false,
    );
    if (!good) {
      await rm(clone.#folder, { recursive: true, force: true });
      await clone.#must(['init', '--quiet', '--bare', clone.#folder], 'git could not make a repository.', {
        anywhere: true,
      });
    }
    // Left behind by a run that was killed; the lock of this target keeps others away.
    for (const name of ['shallow.lock', 'index.lock', 'packed-refs.lock']) {
      await rm(join(clone.#folder, name), { force: true });
    }
    return clone;
  }

  /** The commit that the branch is at, with all that it holds; null: there is no such branch yet. */
  async fetch(): Promise<string | null> {
    const ref = `refs/heads/${this.#place.branch}`;
    const listed = await this.#must(
      ['ls-remote', '--', this.#place.to, ref],
      'git could not ask the repository.',
    );
    const tip = listed.stdout
      .split('\n')
      .map((line) => line.split('\t'))
      .find(([, name]) => name === ref)?.[0];
    if (tip === undefined) return null;
    const known = await this.#git(['rev-list', '--objects', '--max-count=1', '--quiet', tip]);
    if (known.code !== 0) {
      const args = [
        'fetch',
        '--quiet',
        '--no-tags',
        '--depth=1',
        '--update-shallow',
        '--',
        this.#place.to,
        ref,
      ];
      await this.#must(args, 'git could not fetch the branch.');
    }
    return tip;
  }

  async list(commit: string): Promise<Map<string, TreeEntry>> {
    const { stdout } = await this.#must(
      ['ls-tree', '-r', '-z', '-l', '--full-tree', commit],
      'git could not list the branch.',
    );
    const entries = stdout.split('\0').flatMap((line): [string, TreeEntry][] => {
      const parts = /^(\d+) \w+ ([0-9a-f]+) +(\d+|-)\t([\s\S]+)$/.exec(line);
      if (parts === null) return [];
      const [, mode, oid, size, path] = parts as unknown as [string, string, string, string, string];
      // Of what is not known to be the same, git is asked for nothing more.
      return [[path, { mode, oid, held: { size: size === '-' ? -1 : Number(size), sha256: 'another' } }]];
    });
    return new Map(entries);
  }

  async read(oid: string): Promise<string> {
    return (await this.#must(['cat-file', 'blob', oid], 'git could not read the branch.')).stdout;
  }

  /** Takes files of the build into the repository; gives their ids by path. */
  async write(files: readonly BuiltFile[]): Promise<Map<string, string>> {
    const input = files.map(({ path }) => `${join(this.#attempt.build.folder, path)}\n`).join('');
    const { stdout } = await this.#must(
      ['hash-object', '-w', '--no-filters', '--stdin-paths'],
      'git could not take over the files.',
      { input },
    );
    const oids = stdout.trimEnd().split('\n');
    return new Map(files.map(({ path }, index) => [path, oids[index]!]));
  }

  async commit(
    kept: [string, TreeEntry][],
    files: Map<string, string>,
    record: string,
    parent: string | null,
  ): Promise<string> {
    const oid = (
      await this.#must(['hash-object', '-w', '--stdin'], 'git could not write.', { input: record })
    ).stdout.trim();
    const index = { GIT_INDEX_FILE: join(this.#folder, 'publishing.index') };
    await rm(index.GIT_INDEX_FILE, { force: true });
    await rm(`${index.GIT_INDEX_FILE}.lock`, { force: true });
    const entries = new Map(kept.map(([path, entry]) => [path, `${entry.mode} ${entry.oid}\t${path}`]));
    for (const [path, id] of [...files, [RECORD_PATH, oid] as const])
      entries.set(path, `100644 ${id}\t${path}`);
    const input = [...entries.values()].map((line) => `${line}\0`).join('');
    await this.#must(['update-index', '-z', '--add', '--index-info'], 'git could not write.', {
      input,
      env: index,
    });
    const tree = (await this.#must(['write-tree'], 'git could not write.', { env: index })).stdout.trim();
    const person = await this.#person();
    const message = `Publish ${this.#attempt.build.hash.slice(0, 12)}`;
    const parents = parent === null ? [] : ['-p', parent];
    const made = await this.#must(['commit-tree', '-m', message, ...parents, tree], 'git could not commit.', {
      env: person,
    });
    return made.stdout.trim();
  }

  /** Who commits: whom git's settings or the environment name, else the site. */
  async #person(): Promise<Record<string, string>> {
    const known = await this.#git(['-c', 'user.useConfigOnly=true', 'var', 'GIT_COMMITTER_IDENT']);
    const alsoAuthor = await this.#git(['-c', 'user.useConfigOnly=true', 'var', 'GIT_AUTHOR_IDENT']);
    if (known.code === 0 && alsoAuthor.code === 0) return {};
    const { name, url } = this.#tools.site;
    const email = `status@${new URL(url).hostname}`;
    return {
      GIT_AUTHOR_NAME: name,
      GIT_AUTHOR_EMAIL: email,
      GIT_COMMITTER_NAME: name,
      GIT_COMMITTER_EMAIL: email,
    };
  }

  async push(commit: string): Promise<void> {
    const to = `${commit}:refs/heads/${this.#place.branch}`;
    await this.#must(['push', '--quiet', '--no-verify', '--', this.#place.to, to], 'git could not push.');
    // Keeps it from being thrown away before the next run.
    await this.#git(['update-ref', 'refs/dran/last', commit]);
    await this.#git(['gc', '--auto', '--quiet']);
  }

  async #must(
    args: string[],
    fallback: string,
    more: { input?: string; env?: Record<string, string>; anywhere?: boolean } = {},
  ): Promise<ToolEnd> {
    const end = await this.#git(args, more);
    if (end.code === 127) throw missingTool('git');
    if (end.code !== 0) throw failureOf(this.#tools.redact(end.stderr || end.stdout), fallback);
    return end;
  }

  async #git(
    args: string[],
    {
      input,
      env = {},
      anywhere = false,
    }: { input?: string; env?: Record<string, string>; anywhere?: boolean } = {},
  ): Promise<ToolEnd> {
    return this.#tools.run({
      command: 'git',
      args: [
        ...(anywhere ? [] : ['--git-dir', this.#folder]),
        '-c',
        'gc.autoDetach=false',
        '-c',
        'core.quotePath=false',
        ...args,
      ],
      cwd: this.#tools.cwd,
      env: { ...this.#env, ...env },
      signal: this.#attempt.signal,
      ...(input === undefined ? {} : { input }),
    });
  }
}

function isOwn(path: string): boolean {
  return path.startsWith(`${OWN_FOLDER}/`);
}

function fileAsHeld({ size, sha256 }: BuiltFile): HeldFile {
  return { size, sha256 };
}
