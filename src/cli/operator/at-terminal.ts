import { resolve } from 'node:path';
import type { Surroundings } from './surroundings.ts';

/** The surroundings of this process. `root` is the site where `STATUS_SITE` names none. */
export function atTerminal(root: string): Surroundings {
  return {
    args: process.argv.slice(2),
    env: process.env,
    site: resolve(process.env.STATUS_SITE || root),
    isTerminal: process.stdin.isTTY === true && process.stdout.isTTY === true,
    color: process.stdout.isTTY === true && !process.env.NO_COLOR,
    stdin: process.stdin,
    print: (text) => process.stdout.write(text),
    printError: (text) => process.stderr.write(text),
  };
}
