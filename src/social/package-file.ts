import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

// Bundled code can lie outside the repository (`--outDir`), where no node_modules is above it: then the folder that the
// build runs in has the packages.
const PLACES = [import.meta.url, pathToFileURL(`${process.cwd()}/package.json`).href];

/** Path of a file inside an installed npm package (`name/path/in/package`); null where it is not installed. */
export function packageFile(specifier: string): string | null {
  for (const place of PLACES) {
    try {
      return createRequire(place).resolve(specifier);
    } catch {
      // Not installed as seen from there.
    }
  }
  return null;
}
