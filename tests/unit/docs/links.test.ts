import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../../..');
const GUIDES = ['*.md', 'docs/**/*.md', 'bench/*.md', 'drills/*.md'].flatMap((pattern) =>
  globSync(pattern, { cwd: ROOT }),
);

/** The text of a guide without examples. */
function prose(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8').replace(/^( *)(```+|~~~+)[\s\S]*?^\1\2 *$/gm, '');
}

/** Where the links of a guide lead, but for those to other hosts. */
function linksIn(path: string): string[] {
  const text = prose(path).replace(/`[^`\n]*`/g, '');
  const inline = [...text.matchAll(/\]\(<?([^)\s>]+)>?(?: "[^"]*")?\)/g)].map((match) => match[1]!);
  const named = [...text.matchAll(/^\[[^\]]+\]: *<?(\S+?)>?$/gm)].map((match) => match[1]!);
  const tags = [...text.matchAll(/(?:src|href|srcset)="([^"]+)"/g)].map((match) => match[1]!);
  return [...inline, ...named, ...tags].filter((link) => !/^[a-z][a-z0-9+.-]*:/i.test(link));
}

/** What the headings of a guide are called in addresses, as hosts of repositories make it. */
function anchorsOf(path: string): string[] {
  const seen = new Map<string, number>();
  return [...prose(path).matchAll(/^#{1,6} +(.*?) *#*$/gm)].map(([, heading = '']) => {
    const base = heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
      .replaceAll(' ', '-');
    const count = seen.get(base) ?? 0;
    seen.set(base, count + 1);
    return count === 0 ? base : `${base}-${count}`;
  });
}

it.each(GUIDES)('every link in %s to a file or heading here leads somewhere', (guide) => {
  const lost = linksIn(guide).filter((link) => {
    const [path = '', anchor] = link.split('#').map(decodeURIComponent);
    const file = path === '' ? guide : relative(ROOT, resolve(ROOT, dirname(guide), path));
    if (!existsSync(join(ROOT, file))) return true;
    return anchor !== undefined && file.endsWith('.md') && !anchorsOf(file).includes(anchor);
  });
  expect(lost).toEqual([]);
});

it('looks at links at all', () => {
  expect(GUIDES).toEqual(expect.arrayContaining(['README.md', 'docs/deploy/README.md']));
  expect(GUIDES.flatMap(linksIn).length).toBeGreaterThan(40);
});
