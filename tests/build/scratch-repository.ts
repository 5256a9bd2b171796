import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { temporaryFolder, writeFiles } from './harness.ts';

const run = promisify(execFile);

/** A git repository whose commits have the times that a test gives them, whatever the machine's settings are. */
export interface ScratchRepository {
  folder: string;
  git(...args: string[]): Promise<string>;
  /** Writes files (null: deletes one) and commits all that has changed; `at` is an ISO time. */
  commit(at: string, files: Record<string, string | null>): Promise<void>;
}

/** An empty repository that is gone after the tests of the file. */
export async function scratchRepository(): Promise<ScratchRepository> {
  const folder = join(await temporaryFolder(), 'repository');
  await writeFiles(folder, {});
  await run('git', ['init', '-q', '-b', 'main', folder], { env: environment() });
  const git = async (...args: string[]) =>
    (await run('git', ['-C', folder, ...args], { env: environment() })).stdout.trim();
  return {
    folder,
    git,
    async commit(at, files) {
      for (const [path, content] of Object.entries(files)) {
        if (content === null) await rm(join(folder, path));
        else await writeFiles(folder, { [path]: content });
      }
      await git('add', '-A');
      await run('git', ['-C', folder, 'commit', '-q', '-m', 'Change'], { env: environment(at) });
    },
  };
}

/** What git runs in: settings and people of the test alone. */
export function environment(at = '2026-11-21T00:00:00Z'): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    HOME: '/nonexistent',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'Tanja',
    GIT_AUTHOR_EMAIL: 'tanja@nordhost.example',
    GIT_COMMITTER_NAME: 'Tanja',
    GIT_COMMITTER_EMAIL: 'tanja@nordhost.example',
    GIT_AUTHOR_DATE: '2020-01-01T00:00:00Z',
    GIT_COMMITTER_DATE: at,
  };
}
