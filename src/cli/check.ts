import { resolve } from 'node:path';
import { readNow } from '../build/read-now.ts';
import { formatFault, summarise } from '../content/fault-report.ts';
import type { SiteReading } from '../content/read-site.ts';
import { readFlags } from './flags.ts';

const HELP = `Reads the config and every incident file, and says what is wrong in them and what to write instead.

Usage: npm run check [-- FLAGS]

  --json      print one JSON object: files, faults (place, code, message, edits that mend it)
  --strict    exit with 1 for warnings, too
  --help      print this

Examples:
  npm run check
  npm run check -- --strict
  npm run check -- --json | jq '.faults[].code'
  STATUS_SITE=../our-status npm run check

Environment:
  STATUS_SITE   the folder that holds status.config.yml and incidents/ (else: this one)
  STATUS_NOW    an instant that stands for the clock: 2026-11-21T17:30:00Z
  NO_COLOR      print without colours

Exits with 0; with 1 where there is an error (with --strict: or a warning); with 2 for wrong usage.
`;

interface Surroundings {
  args: string[];
  env: Record<string, string | undefined>;
  cwd: string;
  isTerminal: boolean;
  print: (text: string) => void;
  printError: (text: string) => void;
}

/** Runs `check`; gives its exit code. */
export async function check({
  args,
  env,
  cwd,
  isTerminal,
  print,
  printError,
}: Surroundings): Promise<number> {
  const flags = readFlags(args, {
    json: { type: 'boolean' },
    strict: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  });
  if (!flags.ok) {
    printError(`${flags.message} See npm run check -- --help.\n`);
    return 2;
  }
  if (flags.values.help) {
    print(HELP);
    return 0;
  }
  const folder = resolve(cwd, env.STATUS_SITE || '.');
  let reading: SiteReading;
  try {
    ({ reading } = await readNow(folder, env));
  } catch (cause) {
    printError(`${cause instanceof Error ? cause.message : String(cause)}\n`);
    return 2;
  }
  const { faults, files } = reading;
  if (flags.values.json) print(`${JSON.stringify({ files, faults }, null, 2)}\n`);
  else {
    const color = isTerminal && !env.NO_COLOR;
    for (const fault of faults) print(`${formatFault(fault, { color })}\n\n`);
    print(`${summarise(faults, files)}\n`);
  }
  const failed = flags.values.strict ? faults.length > 0 : faults.some(({ level }) => level === 'error');
  return failed ? 1 : 0;
}

if (import.meta.main) {
  process.exitCode = await check({
    args: process.argv.slice(2),
    env: process.env,
    cwd: process.cwd(),
    isTerminal: process.stdout.isTTY === true,
    print: (text) => process.stdout.write(text),
    printError: (text) => process.stderr.write(text),
  });
}
