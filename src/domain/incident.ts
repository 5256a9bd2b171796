import type { ComponentState, Impact, Kind, Status } from './words.ts';

/** Milliseconds since 1970-01-01T00:00Z. Everything inside Dran counts so; zones matter only where people read or write. */
export type Instant = number;

/** A component that an incident names. `state` is null where the file gives none: then the impact decides. */
export interface ComponentRef {
  /** Id of a component of the site's config (never a group: groups are spread by the reader). */
  id: string;
  state: ComponentState | null;
}

/** One thing said about an incident, by people or by the clock. */
export interface Update {
  /** Stable identity: anchor on the page, guid in feeds (DESIGN §2). */
  id: string;
  at: Instant;
  /** `day`: the time of day is not known and must not be shown. */
  precision: 'day' | 'minute' | 'second';
  status: Status;
  /** Keys of the site's `authors`; a key that the config does not know is kept as written. */
  authors: string[];
  /** Component states that hold from this moment on. */
  states: Record<string, ComponentState>;
  /** Markdown, possibly empty. */
  text: string;
  /** Made by the clock at the window's `from` or `to`: it has no text, each language has a standard sentence. */
  clock: 'start' | 'end' | null;
}

/** What a translation file gives. Updates without an entry are shown in the original. */
export interface Translation {
  title: string | null;
  /** Markdown; null where the translation has none. */
  summary: string | null;
  /** Markdown by update id. */
  updates: Record<string, string>;
}

/** The window of a maintenance; `from` lies before `to`. */
export interface Window {
  from: Instant;
  to: Instant;
}

/** The promise to publish a report. */
export interface ReportPromise {
  /** As promised; of a date alone, 00:00 of that day. */
  by: Instant;
  precision: Update['precision'];
  /** From this instant on it is late: `by`, or the end of the day where only that was promised. */
  lateFrom: Instant;
}

/** What the history of one file tells of its updates. */
export interface FileEdits {
  /** By update id: when it was last changed after it had been published. Never empty. */
  updates: Record<string, Instant>;
  /** Absolute address of the file's history; null where the site names no repository. */
  url: string | null;
}

/** One incident file as read: plain JSON, independent of the clock. */
export interface Incident {
  /** Unique without regard to case; part of URLs, ids and paths. */
  slug: string;
  /** Path of the file below the incidents folder, with `/`. */
  path: string;
  kind: Kind;
  /** One line, never empty: the slug where the file gives none. */
  title: string;
  /** The status the file ends up with after DESIGN §2's rules; what the clock makes of it is derived later. */
  status: Status;
  /** Given, or the worst of the given states, or `minor`. A maintenance and a notice have `none` unless one is given. */
  impact: Impact;
  /** In the order of the file, each id once. */
  components: ComponentRef[];
  /** Names that the config does not know, as written. */
  unknownComponents: string[];
  /** Markdown before the first update heading; empty where there is none. */
  summary: string;
  /** Oldest first; never empty. */
  updates: Update[];
  /** Given in the frontmatter, else null. */
  started: Instant | null;
  /** Given in the frontmatter, else null. Does not close an open status. */
  resolved: Instant | null;
  /** When the next update is promised: absolute, already computed from a duration. */
  nextUpdate: Instant | null;
  window: Window | null;
  autoComplete: boolean;
  /** When a notice ends. */
  until: Instant | null;
  pinned: boolean;
  /** As written; published as written. */
  hosts: string[];
  reportBy: ReportPromise | null;
  /** Earlier slugs. In a whole site no slug of a file is among them, and none twice. */
  aliases: string[];
  /** BCP 47 tag of the original text. */
  language: string;
  /** By language tag, only languages of the site. */
  translations: Record<string, Translation>;
  /** By language of the text, for files with updates changed after publication. Empty without a git history. */
  edits: Record<string, FileEdits>;
  /** False: the file could not be read; title and updates are what could be recovered (law 2). */
  readable: boolean;
  /** The date in the file's name, 00:00 in the site's zone; null where it has none. */
  nameDate: Instant | null;
}
