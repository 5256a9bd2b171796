import { enableCompileCache } from 'node:module';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');

if (import.meta.main) {
  // Node keeps what it compiled: the next start asks its first question in half the time.
  enableCompileCache(join(ROOT, '.cache/compiled'));
  const { newCommand } = await import('./operator/new-command.ts');
  const { atTerminal } = await import('./operator/at-terminal.ts');
  process.exitCode = await newCommand(atTerminal(ROOT));
}
