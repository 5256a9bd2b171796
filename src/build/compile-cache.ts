import { readdirSync, rmSync } from 'node:fs';
import { enableCompileCache } from 'node:module';

/** About a hundred builds; then it begins anew. */
const MOST_FILES = 5000;

/**
 * Lets Node keep in `folder` what it compiles, so that it needn't do so the next time: a second off every build.
 * Each build also leaves the pages that it alone ran there, so a folder that has grown large is emptied first.
 */
export function keepCompiled(folder: string, most = MOST_FILES): void {
  if (filesIn(folder) > most) rmSync(folder, { recursive: true, force: true });
  enableCompileCache(folder);
}

function filesIn(folder: string): number {
  try {
    return readdirSync(folder, { recursive: true }).length;
  } catch {
    return 0;
  }
}
