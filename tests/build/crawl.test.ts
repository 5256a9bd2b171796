import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { HtmlValidate } from 'html-validate';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildSite, filesBelow } from './harness.ts';
import { attribute, brokenFragments, elementsOf, referencesOf, textOf } from './references.ts';
import { SAMPLE_SITE } from './sample-site.ts';
import { serveFolder } from './static-host.ts';

const SITE_URL = 'https://status.nordhost.example';

let outDir: string;
/** Every page by path. */
let pages: Map<string, string>;

beforeAll(async () => {
  const built = await buildSite(SAMPLE_SITE);
  expect(built).toMatchObject({ code: 0, stderr: '' });
  outDir = built.outDir;
  const files = await filesBelow(outDir);
  const read = async (ending: string) =>
    new Map(
      await Promise.all(
        files
          .filter((path) => path.endsWith(ending))
          .map(async (path) => [path, await readFile(join(outDir, path), 'utf8')] as const),
      ),
    );
  pages = await read('.html');
});

/** Where an address of the site's own URL lies below `dist/`; null for addresses of others. A folder's page is its index. */
function ownPath(url: string): string | null {
  if (url !== SITE_URL && !url.startsWith(`${SITE_URL}/`)) return null;
  const path = decodeURIComponent(new URL(url).pathname).slice(1);
  return path === '' || path.endsWith('/') ? `${path}index.html` : path;
}

async function isServed(url: URL): Promise<boolean> {
  const response = await fetch(url);
  await response.body?.cancel();
  return response.ok;
}

/** Whether a page is the view for frames: a part of somebody else's page, not one of its own. */
const isForFrames = (path: string) => path.endsWith('embed.html');

const isAbsolute = (url: string) => /^[a-z][a-z0-9+.-]*:|^\/\//i.test(url);
const exists = async (path: string) => (await stat(join(outDir, path)).catch(() => null))?.isFile() ?? false;

/** Addresses on all pages but 404.html (it alone is absolute) that `answers` does not know, as sentences. */
async function broken(base: string, answers: (url: URL) => Promise<boolean>): Promise<string[]> {
  const found = new Set<string>();
  for (const [path, html] of pages) {
    if (path.endsWith('404.html')) continue;
    const here = new URL(path.split('/').map(encodeURIComponent).join('/'), base);
    for (const { url, from } of referencesOf(html)) {
      if (isAbsolute(url)) continue;
      const target = new URL(url, here);
      if (!target.href.startsWith(base) || !(await answers(target))) found.add(`${path}: ${from} ${url}`);
    }
  }
  return [...found];
}

describe('every link and picture of a built site is there', () => {
  it.each(['/', '/a/b/'])('on a host without directory indexes, at %s', async (base) => {
    const host = await serveFolder(outDir, base);
    try {
      const known = new Map<string, Promise<boolean>>();
      const answers = (url: URL) => {
        url.hash = '';
        const seen = known.get(url.href) ?? isServed(url);
        known.set(url.href, seen);
        return seen;
      };
      expect(await broken(host.url, answers)).toEqual([]);
    } finally {
      await host.close();
    }
  });

  it('opened from disk', async () => {
    const base = pathToFileURL(`${outDir}/`).href;
    const answers = async (url: URL) => {
      url.hash = '';
      url.search = '';
      return (await stat(fileURLToPath(url)).catch(() => null))?.isFile() ?? false;
    };
    expect(await broken(base, answers)).toEqual([]);
  });

  it('by the addresses that start with the site’s URL: canonical links, cards, other languages', async () => {
    const missing: string[] = [];
    let checked = 0;
    for (const [path, html] of pages) {
      for (const { url, from } of referencesOf(html)) {
        const own = ownPath(url);
        if (own === null) continue;
        checked += 1;
        if (!(await exists(own))) missing.push(`${path}: ${from} ${url}`);
      }
    }
    expect(missing).toEqual([]);
    expect(checked).toBeGreaterThan(pages.size);
  });

  it('by its fragment, on the page itself and on others', async () => {
    const missing: string[] = [];
    const ids = new Map(
      [...pages].map(([path, html]) => [path, new Set(elementsOf(html).map((one) => attribute(one, 'id')))]),
    );
    for (const [path, html] of pages) {
      for (const href of brokenFragments(html)) missing.push(`${path}: ${href}`);
      for (const { url } of referencesOf(html)) {
        if (isAbsolute(url) || !url.includes('#')) continue;
        const target = new URL(url, `file:///${path}`);
        const id = decodeURIComponent(target.hash.slice(1));
        if (!ids.get(decodeURIComponent(target.pathname.slice(1)))?.has(id)) missing.push(`${path}: ${url}`);
      }
    }
    expect(missing).toEqual([]);
  });

  it('and every page can be reached from the first one', () => {
    const reached = new Set<string>();
    const visit = (path: string) => {
      const html = pages.get(path);
      if (html === undefined || reached.has(path)) return;
      reached.add(path);
      for (const { url } of referencesOf(html)) {
        if (!isAbsolute(url)) visit(decodeURIComponent(new URL(url, `file:///${path}`).pathname.slice(1)));
      }
    };
    visit('index.html');
    const unreached = [...pages.keys()].filter((path) => !reached.has(path) && !path.endsWith('404.html'));
    expect(unreached).toEqual([]);
  });
});

describe('a page of a built site', () => {
  it('loads nothing from elsewhere', () => {
    // A missing page is shown in place of any address, so 404.html alone names its files by the site's URL.
    const mayLoad = (path: string, url: string) =>
      url.startsWith('data:') || (path.endsWith('404.html') && ownPath(url) !== null);
    const loads = [...pages].flatMap(([path, html]) =>
      referencesOf(html)
        .filter(({ kind, url }) => kind === 'load' && isAbsolute(url) && !mayLoad(path, url))
        .map(({ url }) => `${path}: ${url}`),
    );
    expect(loads).toEqual([]);
    const imports = [...pages].filter(([, html]) => /@import|url\(\s*["']?(?!#|data:)/i.test(stylesOf(html)));
    expect(imports.map(([path]) => path)).toEqual([]);
  });

  it('has a policy that allows only what it brings along', () => {
    for (const [path, html] of pages) {
      const elements = elementsOf(html);
      const at = elements.findIndex(
        (one) => attribute(one, 'http-equiv')?.toLowerCase() === 'content-security-policy',
      );
      const policy = directivesOf(at < 0 ? '' : (attribute(elements[at]!, 'content') ?? ''));
      expect(policy, path).toMatchObject({
        'default-src': ["'none'"],
        'img-src': ["'self'"],
        'connect-src': ["'self'"],
        'base-uri': ["'none'"],
        'form-action': ["'none'"],
      });
      for (const name of ['style-src', 'script-src']) {
        const others = policy[name]?.filter((word) => !/^'sha256-[\w+/]+=*'$|^'report-sample'$/.test(word));
        expect(others, `${path} ${name}`).toEqual([]);
      }
      for (const [index, one] of elements.entries()) {
        expect(attribute(one, 'style'), `${path} <${one.tagName} style>`).toBeNull();
        const handlers = one.attrs.filter(({ name }) => name.startsWith('on')).map(({ name }) => name);
        expect(handlers, `${path} <${one.tagName}>`).toEqual([]);
        if (one.tagName === 'style') {
          expect(index, `${path}: the policy stands before the styles`).toBeGreaterThan(at);
          const hash = `'sha256-${createHash('sha256').update(textOf(one)).digest('base64')}'`;
          expect(policy['style-src'], `${path}: its own style sheet`).toContain(hash);
        }
        if (one.tagName === 'script' && attribute(one, 'type') !== 'application/ld+json') {
          expect(attribute(one, 'type'), path).toBe('module');
          expect(attribute(one, 'src'), path).toBeNull();
          expect(index, `${path}: the policy stands before the script`).toBeGreaterThan(at);
          const hash = `'sha256-${createHash('sha256').update(textOf(one)).digest('base64')}'`;
          expect(policy['script-src'], `${path}: its script`).toContain(hash);
        }
      }
    }
  });

  it('has one script where it may change while it is open, of at most 2 KB, and else none', () => {
    for (const [path, html] of pages) {
      const scripts = elementsOf(html).filter(
        (one) => one.tagName === 'script' && attribute(one, 'type') === 'module',
      );
      const changes = /^(en\/)?(index|(incidents|components)\/.*)\.html$/.test(path);
      expect(scripts, path).toHaveLength(changes ? 1 : 0);
      for (const script of scripts) expect(Buffer.byteLength(textOf(script)), path).toBeLessThanOrEqual(2048);
    }
  });

  it('says where it stands: at the site’s own address, and the same page on each mirror', () => {
    for (const [path, html] of pages) {
      if (isForFrames(path)) continue;
      const links = elementsOf(html)
        .filter((one) => one.tagName === 'a')
        .map((one) => attribute(one, 'href') ?? '');
      const page = path.replace('404.html', 'index.html');
      const same = page === 'index.html' ? '' : page;
      expect(links, path).toContain(`${SITE_URL}/${same}`);
      expect(links, path).toContain(`https://nordhost.pages.example/${same}`);
    }
  });

  it('is valid HTML', async () => {
    const validator = new HtmlValidate({
      extends: ['html-validate:recommended'],
      rules: {
        // Titles are the operator's.
        'long-title': 'off',
        // Any id without a space is one in HTML.
        'valid-id': ['error', { relaxed: true }],
        // How Astro writes elements without content.
        'void-style': 'off',
        'no-trailing-whitespace': 'off',
        // Hotline numbers are shown as the operator wrote them.
        'tel-non-breaking': 'off',
      },
    });
    for (const [path, html] of pages) {
      const report = await validator.validateString(html, path);
      const messages = report.results.flatMap(({ messages }) =>
        messages.map(
          ({ ruleId, message, line, column }) => `${path}:${line}:${column} ${ruleId}: ${message}`,
        ),
      );
      expect(messages).toEqual([]);
    }
  });

  it('has one title, one language and one canonical address of its own', () => {
    const canonicals = new Map<string, string>();
    for (const [path, html] of pages) {
      const elements = elementsOf(html);
      const count = (name: string) => elements.filter(({ tagName }) => tagName === name).length;
      expect([count('title'), count('h1'), count('main')], path).toEqual([1, 1, 1]);
      expect(attribute(elements.find(({ tagName }) => tagName === 'html')!, 'lang'), path).toBe(
        path.startsWith('en/') ? 'en' : 'de',
      );
      const canonical = elements.find((one) => attribute(one, 'rel') === 'canonical');
      if (path.endsWith('404.html')) continue;
      const url = attribute(canonical!, 'href')!;
      if (isForFrames(path)) {
        expect(ownPath(url), path).toBe(path.replace('embed.html', 'index.html'));
        continue;
      }
      expect(ownPath(url), path).toBe(path);
      expect(canonicals.get(url), url).toBeUndefined();
      canonicals.set(url, path);
    }
  });
});

function stylesOf(html: string): string {
  return elementsOf(html)
    .filter(({ tagName }) => tagName === 'style')
    .map(textOf)
    .join('\n');
}

function directivesOf(policy: string): Record<string, string[]> {
  return Object.fromEntries(
    policy
      .split(';')
      .map((directive) => directive.trim().split(/\s+/))
      .filter(([name]) => name !== '')
      .map(([name, ...words]) => [name!, words]),
  );
}
