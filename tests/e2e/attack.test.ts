import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildSite, filesBelow, type Run, type TestSite } from '../build/harness.ts';
import { openBrowser } from './browser.ts';
import { openHost, read } from './reader-page.ts';
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
mirrors:
  - 'https://mirror.example/"><img src=x onerror=alert("mirror")>/'
  - "javascript:alert('mirror')"
`;

// Braces and line breaks, too, mean something to the script that texts go through.
const WORK_TITLE = `{}\n</h1><script>alert("work")</script> "],[0,"<img src=x onerror=alert('then')>"]] '{}' $& $1`;

const WORK = `---
title: ${JSON.stringify(WORK_TITLE)}
status: scheduled
components: [web]
scheduled: { from: 2026-11-21 22:00, to: 2026-11-21 23:00 }
---

Work ^'"><script>alert(1)</script>
`;

let browser: Browser;
let site: TestSite & Run;
/** Nothing is open yet: the attack begins by the reader's clock. */
let quiet: TestSite & Run;

beforeAll(async () => {
  site = await buildSite({
    'status.config.yml': CONFIG,
    'incidents/2026-11-21-attack.md': `---\ntitle: ${JSON.stringify(TITLE)}\nstatus: identified\nimpact: major\nnext-update: 2026-11-21 20:00\ncomponents: [web, '<script>alert("unknown")</script>']\nhosts: ['"><script>alert("host")</script>']\n---\n\n${BODY}\n\n## 2026-11-21 18:30 identified ^tb ^'"><script>\n\n${BODY}\n`,
    'incidents/2026-11-20-code.md': `---js\n{ title: (() => { require('node:fs').writeFileSync('/tmp/dran-was-run', ''); return 'ran'; })() }\n---\n\nText\n`,
  });
  expect(site.code, site.stderr).toBe(0);
  quiet = await buildSite({ 'status.config.yml': CONFIG, 'incidents/2026-11-21-work.md': WORK });
  expect(quiet.code, quiet.stderr).toBe(0);
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
          scripts: [...document.scripts]
            .filter((script) => script.type !== 'application/ld+json')
            .map((script) => script.type + script.src),
          handlers: [...document.querySelectorAll('*')].filter((element) =>
            [...element.attributes].some(({ name }) => name.startsWith('on')),
          ).length,
          embedded: document.querySelectorAll('iframe, object, embed, main svg[onload], base, form').length,
          links: [...document.querySelectorAll('a')].map(({ protocol }) => protocol),
          images: [...document.images].map(({ src }) => src),
        }));
        const own = path.startsWith('history/') ? [] : ['module'];
        expect(found).toMatchObject({ scripts: own, handlers: 0, embedded: 0, images: [] });
        expect(found.links.filter((protocol) => !/^(https?|mailto|tel):$/.test(protocol))).toEqual([]);
        expect(strays).toEqual([]);
        expect(messages).toEqual([]);
        expect(dialogs).toEqual([]);
      } finally {
        await close();
      }
    },
  );

  it.each([
    ['index.html', 'its promise is late', '2026-11-21T20:30:00Z', null],
    ['incidents/2026-11-21-attack.html', 'the copy is old', '2026-11-23T20:30:00Z', null],
    ['index.html', 'the host is gone', '2026-11-21T18:41:00Z', 'gone'],
    ['index.html', 'a newer page is there', '2026-11-21T18:41:00Z', 'newer'],
  ])('runs nothing and sends nothing on %s when %s', async (path, _, now, answer) => {
    const host = await openHost(site.outDir);
    if (answer === 'gone') host.answer = 'gone';
    if (answer === 'newer') {
      const pages = { [path]: '"><script>alert("key")</script>' };
      host.answer = {
        text: JSON.stringify({ built: '2030-01-01T00:00:00Z', pages, url: 'javascript:alert(1)' }),
      };
    }
    const reading = await read(browser, host.url + path, { now, zone: 'America/New_York', width: 1280 });
    try {
      await reading.wait(3);
      expect(await reading.line()).not.toBe('');
      const found = await reading.page.evaluate(() => ({
        images: document.images.length,
        handlers: [...document.querySelectorAll('*')].filter((element) =>
          [...element.attributes].some(({ name }) => name.startsWith('on')),
        ).length,
        embedded: document.querySelectorAll('main script:not([type=module]), iframe, object, embed, form')
          .length,
        links: [...document.querySelectorAll('#live_ a')].map((link) => (link as HTMLAnchorElement).origin),
      }));
      expect(found).toMatchObject({ images: 0, handlers: 0, embedded: 0 });
      const homes = ['https://status.nordhost.example', 'https://mirror.example'];
      expect(found.links).toEqual(answer === 'newer' ? [] : homes);
      expect(reading.dialogs).toEqual([]);
      expect(reading.errors).toEqual([]);
      expect(reading.requests.filter((url) => !url.startsWith(host.url) && !url.startsWith('data:'))).toEqual(
        [],
      );
    } finally {
      await reading.close();
      await host.close();
    }
  });

  it('is text when it comes into the headline by the reader’s clock', async () => {
    const host = await openHost(quiet.outDir);
    const reading = await read(browser, `${host.url}index.html`, { now: '2026-11-21T21:30:00Z' });
    try {
      const headline = await reading.page.locator('h1').innerText();
      expect(headline).toContain('</h1><script>alert("work")</script>');
      expect(headline).toContain(`'{}' $& $1, until`);
      expect(await reading.page.locator('h1 *').count()).toBe(0);
      expect(await reading.page.locator('img').count()).toBe(0);
      expect(reading.dialogs).toEqual([]);
      expect(reading.errors).toEqual([]);
    } finally {
      await reading.close();
      await host.close();
    }
  });

  it('could not send anything elsewhere even if it ran', async () => {
    const { page, strays, close } = await visit(browser, site.outDir, 'index.html', { width: 360 });
    try {
      const sent = await page.evaluate(() =>
        fetch('https://evil.example/').then(
          () => 'sent',
          () => 'refused',
        ),
      );
      expect([sent, strays]).toEqual(['refused', []]);
    } finally {
      await close();
    }
  });

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
    const html: string = item.description;
    expect(html).toContain('&lt;script&gt;');
    expect(html).not.toMatch(/<(script|iframe|img|style|svg)\b|href="(javascript|data):|<[^>]*\son\w+=/i);
  });

  it('never has its code run, and is published as an open report', async () => {
    expect(site.stdout).toContain('2026-11-20-code.md');
    await expect(readFile('/tmp/dran-was-run')).rejects.toThrow();
    expect(await filesBelow(site.outDir)).toContain('incidents/2026-11-20-code.html');
  });
});
