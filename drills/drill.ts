import type { Tool } from './tools.ts';

/** Where drills take place: nothing outside `folder` is written. */
export interface Ground {
  /** An empty folder of the drills' own, gone afterwards. */
  folder: string;
  /** A copy of the program, with the packages of the repository. */
  program: string;
  /** How often a drill tries what happens at random moments. */
  rounds: number;
  /** Whether file systems and networks of the drills' own can be made here. */
  namespaces: boolean;
  /** Tells on standard error what is being tried. */
  say(text: string): void;
}

/** One row of the table: a thing that was tried. */
export interface Trial {
  /** What was done, as a clause. */
  tried: string;
  /** How often; 0 where it could not be tried here, and `note` says why. */
  times: number;
  /** What readers or operators lost, a sentence each. Empty: nothing. */
  lost: string[];
  /** A figure or a reason worth the table. */
  note?: string;
}

/** Something that goes wrong, and what must hold all the same. */
export interface Drill {
  /** For `--only`. */
  name: string;
  /** For `--help`. */
  about: string;
  /** Programs of the system that it can't do without. */
  needs: Tool[];
  /** Gives its trials one by one. What it throws counts as lost. */
  run(ground: Ground): AsyncGenerator<Trial>;
}
