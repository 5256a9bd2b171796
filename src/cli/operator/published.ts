import { join, relative } from 'node:path';
import { decode } from '../../content/decode.ts';
import { formatFault } from '../../content/fault-report.ts';
import type { IncidentReading } from '../../content/incident-file.ts';
import { guardLeaks } from '../../content/leaks.ts';
import type { Incident, Update } from '../../domain/incident.ts';
import { readerView } from '../../write/reader-view.ts';
import { commitFile, pushBranch } from './git.ts';
import type { OperatedSite } from './reports.ts';
import type { Surroundings } from './surroundings.ts';

/** What is about to be, or was, written. */
export interface Written {
  site: OperatedSite;
  /** Below the incidents folder. */
  path: string;
  reading: IncidentReading & { incident: Incident };
  update: Update;
  notes: string[];
  /** The update's text or the title holds what looks like a secret: readers don't see it, git would keep it. */
  secret: boolean;
}

/** What was made, as readers will get it once the leak guard has looked through it. `bytes`: the whole file. */
export async function guarded(made: Omit<Written, 'secret'>, bytes: Uint8Array): Promise<Written> {
  const { site, path, reading, update } = made;
  const { incidents, faults } = await guardLeaks(
    {
      site: site.context.site,
      incidents: [reading.incident],
      faults: reading.faults,
      files: [{ path, text: decode(bytes).text, incident: path }],
    },
    site.context.now,
  );
  const incident = incidents[0]!;
  const shown = incident.updates[reading.incident.updates.indexOf(update)]!;
  const secret = shown.text !== update.text || incident.title !== reading.incident.title;
  return { ...made, reading: { ...reading, incident, faults }, update: shown, secret };
}

/** Prints what readers will see. */
export function showReaders({ site, reading, update }: Written, { print }: Surroundings): void {
  const view = readerView(reading.incident, update, site.context.site, site.context.now);
  print(`\nReaders will see:\n\n${view.replace(/^(?=.)/gm, '  ')}\n`);
}

/** Prints notes and the faults of the file. */
export function showFaults({ reading, notes }: Written, { print, color }: Surroundings): void {
  for (const note of notes) print(`\n${note}\n`);
  for (const fault of reading.faults) print(`\n${formatFault(fault, { color })}\n`);
}

/**
 * Commits and pushes where that is asked for, and says what is left to do; gives the exit code. `status` and title
 * make the commit's message.
 */
export async function publish(
  written: Written,
  flags: { commit?: boolean | undefined; push?: boolean | undefined },
  { print, printError }: Surroundings,
): Promise<number> {
  const { site, path, reading, update } = written;
  const file = join(site.folder, 'incidents', path);
  const shown = relative(process.cwd(), file);
  print(`\nSaved: ${shown.startsWith('..') ? file : shown}\n`);
  if (!flags.commit && !flags.push) {
    print('Not committed: --commit and --push do that.\n');
    return 0;
  }
  if (written.secret) {
    printError(
      `Not committed: it holds what looks like a secret. Readers get it blacked out, but git would keep it for ever. Take it out of the file, or commit it yourself: git commit --only -- ${file}\n`,
    );
    return 1;
  }
  const committed = await commitFile(file, `${update.status}: ${reading.incident.title}`);
  (committed.done ? print : printError)(`${committed.sentence}\n`);
  if (!committed.done) return 1;
  if (!flags.push) return 0;
  print('Pushing…\n');
  const pushed = await pushBranch(join(site.folder, 'incidents'));
  (pushed.done ? print : printError)(`${pushed.sentence}\n`);
  return pushed.done ? 0 : 1;
}
