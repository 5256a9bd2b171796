import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { decode } from '../content/decode.ts';
import { importCstate, isCstateIssue } from '../import/cstate.ts';
import { isHugoConfig } from '../import/hugo-config.ts';
import type { ImportResult } from '../import/import-result.ts';
import type { SourceFile } from '../import/source-file.ts';
import { importStatusfy, isStatusfyConfig, isStatusfyIncident } from '../import/statusfy.ts';
import { importStatuspage } from '../import/statuspage.ts';
import { importUpptime, isUpptimeFile } from '../import/upptime.ts';

/** What an importer looks at, and the paths of what could not be opened. */
export interface Sources {
  files: SourceFile[];
  unread: string[];
}

/** How the files of another product come over. */
export interface Importer {
  /** What a folder holds, as in "Which folder holds …?". */
  what: string;
  /** Reads a folder (or file) of the old site; a text says why it is none. */
  read: (root: string) => Promise<Sources | string>;
  /** `zone` is the zone of the new site; null: the old one's. Pure. */
  run: (files: SourceFile[], zone: string | null) => ImportResult;
}

/** By the word after `import`. */
export const IMPORTERS: Readonly<Record<string, Importer>> = {
  cstate: { what: 'the cState site', read: readCstate, run: importCstate },
  statusfy: { what: 'the Statusfy site', read: readStatusfy, run: importStatusfy },
  upptime: { what: 'the Upptime repository', read: readUpptime, run: importUpptime },
  statuspage: { what: 'the saved answers of Statuspage', read: readStatuspage, run: importStatuspage },
};

async function readCstate(root: string): Promise<Sources | string> {
  if (!(await isCstateSite(root))) {
    return noSite(root, isCstateSite, 'cState site', 'it has no content/issues/');
  }
  const paths: string[] = [];
  for (const top of ['.', 'config/_default', 'content'])
    paths.push(...(await filesIn(root, top, top === 'content')));
  const wanted = paths.filter((path) => path.startsWith('content/') || isHugoConfig(path));
  // Other files are named only.
  const isText = (path: string) =>
    !path.startsWith('content/') || isCstateIssue(path) || /\.(?:md|markdown)$/i.test(path);
  return readTexts(root, wanted, isText);
}

async function isCstateSite(root: string): Promise<boolean> {
  const languages = await readdir(join(root, 'content')).catch(() => []);
  for (const folder of ['.', ...languages]) {
    const issues = await stat(join(root, 'content', folder, 'issues')).catch(() => null);
    if (issues?.isDirectory()) return true;
  }
  return false;
}

async function readStatuspage(root: string): Promise<Sources | string> {
  const found = await stat(root).catch(() => null);
  if (found?.isFile()) return readTexts(dirname(root), [basename(root)], () => true);
  if (!(await holdsJson(root)))
    return noSite(root, holdsJson, 'folder of saved answers', 'it has no .json file');
  const paths = await filesIn(root, '.', true);
  return readTexts(
    root,
    paths.filter((path) => /\.json$/i.test(path)),
    () => true,
  );
}

async function holdsJson(root: string): Promise<boolean> {
  const files = await filesIn(root, '.', false);
  return files.some((path) => /\.json$/i.test(path));
}

async function readStatusfy(root: string): Promise<Sources | string> {
  if (!(await isStatusfySite(root))) {
    return noSite(root, isStatusfySite, 'Statusfy site', 'it has no content/ with Markdown files');
  }
  const paths = [...(await filesIn(root, '.', false)), ...(await filesIn(root, 'content', true))];
  const wanted = paths.filter((path) => path.startsWith('content/') || isStatusfyConfig(path));
  return readTexts(root, wanted, (path) => isStatusfyConfig(path) || isStatusfyIncident(path));
}

async function isStatusfySite(root: string): Promise<boolean> {
  if (await isCstateSite(root)) return false;
  return (await filesIn(root, 'content', true)).some(isStatusfyIncident);
}

async function readUpptime(root: string): Promise<Sources | string> {
  if (!(await isUpptimeSite(root))) {
    return noSite(root, isUpptimeSite, 'Upptime repository', 'it has neither .upptimerc.yml nor history/');
  }
  const paths = [...(await filesIn(root, '.', false)), ...(await filesIn(root, 'history', false))];
  return readTexts(root, paths.filter(isUpptimeFile), () => true);
}

async function isUpptimeSite(root: string): Promise<boolean> {
  const paths = [...(await filesIn(root, '.', false)), ...(await filesIn(root, 'history', false))];
  return paths.some(isUpptimeFile);
}

/** Paths below `root` of the files in one of its folders, with `/`, sorted. */
async function filesIn(root: string, top: string, recursive: boolean): Promise<string[]> {
  const entries = await readdir(join(root, top), { withFileTypes: true, recursive }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .toSorted();
}

async function readTexts(root: string, paths: string[], isText: (path: string) => boolean): Promise<Sources> {
  const sources: Sources = { files: [], unread: [] };
  for (const path of paths) {
    const bytes = isText(path) ? await readFile(join(root, path)).catch(() => null) : new Uint8Array();
    if (bytes === null) sources.unread.push(path);
    else sources.files.push({ path, text: decode(bytes).text });
  }
  return sources;
}

async function noSite(
  root: string,
  isSite: (folder: string) => Promise<boolean>,
  what: string,
  why: string,
): Promise<string> {
  const below = (await readdir(root).catch(() => [])).toSorted();
  for (const folder of below) {
    if (await isSite(join(root, folder))) {
      return `${root} is no ${what}, but ${join(root, folder)} is. Name that one.`;
    }
  }
  return `${root} is no ${what}: ${why}.`;
}
