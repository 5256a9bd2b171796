import { describe, expect, it } from 'vitest';
import { readCstateSite } from '../../../src/import/cstate-site.ts';
import { readWords } from '../../../src/import/yaml-words.ts';

const read = (yaml: string | null, descriptions = new Map<string, string>()) =>
  readCstateSite(yaml === null ? null : readWords(yaml), 'Europe/Berlin', descriptions);

const CONFIG = `title: Nordhost status
languageCode: en-us
baseURL: https://status.nordhost.example/
params:
  categories:
    - name: Web
      description: Sites and
        shops
    - name: Hidden
      untitled: true
  systems:
    - name: Shop
      category: Web
      description: |
        Buy things
    - name: web-1
      displayName: First server
      category: Web
    - name: DNS
      category: Hidden
    - name: Stray
      category: None
    - name: Web
      category: Hidden
  customTabs:
    - { name: Blog, link: https://blog.nordhost.example }
    - { name: About, link: /about }
  logo: logo.png
`;

describe('the config of a cState site', () => {
  const { site, ids, notes } = read(CONFIG, new Map([['DNS', 'Names to numbers']]));

  it('gives name, address, language and zone', () => {
    expect(site).toMatchObject({
      name: 'Nordhost status',
      url: 'https://status.nordhost.example',
      language: 'en-US',
      timezone: 'Europe/Berlin',
    });
  });

  it('gives the systems by category, in their order, under readable ids that are unlike each other', () => {
    expect(site.components).toEqual([
      {
        id: 'web-2',
        name: 'Web',
        description: 'Sites and shops',
        components: [
          { id: 'shop', name: 'Shop', description: 'Buy things' },
          { id: 'web-1', name: 'First server', description: null },
        ],
      },
      { id: 'dns', name: 'DNS', description: 'Names to numbers' },
      { id: 'web', name: 'Web', description: null },
      { id: 'stray', name: 'Stray', description: null },
    ]);
    expect(ids.get('web-1')).toBe('web-1');
  });

  it('keeps tabs that lead elsewhere and says what it leaves behind', () => {
    expect(site.links).toEqual([{ label: 'Blog', url: 'https://blog.nordhost.example' }]);
    expect(notes.join('\n')).toMatch(/"About" leads to \/about/);
    expect(notes.join('\n')).toMatch(/`logo` was left behind/);
    expect(notes.join('\n')).toMatch(/"Stray" names the category "None"/);
    expect(notes.join('\n')).toMatch(/"web-1" is shown as "First server"/);
  });
});

it.each([null, '', '- a list', 'title: "unclosed\nparams: [', 'baseURL: /\nlanguageCode: "??"'])(
  'a config that says little still makes a site: %j',
  (yaml) => {
    const { site, notes } = read(yaml);
    expect(site).toMatchObject({ url: 'https://status.example.com', language: 'en', components: [] });
    expect(notes.join('\n')).toMatch(/Change it/);
  },
);

it('a YAML number or date stays the text that it is', () => {
  expect(read('title: 007\nparams: { systems: [{ name: 1e3 }, { name: 2024-01-01 }] }').site).toMatchObject({
    name: '007',
    components: [{ name: '1e3' }, { name: '2024-01-01' }],
  });
});
