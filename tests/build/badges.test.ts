import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { XMLValidator } from 'fast-xml-parser';
import { beforeAll, describe, expect, it } from 'vitest';
import { filesBelow, makeSite, runBuild, snapshot, type TestSite } from './harness.ts';
import { attribute, elementsOf } from './references.ts';
import { SAMPLE_SITE } from './sample-site.ts';

const build = async (site: TestSite, now?: string) => {
  const run = await runBuild(site, now === undefined ? {} : { env: { STATUS_NOW: now } });
  expect(run.code, run.stderr).toBe(0);
};

describe('a site with an outage', () => {
  let outDir: string;
  const read = (path: string) => readFile(join(outDir, path), 'utf8');

  beforeAll(async () => {
    const site = await makeSite(SAMPLE_SITE);
    await build(site);
    outDir = site.outDir;
  });

  it('has a badge for the page, each component and each group, in two formats and each language', async () => {
    const badges = (await filesBelow(outDir)).filter((path) => /badge\.(svg|json)$/.test(path));
    const own = [
      '',
      ...['api', 'mail', 'rechenzentrum-dresden', 'webhosting'].map((id) => `components/${id}/`),
    ];
    const expected = own.flatMap((folder) =>
      ['', 'en/'].flatMap((language) =>
        ['svg', 'json'].map((format) => `${language}${folder}badge.${format}`),
      ),
    );
    expect(badges.sort()).toEqual(expected.sort());
  });

  it('says the same in every one of them', async () => {
    expect(JSON.parse(await read('badge.json'))).toEqual({
      schemaVersion: 1,
      label: 'Status Nordhost',
      message: 'Ausfall',
      color: '#c01525',
      cacheSeconds: 300,
    });
    expect(await read('badge.svg')).toContain('<title id="t">Status Nordhost: Ausfall.</title>');
    expect(await read('en/components/mail/badge.svg')).toContain(
      '<title id="t">Nordhost: Mail: Degraded.</title>',
    );
    expect(await read('en/components/api/badge.svg')).toContain(
      '<title id="t">Nordhost: API: Works.</title>',
    );
    expect((await read('status.txt')).split('\n').slice(0, 2)).toEqual([
      'Nordhost: Ausfall.',
      'Rechenzentrum Dresden: Stromausfall',
    ]);
    expect((await read('en/status.txt')).split('\n').slice(0, 2)).toEqual([
      'Nordhost: Major outage.',
      'Dresden data centre: power failure',
    ]);
    expect(XMLValidator.validate(await read('badge.svg'))).toBe(true);
  });

  it('has a view for frames without a script, whose links open beside the frame and lead to the page', async () => {
    const elements = elementsOf(await read('en/embed.html'));
    expect(elements.some(({ tagName }) => tagName === 'script')).toBe(false);
    const links = elements.filter(({ tagName }) => tagName === 'a');
    expect(links.map((link) => attribute(link, 'href'))).toEqual([
      'https://status.nordhost.example/en/incidents/2026-11-21-power-dresden.html',
      'https://status.nordhost.example/en/index.html',
    ]);
    for (const link of links) {
      expect([attribute(link, 'target'), attribute(link, 'rel')]).toEqual(['_blank', 'noopener']);
    }
  });
});

it('badges, the view for frames and plain words stay as they are from one day to the next while work goes on', async () => {
  const site = await makeSite({
    'status.config.yml': SAMPLE_SITE['status.config.yml']!,
    'incidents/router.md': SAMPLE_SITE['incidents/2026-11-18-core-router.md']!,
    'public/logo.svg': SAMPLE_SITE['public/logo.svg']!,
  });
  const at = async (now: string) => {
    await build(site, now);
    const files = await snapshot(site.outDir);
    return Object.fromEntries(
      Object.entries(files).filter(([path]) =>
        /(badge\.(svg|json)|embed\.html|status\.txt|\.ics)$/.test(path),
      ),
    );
  };
  const before = await at('2026-11-25T22:50:00Z');
  expect(await readFile(join(site.outDir, 'en/embed.html'), 'utf8')).toContain(
    'until 26 Nov 2026, 04:00 CET',
  );
  expect(await at('2026-11-25T23:10:00Z')).toEqual(before);
});
