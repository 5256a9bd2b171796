import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';

// Writes which files are the demonstration's, by their content, so that `npm run init` takes no other for one of
// them: `npm run demo-files`. A test tells when the list is out of date.

const ROOT = resolve(import.meta.dirname, '..');
const LIST = join(ROOT, 'src/cli/demo/files.json');

/** Path and digest of each file of the demonstration in a folder; line ends do not count. */
export async function demoFiles(folder: string): Promise<Record<string, string>> {
  const paths = ['status.config.yml'];
  for (const top of ['incidents', 'public']) {
    const entries = await readdir(join(folder, top), { recursive: true, withFileTypes: true });
    for (const entry of entries) {
      const path = relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/');
      if (entry.isFile() && !/(?:^|\/)[._]/.test(path)) paths.push(path);
    }
  }
  const digests: Record<string, string> = {};
  for (const path of paths.sort()) {
    const text = (await readFile(join(folder, path), 'utf8')).replaceAll('\r\n', '\n');
    digests[path] = createHash('sha256').update(text).digest('hex');
  }
  return digests;
}

/** Where the demonstration lies: `npm run init` moves it into a folder of its own. */
export function demoFolder(): string {
  const moved = join(ROOT, 'demo');
  return existsSync(moved) ? moved : ROOT;
}

if (import.meta.main) {
  await writeFile(LIST, `${JSON.stringify(await demoFiles(demoFolder()), null, 2)}\n`);
}
