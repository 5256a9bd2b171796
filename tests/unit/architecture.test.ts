import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = join(import.meta.dirname, '../../src');

/** Which folders of `src` a folder may import from, besides itself. `*` stands for the files that lie in `src` itself. */
const MAY_IMPORT: Record<string, string[]> = {
  domain: [],
  i18n: ['domain'],
  content: ['domain', 'i18n'],
  api: ['domain', 'i18n'],
  feeds: ['domain', 'i18n'],
  calendar: ['domain', 'i18n'],
  badges: ['domain', 'i18n'],
  social: ['domain', 'i18n'],
  write: ['domain', 'content', 'i18n'],
  import: ['domain', 'content', 'write'],
  styles: [],
  // Runs in the browser, and goes into every page: it takes types alone.
  reader: ['domain'],
  components: ['domain', 'i18n', 'layouts', 'reader'],
  layouts: ['components', 'domain', 'i18n', 'styles'],
  build: ['domain', 'content', 'i18n', 'api', 'feeds', 'social', '*'],
  deploy: ['domain', 'build'],
  doctor: ['domain', 'build'],
  '*': ['domain', 'content', 'build'],
  cli: ['domain', 'content', 'i18n', 'build', 'deploy', 'doctor', 'import', 'write', '*'],
  pages: [
    'domain',
    'content',
    'api',
    'feeds',
    'calendar',
    'badges',
    'social',
    'i18n',
    'components',
    'layouts',
    'build',
    '*',
  ],
};

interface Source {
  path: string;
  folder: string;
  text: string;
  /** Module names as written. */
  imports: string[];
}

const sources: Source[] = readdirSync(SRC, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.(ts|astro)$/.test(entry.name))
  .map((entry) => {
    const path = relative(SRC, join(entry.parentPath, entry.name)).replaceAll('\\', '/');
    const text = readFileSync(join(SRC, path), 'utf8');
    const imports = [...text.matchAll(/(?:^|\n)\s*(?:import|export)\b[^'";]*?from\s*['"]([^'"]+)['"]/g)]
      .concat([...text.matchAll(/\bimport\s*\(\s*['"]([^'"]+)['"]/g)])
      .concat([...text.matchAll(/(?:^|\n)\s*import\s+['"]([^'"]+)['"]/g)])
      .map((match) => match[1]!);
    return { path, folder: path.includes('/') ? path.split('/')[0]! : '*', text, imports };
  });

/** The folder of `src` that a relative import leads to. */
function target(source: Source, name: string): string {
  const path = relative(SRC, join(SRC, dirname(source.path), name)).replaceAll('\\', '/');
  return path.includes('/') ? path.split('/')[0]! : '*';
}

describe('the architecture', () => {
  it('has only folders that these rules know', () => {
    expect(
      [...new Set(sources.map((source) => source.folder))].filter((folder) => !(folder in MAY_IMPORT)),
    ).toEqual([]);
  });

  it('lets each folder import only what lies below it', () => {
    const wrong = sources.flatMap((source) =>
      source.imports
        .filter((name) => name.startsWith('.'))
        .map((name) => target(source, name))
        .filter((folder) => folder !== source.folder && !MAY_IMPORT[source.folder]!.includes(folder))
        .map((folder) => `${source.path} imports ${folder}`),
    );
    expect(wrong).toEqual([]);
  });

  it('keeps the domain free of Astro, Node and everything but zod and Temporal', () => {
    const foreign = sources
      .filter((source) => source.folder === 'domain')
      .flatMap((source) => source.imports.filter((name) => !name.startsWith('.')));
    expect(foreign.filter((name) => name !== 'zod' && name !== 'temporal-polyfill')).toEqual([]);
  });

  it('reads the clock in one file, and the reader’s in the script of the pages', () => {
    const readers = sources.filter((source) =>
      /\bDate\.now\b|new Date\(\)|Temporal\.Now\b/.test(source.text),
    );
    expect(readers.map((source) => source.path)).toEqual(['clock.ts', 'reader/page.ts']);
  });

  it('wraps gray-matter in one file', () => {
    const users = sources.filter((source) => source.imports.includes('gray-matter'));
    expect(users.map((source) => source.folder)).toEqual(['content']);
  });

  it('has no barrels and no drawers for odds and ends', () => {
    const barrels = sources.filter((source) => /(?:^|\n)export (?:\*|\{[^}]*\}) from /.test(source.text));
    expect(barrels.map((source) => source.path)).toEqual([]);
    expect(
      sources.map((source) => source.path).filter((path) => /(?:^|\/)(utils?|helpers?|misc)\b/.test(path)),
    ).toEqual([]);
  });

  it('never hands a string to a page as markup but where a component shows rendered Markdown or linked data', () => {
    const raw = sources.filter((source) => source.text.includes('set:html')).map((source) => source.path);
    expect(raw.filter((path) => !/^(components|layouts)\//.test(path))).toEqual([]);
  });
});
