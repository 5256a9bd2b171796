import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/** The CI systems that there are recipes for, by the name of their folder in `recipes/`. */
export const CI_SYSTEMS = ['github', 'gitlab', 'forgejo', 'woodpecker'] as const;

/** One of them. */
export type CiSystem = (typeof CI_SYSTEMS)[number];

/** The page of `docs/deploy/` that says what is to be set up once. */
export const CI_GUIDES: Record<CiSystem, string> = {
  github: 'docs/deploy/github-pages.md',
  gitlab: 'docs/deploy/gitlab-pages.md',
  forgejo: 'docs/deploy/codeberg-pages.md',
  woodpecker: 'docs/deploy/codeberg-pages.md',
};

/** The files of a recipe, by path below the repository that they are for, with `/`. `root`: the folder of Dran. */
export async function recipeFiles(root: string, ci: CiSystem): Promise<Record<string, string>> {
  const folder = join(root, 'recipes', ci);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
  const files: Record<string, string> = {};
  for (const path of paths) files[path] = await readFile(join(folder, path), 'utf8');
  return files;
}
