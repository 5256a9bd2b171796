import { failureOf } from './advice.ts';
import { DeployFailure } from './failure.ts';

/** How often and how long something is tried. */
export interface Patience {
  tries: number;
  /** Milliseconds of one try. */
  timeLimit: number;
  sleep: (milliseconds: number) => Promise<void>;
  /** From 0 to below 1: keeps many runs from trying again at the same instant. */
  random: () => number;
  /** Ends everything when it is aborted; its reason is thrown. */
  signal: AbortSignal;
  /** Told before each pause, with the number of the try that comes. */
  onRetry: (next: number, failure: DeployFailure) => void;
  redact: (text: string) => string;
}

/**
 * Does `work` until it succeeds, at most `tries` times, each time within the limit; between two tries there is a
 * pause of about 2, 6, 18, then 30 seconds. A try that
 * another deployment overtook does not count, five times over. A failure that another try can't mend ends it at once. Throws the last
 * `DeployFailure`, or the reason of the signal.
 */
export async function tryAgain<Result>(
  work: (signal: AbortSignal) => Promise<Result>,
  { tries, timeLimit, sleep, random, signal, onRetry, redact }: Patience,
): Promise<Result> {
  let overtaken = 0;
  for (let count = 1; ; count++) {
    signal.throwIfAborted();
    const limit = AbortSignal.timeout(timeLimit);
    try {
      return await work(AbortSignal.any([limit, signal]));
    } catch (error) {
      signal.throwIfAborted();
      const failure = limit.aborted ? tooLong(timeLimit) : asFailure(error, redact);
      if (failure.overtaken && overtaken < TIMES_OVERTAKEN) overtaken += 1;
      if (!failure.again || count - overtaken >= tries) throw failure;
      onRetry(count - overtaken + 1, failure);
      await sleep(Math.min(2000 * 3 ** (count - 1), 30_000) * (0.75 + random() / 2));
    }
  }
}

/** How often a run begins anew for another one before that counts as a failed try. */
const TIMES_OVERTAKEN = 5;

function tooLong(timeLimit: number): DeployFailure {
  return new DeployFailure(`It took longer than ${durationWords(timeLimit)} and was stopped.`, {
    advice: 'Look whether the host is slow or down; time-limit in the config gives it longer.',
  });
}

function asFailure(error: unknown, redact: (text: string) => string): DeployFailure {
  if (error instanceof DeployFailure) return error;
  return failureOf(redact(error instanceof Error ? error.message : String(error)), 'It failed.');
}

/** `90` seconds as `90 s`, more as `10 min`. */
export function durationWords(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 120) return `${Number(seconds.toFixed(seconds < 10 ? 1 : 0))} s`;
  return `${Number((seconds / 60).toFixed(1))} min`;
}
