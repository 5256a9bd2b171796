import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runBuild, type TestSite, temporaryFolder } from '../build/harness.ts';
import { openBrowser } from './browser.ts';
import { type View, visit } from './visit.ts';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** One page of each kind of the demonstration, in both languages. */
const PAGES = [
  'index.html',
  'en/index.html',
  'incidents/2026-11-21-stromausfall-dresden.html',
  'en/incidents/2026-11-21-stromausfall-dresden.html',
  'incidents/2026-10-29-leitung-frankfurt.html',
  'en/incidents/2026-11-25-kernrouter.html',
  'incidents/2026-11-21-hotline.html',
  'history/index.html',
  'en/history/2026-11.html',
  'components/dresden.html',
  'en/components/mail.html',
  'subscribe.html',
  'en/subscribe.html',
];

const VIEWS: View[] = [
  { width: 360, scheme: 'light' },
  { width: 360, scheme: 'dark' },
  { width: 1280, scheme: 'light' },
  { width: 1280, scheme: 'dark' },
];

let browser: Browser;
let site: TestSite;

beforeAll(async () => {
  site = { folder: resolve(import.meta.dirname, '../..'), outDir: `${await temporaryFolder()}/dist` };
  const run = await runBuild(site, { env: { STATUS_NOW: '' } });
  expect(run.code, run.stderr).toBe(0);
  browser = await openBrowser();
});

afterAll(() => browser?.close());

describe.each(VIEWS)('at $width pixels, $scheme', (view) => {
  it.each(PAGES)('%s asks for nothing elsewhere, stays quiet, fits and is accessible', async (path) => {
    const { page, strays, messages, close } = await visit(browser, site.outDir, path, view);
    try {
      expect(strays).toEqual([]);
      expect(messages).toEqual([]);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
      // From outside the page: its policy would not let the page load it.
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
  });
});

describe('the start page of the demonstration', () => {
  it('says on a phone, without scrolling, what is wrong, the newest word, who signed it, when the next comes and whom to ask', async () => {
    const { page, close } = await visit(browser, site.outDir, 'en/index.html', { width: 360, height: 780 });
    try {
      expect(await page.locator('h1').innerText()).toContain('Dresden data centre: power failure');
      for (const text of [
        'Major outage',
        'The emergency generators did not start',
        'Tanja B.',
        'Next update by',
        '0351 100 000',
      ]) {
        const found = page.getByText(text).first();
        const box = await found.boundingBox();
        expect(box, text).not.toBeNull();
        expect(box!.y + box!.height, text).toBeLessThanOrEqual(780);
      }
    } finally {
      await close();
    }
  });

  it('leads to the other language and back by plain links', async () => {
    const { page, close } = await visit(browser, site.outDir, 'index.html', { width: 360 });
    try {
      await page.getByRole('link', { name: 'English' }).click();
      await page.waitForURL('**/en/index.html');
      expect(await page.locator('html').getAttribute('lang')).toBe('en');
      await page.getByRole('link', { name: 'Deutsch' }).click();
      await page.waitForURL('**/a/b/index.html');
    } finally {
      await close();
    }
  });

  it('can be read at twice the letter size on a narrow screen without scrolling sideways', async () => {
    const { page, close } = await visit(browser, site.outDir, 'index.html', { width: 320 });
    try {
      await page.evaluate(() => {
        document.documentElement.style.fontSize = '200%';
      });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
    } finally {
      await close();
    }
  });
});

describe('from disk', () => {
  it('the start page and its links open with their style and without a message', async () => {
    const page = await browser.newPage();
    const messages: string[] = [];
    page.on('console', (message) => messages.push(message.text()));
    page.on('pageerror', (error) => messages.push(String(error)));
    await page.goto(`file://${site.outDir}/index.html`);
    await page.getByRole('link', { name: 'Seite dieser Störung' }).click();
    await page.waitForURL('**/incidents/*.html');
    await page.goto(`file://${site.outDir}/incidents/2026-10-29-leitung-frankfurt.html`);
    const image = page.locator('main img').first();
    await expect
      .poll(() => image.evaluate((element) => (element as HTMLImageElement).naturalWidth))
      .toBeGreaterThan(0);
    expect(messages).toEqual([]);
    await page.close();
  });
});
