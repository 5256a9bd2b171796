import type { Target } from '../domain/hosting.ts';
import { refusalOfAddress } from '../domain/target-address.ts';
import type { Build } from './built-files.ts';
import { DeployFailure } from './failure.ts';
import { lockTarget } from './lock.ts';
import type { Published, Publisher } from './publish.ts';
import { tryAgain } from './try-again.ts';
import { type Verifying, verify } from './verify.ts';

/** What became of one target. */
export interface Outcome {
  target: Target;
  /** Null: nothing was published. */
  published: Published | null;
  /** Null: not asked. */
  verified: boolean | null;
  /** Since the deployment began. */
  seconds: number;
  /** What went wrong; null: nothing. */
  fault: { message: string; advice: string | null } | null;
}

/** How to deploy. */
export interface Wishes {
  dryRun: boolean;
  /** How long readers' addresses are asked for the new build, in milliseconds; 0: not at all. */
  patience: number;
}

/** What deploying needs from outside. */
export interface Outside {
  publisherOf: (target: Target) => Publisher;
  /** Where locks lie. */
  locks: string;
  /** Where relative addresses begin. */
  cwd: string;
  fetch: Verifying['fetch'];
  sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  random: () => number;
  /** A name for a try, `[a-z0-9-]+`, never given twice. */
  newName: () => string;
  elapsed: () => number;
  redact: (text: string) => string;
  /** Breaks everything off. */
  signal: AbortSignal;
  /** Told what each target is at. */
  tell: (target: Target, doing: string) => void;
}

/**
 * Publishes `build` to all targets at the same time and looks whether readers get it. Each target has its own tries,
 * time limit and outcome: whatever becomes of one, the others go on. Gives the outcomes in the order of the targets;
 * throws only the reason of the signal.
 */
export async function deploy(
  build: Build,
  targets: readonly Target[],
  wishes: Wishes,
  outside: Outside,
): Promise<Outcome[]> {
  return Promise.all(targets.map((target) => deployTo(target, build, wishes, outside)));
}

async function deployTo(target: Target, build: Build, wishes: Wishes, outside: Outside): Promise<Outcome> {
  const { elapsed, signal, redact } = outside;
  const from = elapsed();
  const outcome: Outcome = { target, published: null, verified: null, seconds: 0, fault: null };
  const tell = (doing: string) => outside.tell(target, doing);
  try {
    const refusal = refusalOfAddress(target);
    if (refusal !== null) throw new DeployFailure(refusal, { again: false });
    outcome.published = await publish(target, build, wishes, outside, tell);
    if (!wishes.dryRun && wishes.patience > 0) {
      tell('waiting until readers get it');
      const sleep = (milliseconds: number) => outside.sleep(milliseconds, signal);
      const seen = await verify(target.url, build, wishes.patience, {
        fetch: outside.fetch,
        sleep,
        elapsed,
        signal,
      });
      outcome.verified = seen.ok;
      if (!seen.ok) outcome.fault = { message: redact(seen.message), advice: seen.advice };
    }
  } catch (error) {
    signal.throwIfAborted();
    outcome.fault =
      error instanceof DeployFailure
        ? { message: redact(error.message), advice: error.advice }
        : {
            message: redact(`It failed: ${error instanceof Error ? error.message : String(error)}`),
            advice: null,
          };
  }
  outcome.seconds = (elapsed() - from) / 1000;
  tell(outcome.fault === null ? 'done' : 'failed');
  return outcome;
}

async function publish(
  target: Target,
  build: Build,
  { dryRun }: Wishes,
  outside: Outside,
  tell: (doing: string) => void,
): Promise<Published> {
  const { signal } = outside;
  const unlock = dryRun
    ? async () => {}
    : await lockTarget(outside.locks, target, {
        cwd: outside.cwd,
        signal: AbortSignal.any([signal, AbortSignal.timeout(target.timeLimit)]),
        sleep: (milliseconds) => outside.sleep(milliseconds, signal),
        onWait: () => tell('waiting for another deployment to end'),
      });
  try {
    return await tryAgain(
      (limited) =>
        outside.publisherOf(target)({ build, dryRun, signal: limited, run: outside.newName(), tell }),
      {
        tries: target.tries,
        timeLimit: target.timeLimit,
        sleep: (milliseconds) => outside.sleep(milliseconds, signal),
        random: outside.random,
        signal,
        onRetry: (next, { message }) => tell(`${message.split('\n')[0]} Try ${next} of ${target.tries}`),
        redact: outside.redact,
      },
    );
  } finally {
    await unlock();
  }
}

/** 0: all is well; 3: some targets are; 1: none is. `missed`: targets that nothing was tried for. */
export function exitCodeOf(outcomes: readonly Outcome[], missed = 0): number {
  const well = outcomes.filter(({ fault }) => fault === null).length;
  if (well === outcomes.length + missed) return 0;
  return well === 0 ? 1 : 3;
}
