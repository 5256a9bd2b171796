import { isEmpty, type Plan, planDeployment, sizeOf, uncertainOnce, withoutMark } from './plan.ts';
import { mustBeOurs, type Published, type Publisher, type Try } from './publish.ts';
import { begunRecord, finishedRecord, formatRecord, readRecord } from './record.ts';
import type { Replacing, Store } from './store.ts';

const WORSE: Replacing[] = ['whole', 'gap', 'in-place'];

/**
 * Publishes to a place of single files in the order that `planDeployment` promises its readers. It may be killed at
 * any moment: the next run, of the same or another build, looks at what is there and goes on from it.
 */
export function publishInWaves(open: (attempt: Try) => Promise<Store>): Publisher {
  return async (attempt) => {
    attempt.tell('looking at what is there');
    const store = await open(attempt);
    try {
      return await publish(store, attempt);
    } finally {
      await store.close();
    }
  };
}

async function publish(store: Store, attempt: Try): Promise<Published> {
  const { build, run, signal, tell } = attempt;
  const holding = await store.look();
  const record = readRecord(holding.record);
  const plan = planDeployment(build.files, holding.files, record);
  if (attempt.dryRun) return { sent: sizeOf(plan), removed: plan.stale.length, replacing: 'whole', plan };
  await store.tidy();
  const finished = formatRecord(finishedRecord(build.files, plan.left));
  if (isEmpty(plan) && holding.record === finished) {
    return { sent: { files: 0, bytes: 0 }, removed: 0, replacing: 'whole', plan: null };
  }
  await store.writeRecord(formatRecord(begunRecord(record, uncertainOnce(plan, build.files, record), run)));
  const replacing = await follow(plan, store, attempt);
  signal.throwIfAborted();
  await store.writeRecord(finished);
  tell('sent');
  return { sent: sizeOf(plan), removed: plan.clear.length + plan.stale.length, replacing, plan: null };
}

async function follow(plan: Plan, store: Store, { run, signal, tell }: Try): Promise<Replacing> {
  const total = sizeOf(plan).files;
  let sent = 0;
  let worst = 0;
  const { before, mark } = withoutMark(plan.waves);
  const stillOurs = async () => mustBeOurs(readRecord(await store.readRecord()).run, run);
  const send = async (waves: Plan['waves']) => {
    for (const { files, phase } of waves) {
      signal.throwIfAborted();
      const how = await store.send(files, () => {
        sent += 1;
        tell(`sending ${sent} of ${total}`);
      });
      // What was not there before replaces nothing.
      if (phase !== 'new') worst = Math.max(worst, WORSE.indexOf(how));
    }
  };
  if (plan.clear.length > 0) await store.remove(plan.clear);
  await send(before);
  await stillOurs();
  await send(mark);
  if (plan.stale.length > 0) {
    tell(`removing ${plan.stale.length}`);
    await store.remove(plan.stale);
  }
  return WORSE[worst]!;
}
