import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What every start page of Dran has had since before there was a `build.json`: the way past the page's head. */
const SKIP_LINK = 'class="skip" href="#main_"';

/**
 * Whether a folder holds what Dran built: a `build.json` with the hash of a build and its pages, or the start page
 * of a version that made no `build.json` yet. False for a folder that is missing or can't be read.
 */
export async function isBuild(folder: string): Promise<boolean> {
  const read = (name: string) => readFile(join(folder, name), 'utf8').catch(() => null);
  const told = await read('build.json');
  if (told !== null) return tellsOfBuild(told);
  return (await read('index.html'))?.includes(SKIP_LINK) ?? false;
}

function tellsOfBuild(text: string): boolean {
  try {
    const told = JSON.parse(text);
    return /^[0-9a-f]{64}$/.test(told?.hash) && typeof told.pages === 'object' && told.pages !== null;
  } catch {
    return false;
  }
}
