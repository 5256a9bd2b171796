import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
};

/** What a host answers when it is asked for `build.json`. `gone`: it hangs up. */
export type BuildAnswer = 'as built' | 'gone' | { status?: number; text: string };

/** A host on this machine whose `build.json` changes, breaks or goes away. */
export interface Host {
  /** With a slash at the end. */
  url: string;
  answer: BuildAnswer;
  /** What pages asked for, but for the pages themselves. */
  asked: string[];
  /** What the host's `build.json` says as it was built. */
  build(): Promise<{ built: string; pages: Record<string, string> }>;
  close(): Promise<void>;
}

/** Serves a built folder below a path, by exact name. */
export async function openHost(folder: string): Promise<Host> {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname).slice(
      '/s/'.length,
    );
    if (!path.endsWith('.html')) host.asked.push(path);
    if (path === 'build.json' && host.answer !== 'as built') return misbehave(host.answer, response);
    const file = join(folder, normalize(`/${path}`));
    const found = await stat(file).catch(() => null);
    if (!found?.isFile()) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' });
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const host: Host = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/s/`,
    answer: 'as built',
    asked: [],
    build: async () => JSON.parse(await readFile(join(folder, 'build.json'), 'utf8')),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
  return host;
}

function misbehave(answer: Exclude<BuildAnswer, 'as built'>, response: ServerResponse): void {
  if (answer === 'gone') response.destroy();
  else response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' }).end(answer.text);
}

/** Who reads a page, and when. */
export interface Reader {
  /** What the reader's clock shows when the page is opened. */
  now: string;
  /** IANA name; by default that of the site. */
  zone?: string;
  width?: number;
  scheme?: 'light' | 'dark';
  script?: boolean;
  /** Addresses that begin so are served from another place: nothing listens where the site says that it is. */
  leadsTo?: { from: string; to: string };
}

/** A page as a reader has it open. */
export interface Reading {
  page: Page;
  /** Uncaught errors, and what the policy refused. */
  errors: string[];
  /** What asked the reader for an answer: `alert` and its like. */
  dialogs: string[];
  /** Everything that the browser asked for. */
  requests: string[];
  /** Lets the reader's clock run. */
  wait(minutes: number): Promise<void>;
  /** The text of the line in which the page speaks of itself. */
  line(): Promise<string>;
  close(): Promise<void>;
}

/** Opens an address with a clock that stands still until `wait`. */
export async function read(browser: Browser, address: string, reader: Reader): Promise<Reading> {
  const { now, zone = 'Europe/Berlin', width = 360, scheme = 'light', script = true, leadsTo } = reader;
  const context = await browser.newContext({
    viewport: { width, height: 780 },
    colorScheme: scheme,
    timezoneId: zone,
    javaScriptEnabled: script,
    reducedMotion: 'reduce',
  });
  if (leadsTo !== undefined) {
    await context.route(`${leadsTo.from}**`, async (route) => {
      const response = await fetch(route.request().url().replace(leadsTo.from, leadsTo.to));
      await route.fulfill({
        status: response.status,
        headers: Object.fromEntries(response.headers),
        body: Buffer.from(await response.arrayBuffer()),
      });
    });
  }
  const page = await context.newPage();
  const errors: string[] = [];
  const dialogs: string[] = [];
  const requests: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  page.on('console', (message) => {
    if (/Content Security Policy|Refused|blocked/i.test(message.text())) errors.push(message.text());
  });
  let pending = 0;
  page.on('request', (request) => {
    requests.push(request.url());
    pending += 1;
  });
  page.on('requestfinished', () => (pending -= 1));
  page.on('requestfailed', () => (pending -= 1));
  // What the page has asked for is known once it answers; what follows from the last answer, once it answers again.
  const settle = async () => {
    await page.evaluate(() => 0);
    await expect.poll(() => pending).toBe(0);
    await page.evaluate(() => 0);
  };
  if (script) {
    // It runs until it is told to stand still, and can only be stopped ahead.
    await page.clock.install({ time: new Date(Date.parse(now) - 60_000) });
    await page.clock.pauseAt(new Date(Date.parse(now) + 1));
  }
  await page.goto(address);
  if (script) await settle();
  return {
    page,
    errors,
    dialogs,
    requests,
    async wait(minutes) {
      for (let minute = 0; minute < minutes; minute += 1) {
        await page.clock.runFor(60_000);
        await settle();
      }
    },
    line: async () => plain((await page.locator('#live_').textContent()) ?? ''),
    close: () => context.close(),
  };
}

/** A text without the spaces that hold words together. */
export function plain(text: string): string {
  return text
    .replace(/[\u00a0\u2009\u202f]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
