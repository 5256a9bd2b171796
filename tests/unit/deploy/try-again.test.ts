import { describe, expect, it } from 'vitest';
import { DeployFailure } from '../../../src/deploy/failure.ts';
import { durationWords, type Patience, tryAgain } from '../../../src/deploy/try-again.ts';

function patience(more: Partial<Patience> = {}) {
  const pauses: number[] = [];
  const whole: Patience = {
    tries: 3,
    timeLimit: 60_000,
    sleep: async (milliseconds) => {
      pauses.push(milliseconds);
    },
    random: () => 0.5,
    signal: new AbortController().signal,
    onRetry: () => {},
    redact: (text) => text.replace('secret', 'hidden'),
    ...more,
  };
  return { whole, pauses };
}

describe('what fails', () => {
  it('is tried again after longer and longer pauses', async () => {
    const { whole, pauses } = patience({ tries: 6 });
    let count = 0;
    const work = async () => {
      count += 1;
      if (count < 6) throw new Error('connect ECONNREFUSED');
      return 'done';
    };
    expect(await tryAgain(work, whole)).toBe('done');
    expect(pauses).toEqual([2000, 6000, 18_000, 30_000, 30_000]);
  });

  it('is given up after the last try, with what to do', async () => {
    const { whole, pauses } = patience();
    const failing = tryAgain(async () => {
      throw new Error('the secret: connect ECONNREFUSED');
    }, whole);
    await expect(failing).rejects.toMatchObject({
      message: 'The host refused the connection: nothing listens there.\n  the hidden: connect ECONNREFUSED',
      advice: expect.stringContaining('Look whether'),
    });
    expect(pauses).toHaveLength(2);
  });

  it('is not tried again where only a person can help', async () => {
    const { whole, pauses } = patience();
    const failing = tryAgain(async () => {
      throw new DeployFailure('No such bucket.', { again: false });
    }, whole);
    await expect(failing).rejects.toThrow('No such bucket.');
    expect(pauses).toEqual([]);
  });

  it('for another deployment is begun anew, which takes no try, but not for ever', async () => {
    const { whole, pauses } = patience({ tries: 1 });
    const failing = tryAgain(async () => {
      throw new DeployFailure('Somebody else publishes.', { overtaken: true });
    }, whole);
    await expect(failing).rejects.toThrow('Somebody else publishes.');
    expect(pauses).toHaveLength(5);
  });

  it('by taking too long is stopped and tried again', async () => {
    const { whole } = patience({ tries: 2, timeLimit: 20 });
    const stopped: boolean[] = [];
    const endless = (signal: AbortSignal) =>
      new Promise<never>((_, failed) => {
        signal.addEventListener('abort', () => {
          stopped.push(true);
          failed(signal.reason);
        });
      });
    await expect(tryAgain(endless, whole)).rejects.toThrow(
      'It took longer than 0 s and was stopped.'.replace('0 s', durationWords(20)),
    );
    expect(stopped).toEqual([true, true]);
  });

  it('ends at once where somebody breaks off', async () => {
    const stop = new AbortController();
    const { whole, pauses } = patience({ signal: stop.signal });
    const work = async () => {
      stop.abort(new Error('SIGINT'));
      throw new Error('killed');
    };
    await expect(tryAgain(work, whole)).rejects.toThrow('SIGINT');
    expect(pauses).toEqual([]);
  });
});

it.each([
  [1500, '1.5 s'],
  [60_000, '60 s'],
  [600_000, '10 min'],
  [90 * 60_000, '90 min'],
])('writes %d milliseconds as %s', (milliseconds, words) => {
  expect(durationWords(milliseconds)).toBe(words);
});
