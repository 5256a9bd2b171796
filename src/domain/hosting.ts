/** How a target takes the files of a build. */
export type TargetKind = 'rclone' | 'git' | 'rsync' | 'folder' | 'command';

/** A place that the built page is published to. */
export interface Target {
  /** Unique without regard to case; stands in tables. */
  name: string;
  kind: TargetKind;
  /**
   * rclone: `remote:path`; git: the repository's address; rsync: `host:path`; folder: a path; command: the command
   * line, in which `{dir}` stands for the folder of the build.
   */
  to: string;
  /** Of a git target: the branch that holds the page. */
  branch: string;
  /** Absolute, without a slash at the end: where readers find this copy. */
  url: string;
  /** Milliseconds that one try may take. */
  timeLimit: number;
  /** How often publishing is tried, the first time included; at least 1. */
  tries: number;
}

/** A host that fails when the operator's systems fail: the main site, a name server, mail. */
export interface Dependency {
  label: string;
  /** A host name or an IP address, without port, in lower case. */
  host: string;
}

/** Where the page is published, and what it must not depend on. No page shows any of it. */
export interface Hosting {
  targets: Target[];
  dependencies: Dependency[];
  /** DNS servers that `doctor` asks, as `IP` or `IP:port`; empty: the machine's. */
  resolvers: string[];
  /** Whether the build makes a `CNAME` with the host of the site's address, as GitHub Pages wants it. */
  cname: boolean;
  /** Whether search engines are asked to list the pages or not to; null: they are told nothing. */
  searchEngines: boolean | null;
}
