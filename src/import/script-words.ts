import { linesOf, mapOf, readWords, type Words, type WordsReading } from './yaml-words.ts';

/**
 * Reads the object that a script exports (`module.exports = {…}`, `export default {…}`) as plain words, without running
 * the script: what is no literal stays as it is written. Null: it exports no object. Never throws.
 */
export function readScriptWords(script: string): WordsReading | null {
  const plain = withoutComments(script.replace(/\r\n?/g, '\n').replaceAll('\t', ' '));
  const start = /(?:module\.exports\s*=|export\s+default)\s*(?:\w+\()?\s*(?=\{)/.exec(plain);
  if (start === null) return null;
  const from = start.index + start[0].length;
  const source = plain.slice(from, objectEnd(plain, from));
  // An object of literals is a kind of YAML.
  const reading = readWords(source);
  if (!reading.damaged) return reading;
  return { fields: linesOf(source, FIELD, ITEM), damaged: true };
}

const FIELD = /^ *["']?([A-Za-z_]\w*)["']? *: *("[^"]*"|'[^']*'|[^,{[]*),? *$/;
const ITEM = /^ *("[^"]*"|'[^']*'),? *$/;

/** A list of words at a path of keys. */
export function wordsAt(fields: Record<string, Words>, ...path: string[]): Words | undefined {
  let value: Words | undefined = fields;
  for (const key of path) value = mapOf(value)[key.toLowerCase()];
  return value;
}

const TOKEN = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`|\/\/[^\n]*|\/\*[\s\S]*?\*\/|[{}]/g;

function withoutComments(script: string): string {
  return script.replace(TOKEN, (token) => (token.startsWith('//') || token.startsWith('/*') ? '' : token));
}

function objectEnd(script: string, from: number): number {
  let depth = 0;
  for (const { 0: token, index } of script.slice(from).matchAll(TOKEN)) {
    if (token === '{') depth += 1;
    if (token === '}' && --depth === 0) return from + index + 1;
  }
  return script.length;
}
