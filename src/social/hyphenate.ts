import { createRequire } from 'node:module';
import { packageFile } from './package-file.ts';

interface Hyphenator {
  hyphenateSync(text: string, options?: { hyphenChar?: string; minWordLength?: number }): string;
}

const require = createRequire(import.meta.url);
const hyphenators = new Map<string, Hyphenator | null>();

/** A text with soft hyphens where its language breaks long words; unchanged where no patterns exist for it. */
export function hyphenate(text: string, language: string): string {
  const hyphenator = hyphenatorFor(language);
  return hyphenator === null ? text : hyphenator.hyphenateSync(text, { minWordLength: 12 });
}

function hyphenatorFor(language: string): Hyphenator | null {
  const tag = language.toLowerCase();
  const known = hyphenators.get(tag);
  if (known !== undefined) return known;
  let found: Hyphenator | null = null;
  const base = tag.split('-')[0] ?? '';
  for (const name of /^[a-z0-9-]+$/.test(tag) ? [tag, base] : []) {
    const path = packageFile(`hyphen/${name === 'en' ? 'en-gb' : name}`);
    if (path === null) continue;
    found = require(path) as Hyphenator;
    break;
  }
  hyphenators.set(tag, found);
  return found;
}
