import { describe, expect, it } from 'vitest';
import { languageLinks, rootsOf, shortUrl } from '../../../src/components/links.ts';
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

  it('are written short for people', () => {
    expect(shortUrl('https://nordhost.pages.example/')).toBe('nordhost.pages.example');
  });
});
