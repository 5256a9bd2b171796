import { globSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { TRANSLATED_LANGUAGES } from '../../../src/i18n/locale.ts';

type Node = string | { [key: string]: Node };

const folder = new URL('../../../src/i18n/', import.meta.url);
const read = (language: string): Node =>
  JSON.parse(readFileSync(new URL(`${language}.json`, folder), 'utf8'));

const CATEGORIES = new Set(['zero', 'one', 'two', 'few', 'many', 'other']);
const isPlural = (node: { [key: string]: Node }) =>
  'other' in node &&
  Object.entries(node).every(([key, form]) => CATEGORIES.has(key) && typeof form === 'string');

/** Every text by its path; plural forms are one text, variants of address are those of their text. */
function texts(node: Node, path = ''): Map<string, string[]> {
  if (typeof node === 'string') return new Map([[path.replaceAll('@du', ''), [node]]]);
  if (isPlural(node)) return new Map([[path.replaceAll('@du', ''), Object.values(node) as string[]]]);
  const found = new Map<string, string[]>();
  for (const [key, child] of Object.entries(node)) {
    for (const [name, forms] of texts(child, path === '' ? key : `${path}.${key}`)) {
      found.set(name, [...(found.get(name) ?? []), ...forms]);
    }
  }
  return found;
}

const placeholders = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort();

const english = texts(read('en'));
const languages = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.replace('.json', ''));

it('every language file is used', () => {
  expect(languages.sort()).toEqual([...TRANSLATED_LANGUAGES].sort());
});

it('every text is said somewhere', () => {
  const source = globSync('src/**/*.{ts,astro}')
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n');
  const unsaid = [...english.keys()].filter(
    (path) =>
      !source.includes(`'${path}'`) &&
      !source.includes(`"${path}"`) &&
      !source.includes(`\`${path.slice(0, path.lastIndexOf('.'))}.$\{`),
  );
  expect(unsaid).toEqual([]);
});

describe.each(languages)('%s', (language) => {
  const own = texts(read(language));

  it('has every text and no other', () => {
    expect([...own.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('names the same placeholders as English', () => {
    for (const [path, forms] of own) {
      const expected = placeholders((english.get(path) ?? []).join(' '));
      // A form for one or two may say the number in words.
      const used = placeholders(forms.join(' '));
      expect([path, used], path).toEqual([path, expected]);
      for (const form of forms) {
        const missing = expected.filter((name) => !form.includes(name) && name !== '{count}');
        expect([path, missing]).toEqual([path, []]);
      }
    }
  });

  it('has the plural forms that its grammar needs', () => {
    const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories.sort();
    const visit = (node: Node, path: string) => {
      if (typeof node === 'string') return;
      if (isPlural(node)) expect([path, Object.keys(node).sort()]).toEqual([path, needed]);
      else for (const [key, child] of Object.entries(node)) visit(child, `${path}.${key}`);
    };
    visit(read(language), language);
  });

  it('has no empty text, no double space and no exclamation', () => {
    for (const [path, forms] of own) {
      for (const form of forms) expect([path, /^$|^ | $| {2}|!/.test(form)]).toEqual([path, false]);
    }
  });
});
