import { isPicture } from './emoji.ts';
import { packageFile } from './package-file.ts';
import { scriptOf } from './scripts.ts';

/** A script that texts are written in and that no installed font draws. */
export interface MissingScript {
  /** Its English name. */
  script: string;
  /** The npm package to install; null where none is known. */
  package: string | null;
}

/** The letters that the card's own typeface draws. */
const OWN = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Common}\p{Script=Inherited}]/u;

const FOREIGN =
  /(?![\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Common}\p{Script=Inherited}])\p{L}/u;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Scripts in some texts whose fonts aren't installed, each once, in the order of the texts; no font is opened for it. */
export function missingScripts(texts: string[], language: string): MissingScript[] {
  const found = new Map<string, MissingScript>();
  // Cutting into graphemes is slow: only where there is something to find.
  const all = texts.filter((text) => FOREIGN.test(text)).join(' ');
  for (const { segment } of graphemes.segment(all)) {
    const letter = /\p{L}/u.exec(segment)?.[0];
    if (letter === undefined || OWN.test(letter) || isPicture(segment)) continue;
    const script = scriptOf(letter);
    if (found.has(script.name)) continue;
    const packages = script.packages(language, all);
    if (packages.some((name) => packageFile(`${name}/unicode.json`) !== null)) continue;
    found.set(script.name, { script: script.name, package: packages[0] ?? null });
  }
  return [...found.values()];
}
