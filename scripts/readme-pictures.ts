import { copyFile, mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openBrowser } from '../tests/e2e/browser.ts';

// Takes the README's pictures from the built demonstration: `npm run build && npm run pictures`.

const ROOT = resolve(import.meta.dirname, '..');
const DIST = resolve(ROOT, 'dist');
const DOCS = resolve(ROOT, 'docs');

await mkdir(DOCS, { recursive: true });
const browser = await openBrowser();
try {
  for (const scheme of ['light', 'dark'] as const) {
    const page = await browser.newPage({
      viewport: { width: 390, height: 780 },
      deviceScaleFactor: 2,
      colorScheme: scheme,
      timezoneId: 'Europe/Berlin',
    });
    await page.goto(pathToFileURL(`${DIST}/en/index.html`).href);
    await page.screenshot({ path: `${DOCS}/page-${scheme}.png` });
  }
} finally {
  await browser.close();
}
await copyFile(`${DIST}/en/social/incidents/2026-11-21-stromausfall-dresden.png`, `${DOCS}/card.png`);
