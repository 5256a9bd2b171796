import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildSite } from '../build/harness.ts';
import { SAMPLE_SITE } from '../build/sample-site.ts';
import { openBrowser } from './browser.ts';

const SHOP = 'https://shop.test/';
const STATUS = 'https://status.test';

const require = createRequire(import.meta.url);

let browser: Browser;
let outDir: string;
let widget: string;

beforeAll(async () => {
  const built = await buildSite(SAMPLE_SITE);
  expect(built).toMatchObject({ code: 0, stderr: '' });
  outDir = built.outDir;
  widget = await readFile(require.resolve('@statuspage/status-widget/dist/index.js'), 'utf8');
  browser = await openBrowser();
});
afterAll(() => browser?.close());

it('Statuspage’s own widget on another web page shows how a site is', async () => {
  const context = await browser.newContext();
  const asked: string[] = [];
  await context.route('**/*', async (route) => {
    const url = route.request().url();
    if (url === SHOP) {
      const body = `<script src="widget.js"></script><statuspage-widget src="${STATUS}"></statuspage-widget>`;
      await route.fulfill({ body, contentType: 'text/html' });
    } else if (url === `${SHOP}widget.js`) {
      await route.fulfill({ body: widget, contentType: 'text/javascript' });
    } else if (url.startsWith(STATUS)) {
      asked.push(url);
      const path = join(outDir, new URL(url).pathname);
      // What docs/deploy/serving.md tells hosts to allow.
      await route.fulfill({ path, headers: { 'access-control-allow-origin': '*' } });
    } else await route.abort();
  });
  const page = await context.newPage();
  await page.goto(SHOP);
  const link = page.locator('statuspage-widget a');
  await link.waitFor();
  expect((await link.innerText()).trim()).toBe('Major System Outage');
  expect(await link.locator('.status-indicator').getAttribute('class')).toContain('critical');
  expect(await link.getAttribute('href')).toBe(STATUS);
  expect(asked).toEqual([`${STATUS}/api/v2/summary.json`]);
  await context.close();
});
