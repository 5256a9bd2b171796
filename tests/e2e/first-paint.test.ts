import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildSite } from '../build/harness.ts';
import { SAMPLE_SITE } from '../build/sample-site.ts';
import { openBrowser } from './browser.ts';

const START = 'https://status.test/index.html';

let browser: Browser;
let page: string;

beforeAll(async () => {
  const built = await buildSite(SAMPLE_SITE);
  expect(built).toMatchObject({ code: 0, stderr: '' });
  page = await readFile(join(built.outDir, 'index.html'), 'utf8');
  browser = await openBrowser();
});
afterAll(() => browser?.close());

it('the start page is painted after one request, while nothing else is answered', async () => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const asked: string[] = [];
  await context.route('**/*', async (route) => {
    const url = route.request().url();
    asked.push(url);
    // Everything but the page itself hangs for good.
    if (url === START) await route.fulfill({ body: page, contentType: 'text/html; charset=utf-8' });
  });
  const tab = await context.newPage();
  await tab.goto(START, { waitUntil: 'commit' });
  const painted = await tab.evaluate(
    () =>
      new Promise<{ name: string; requests: string[] }>((done) => {
        new PerformanceObserver((list) => {
          const paint = list.getEntriesByName('first-contentful-paint')[0];
          if (paint === undefined) return;
          const before = performance
            .getEntriesByType('resource')
            .filter((one) => one.startTime < paint.startTime);
          const blocking = before.filter(
            (one) => 'renderBlockingStatus' in one && one.renderBlockingStatus === 'blocking',
          );
          done({ name: paint.name, requests: blocking.map((one) => one.name) });
        }).observe({ type: 'paint', buffered: true });
      }),
  );
  expect(painted).toEqual({ name: 'first-contentful-paint', requests: [] });
  expect(asked[0]).toBe(START);
  expect(await tab.getByRole('heading', { level: 1 }).isVisible()).toBe(true);
  const size = await tab.evaluate(() => getComputedStyle(document.querySelector('h1')!).fontSize);
  expect(Number.parseFloat(size), 'its style came along').toBeGreaterThan(24);
  await context.close();
});
