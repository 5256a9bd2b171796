import type { BuiltFile } from './built-files.ts';
import { DeployFailure } from './failure.ts';
import {
  isEmpty,
  type Plan,
  planDeployment,
  sizeOf,
  spoiltOf,
  uncertainOnce,
  type Wave,
  withoutMark,
} from './plan.ts';
import type { Published, Publisher, Try } from './publish.ts';
import {
  begunRecord,
  doubtedRecord,
  finishedRecord,
  formatRecord,
  linkedRecord,
  readRecord,
  sentRecord,
} from './record.ts';
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

/*
 * Places of files have no lock that two machines could share, so a run keeps to a rule: it goes on only as long as the
 * record is as it wrote it last. A run that finds it changed marks all that it may have written as being in doubt, and
 * begins anew; so does the other one, should it still be at work, for it finds the marks. And before a run says in the
 * record that it has come to its end, it looks once more and sends what is not as it should be. So the run that ends
 * last has left its build whole.
 */
async function publish(store: Store, attempt: Try): Promise<Published> {
  const { build, run, signal, tell } = attempt;
  const holding = await store.look();
  const record = readRecord(holding.record);
  const plan = planDeployment(build.files, holding.files, record);
  if (attempt.dryRun) return { sent: sizeOf(plan), removed: plan.stale.length, replacing: 'whole', plan };
  if ((await store.readRecord()) !== holding.record) throw overtaken();
  const finished = formatRecord(finishedRecord(build.files, plan.left, record));
  if (isEmpty(plan) && holding.record === finished) {
    return { sent: { files: 0, bytes: 0 }, removed: 0, replacing: 'whole', plan: null };
  }
  // A server may still hold what a broken-off upload left behind. A later deployment removes it.
  await store.tidy().catch(() => {});
  signal.throwIfAborted();
  const mine = uncertainOnce(plan, build.files, record);
  let kept = begunRecord(record, mine, run);
  let written = holding.record;
  const mustBeOurs = async () => {
    signal.throwIfAborted();
    const there = await store.readRecord();
    if (there === written) return;
    if (written !== holding.record) {
      await store.writeRecord(formatRecord(doubtedRecord(readRecord(there), mine, kept)));
    }
    throw overtaken();
  };
  const write = async (text: string) => {
    await mustBeOurs();
    await store.writeRecord(text);
    written = text;
  };
  await write(formatRecord(kept));
  const replacing = await follow(plan, store, attempt, {
    mustBeOurs,
    async onSent(files) {
      kept = sentRecord(kept, files);
      await write(formatRecord(kept));
    },
    async onChange() {
      kept = linkedRecord(kept, build.files);
      await write(formatRecord(kept));
    },
  });
  if (!isEmpty(plan)) {
    const { files } = await store.look();
    await mustBeOurs();
    const spoilt = spoiltOf(build.files, files, readRecord(finished));
    if (spoilt.length > 0) await store.send(spoilt, () => {});
  }
  await write(finished);
  tell('sent');
  return { sent: sizeOf(plan), removed: plan.clear.length + plan.stale.length, replacing, plan: null };
}

/** What is to be written down on the way. */
interface Keeping {
  /** Throws where another run has begun. */
  mustBeOurs: () => Promise<void>;
  /** From time to time, when there is more to come. */
  onSent: (files: readonly BuiltFile[]) => Promise<void>;
  /** Before the first file changes that readers have. */
  onChange: () => Promise<void>;
}

async function follow(
  plan: Plan,
  store: Store,
  { signal, tell }: Try,
  { mustBeOurs, onSent, onChange }: Keeping,
): Promise<Replacing> {
  const total = sizeOf(plan).files;
  const portion = Math.max(FILES_A_PORTION, Math.ceil(total / PORTIONS));
  let sent: BuiltFile[] = [];
  let count = 0;
  let worst = 0;
  const send = async ({ files, phase }: Wave) => {
    for (let from = 0; from < files.length; from += portion) {
      signal.throwIfAborted();
      const some = files.slice(from, from + portion);
      const how = await store.send(some, () => {
        count += 1;
        tell(`sending ${count} of ${total}`);
      });
      sent.push(...some);
      // What was not there before replaces nothing.
      if (phase !== 'new') worst = Math.max(worst, WORSE.indexOf(how));
      if (sent.length < portion || count === total) continue;
      await onSent(sent);
      sent = [];
    }
  };
  if (plan.clear.length > 0) await store.remove(plan.clear);
  const { before, mark } = withoutMark(plan.waves);
  for (const [at, wave] of before.entries()) {
    if (wave.phase === 'changed' && before[at - 1]?.phase !== 'changed') await onChange();
    await send(wave);
  }
  await mustBeOurs();
  for (const wave of mark) await send(wave);
  if (plan.stale.length > 0) {
    tell(`removing ${plan.stale.length}`);
    await store.remove(plan.stale);
  }
  return WORSE[worst]!;
}

/** After so many files it is written down what has been sent, so that a try that ends here is not in vain. */
const FILES_A_PORTION = 200;
/** Of a very large site, so often. */
const PORTIONS = 20;

function overtaken(): DeployFailure {
  return new DeployFailure(
    'Somebody else publishes to this place at the same time. What is there may be of both.',
    {
      advice: 'Let the other deployment end, then deploy again.',
      overtaken: true,
    },
  );
}
