import { cp, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { askGit } from '../../build/git.ts';
import { CONFIG_FILE, readSiteConfig } from '../../content/site-config.ts';
import { newFileUrl } from '../../domain/new-file-url.ts';
import { allComponents } from '../../domain/site.ts';
import { type ContentRepository, contentFiles } from '../../write/content-repository.ts';
import { type FirstSite, firstConfig } from '../../write/first-config.ts';
import { CI_GUIDES, type CiSystem, recipeFiles } from './recipe-files.ts';
import type { Surroundings } from './surroundings.ts';
import { createFile } from './whole-file.ts';

const TEMPLATES = 'incidents/_templates';

/** What a content repository is made from. */
export interface ContentPlan {
  /** Of Dran. */
  root: string;
  /** Absolute. */
  folder: string;
  /** What the config is to say; null: there is one already. */
  site: FirstSite | null;
  /** Where the repository itself is found; null: not known. */
  source: string | null;
  dran: string;
  tag: string;
  ci: CiSystem;
}

/**
 * Makes a folder a content repository: adds what is missing and changes nothing that is there. Gives the exit code.
 * Throws what the file system throws; a second run goes on.
 */
export async function makeContentFolder(plan: ContentPlan, { print }: Surroundings): Promise<number> {
  const { root, folder } = plan;
  const written: string[] = [];
  const kept: string[] = [];
  const files: Record<string, string> = {
    ...(plan.site === null ? {} : { [CONFIG_FILE]: firstConfig(plan.site) }),
    ...contentFiles(await repositoryOf(plan)),
    ...(await recipeFiles(root, plan.ci)),
  };
  if (await isThere(join(folder, 'public'))) delete files['public/.gitkeep'];
  for (const [path, text] of Object.entries(files)) {
    const before = await readFile(join(folder, path), 'utf8').catch(() => null);
    if (before === null && (await createFile(join(folder, path), Buffer.from(text)))) written.push(path);
    else if (before !== text) kept.push(path);
  }
  if (!(await isThere(join(folder, TEMPLATES)))) {
    await cp(join(root, TEMPLATES), join(folder, TEMPLATES), { recursive: true });
    written.push(`${TEMPLATES}/`);
  }
  for (const path of written) print(`Written: ${path}\n`);
  for (const path of kept) print(`Kept as it is: ${path}\n`);
  for (const note of [...(await lacking(folder)), ...(await untagged(plan))]) print(`\n${note}\n`);
  if (written.length === 0) {
    print(kept.length === 0 ? 'All is as it should be; nothing to do.\n' : 'Nothing was missing.\n');
    return 0;
  }
  const start = (await askGit(folder, ['rev-parse', '--git-dir'])).ok ? '' : 'git init -b main && ';
  print(`
Next, in ${folder}:
  ${start}git add --all && git commit -m "Status page"
  npm run new      writes the first incident; the first time fetches Dran ${plan.tag}
Then push it, and set up its host once: ${CI_GUIDES[plan.ci]}
`);
  return 0;
}

async function repositoryOf({
  folder,
  site,
  source,
  dran,
  tag,
  ci,
}: ContentPlan): Promise<ContentRepository> {
  const bytes = site === null ? await readFile(join(folder, CONFIG_FILE)) : null;
  const { site: told } = readSiteConfig(bytes ?? Buffer.from(firstConfig(site!)));
  const branch =
    (await askGit(folder, ['symbolic-ref', '--quiet', '--short', 'HEAD'])).output.trim() || 'main';
  const editor =
    source === null
      ? null
      : newFileUrl(source, { branch, path: 'incidents/YYYY-MM-DD-what.md', text: SAMPLE });
  return {
    name: site?.name ?? told.name,
    dran,
    tag,
    components: allComponents(told)
      .slice(0, 2)
      .map(({ id }) => id),
    hasForm: ci === 'github',
    editor: editor === null || editor.filled === 'nothing' ? null : editor.url,
  };
}

/** What the link in the README fills in, where the host takes a text. */
const SAMPLE = `---
title: ""
status: investigating
impact: major
components: []
next-update: 30m
---

## YYYY-MM-DD HH:MM investigating

We're on it.
`;

/** Sentences on files that were there before, and lack what the recipes need. */
async function lacking(folder: string): Promise<string[]> {
  const notes: string[] = [];
  const manifest = await readFile(join(folder, 'package.json'), 'utf8').catch(() => '');
  if (!/"setup"\s*:[^\n]*\.dran/.test(manifest)) {
    notes.push(
      'package.json was there before, without the scripts that the recipes run. docs/deploy/content-repository.md shows them.',
    );
  }
  const ignored = (await readFile(join(folder, '.gitignore'), 'utf8').catch(() => '')).split(/\r?\n/);
  const missing = ['.dran/', 'dist/'].filter(
    (path) => !ignored.some((line) => line.trim().replace(/^\/|\/$/g, '') === path.slice(0, -1)),
  );
  if (missing.length > 0) notes.push(`Add to .gitignore, a line each: ${missing.join(' ')}`);
  return notes;
}

async function untagged({ root, tag }: ContentPlan): Promise<string[]> {
  const found = await askGit(root, ['rev-parse', '--verify', '--quiet', `refs/tags/${tag}`]);
  return found.ok
    ? []
    : [
        `This clone of Dran has no tag ${tag}. Write another into package.json, or make it: git tag ${tag} && git push origin ${tag}`,
      ];
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null;
}
