import { relative, resolve, sep } from 'node:path';

/**
 * A path as people who called the command find it: from the folder that they were in (`INIT_CWD` of npm, which runs
 * scripts in the package's folder), absolute where it lies outside of that.
 */
export function shownPath(path: string, env: Record<string, string | undefined>): string {
  const from = resolve(env.INIT_CWD || process.cwd());
  const shown = relative(from, path) || '.';
  return shown === '..' || shown.startsWith(`..${sep}`) ? path : shown;
}
