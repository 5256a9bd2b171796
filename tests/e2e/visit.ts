import { readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';

/** How a page is looked at. */
export interface View {
  width: number;
  height?: number;
  scheme?: 'light' | 'dark';
  /** What the reader's clock shows, an ISO time; else the machine's. */
  now?: string;
}

/** What a page asked for and complained about while it was open. */
export interface Visit {
  page: Page;
  /** Addresses that do not lie in the served folder, or not anywhere. */
  strays: string[];
  /** Everything the console showed, and every uncaught error. */
  messages: string[];
  close(): Promise<void>;
}

/** Where the served folder seems to lie. Nothing listens there: the browser's requests are answered by the test. */
const ORIGIN = 'https://status.test/a/b/';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.xml': 'application/xml; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

/**
 * Opens `path` of a built site in a browser whose whole network is that folder, below a path of a host: anything else
 * is refused and noted.
 */
export async function visit(browser: Browser, folder: string, path: string, view: View): Promise<Visit> {
  const context = await browser.newContext({
    viewport: { width: view.width, height: view.height ?? 780 },
    colorScheme: view.scheme ?? 'light',
    reducedMotion: 'reduce',
  });
  const strays: string[] = [];
  await serve(context, folder, strays);
  const page = await context.newPage();
  if (view.now !== undefined) await page.clock.setFixedTime(new Date(view.now));
  const messages: string[] = [];
  page.on('console', (message) => messages.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => messages.push(String(error)));
  await page.goto(new URL(path, ORIGIN).href, { waitUntil: 'load' });
  return { page, strays, messages, close: () => context.close() };
}

async function serve(context: BrowserContext, folder: string, strays: string[]): Promise<void> {
  await context.route('**/*', async (route) => {
    const url = new URL(route.request().url());
    const file = url.href.startsWith(ORIGIN)
      ? join(folder, decodeURIComponent(url.pathname.slice('/a/b/'.length)))
      : null;
    const found = file === null ? null : await stat(file).catch(() => null);
    if (file === null || !found?.isFile()) {
      // A browser asks for this icon by itself where a page names none.
      if (url.pathname !== '/favicon.ico') strays.push(url.href);
      await route.abort();
      return;
    }
    await route.fulfill({
      body: await readFile(file),
      contentType: TYPES[extname(file)] ?? 'application/octet-stream',
    });
  });
}
