import type { SourceFile } from './source-file.ts';
import { readTomlWords } from './toml-words.ts';
import { readWords, type Words, type WordsReading } from './yaml-words.ts';

/** The config of a Hugo site, from all the files that hold parts of it. */
export interface HugoConfig {
  /** The file that names the site: what is assumed about the config is told of it. */
  path: string;
  /** All files that were read. */
  paths: string[];
  words: WordsReading;
}

const MAIN = /^(?:config\/_default\/)?(?:config|hugo)\.(?:ya?ml|toml|json)$/;
const PART = /^config\/_default\/(params|languages)\.(?:ya?ml|toml|json)$/;

/** Whether a path is one that a Hugo config is read from. */
export function isHugoConfig(path: string): boolean {
  return MAIN.test(path) || PART.test(path);
}

/**
 * Reads `config.yml` or whatever it is called (`hugo.toml`, `config/_default/…`); `params` and `languages` may
 * stand in files of their own beside it. Null: there is none.
 */
export function readHugoConfig(files: SourceFile[]): HugoConfig | null {
  const mains = files.filter(({ path }) => MAIN.test(path));
  const main = mains.find(({ path }) => !path.includes('/')) ?? mains[0];
  const parts = files.filter(({ path }) => PART.test(path));
  const first = main ?? parts[0];
  if (first === undefined) return null;
  const all = main ? readConfigFile(main) : { fields: {}, damaged: false };
  const fields: Record<string, Words> = { ...all.fields };
  let { damaged } = all;
  for (const part of parts) {
    const reading = readConfigFile(part);
    const key = PART.exec(part.path)![1]!;
    const name = Object.keys(fields).find((one) => one.toLowerCase() === key) ?? key;
    const before = fields[name];
    const isMap = typeof before === 'object' && !Array.isArray(before);
    fields[name] = { ...(isMap ? before : {}), ...reading.fields };
    damaged ||= reading.damaged;
  }
  const paths = [...(main ? [main] : []), ...parts].map(({ path }) => path);
  return { path: first.path, paths, words: { fields, damaged } };
}

function readConfigFile({ path, text }: SourceFile): WordsReading {
  const plain = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  return path.endsWith('.toml') ? readTomlWords(plain) : readWords(plain);
}
