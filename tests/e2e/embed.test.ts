import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { snippets } from '../../src/badges/snippets.ts';
import { locale } from '../../src/i18n/locale.ts';
import { buildSite, type TestSite } from '../build/harness.ts';
import { SAMPLE_SITE } from '../build/sample-site.ts';
import { serveFolder } from '../build/static-host.ts';
import { site as plainSite } from '../unit/domain/sample.ts';
import { openBrowser } from './browser.ts';
import { visit } from './visit.ts';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let browser: Browser;
let site: TestSite;

beforeAll(async () => {
  const built = await buildSite(SAMPLE_SITE);
  expect(built.code, built.stderr).toBe(0);
  site = built;
  browser = await openBrowser();
});

afterAll(() => browser?.close());

describe.each(['light', 'dark'] as const)('the view for frames, %s', (scheme) => {
  it.each(['embed.html', 'en/embed.html'])(
    '%s is accessible, quiet, and shows what it says in 300 by 120 pixels',
    async (path) => {
      const view = { width: 300, height: 120, scheme };
      const { page, strays, messages, close } = await visit(browser, site.outDir, path, view);
      try {
        expect(strays).toEqual([]);
        expect(messages).toEqual([]);
        const size = await page.evaluate(() => {
          const { scrollWidth, scrollHeight } = document.documentElement;
          return { scrollWidth, scrollHeight };
        });
        expect(size.scrollWidth).toBeLessThanOrEqual(300);
        expect(size.scrollHeight).toBeLessThanOrEqual(120);
        const cdp = await page.context().newCDPSession(page);
        await cdp.send('Runtime.evaluate', { expression: axe });
        const violations = await page.evaluate(async () => {
          const { axe } = window as unknown as { axe: typeof import('axe-core') };
          const { violations } = await axe.run(document, {
            runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
          });
          return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
        });
        expect(violations).toEqual([]);
      } finally {
        await close();
      }
    },
  );

  it('its badge is drawn as wide as it says, with a mark in the colour of the scheme', async () => {
    const { page, close } = await visit(browser, site.outDir, 'badge.svg', {
      width: 300,
      height: 60,
      scheme,
    });
    try {
      const drawn = await page.evaluate(() => {
        const root = document.documentElement;
        const colour = (selector: string) => getComputedStyle(root.querySelector(selector)!).fill;
        const boxes = [...root.querySelectorAll('text')].map((one) => one.getBoundingClientRect());
        return {
          mark: colour('path.s'),
          paper: colour('rect'),
          width: root.clientWidth,
          boxes: boxes.map(({ left, right }) => [left, right]),
        };
      });
      expect(drawn.paper).toBe(scheme === 'dark' ? 'rgb(18, 20, 23)' : 'rgb(255, 255, 255)');
      expect(drawn.mark).toBe(scheme === 'dark' ? 'rgb(255, 125, 125)' : 'rgb(192, 21, 37)');
      const edges = drawn.boxes.flat();
      expect(edges).toEqual(edges.toSorted((a, b) => a! - b!));
      expect(edges.at(-1)).toBeLessThanOrEqual(drawn.width);
    } finally {
      await close();
    }
  });
});

it('the snippet to copy shows the state in a page of somebody else, and a link in it opens beside that page', async () => {
  const status = await serveFolder(site.outDir, '/');
  const own = { ...plainSite, url: status.url.replace(/\/$/, '') };
  const { embed } = snippets(own, 'en', locale('en', own));
  const elsewhere = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(`<!doctype html><title>A shop</title><h1>A shop</h1>${embed}`);
  });
  await new Promise<void>((done) => elsewhere.listen(0, '127.0.0.1', done));
  const page = await browser.newPage({ viewport: { width: 500, height: 500 } });
  try {
    const address = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`;
    await page.goto(address);
    const frame = page.frameLocator('iframe');
    await frame.getByRole('heading', { name: 'Rechenzentrum Dresden: Stromausfall' }).waitFor();
    // The links lead to the site's public address, where nothing listens here.
    await page
      .context()
      .route('https://status.nordhost.example/**', (route) =>
        route.fulfill({ contentType: 'text/html', body: '<title>The page</title>' }),
      );
    const opened = page.context().waitForEvent('page');
    await frame.getByRole('link', { name: 'Mehr unter status.nordhost.example' }).click();
    const beside = await opened;
    await beside.waitForURL('https://status.nordhost.example/');
    expect(page.url()).toBe(address);
  } finally {
    await page.close();
    elsewhere.close();
    await status.close();
  }
});
