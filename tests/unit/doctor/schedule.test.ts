import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { type ScheduleFacts, scheduleFacts } from '../../../src/doctor/schedule-facts.ts';
import { DAY, examine, NOW } from './sample.ts';

const scratch: string[] = [];
afterEach(async () => {
  await Promise.all(scratch.splice(0).map((folder) => rm(folder, { recursive: true })));
});

async function folderWith(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dran-schedule-'));
  scratch.push(folder);
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(folder, path, '..'), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
}

const WORKFLOWS = {
  '.github/workflows/rebuild.yml': 'on:\n  schedule:\n    - cron: "*/15 * * * *"\njobs: {}\n',
  '.github/workflows/check.yaml': 'on: [pull_request]\n',
  '.github/workflows/broken.yml': 'on: {',
  '.github/workflows/notes.md': 'on:\n  schedule: [{}]\n',
};

describe('workflows that run by the clock', () => {
  test('are found in the repository of a site, however deep the site lies', async () => {
    const folder = await folderWith({ ...WORKFLOWS, 'sites/ours/status.config.yml': 'name: x' });
    const git = (...args: string[]) =>
      execFileSync('git', ['-C', folder, '-c', 'user.name=T', '-c', 'user.email=t@t.test', ...args], {
        env: { ...process.env, GIT_COMMITTER_DATE: '2026-10-01T12:00:00Z' },
      });
    git('init', '-q');
    git('add', '.');
    git('commit', '-q', '-m', 'x');
    git('remote', 'add', 'origin', 'git@github.com:moor/status.git');
    git('remote', 'add', 'backup', 'https://user@codeberg.org/moor/status.git');
    git('remote', 'add', 'disk', '/srv/git/status.git');
    expect(await scheduleFacts(join(folder, 'sites/ours'))).toEqual({
      workflows: ['.github/workflows/rebuild.yml'],
      lastCommit: Date.parse('2026-10-01T12:00:00Z'),
      remotes: ['codeberg.org', 'github.com'],
    });
  });

  test('are found without a repository, too, but not how old it is', async () => {
    const folder = await folderWith(WORKFLOWS);
    expect(await scheduleFacts(folder)).toEqual({
      workflows: ['.github/workflows/rebuild.yml'],
      lastCommit: null,
      remotes: [],
    });
  });
});

describe('a schedule on GitHub', () => {
  const told = async (facts: Partial<ScheduleFacts>) => {
    const schedule = {
      workflows: ['.github/workflows/rebuild.yml'],
      lastCommit: NOW,
      remotes: ['github.com'],
      ...facts,
    };
    const findings = await examine({
      config: 'dependencies: { Site: www.other.test }\n',
      rest: { schedule },
    });
    return findings
      .filter(({ code }) => code === 'schedule-stops')
      .map(({ severity, why }) => `${severity}: ${why}`);
  };

  test('runs on while people commit', async () => {
    expect(await told({ lastCommit: NOW - 44 * DAY })).toEqual([]);
  });

  test('stops after sixty quiet days', async () => {
    expect(await told({ lastCommit: NOW - 45 * DAY })).toEqual([
      'risk: The last commit was 45 days ago. GitHub stops the schedule of .github/workflows/rebuild.yml in a public repository after 60 quiet days: then maintenance neither starts nor ends on the page until somebody commits.',
    ]);
    expect((await told({ lastCommit: NOW - 60 * DAY }))[0]).toContain('so it has most likely stopped');
  });

  test('is none elsewhere, or where nothing runs by the clock', async () => {
    const lastCommit = NOW - 99 * DAY;
    expect(await told({ lastCommit, remotes: ['codeberg.org'] })).toEqual([]);
    expect(await told({ lastCommit, workflows: [] })).toEqual([]);
    expect(await told({ lastCommit: null })).toEqual([]);
    expect(await told({ lastCommit, remotes: [] })).toHaveLength(1);
  });
});
