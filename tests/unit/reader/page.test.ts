import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const folder = new URL('../../../src/reader/', import.meta.url);
const script = readdirSync(folder)
  .map((name) => readFileSync(new URL(name, folder), 'utf8'))
  .join('\n');

it('the script of the pages never makes markup or code of a text', () => {
  expect(script).not.toMatch(
    /innerHTML|outerHTML|insertAdjacentHTML|setHTML|document\.write|createContextualFragment|parseFromString|srcdoc|\beval\b|new Function|setAttribute\('(?!href)|import\(/,
  );
});

it('the script of the pages has no words of its own', () => {
  const texts = [...script.replace(/\/\*.*?\*\/|^\s*\/\/.*$/gms, '').matchAll(/'([^'\n]*)'|`([^`]*)`/g)];
  const words = texts.map((match) => match[1] ?? match[2] ?? '').filter((text) => / \w+ /.test(text));
  expect(words).toEqual([]);
});
