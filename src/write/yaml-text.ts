import { isPlainYaml } from '../content/yaml-scalar.ts';

/** One line of text as a YAML value: in quotes where it is for readers, so that no character of it means anything. */
export function yamlText(text: string): string {
  return JSON.stringify(text.replace(/\s+/g, ' ').trim());
}

/** A word as a YAML value in a list: as it is where it means just itself, else in quotes. */
export function yamlWord(word: string): string {
  return /^[\p{L}\p{N}][\p{L}\p{N} _.-]*$/u.test(word) && isPlainYaml(word, new Set())
    ? word
    : JSON.stringify(word);
}
