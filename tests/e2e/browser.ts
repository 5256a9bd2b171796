import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const APPS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * A real, headless Chromium: the one that `CHROME_PATH` names, else an installed one, else the one that comes with
 * the npm packages (Linux only).
 */
export async function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: installedBrowser() ?? (await bundledBrowser()),
    args: [
      '--no-sandbox',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}

async function bundledBrowser(): Promise<string> {
  // Makes the package unpack the libraries, too, that a bare system lacks, and lets the browser find them.
  process.env.AWS_LAMBDA_JS_RUNTIME ??= 'nodejs22.x';
  const { default: bundled } = await import('@sparticuz/chromium');
  return bundled.executablePath();
}

function installedBrowser(): string | null {
  const named = process.env.CHROME_PATH;
  if (named === 'bundled') return null;
  if (named) return named;
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = [...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))), ...APPS];
  return candidates.find((path) => existsSync(path)) ?? null;
}
