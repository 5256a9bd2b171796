import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildSite, type TestSite } from './harness.ts';
import { attribute, elementsOf } from './references.ts';
import { SAMPLE_SITE } from './sample-site.ts';

const CONFIG = String(SAMPLE_SITE['status.config.yml']);

let site: TestSite;
const page = (path: string) => readFile(join(site.outDir, path), 'utf8');
const linksOf = (html: string) =>
  elementsOf(html).flatMap((one) => (one.tagName === 'a' ? (attribute(one, 'href') ?? []) : []));
/** The words of a page, tags left out. */
const wordsOf = (html: string) =>
  html
    .replace(/<(style|script)[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');

beforeAll(async () => {
  const config = `${CONFIG}uptime: { weights: { major outage: 0.25 } }\n`;
  const built = await buildSite({ ...SAMPLE_SITE, 'status.config.yml': config });
  expect(built).toMatchObject({ code: 0, stderr: '' });
  site = built;
});

describe('the page of a component', () => {
  it('is what its name leads to: on the start page, the pages of incidents, and that of its group', async () => {
    expect(linksOf(await page('index.html'))).toContain('components/mail.html');
    expect(linksOf(await page('incidents/2026-11-21-power-dresden.html'))).toContain(
      '../components/mail.html',
    );
    expect(linksOf(await page('en/components/rechenzentrum-dresden.html'))).toContain(
      '../components/mail.html',
    );
    expect(linksOf(await page('components/mail.html'))).toContain('../components/rechenzentrum-dresden.html');
  });

  it('says how it is, what happened on which day, and which day it tells of last', async () => {
    const words = wordsOf(await page('en/components/mail.html'));
    expect(words).toContain('Degraded performance');
    expect(words).toContain('90 days up to 21 Nov 2026');
    expect(words).toContain('90 days: trouble on 2 days, at worst major outage.');
    expect(words).toContain('14 Nov: degraded performance');
  });

  it('says its uptime and how that is computed, by the weights of the config', async () => {
    const words = wordsOf(await page('en/components/api.html'));
    // It failed once, more than a year ago.
    expect(words).toMatch(/30 days 100% 90 days 100% 365 days 100%/);
    expect(words).toContain('Up to the end of 20 Nov 2026');
    expect(words).toContain('partial outage 50%, major outage 25%');
  });

  it('leads to its feed and its badge', async () => {
    const links = linksOf(await page('components/mail.html'));
    expect(links).toEqual(
      expect.arrayContaining(['../components/mail/rss.xml', '../components/mail/badge.svg']),
    );
  });
});

it('uptime is not shown where the config says so', async () => {
  const built = await buildSite({
    ...SAMPLE_SITE,
    'status.config.yml': `${CONFIG}uptime: { show: false }\n`,
  });
  const words = wordsOf(await readFile(join(built.outDir, 'en/components/mail.html'), 'utf8'));
  expect(words).not.toContain('Uptime');
  expect(words).toContain('90 days up to');
});

it('announced work can be put into a calendar from its page', async () => {
  expect(linksOf(await page('incidents/2026-11-18-core-router.html'))).toContain(
    '../incidents/2026-11-18-core-router.ics',
  );
});

it('a page of five hundred components stays small, and shows at once which of them fail', async () => {
  const groups = Array.from({ length: 50 }, (_, group) => {
    const members = Array.from(
      { length: 10 },
      (_, index) =>
        `      - { id: part-${group}-${index}, name: Part ${index} of cell ${group}, description: What cell ${group} does }\n`,
    );
    return `  - name: Cell ${group}\n    components:\n${members.join('')}`;
  });
  const built = await buildSite({
    'status.config.yml': `name: Nordhost\nurl: https://status.nordhost.example\ncomponents:\n${groups.join('')}`,
    'incidents/2026-11-21-cell.md':
      '---\ntitle: Cell 7 is slow\nstatus: identified\ncomponents: [part-7-3]\n---\n\n## 2026-11-21 18:00 identified\n\nWe are on it.\n',
  });
  expect(built).toMatchObject({ code: 0, stderr: '' });
  const html = await readFile(join(built.outDir, 'index.html'));
  expect(gzipSync(html).length).toBeLessThan(60_000);
  const unfolded = String(html).split('49 more that work')[0]!;
  expect(unfolded).toContain('Part 3 of cell 7');
  expect(unfolded).not.toContain('Part 3 of cell 8');
});
