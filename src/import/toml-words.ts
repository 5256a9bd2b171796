import { parse, TomlDate } from 'smol-toml';
import { linesOf, type Words, type WordsReading } from './yaml-words.ts';

/**
 * Reads a TOML table as plain words: texts as they are, dates in ISO spelling, other scalars as they are written
 * out. What can't be read is taken line by line (`key = value`). Never throws.
 */
export function readTomlWords(toml: string): WordsReading {
  try {
    return { fields: tableOf(parse(toml, { integersAsBigInt: 'asNeeded' })), damaged: false };
  } catch {
    return { fields: linesOf(toml, FIELD, ITEM), damaged: true };
  }
}

const FIELD = /^([A-Za-z_][\w-]*)[ \t]*=[ \t]*(.*)$/;
const ITEM = /^[ \t]+(["'].*["']),?[ \t]*$/;

function tableOf(table: object): Record<string, Words> {
  return Object.fromEntries(Object.entries(table).map(([key, value]) => [key, wordsOf(value)]));
}

function wordsOf(value: unknown): Words {
  if (Array.isArray(value)) return value.map(wordsOf);
  if (value instanceof TomlDate) return value.toISOString();
  if (typeof value === 'object' && value !== null) return tableOf(value);
  return String(value);
}
