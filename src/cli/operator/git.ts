import { spawn } from 'node:child_process';
import { basename, dirname } from 'node:path';

/** Longer than any push of one file takes; a network that is down can keep git waiting for minutes. */
const PUSH_PATIENCE = 60_000;

/** What git did, in one sentence, and whether it did it. */
export interface GitOutcome {
  done: boolean;
  sentence: string;
}

/** Commits one file and nothing else, whatever is staged beside it. */
export async function commitFile(path: string, message: string): Promise<GitOutcome> {
  const inside = await git(dirname(path), ['rev-parse', '--is-inside-work-tree']);
  if (inside.code === null) return failed('git is not installed: the file is saved, but not committed.', '');
  if (inside.code !== 0) {
    return failed('The folder belongs to no git repository: the file is saved, but not committed.', '');
  }
  const file = basename(path);
  const added = await git(dirname(path), ['add', '--', file]);
  const committed =
    added.code === 0
      ? await git(dirname(path), ['commit', '--message', message, '--only', '--', file])
      : added;
  if (committed.code === 0) return { done: true, sentence: `Committed: ${message}` };
  return failed(
    `The file is saved, but git did not commit it. Once that is put right: git commit --only -- ${file}`,
    committed.output,
  );
}

/** Pushes the current branch to where it belongs. */
export async function pushBranch(folder: string): Promise<GitOutcome> {
  const pushed = await git(folder, ['push'], PUSH_PATIENCE);
  if (pushed.code === 0) return { done: true, sentence: 'Pushed.' };
  const branch = (await git(folder, ['branch', '--show-current'])).output.trim();
  const advice = pushed.late
    ? `git push got no answer within ${PUSH_PATIENCE / 1000} seconds. Try again: git push`
    : /no upstream|has no upstream|No configured push destination/i.test(pushed.output)
      ? `The branch has no upstream. Name one: git push --set-upstream origin ${branch || 'BRANCH'}`
      : /rejected|fetch first|non-fast-forward/i.test(pushed.output)
        ? 'Somebody else has pushed in the meantime. Take that over and try again: git pull --rebase && git push'
        : 'git could not push. Once that is put right: git push';
  return failed(`The update is saved and committed, but not pushed. ${advice}`, pushed.output);
}

/** Takes over what others have pushed, the own commits on top; where that does not fit together, all is as before. */
export async function takeOver(folder: string): Promise<GitOutcome> {
  const pulled = await git(folder, ['pull', '--rebase'], PUSH_PATIENCE);
  if (pulled.code === 0) return { done: true, sentence: 'Taken over what others have pushed.' };
  await git(folder, ['rebase', '--abort']);
  return failed("What others have pushed meanwhile can't be taken over.", pulled.output);
}

function failed(sentence: string, output: string): GitOutcome {
  const said = output.trim();
  return { done: false, sentence: said === '' ? sentence : `${sentence}\n${said.replace(/^/gm, '  git: ')}` };
}

interface GitRun {
  /** Null: git could not be started. */
  code: number | null;
  output: string;
  late: boolean;
}

function git(cwd: string, args: string[], patience?: number): Promise<GitRun> {
  return new Promise((done) => {
    const isTerminal = process.stdin.isTTY === true;
    const child = spawn('git', args, {
      cwd,
      // Messages are looked at, and nobody answers a question that is asked without a terminal.
      env: { ...process.env, LC_ALL: 'C', ...(isTerminal ? {} : { GIT_TERMINAL_PROMPT: '0' }) },
      stdio: [isTerminal && patience !== undefined ? 'inherit' : 'ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let late = false;
    const timer =
      patience === undefined
        ? null
        : setTimeout(() => {
            late = true;
            child.kill();
          }, patience);
    const collect = (text: Buffer) => {
      output += text.toString('utf8');
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', () => done({ code: null, output, late }));
    child.on('close', (code) => {
      if (timer !== null) clearTimeout(timer);
      done({ code: code ?? 1, output, late });
    });
  });
}
