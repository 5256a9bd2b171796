import type { RunTool } from './tool.ts';

/** What publishers need to run the tools of others. */
export interface Tools {
  run: RunTool;
  /** The site's folder: relative addresses of the config begin there. */
  cwd: string;
  env: Record<string, string | undefined>;
  /** Blacks out secrets. */
  redact: (text: string) => string;
  /** A folder for what is kept between runs; made where it is not there. */
  cache: string;
  /** A folder for what is needed during this run alone. */
  scratch: string;
  /** Where the page is found, for what needs a name and a host of its own. */
  site: { name: string; url: string };
}
