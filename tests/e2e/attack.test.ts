import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildSite, filesBelow, type Run, type TestSite } from '../build/harness.ts';
import { openBrowser } from './browser.ts';
import { visit } from './visit.ts';

const TITLE = `<script>alert(1)</script> "quoted" 'single' ]]> & </title> <img src=x onerror=alert(2)>`;

const BODY = `<script>alert('body')</script>

<img src="https://evil.example/pixel.png" onerror="alert(3)"> and <iframe src="https://evil.example/"></iframe>

[click](javascript:alert(4)) [data](data:text/html,<script>alert(5)</script>) [tab](java\tscript:alert(6))

![remote](https://evil.example/tracker.png) ]]> </script> <style>body{display:none}</style>

[ok](https://www.nordhost.example/ "onmouseover=alert(7)") <svg onload=alert(8)>

<!-- hidden --> \`</code><script>alert(9)</script>\`
`;

const CONFIG = `name: 'Nord<script>alert("name")</script>"]]>&host'
url: https://status.nordhost.example
timezone: Europe/Berlin
language: en
components:
  - { id: web, name: 'Web "><script>alert("component")</script>' }
authors: { tb: 'Tanja <img src=x onerror=alert("author")>' }
contacts:
  - { label: 'Hotline "><script>alert("label")</script>', url: "javascript:alert('contact')" }
links:
  - { label: Imprint, url: "data:text/html,<script>alert('link')</script>" }
`;

let browser: Browser;
let site: TestSite & Run;

beforeAll(async () => {
  site = await buildSite({
    'status.config.yml': CONFIG,
    'incidents/2026-11-21-attack.md': `---\ntitle: ${JSON.stringify(TITLE)}\nstatus: identified\nimpact: major\ncomponents: [web, '<script>alert("unknown")</script>']\nhosts: ['"><script>alert("host")</script>']\n---\n\n${BODY}\n\n## 2026-11-21 18:30 identified ^tb ^'"><script>\n\n${BODY}\n`,
    'incidents/2026-11-20-code.md': `---js\n{ title: (() => { require('node:fs').writeFileSync('/tmp/dran-was-run', ''); return 'ran'; })() }\n---\n\nText\n`,
  });
  expect(site.code, site.stderr).toBe(0);
  browser = await openBrowser();
});

afterAll(() => browser?.close());

describe('an incident written by an attacker', () => {
  it.each(['index.html', 'incidents/2026-11-21-attack.html', 'history/index.html', 'history/2026-11.html'])(
    'runs nothing and fetches nothing on %s',
    async (path) => {
      const { page, strays, messages, close } = await visit(browser, site.outDir, path, { width: 1280 });
      try {
        const dialogs: string[] = [];
        page.on('dialog', (dialog) => {
          dialogs.push(dialog.message());
          void dialog.dismiss();
        });
        const found = await page.evaluate(() => ({
          scripts: [...document.scripts].filter((script) => script.type !== 'application/ld+json').length,
          handlers: [...document.querySelectorAll('*')].filter((element) =>
            [...element.attributes].some(({ name }) => name.startsWith('on')),
          ).length,
          embedded: document.querySelectorAll('iframe, object, embed, main svg[onload], base, form').length,
          links: [...document.querySelectorAll('a')].map(({ protocol }) => protocol),
          images: [...document.images].map(({ src }) => src),
        }));
        expect(found).toMatchObject({ scripts: 0, handlers: 0, embedded: 0, images: [] });
        expect(found.links.filter((protocol) => !/^(https?|mailto|tel):$/.test(protocol))).toEqual([]);
        expect(strays).toEqual([]);
        expect(messages).toEqual([]);
        expect(dialogs).toEqual([]);
      } finally {
        await close();
      }
    },
  );

  it('is shown as it was typed', async () => {
    const { page, close } = await visit(browser, site.outDir, 'incidents/2026-11-21-attack.html', {
      width: 1280,
    });
    try {
      expect(await page.locator('h1').innerText()).toContain('<script>alert(1)</script>');
      expect(await page.locator('main').innerText()).toContain("<script>alert('body')</script>");
    } finally {
      await close();
    }
  });

  it('leaves the feed well-formed and inert', async () => {
    const xml = await readFile(join(site.outDir, 'rss.xml'), 'utf8');
    const { rss } = new XMLParser({ ignoreAttributes: false }).parse(xml);
    const [item] = [rss.channel.item]
      .flat()
      .filter(({ title }: { title: string }) => title.includes('quoted'));
    expect(item.title).toContain(TITLE);
    const html: string = item['content:encoded'];
    expect(html).toContain('&lt;script&gt;');
    expect(html).not.toMatch(/<(script|iframe|img|style|svg)\b|href="(javascript|data):|<[^>]*\son\w+=/i);
  });

  it('never has its code run, and is published as an open report', async () => {
    expect(site.stdout).toContain('2026-11-20-code.md');
    await expect(readFile('/tmp/dran-was-run')).rejects.toThrow();
    expect(await filesBelow(site.outDir)).toContain('incidents/2026-11-20-code.html');
  });
});
