import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { HtmlValidate } from 'html-validate';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildSite, filesBelow, makeSite, runBuild, type TestSite } from './harness.ts';
import { attribute, elementsOf, textOf } from './references.ts';

const CONFIG = `name: Nordhost
url: https://status.nordhost.example
timezone: Europe/Berlin
language: de
languages: [de, en]
components: [{ id: mail, name: Mail }]
`;

const text = (title: string, more = '') =>
  `---\ntitle: ${title}\nstatus: resolved\nimpact: minor\ncomponents: [mail]\n${more}---\n\n## 2026-11-20 12:00 resolved\n\nEs läuft.\n\n## 2026-11-20 10:00 investigating\n\nWir suchen.\n`;

/** Identity and address of the items of a feed. */
async function items({ outDir }: TestSite, feed = 'rss.xml'): Promise<{ guid: string; link: string }[]> {
  const parser = new XMLParser({ isArray: (name) => name === 'item' });
  const { channel } = parser.parse(await readFile(join(outDir, feed), 'utf8')).rss;
  return channel.item.map(({ guid, link }: { guid: string | { '#text': string }; link: string }) => ({
    guid: typeof guid === 'string' ? guid : guid['#text'],
    link,
  }));
}

describe('a file that is renamed and names its earlier slug', () => {
  let before: TestSite;
  let after: TestSite;
  const page = (path: string) => readFile(join(after.outDir, path), 'utf8');

  beforeAll(async () => {
    before = await buildSite({ 'status.config.yml': CONFIG, 'incidents/2026-11-20-mail.md': text('Mail') });
    const renamed = await buildSite({
      'status.config.yml': CONFIG,
      'incidents/2026/2026-11-20-post größer.md': text('Mail', 'aliases: [2026-11-20-mail, "ältere & x"]\n'),
    });
    expect(renamed).toMatchObject({ code: 0, stderr: '' });
    expect(renamed.stdout).toContain('0 errors, 0 warnings');
    after = renamed;
  });

  it.each(['rss.xml', 'en/rss.xml'])(
    'keeps the identity of every update in %s, at its new address',
    async (feed) => {
      const now = await items(after, feed);
      expect(now.map(({ guid }) => guid)).toEqual((await items(before, feed)).map(({ guid }) => guid));
      expect(now.length).toBe(2);
      for (const { link } of now) expect(link).toContain('/incidents/2026-11-20-post-gr%C3%B6%C3%9Fer.html#');
    },
  );

  it.each([
    ['incidents/2026-11-20-mail.html', ''],
    ['incidents/ältere-x.html', ''],
    ['en/incidents/2026-11-20-mail.html', 'en/'],
    ['en/incidents/ältere-x.html', 'en/'],
  ])('is led to from %s, without a script', async (path, folder) => {
    const html = await page(path);
    const elements = elementsOf(html);
    const target = '2026-11-20-post-gr%C3%B6%C3%9Fer.html';
    const refresh = elements.find((one) => attribute(one, 'http-equiv') === 'refresh');
    expect(attribute(refresh!, 'content')).toBe(`0; url=${target}`);
    const canonical = elements.find((one) => attribute(one, 'rel') === 'canonical');
    expect(new URL(attribute(canonical!, 'href')!).href).toBe(
      `https://status.nordhost.example/${folder}incidents/${target}`,
    );
    const link = elements.find((one) => one.tagName === 'a' && attribute(one, 'href') === target);
    expect(textOf(link!)).toBe('Mail');
    expect(elements.some(({ tagName }) => tagName === 'script')).toBe(false);
    expect(await filesBelow(after.outDir)).toContain(`${folder}incidents/2026-11-20-post-größer.html`);
    const report = await new HtmlValidate({
      extends: ['html-validate:recommended'],
      rules: {
        'valid-id': ['error', { relaxed: true }],
        'void-style': 'off',
        'no-trailing-whitespace': 'off',
      },
    }).validateString(html, path);
    expect(report.results.flatMap(({ messages }) => messages.map(({ message }) => message))).toEqual([]);
  });

  it('keeps the picture that old posts link', async () => {
    const picture = (name: string) => readFile(join(after.outDir, `social/incidents/${name}.png`));
    expect(await picture('2026-11-20-mail')).toEqual(await picture('2026-11-20-post-größer'));
  });
});

describe('an earlier slug that another file has', () => {
  it('stays with that file, and every page is made', async () => {
    const site = await makeSite({
      'status.config.yml': CONFIG,
      'incidents/a.md': text('Erste', 'aliases: [B, früher]\n'),
      'incidents/b.md': text('Zweite', 'aliases: [früher]\n'),
      'incidents/c.md': text('Dritte', 'aliases: [c, b]\n'),
    });
    const built = await runBuild(site);
    expect(built).toMatchObject({ code: 0, stderr: '' });
    expect(built.stdout.match(/^incidents\/.\.md:\d+:\d+ {2}warning {2}alias-taken$/gm)).toEqual([
      expect.stringContaining('incidents/a.md:6:11 '),
      expect.stringContaining('incidents/b.md:6:11 '),
      expect.stringContaining('incidents/c.md:6:14 '),
    ]);
    const title = async (name: string) =>
      /<h1[^>]*>(.*?)<\/h1>/s.exec(await readFile(join(site.outDir, `incidents/${name}.html`), 'utf8'))?.[1];
    expect(await title('b')).toContain('Zweite');
    expect(await title('früher')).toContain('Erste');
    const guids = (await items(site)).map(({ guid }) => guid);
    expect(new Set(guids).size).toBe(6);
  });
});
