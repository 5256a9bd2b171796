import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildSite, type TestSite } from '../build/harness.ts';
import { openBrowser } from './browser.ts';
import { type Host, openHost, plain, type Reader, type Reading, read } from './reader-page.ts';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const CONFIG = `name: Nordhost
url: https://status.nordhost.example
timezone: Europe/Berlin
language: en
languages: [en, de]
components:
  - { id: web, name: { en: Web hosting, de: Webhosting } }
  - name: { en: Network, de: Netz }
    components:
      - { id: core, name: { en: Core routers, de: Kern-Router } }
      - { id: edge, name: Edge }
authors: { tb: Tanja B. }
contacts:
  - { label: Hotline, url: "tel:+4935100000" }
mirrors: ["https://nordhost.pages.example"]
`;

const OUTAGE = `---
title: "Dresden: power failure"
status: identified
impact: critical
components: [web]
next-update: 2026-11-21 20:00
---

## 2026-11-21 19:30 identified ^tb

The generators did not start.

## 2026-11-21 19:05 investigating

We're on it.
`;

const WORK = `---
title: Core router swap
status: scheduled
components: [core]
scheduled: { from: 2026-11-21 22:00, to: 2026-11-22 04:00 }
---

## 2026-11-18 10:00

Short interruptions.
`;

const REPORT = `---
title: Mail was slow
status: resolved
impact: minor
report-by: 2026-11-21 21:00
---

## 2026-11-20 12:00 resolved

Well again.

## 2026-11-20 10:00 investigating

Slow.
`;

/** 19:40 in Berlin. */
const BUILT = '2026-11-21T19:40:00+01:00';

let browser: Browser;
/** An outage is open and its next update promised for 20:00; work is announced for 22:00. */
let outage: TestSite;
/** Nothing is wrong; work is announced for 22:00, and a report is owed by 21:00. */
let quiet: TestSite;
let host: Host;
const readings: Reading[] = [];

beforeAll(async () => {
  const env = { STATUS_NOW: BUILT };
  const build = async (files: Record<string, string>) => {
    const built = await buildSite({ 'status.config.yml': CONFIG, ...files }, { env });
    expect(built.code, built.stderr).toBe(0);
    return built;
  };
  outage = await build({ 'incidents/2026-11-21-power.md': OUTAGE, 'incidents/2026-11-21-swap.md': WORK });
  quiet = await build({ 'incidents/2026-11-21-swap.md': WORK, 'incidents/2026-11-20-mail.md': REPORT });
  browser = await openBrowser();
});

beforeEach(() => async () => {
  for (const reading of readings.splice(0)) {
    expect(reading.errors).toEqual([]);
    await reading.close();
  }
  await host?.close();
});

afterAll(() => browser?.close());

/** Opens a page of a site on a host of its own. */
async function open(site: TestSite, path: string, reader: Partial<Reader> = {}): Promise<Reading> {
  host = await openHost(site.outDir);
  return openAt(host.url + path, reader);
}

async function openAt(address: string, reader: Partial<Reader>): Promise<Reading> {
  const reading = await read(browser, address, { now: BUILT, ...reader });
  readings.push(reading);
  return reading;
}

const at = (time: string) => `2026-11-21T${time}:00+01:00`;
const text = async (page: Page, selector: string) =>
  plain((await page.locator(selector).first().textContent()) ?? '');

/** What axe has against the page as it is now. */
async function faultsOf(page: Page): Promise<string[]> {
  // From outside the page: its policy would not let the page load it.
  await page.clock.resume();
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Runtime.evaluate', { expression: axe });
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') };
    const { violations } = await axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  });
}

const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

describe('while a page is open', () => {
  it('says how long ago the newest words were, and how long the outage lasts', async () => {
    const { page, wait } = await open(outage, 'index.html', { now: at('19:42') });
    expect(await text(page, '.lead .by')).toBe('— Tanja B., 19:30, 12 minutes ago');
    expect(await text(page, '.lead .state')).toBe('Major outage · cause found · since 19:05 (37 minutes)');
    expect(await text(page, '.as-of')).toBe('As of 21 Nov, 19:40, 2 minutes ago.');
    await wait(3);
    expect(await text(page, '.lead .by')).toBe('— Tanja B., 19:30, 15 minutes ago');
    expect(await text(page, '.lead .state')).toContain('(40 minutes)');
  });

  it('says so in the language of the page', async () => {
    const { page } = await open(outage, 'de/index.html', { now: at('19:42') });
    expect(await text(page, '.lead .by')).toBe('— Tanja B., 19:30 Uhr, vor 12 Minuten');
    expect(await text(page, '.lead .state')).toContain('seit 19:05 Uhr (37 Minuten)');
    expect(await text(page, '.as-of')).toBe('Stand: 21. Nov., 19:40 Uhr, vor 2 Minuten.');
  });

  it.each([
    ['index.html', 'Next update by 20:00.', 'The next update was due by 20:00. It is not here yet.'],
    [
      'de/index.html',
      'Nächste Meldung bis 20:00 Uhr.',
      'Die nächste Meldung war bis 20:00 Uhr zugesagt. Hier steht sie noch nicht.',
    ],
    [
      'incidents/2026-11-21-power.html',
      'Next update by 21 Nov 2026, 20:00 CET.',
      'The next update was due by 21 Nov 2026, 20:00 CET. It is not here yet.',
    ],
  ])('a promise on %s becomes late when its time comes', async (path, before, after) => {
    const { page, wait } = await open(outage, path, { now: at('19:58') });
    expect(await text(page, '.promise')).toBe(before);
    await wait(2);
    expect(await text(page, '.promise')).toBe(after);
    expect(await page.locator('.promise time').getAttribute('datetime')).toBe('2026-11-21T19:00:00Z');
  });

  it('a report that is owed becomes late when its time comes', async () => {
    const { page } = await open(quiet, 'incidents/2026-11-20-mail.html', { now: at('21:00') });
    expect(await text(page, '.promise')).toBe(
      'A report was due by 21 Nov 2026, 21:00 CET. It is not here yet.',
    );
  });

  it('leaves a text alone that has not changed, with what the reader has marked in it', async () => {
    const { page, wait } = await open(outage, 'index.html', { now: at('20:05') });
    const marked = () => page.evaluate(() => String(getSelection()));
    await page.evaluate(() => getSelection()?.selectAllChildren(document.querySelector('.promise')!));
    const before = await marked();
    expect(before).toContain('was due by 20:00');
    await wait(2);
    expect(await marked()).toBe(before);
  });
});

describe('announced work', () => {
  it('begins by the reader’s clock: the headline, the component, its group and the list say so', async () => {
    const { page, wait } = await open(quiet, 'index.html', { now: at('21:58') });
    const states = async () => (await page.locator('.is').allTextContents()).map(plain);
    expect(await text(page, 'h1')).toBe('Everything works.');
    expect(await text(page, '.coming .when')).toBe('Sat 21 Nov, 22:00–04:00');
    expect(await states()).toEqual(['Works', 'Works', 'Works']);
    const colour = () =>
      page.locator('.lead .mark').evaluate((mark) => [getComputedStyle(mark).color, mark.innerHTML]);
    const green = await colour();
    await wait(2);
    expect(await text(page, 'h1')).toBe('Core router swap, until 22 Nov, 04:00');
    expect(await text(page, '.lead .state')).toBe('Under maintenance');
    expect(await text(page, '.coming .when')).toBe('Sat 21 Nov, 22:00–04:00 should be under way now');
    expect(await states()).toEqual(['Works', 'Maintenance', 'Works']);
    const blue = await colour();
    expect(blue[0]).not.toBe(green[0]);
    expect(blue[1]).toContain('#maintenance_');
  });

  it('is not called done by the reader’s clock, and nothing turns green again', async () => {
    const { page } = await open(quiet, 'index.html', { now: '2026-11-22T05:00:00+01:00' });
    expect(await text(page, 'h1')).toBe('Core router swap, until 22 Nov, 04:00');
    expect(await text(page, '.coming .when')).toContain('planned time is over');
    expect((await page.locator('.is').allTextContents()).map(plain)).toContain('Maintenance');
  });

  it('begins and ends on its own page, too', async () => {
    const { page, wait } = await open(quiet, 'de/incidents/2026-11-21-swap.html', { now: at('21:59') });
    const line = 'Geplant · 21. Nov. 2026, 22:00 Uhr bis 22. Nov. 2026, 04:00 Uhr MEZ';
    expect(plain(await page.locator('.state').innerText())).toBe(line);
    await wait(1);
    expect(await text(page, '.state')).toBe(`${line} · sollte jetzt laufen`);
    await page.clock.fastForward(6 * 3_600_000);
    expect(await text(page, '.state')).toBe(`${line} · die geplante Zeit ist um`);
  });

  it('does not hide an outage', async () => {
    const { page } = await open(outage, 'index.html', { now: at('23:00') });
    expect(await text(page, 'h1')).toBe('Dresden: power failure');
    expect(await text(page, '.lead .state')).toContain('Major outage');
    expect(await text(page, '.coming .when')).toContain('should be under way now');
  });
});

describe('a reader in another time zone', () => {
  it('is told the own time beside the site’s, where something lies ahead', async () => {
    const { page } = await open(outage, 'index.html', { zone: 'America/New_York' });
    expect(await text(page, '.promise')).toBe('Next update by 20:00 (14:00 your time).');
    expect(await text(page, '.coming .when')).toBe(
      'Sat 21 Nov, 22:00–04:00 (21 Nov 2026, 16:00–22:00 your time)',
    );
  });

  it('is told the date, too, where it is another', async () => {
    const { page } = await open(outage, 'de/index.html', { zone: 'Asia/Tokyo' });
    expect(await text(page, '.promise')).toBe(
      'Nächste Meldung bis 20:00 Uhr (22.11.2026, 04:00 Ihrer Zeit).',
    );
  });

  it('finds it on an incident’s page', async () => {
    const { page } = await open(outage, 'incidents/2026-11-21-power.html', { zone: 'Europe/London' });
    expect(await text(page, '.facts dd')).toBe('21 Nov 2026, 19:05 CET (18:05 your time)');
  });

  it('is told nothing where the clocks agree', async () => {
    const { page } = await open(outage, 'index.html', { zone: 'Europe/Rome' });
    expect(await page.locator('body').innerText()).not.toContain('your time');
  });

  it('is addressed as the site does', async () => {
    const site = await buildSite(
      {
        'status.config.yml': CONFIG.replace('language: en\n', 'language: de\naddress: du\n'),
        'incidents/2026-11-21-power.md': OUTAGE,
      },
      { env: { STATUS_NOW: BUILT } },
    );
    const { page } = await open(site, 'index.html', { zone: 'Europe/London' });
    expect(await text(page, '.promise')).toContain('(19:00 deiner Zeit)');
  });
});

describe('an old copy', () => {
  const mirror = (reader: Partial<Reader>) => open(outage, 'index.html', reader);

  it('on a mirror says from an hour on, while something is open, how old it is and where the newest is', async () => {
    const { page, line, wait } = await mirror({ now: at('20:39') });
    expect(await line()).toBe('');
    expect(await text(page, '.lead .state')).toContain('(1 hour, 34 minutes)');
    await wait(2);
    expect(await line()).toBe(
      'This copy shows how things stood 1 hour ago. Newest at status.nordhost.example. Also at nordhost.pages.example.',
    );
    expect(await page.locator('#live_ a').first().getAttribute('href')).toBe(
      'https://status.nordhost.example/',
    );
    expect(await page.locator('.as-of').isVisible()).toBe(false);
    // Of an old copy nobody knows whether it goes on.
    expect(await text(page, '.lead .state')).toBe('Major outage · cause found · since 19:05');
  });

  it('on a mirror says so from a day on, while all is well', async () => {
    const young = await open(quiet, 'index.html', { now: '2026-11-22T19:00:00+01:00' });
    expect(await young.line()).toBe('');
    await host.close();
    const old = await open(quiet, 'de/index.html', { now: '2026-11-24T20:00:00+01:00' });
    expect(await old.line()).toMatch(
      /^Diese Kopie zeigt den Stand von vor 3 Tagen\. Neueste Fassung: status\./,
    );
  });

  it('says on paper when it was made, not how old it is now', async () => {
    const { page } = await open(outage, 'index.html', { now: at('23:00') });
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('#live_').isVisible()).toBe(false);
    expect(await page.locator('.as-of').isVisible()).toBe(true);
  });

  it('links the same page elsewhere', async () => {
    const { page, line } = await open(outage, 'de/incidents/2026-11-21-power.html', { now: at('23:00') });
    expect(await line()).toContain('vor 3 Stunden');
    expect(
      await page.locator('#live_ a').evaluateAll((links) => links.map((link) => link.getAttribute('href'))),
    ).toEqual([
      'https://status.nordhost.example/de/incidents/2026-11-21-power.html',
      'https://nordhost.pages.example/de/incidents/2026-11-21-power.html',
    ]);
  });

  it('is no old copy where the site’s own host says that there is nothing newer', async () => {
    const { page, line, wait } = await openAtHome({ now: at('23:00') });
    expect(await line()).toBe('');
    expect(await text(page, '.as-of')).toBe('As of 21 Nov, 19:40, 3 hours ago.');
    await wait(2);
    expect(await line()).toBe('');
  });

  it('opened from disk says how old it is, and asks nobody', async () => {
    const { page, line, requests, wait } = await openAt(`file://${join(outage.outDir, 'index.html')}`, {
      now: at('22:50'),
    });
    expect(await line()).toMatch(
      /^This copy shows how things stood 3 hours ago\. Newest at status\.nordhost\.example\./,
    );
    expect(await text(page, '.promise')).toContain('was due by 20:00');
    await wait(3);
    expect(requests.filter((url) => !url.startsWith('file:') && !url.startsWith('data:'))).toEqual([]);
    expect(requests.filter((url) => url.endsWith('build.json'))).toEqual([]);
  });

  it('opened from disk on an incident’s page says nothing that it does not know', async () => {
    const path = join(outage.outDir, 'incidents/2026-11-21-power.html');
    const { page, line } = await openAt(`file://${path}`, { now: at('22:50') });
    expect(await line()).toBe('');
    expect(await text(page, '.foot p')).toContain('Newest entry: 21 Nov 2026, 19:30 CET, 3 hours ago.');
  });

  it('is not older than it is for a reader whose clock is slow', async () => {
    const { page, line } = await open(outage, 'index.html', { now: '2026-11-20T19:40:00+01:00' });
    expect(await line()).toBe('');
    expect(await text(page, '.lead .by')).toBe('— Tanja B., 19:30, 10 minutes ago');
    expect(await text(page, '.promise')).toBe('Next update by 20:00.');
  });
});

/** From now on the host's build.json does not name the page of the outage. */
function notNamed(build: Awaited<ReturnType<Host['build']>>): void {
  delete build.pages['incidents/2026-11-21-power.html'];
  host.answer = { text: JSON.stringify(build) };
}

/** Opens a page at the site's own address, which leads to the host of the test. */
async function openAtHome(reader: Partial<Reader>, path = 'index.html'): Promise<Reading> {
  host = await openHost(outage.outDir);
  const reading = await read(browser, `https://status.nordhost.example/${path}`, {
    now: BUILT,
    ...reader,
    leadsTo: { from: 'https://status.nordhost.example/', to: host.url },
  });
  readings.push(reading);
  return reading;
}

describe('a newer page', () => {
  const newer = async (path: string) => {
    const build = await host.build();
    build.pages[path] = '0123456789abcdef';
    build.built = '2026-11-21T19:50:00+01:00';
    host.answer = { text: JSON.stringify(build) };
  };

  it('is offered once, announced politely, and not opened under the reader’s hands', async () => {
    const { page, line, wait } = await open(outage, 'index.html', { now: at('19:52') });
    await page.evaluate(() => {
      const live = document.querySelector('#live_')!;
      const said: string[] = [];
      Object.assign(window, { said, stayed: true });
      new MutationObserver(() => said.push(live.textContent ?? '')).observe(live, {
        childList: true,
        characterData: true,
        subtree: true,
      });
      document.querySelector<HTMLElement>('summary, .ask a')!.focus();
    });
    const focus = () => page.evaluate(() => document.activeElement?.outerHTML);
    const focused = await focus();
    const place = await page.locator('h1').boundingBox();
    await newer('index.html');
    await wait(1);
    expect(await line()).toBe('There is a newer version. Show it');
    await wait(4);
    expect(await page.evaluate(() => (window as unknown as { said: string[] }).said)).toHaveLength(1);
    expect(await page.evaluate(() => 'stayed' in window)).toBe(true);
    expect(await focus()).toBe(focused);
    expect(await page.locator('h1').boundingBox()).toEqual(place);
    expect(await page.locator('#live_').getAttribute('role')).toBe('status');
  });

  it('is shown when the reader asks for it', async () => {
    const { page, wait } = await open(outage, 'de/index.html', { now: at('19:52') });
    await newer('de/index.html');
    await wait(1);
    await page.evaluate(() => Object.assign(window, { stayed: true }));
    await page.getByRole('button', { name: 'Zeigen' }).press('Enter');
    await expect.poll(() => page.evaluate(() => 'stayed' in window)).toBe(false);
  });

  it('is offered on an incident’s page when that page has changed, and not when another has', async () => {
    const { line, wait } = await open(outage, 'incidents/2026-11-21-power.html', { now: at('19:52') });
    await newer('index.html');
    await wait(1);
    expect(await line()).toBe('');
    await newer('incidents/2026-11-21-power.html');
    await wait(1);
    expect(await line()).toContain('There is a newer version');
  });

  it('is offered on a component’s page in any language once something happens to it, although nothing had before', async () => {
    const { line, wait } = await open(outage, 'de/components/edge.html', { now: at('19:52') });
    expect(Object.keys((await host.build()).pages)).not.toContain('components/edge.html');
    await wait(2);
    expect(await line()).toBe('');
    await newer('components/edge.html');
    await wait(1);
    expect(await line()).toContain('Es gibt eine neuere Fassung');
  });

  it('is not offered where the host, midway through an upload, still tells of the build before', async () => {
    host = await openHost(outage.outDir);
    const build = await host.build();
    build.pages['index.html'] = '0123456789abcdef';
    build.built = '2026-11-21T19:30:00+01:00';
    host.answer = { text: JSON.stringify(build) };
    const { line, wait } = await openAt(`${host.url}index.html`, { now: at('19:41') });
    await wait(1);
    expect(await line()).toBe('');
    host.answer = 'as built';
    await wait(1);
    expect(await line()).toBe('');
  });

  it('is asked for rarely where the host does not name the page any more', async () => {
    host = await openHost(outage.outDir);
    notNamed(await host.build());
    const { line, wait } = await openAt(`${host.url}incidents/2026-11-21-power.html`, { now: at('19:41') });
    await wait(8);
    expect(await line()).toBe('');
    expect(host.asked).toEqual(['build.json']);
    await wait(2);
    expect(host.asked).toHaveLength(2);
  });

  it('is told of at once where a host named the page only after it was there', async () => {
    host = await openHost(outage.outDir);
    const before = await host.build();
    before.built = '2026-11-21T16:00:00+01:00';
    notNamed(before);
    const { line, wait } = await openAt(`${host.url}incidents/2026-11-21-power.html`, { now: at('19:41') });
    const after = await host.build();
    after.pages['incidents/2026-11-21-power.html'] = '0123456789abcdef';
    after.built = at('19:42');
    host.answer = { text: JSON.stringify(after) };
    await wait(2);
    expect(await line()).toContain('There is a newer version');
  });

  it('is not vouched for by a host that has ceased to name the page: its age is told', async () => {
    const { line, wait } = await openAtHome({}, 'incidents/2026-11-21-power.html');
    expect(await line()).toBe('');
    notNamed(await host.build());
    await wait(70);
    expect(await line()).toContain('This copy shows how things stood 1 hour ago.');
  });
});

describe('asking the host', () => {
  it('happens at once and then once a minute, for build.json alone', async () => {
    const { wait } = await open(outage, 'index.html');
    expect(host.asked).toEqual(['build.json']);
    await wait(5);
    expect(host.asked).toEqual(Array(6).fill('build.json'));
  });

  it('does not happen while the page is hidden, and at most once a minute however often it is looked at', async () => {
    const { page, wait } = await open(outage, 'index.html');
    const look = (hidden: boolean) =>
      page.evaluate((value) => {
        Object.defineProperty(document, 'hidden', { value, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      }, hidden);
    await look(true);
    await wait(5);
    expect(host.asked).toHaveLength(1);
    for (const hidden of [false, true, false, true, false]) await look(hidden);
    await expect.poll(() => host.asked.length).toBe(2);
    await wait(1);
    expect(host.asked).toHaveLength(3);
  });

  it('becomes rarer when the host is gone, which is said after the second time; and all is well again when it is back', async () => {
    const { page, line, wait } = await open(outage, 'index.html');
    host.answer = 'gone';
    await wait(1);
    expect(await line()).toBe('');
    await wait(1);
    expect(await line()).toBe(
      'The host of this page is not answering. Newest at status.nordhost.example. Also at nordhost.pages.example.',
    );
    const before = host.asked.length;
    await wait(20);
    const tries = host.asked.length - before;
    expect(tries).toBeGreaterThan(1);
    expect(tries).toBeLessThan(10);
    host.answer = 'as built';
    await wait(10);
    // On this copy, which is half an hour old by now, there is nothing more to say.
    expect(await line()).toBe('');
    expect(await page.locator('.as-of').isVisible()).toBe(true);
  });

  it.each([
    ['no JSON', { text: '<!doctype html><title>Account suspended</title>' }],
    ['half a file', { text: '{ "built": "2026-11-21T19:50:00+01:00", "pages": { "index.html": "01' }],
    ['nothing', { text: '' }],
    ['null', { text: 'null' }],
    ['another document', { text: '{ "status": "ok" }' }],
    ['an error', { status: 503, text: 'Service Unavailable' }],
  ])('a build.json that is %s counts as no answer', async (_, answer) => {
    host = await openHost(outage.outDir);
    host.answer = answer;
    const { line, wait } = await openAt(`${host.url}index.html`, { now: at('19:41') });
    await wait(2);
    expect(await line()).toContain('The host of this page is not answering.');
  });

  it.each([
    ['a key that is no text', { 'index.html': { toString: 1 } }],
    ['markup', { 'index.html': '<img src=x onerror=alert(1)>' }],
  ])('a build.json with %s shows none of it', async (_, pages) => {
    host = await openHost(outage.outDir);
    host.answer = { text: JSON.stringify({ built: '2026-11-21T20:00:00+01:00', pages }) };
    const { page, line } = await openAt(`${host.url}index.html`, { now: at('20:01') });
    expect(await line()).toBe('There is a newer version. Show it');
    expect(await page.locator('img').count()).toBe(0);
  });
});

describe('a demonstration', () => {
  it('whose clock stands still is told by that clock', async () => {
    const site = await buildSite(
      {
        'status.config.yml': `${CONFIG}clock: 2026-11-21 19:42\n`,
        'incidents/2026-11-21-power.md': OUTAGE,
      },
      { env: { STATUS_NOW: '' } },
    );
    const { page, line } = await open(site, 'index.html', { now: '2027-03-01T12:00:00+01:00' });
    expect(await line()).toBe('');
    expect(await text(page, '.lead .by')).toBe('— Tanja B., 19:30, 12 minutes ago');
    expect(await text(page, '.promise')).toBe('Next update by 20:00.');
  });
});

describe('without JavaScript', () => {
  it.each([
    'index.html',
    'de/index.html',
    'incidents/2026-11-21-power.html',
    'incidents/2026-11-21-swap.html',
  ])('%s says all of it in words that stay true, however late it is read', async (path) => {
    const { page } = await open(outage, path, { script: false });
    const words = plain(await page.locator('body').innerText());
    expect(words).toMatch(/(As of|Stand:|Newest entry:) .*2026/);
    expect(words).not.toMatch(
      /\bago\b|\bvor \d|\btoday\b|\bheute\b|\blast \d|letzten|in progress|\bläuft\b.*Wartung/,
    );
    expect(words).toMatch(/(Newest at|Neueste Fassung:) status\.nordhost\.example/);
    expect(host.asked).toEqual([]);
  });

  it('a promise that was late when the page was built stays true: it is not in this copy', async () => {
    const site = await buildSite(
      { 'status.config.yml': CONFIG, 'incidents/2026-11-21-power.md': OUTAGE },
      { env: { STATUS_NOW: at('20:10') } },
    );
    const { page } = await open(site, 'index.html', { script: false });
    expect(await text(page, '.promise')).toBe('The next update was due by 20:00. It is not here yet.');
  });

  it('work in progress is told by its plan', async () => {
    const site = await buildSite(
      { 'status.config.yml': CONFIG, 'incidents/2026-11-21-swap.md': WORK },
      { env: { STATUS_NOW: at('22:10') } },
    );
    const { page } = await open(site, 'index.html', { script: false });
    expect(await text(page, '.lead .state')).toMatch(/^Maintenance · planned until 22 Nov, 04:00/);
  });
});

describe.each([
  { width: 360, scheme: 'light' as const },
  { width: 360, scheme: 'dark' as const },
  { width: 1280, scheme: 'light' as const },
  { width: 1280, scheme: 'dark' as const },
])('at $width pixels, $scheme', (view) => {
  it.each([
    ['a late promise and own time', 'index.html', at('20:20'), 'America/New_York'],
    ['an old copy', 'de/index.html', '2026-11-23T20:00:00+01:00', 'Asia/Tokyo'],
    ['an old copy of an incident', 'incidents/2026-11-21-power.html', at('23:20'), 'Europe/Berlin'],
  ])('%s fits and is accessible', async (_, path, now, zone) => {
    const { page } = await open(outage, path, { ...view, now, zone });
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(await faultsOf(page)).toEqual([]);
  });

  it('a newer page on offer fits in the line that is there for it, and is accessible', async () => {
    const { page, wait } = await open(outage, 'de/index.html', { ...view, now: at('19:45') });
    const build = await host.build();
    build.pages['de/index.html'] = '0123456789abcdef';
    host.answer = { text: JSON.stringify(build) };
    const height = await page.locator('.age').evaluate((element) => element.clientHeight);
    await wait(1);
    expect(await page.getByRole('button', { name: 'Zeigen' }).isVisible()).toBe(true);
    expect(await page.locator('.age').evaluate((element) => element.clientHeight)).toBe(height);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(await faultsOf(page)).toEqual([]);
  });

  it('work that began fits and is accessible', async () => {
    const { page } = await open(quiet, 'index.html', { ...view, now: at('23:00'), zone: 'America/New_York' });
    expect(await text(page, 'h1')).toContain('Core router swap');
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(await faultsOf(page)).toEqual([]);
  });

  it('no line of state ends or begins with a dot', async () => {
    const { page } = await open(outage, 'de/index.html', { ...view, now: at('19:45') });
    const loose = await page.locator('.state .dot').evaluateAll((dots) =>
      dots.flatMap((dot) => {
        const line = dot.closest('.state')!;
        const box = dot.getBoundingClientRect();
        const before = dot.parentElement!.previousElementSibling!.getBoundingClientRect();
        const begins = dot.parentElement!.getBoundingClientRect().top >= before.bottom;
        const shown =
          box.left >=
          line.getBoundingClientRect().left + 0.6 * parseFloat(getComputedStyle(line).fontSize) - 0.5;
        return begins === shown ? [line.textContent] : [];
      }),
    );
    expect(loose).toEqual([]);
  });
});
