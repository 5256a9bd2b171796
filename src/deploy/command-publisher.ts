import { constants } from 'node:fs';
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { failureOf, missingTool } from './advice.ts';
import { splitCommand } from './command-line.ts';
import { DeployFailure } from './failure.ts';
import type { Publisher } from './publish.ts';
import type { Tools } from './tools.ts';

/**
 * Publishes with a tool of the host, such as wrangler or netlify: `line` is run as it stands, `{dir}` being the folder
 * of a copy of the build, which the tool may change. It is as safe to read midway as that tool makes it.
 */
export function commandPublisher(line: string, { run, cwd, env, redact, scratch }: Tools): Publisher {
  return async ({ build, dryRun, signal, run: name, tell }) => {
    const folder = join(scratch, `command-${name}`);
    const split = splitCommand(line, folder);
    if (!split.ok) throw new DeployFailure(`The command can't be read: ${split.message}`, { again: false });
    const [command, ...args] = split.words as [string, ...string[]];
    if (dryRun) return { sent: null, removed: 0, replacing: 'tool', plan: null };
    tell(`running ${command}`);
    try {
      // What is held of the build may be the very files of dist/, under second names.
      await cp(build.folder, folder, { recursive: true, mode: constants.COPYFILE_FICLONE });
      const end = await run({ command, args, cwd, env, signal });
      if (end.code === 127 && end.stdout === '') throw missingTool(command);
      if (end.code !== 0) {
        throw failureOf(redact(`${end.stdout}\n${end.stderr}`), `${command} ended with ${end.code}.`);
      }
    } finally {
      await rm(folder, { recursive: true, force: true }).catch(() => {});
    }
    tell('sent');
    return { sent: null, removed: 0, replacing: 'tool', plan: null };
  };
}
