import { describe, expect, it } from 'vitest';
import { copiesOf, languageLinks, rootsOf, shortUrl } from '../../../src/components/links.ts';
import { site } from './given.ts';

describe('links between pages', () => {
  it.each([
    ['en', 'index.html', '', ''],
    ['en', 'incidents/x.html', '../', '../'],
    ['de', 'index.html', '', '../'],
    ['de', 'history/2026-11.html', '../', '../../'],
  ])('%s %s', (language, path, toLanguage, toSite) => {
    expect(rootsOf(site, language, path)).toEqual({ language: toLanguage, site: toSite });
  });

  it('are absolute where the page may be served anywhere', () => {
    expect(rootsOf(site, 'de', '404.html', true)).toEqual({
      language: 'https://status.nordhost.example/de/',
      site: 'https://status.nordhost.example/',
    });
  });

  it('lead to the same page in each language', () => {
    expect(languageLinks(site, 'de', 'incidents/x.html')).toEqual([
      {
        language: 'en',
        href: '../../incidents/x.html',
        url: 'https://status.nordhost.example/incidents/x.html',
      },
      {
        language: 'de',
        href: '../../de/incidents/x.html',
        url: 'https://status.nordhost.example/de/incidents/x.html',
      },
    ]);
  });

  it('lead to the same page on each mirror', () => {
    const mirrored = { ...site, mirrors: ['https://nordhost.pages.example', 'https://mirror.example/a'] };
    expect(copiesOf(mirrored, 'de', 'incidents/x.html')).toEqual([
      { href: 'https://status.nordhost.example/de/incidents/x.html', text: 'status.nordhost.example' },
      { href: 'https://nordhost.pages.example/de/incidents/x.html', text: 'nordhost.pages.example' },
      { href: 'https://mirror.example/a/de/incidents/x.html', text: 'mirror.example/a' },
    ]);
    expect(copiesOf(mirrored, 'en', 'index.html').map(({ href }) => href)).toEqual([
      'https://status.nordhost.example/',
      'https://nordhost.pages.example/',
      'https://mirror.example/a/',
    ]);
  });

  it('are written short for people', () => {
    expect(shortUrl('https://nordhost.pages.example/')).toBe('nordhost.pages.example');
  });
});
