/** The name of a file that says that it is a translation: `power.en.md` beside `power.md`. */
export interface TranslationName {
  /** As the site spells it. */
  language: string;
  /** Path of the original without `.md`. */
  stem: string;
}

/** A path without `.md`. */
export function stemOf(path: string): string {
  return path.replace(/\.md$/i, '');
}

/** What a path below the incidents folder says about a translation; only an ending listed in `languages` makes one. */
export function translationName(path: string, languages: string[]): TranslationName | null {
  const stem = stemOf(path);
  const ending = /\.([a-z0-9-]+)$/i.exec(stem)?.[1];
  if (ending === undefined) return null;
  const language = languages.find((tag) => tag.toLowerCase() === ending.toLowerCase());
  return language === undefined ? null : { language, stem: stem.slice(0, -(ending.length + 1)) };
}
