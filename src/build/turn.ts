import { setTimeout as pause } from 'node:timers/promises';
import { claim } from './claim.ts';

/**
 * Waits until no other process is between `takeTurn` and `done` at `place`, and gives what ends this one's turn
 * (any number of calls). The turn of a process that is gone is over. After `patience` milliseconds the turn is
 * taken all the same: this guards against a rare clash, and an outage must be published.
 */
export async function takeTurn(place: string, patience: number): Promise<() => Promise<void>> {
  for (let waited = 0; ; waited += 50) {
    const done = await claim(place);
    if (done !== null) return done;
    if (waited >= patience) return async () => {};
    await pause(50);
  }
}
