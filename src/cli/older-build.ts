import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readNow } from '../build/read-now.ts';
import { CONFIG_FILE } from '../content/site-config.ts';
import { BUILD_MARK } from '../deploy/built-files.ts';

/**
 * The file of the site in `folder` that was changed after the build in `dir` was made; null: none, or readers would
 * see nothing of it. `hash` is what the build says of what is published: times alone are not enough, as a clone has
 * new ones, and targets in the config are not published.
 */
export async function changedSince(
  { dir, hash }: { dir: string; hash: string },
  folder: string,
  env: Record<string, string | undefined>,
): Promise<string | null> {
  const built = (await stat(join(dir, BUILD_MARK))).mtimeMs;
  for (const path of [CONFIG_FILE, ...(await filesIn(folder))]) {
    const found = await stat(join(folder, path)).catch(() => null);
    if (!found?.isFile() || found.mtimeMs <= built) continue;
    const present = await readNow(folder, env).catch(() => null);
    return present?.source.hash === hash ? null : path;
  }
  return null;
}

async function filesIn(folder: string): Promise<string[]> {
  const [incidents, published] = await Promise.all(
    ['incidents', 'public'].map(async (name) =>
      (await readdir(join(folder, name), { recursive: true }).catch(() => [])).map((path) =>
        join(name, path),
      ),
    ),
  );
  return [...incidents!.filter((path) => !/[\\/][_.]|~$/.test(path)), ...published!];
}
