import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What happens at the repository's host. */
export type HostEvent = 'push' | 'schedule' | 'pull_request';

/** Where a recipe runs: a clone, and what its host sets in the environment. */
export interface Workspace {
  folder: string;
  env: Record<string, string>;
}

/** What a recipe did: the commands that ran, in order, with their exit codes, and all they printed. */
export interface RecipeRun {
  ran: string[];
  codes: number[];
  output: string;
  /** As the host shows it: no job failed. */
  green: boolean;
}

interface Step {
  id?: string;
  uses?: string;
  if?: string;
  run?: string;
  'continue-on-error'?: boolean;
}

interface Job {
  needs?: string;
  if?: string;
  steps?: Step[];
  outputs?: Record<string, string>;
}

type Outputs = Record<string, { outputs: Record<string, string>; result?: string }>;

/** Runs the `run:` steps of a workflow of GitHub or Forgejo as the host would: conditions, outputs, order. */
export async function runWorkflow(
  { jobs }: { jobs: Record<string, Job> },
  event: HostEvent,
  { folder, env }: Workspace,
): Promise<RecipeRun> {
  const run: RecipeRun = { ran: [], codes: [], output: '', green: true };
  const needs: Outputs = {};
  const scratch = await mkdtemp(join(tmpdir(), 'dran-workflow-'));
  for (const [name, job] of Object.entries(jobs)) {
    const steps: Outputs = {};
    const holds = (condition: string | undefined) => evaluated(condition ?? 'true', event, steps, needs);
    needs[name] = { outputs: {}, result: 'skipped' };
    const held =
      job.if === undefined && job.needs !== undefined ? needs[job.needs]?.result === 'success' : true;
    if (!held || !holds(job.if)) continue;
    needs[name].result = 'success';
    await rm(join(folder, 'dist'), { recursive: true, force: true });
    for (const step of job.steps ?? []) {
      const failed = needs[name].result === 'failure';
      if (!failed) await handOn(step, join(folder, 'dist'), join(scratch, 'dist'));
      if (step.run === undefined || (failed && !step.if?.includes('cancelled()')) || !holds(step.if))
        continue;
      const file = join(scratch, 'output');
      await writeFile(file, '');
      const code = await shell(step.run, folder, { ...env, GITHUB_OUTPUT: file }, run);
      if (code !== 0 && !step['continue-on-error']) needs[name].result = 'failure';
      const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
      steps[step.id ?? ''] = { outputs: Object.fromEntries(lines.map((line) => line.split('=', 2))) };
    }
    for (const [key, value] of Object.entries(job.outputs ?? {})) {
      needs[name].outputs[key] = String(evaluated(value, event, steps, needs) ?? '');
    }
    if (needs[name].result === 'failure') run.green = false;
  }
  await rm(scratch, { recursive: true, force: true });
  return run;
}

/** Keeps a build for other jobs, or fetches it from there. */
async function handOn({ uses = '' }: Step, dist: string, kept: string): Promise<void> {
  if (uses.includes('/upload-artifact@')) await cp(dist, kept, { recursive: true, preserveTimestamps: true });
  if (uses.includes('/download-artifact@')) await cp(kept, dist, { recursive: true });
}

/** Expressions of workflows are those of JavaScript but for what is undefined, which is empty. */
function evaluated(expression: string, event: HostEvent, steps: Outputs, needs: Outputs): unknown {
  const bare = expression.replace(/^\$\{\{(.*)\}\}$/s, '$1').replace(/\b(steps|needs)\.(\w+)\./g, '$1.$2?.');
  const evaluate = new Function('github', 'steps', 'needs', 'cancelled', `return (${bare});`);
  return evaluate({ event_name: event }, steps, needs, () => false);
}

interface GitlabJob {
  rules: { if: string }[];
  script: string[];
  allow_failure?: { exit_codes: number };
}

/** Runs the scripts of a GitLab pipeline: its jobs in order, `dist` alone handed on. */
export async function runGitlab(
  recipe: Record<string, unknown>,
  event: HostEvent,
  { folder, env }: Workspace,
): Promise<RecipeRun> {
  const run: RecipeRun = { ran: [], codes: [], output: '', green: true };
  const source = event === 'pull_request' ? 'merge_request_event' : event;
  const all = { ...env, CI_PIPELINE_SOURCE: source, CI_DEFAULT_BRANCH: 'main' };
  const branch = event === 'pull_request' ? '' : 'main';
  await rm(join(folder, 'dist'), { recursive: true, force: true });
  for (const stage of recipe.stages as string[]) {
    const job = recipe[stage] as GitlabJob;
    const wanted = job.rules.some((rule) =>
      rule.if.includes('CI_PIPELINE_SOURCE') ? source === 'merge_request_event' : branch === 'main',
    );
    if (!wanted || !run.green) continue;
    for (const line of job.script) {
      const code = await shell(line, folder, all, run);
      if (code === 0) continue;
      if (code !== job.allow_failure?.exit_codes) run.green = false;
      break;
    }
  }
  return run;
}

interface WoodpeckerStep {
  when: { event: string | string[] }[];
  commands: string[];
}

/** Runs the steps of a Woodpecker workflow; the commands of a step share one shell. */
export async function runWoodpecker(
  { steps }: { steps: Record<string, WoodpeckerStep> },
  event: HostEvent,
  { folder, env }: Workspace,
): Promise<RecipeRun> {
  const run: RecipeRun = { ran: [], codes: [], output: '', green: true };
  const name = event === 'schedule' ? 'cron' : event;
  await rm(join(folder, 'dist'), { recursive: true, force: true });
  for (const step of Object.values(steps)) {
    if (!step.when.some((when) => [when.event].flat().includes(name)) || !run.green) continue;
    const code = await shell(step.commands.join('\n'), folder, { ...env, CI_PIPELINE_EVENT: name }, run);
    if (code !== 0) run.green = false;
  }
  return run;
}

async function shell(
  command: string,
  folder: string,
  env: Record<string, string>,
  run: RecipeRun,
): Promise<number> {
  const child = spawn('bash', ['-e', '-o', 'pipefail', '-c', command], {
    cwd: folder,
    env: { CI: 'true', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  run.ran.push(command);
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      run.output += text;
    });
  }
  const code = await new Promise<number>((done, failed) => {
    child.on('error', failed).on('close', (ended) => done(ended ?? 1));
  });
  run.codes.push(code);
  return code;
}
