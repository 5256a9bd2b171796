import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { askGit } from '../build/git.ts';
import type { Instant } from '../domain/incident.ts';
import { remoteHost } from './remote-host.ts';

/** What keeps the page rolling on GitHub. */
export interface ScheduleFacts {
  /** Workflows that run by the clock, by path below the repository, sorted. */
  workflows: string[];
  /** When the newest commit was made; null: there is none, or git can't tell. */
  lastCommit: Instant | null;
  /** Hosts of the repository's remotes, sorted. */
  remotes: string[];
}

const WORKFLOWS = '.github/workflows';

/** Looks which workflows of the repository that a site's folder lies in run by the clock. Reads only. */
export async function scheduleFacts(site: string): Promise<ScheduleFacts> {
  const top = await askGit(site, ['rev-parse', '--show-toplevel']);
  const root = top.ok ? top.output.replace(/\n$/, '') : site;
  const [commit, remotes] = await Promise.all([
    askGit(site, ['log', '-1', '--format=%ct']),
    askGit(site, ['config', '--get-regexp', '^remote\\..*\\.url$']),
  ]);
  const seconds = Number(commit.output.trim() || Number.NaN);
  return {
    workflows: await scheduledIn(join(root, WORKFLOWS)),
    lastCommit: Number.isNaN(seconds) ? null : seconds * 1000,
    remotes: [
      ...new Set(remotes.output.split('\n').flatMap((line) => remoteHost(line.split(' ')[1] ?? ''))),
    ].sort(),
  };
}

async function scheduledIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  const scheduled: string[] = [];
  for (const name of names.filter((one) => /\.ya?ml$/i.test(one)).sort()) {
    const text = await readFile(join(folder, name), 'utf8').catch(() => '');
    if (isScheduled(text)) scheduled.push(`${WORKFLOWS}/${name}`);
  }
  return scheduled;
}

function isScheduled(workflow: string): boolean {
  try {
    const { on } = parse(workflow, { logLevel: 'silent' }) as { on?: { schedule?: unknown } };
    return Array.isArray(on?.schedule) && on.schedule.length > 0;
  } catch {
    return false;
  }
}
