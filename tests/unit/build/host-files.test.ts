import { XMLParser } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { hostFiles } from '../../../src/build/host-files.ts';
import { NO_HOSTING } from '../../../src/content/site-config.ts';
import { deriveStatus } from '../../../src/domain/status.ts';
import { incident, site, update } from '../domain/sample.ts';

const NOW = Date.parse('2026-11-21T18:00:00Z');
const bilingual = { ...site, url: 'https://status.example/a&b', languages: [site.language, 'fr'] };
const one = (slug: string) => incident([update('2026-11-21T17:00:00Z', 'investigating')], { slug });
const files = (hosting: object, incidents = [one('power')]) =>
  Object.fromEntries(
    hostFiles(bilingual, { ...NO_HOSTING, ...hosting }, deriveStatus(bilingual, incidents, NOW)).map(
      ({ path, content }) => [path, content],
    ),
  );
const addresses = (xml: string): string[] =>
  new XMLParser().parse(xml).urlset.url.map(({ loc }: { loc: string }) => loc);

describe('files for hosts and search engines', () => {
  it('are one empty mark where the config asks for nothing', () => {
    expect(files({})).toEqual({ '.nojekyll': '' });
  });

  it('name the host where GitHub Pages asks for it', () => {
    expect(files({ cname: true }).CNAME).toBe('status.example\n');
  });

  it('keep search engines away', () => {
    expect(files({ searchEngines: false })).toEqual({
      '.nojekyll': '',
      'robots.txt': 'User-agent: *\nDisallow: /\n',
    });
  });

  it('invite search engines to every page in every language', () => {
    const made = files({ searchEngines: true }, [one('störung')]);
    expect(made['robots.txt']).toContain('Sitemap: https://status.example/a&b/sitemap.xml');
    const found = addresses(made['sitemap.xml']!);
    expect(found).toContain('https://status.example/a&b/');
    expect(found).toContain('https://status.example/a&b/fr/index.html');
    expect(found).toContain('https://status.example/a&b/incidents/st%C3%B6rung.html');
    expect(new Set(found).size).toBe(found.length);
  });

  it('name the newest 500 incidents, however long the history is', () => {
    const many = Array.from({ length: 600 }, (_, index) => one(`n${index}`));
    const found = addresses(files({ searchEngines: true }, many)['sitemap.xml']!);
    expect(found.filter((url) => url.includes('/incidents/'))).toHaveLength(2 * 500);
  });
});
