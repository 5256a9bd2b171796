import type { BuiltFile } from './built-files.ts';
import type { HeldFile } from './plan.ts';

/**
 * How a file takes the place of another. `whole`: readers get the old one or the new one. `gap`: for an instant there
 * is none. `in-place`: while it is sent, readers may get a part of it.
 */
export type Replacing = 'whole' | 'gap' | 'in-place';

/** What a target holds. */
export interface Holding {
  /** By path; without what lies in Dran's own folder there. */
  files: Map<string, HeldFile>;
  /** The text of the record; null where there is none. */
  record: string | null;
}

/** A place of files, one by one. Everything throws a `DeployFailure`, or the reason of the signal that it was given. */
export interface Store {
  /**
   * Tells what is there, and changes nothing. A place that is not there yet holds nothing. The record is read before
   * the files are listed: where it is still the same afterwards, no deployment has ended in between.
   */
  look(): Promise<Holding>;
  /** The record as it is at this moment. */
  readRecord(): Promise<string | null>;
  /** Writes the record, as a whole or not at all. */
  writeRecord(text: string): Promise<void>;
  /** Removes temporary files that deployments left behind which never ended. */
  tidy(): Promise<void>;
  /** Sends files in any order; each is counted when it is there. Answers how they were replaced. */
  send(files: readonly BuiltFile[], onSent: (file: BuiltFile) => void): Promise<Replacing>;
  /** Removes files; those that are gone already are no failure. */
  remove(paths: readonly string[]): Promise<void>;
  close(): Promise<void>;
}
