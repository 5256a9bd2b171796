import { booleanOf, mapOf, oneLine, type Words } from './yaml-words.ts';

/** The languages of a Hugo site. */
export interface HugoLanguages {
  /** Tags, the site's own first. Fewer than two: the site speaks one language. */
  all: string[];
  /** Languages by the folder below `content/` that holds their pages. */
  folders: ReadonlyMap<string, string>;
}

/** Whose page a file is. */
export interface PageLanguage {
  /** Null: the site's own. */
  language: string | null;
  /** Path below `content/` without folder and ending of the language: the same for all translations of a page. */
  key: string;
}

/** Reads `languages` and `defaultContentLanguage` of a config (keys in small letters). Pages of a disabled language count as its pages all the same. */
export function readLanguages(fields: Record<string, Words>): HugoLanguages {
  const folders = new Map<string, string>();
  const listed: { tag: string; weight: number }[] = [];
  for (const [key, value] of Object.entries(mapOf(fields.languages))) {
    const language = mapOf(value);
    const tag = languageTag(key);
    if (tag === null || booleanOf(language.disabled) === true) continue;
    listed.push({ tag, weight: Number(oneLine(language.weight) ?? Number.NaN) || Number.MAX_SAFE_INTEGER });
    folders.set(key, tag);
    const folder = oneLine(language.contentdir)?.replace(/^(?:\.\/)?content\/|\/+$/g, '');
    if (folder) folders.set(folder, tag);
  }
  const tags = listed.toSorted((a, b) => a.weight - b.weight).map(({ tag }) => tag);
  const own = languageTag(oneLine(fields.defaultcontentlanguage) ?? 'en');
  const main = tags.find((tag) => tag === own) ?? tags[0];
  return { all: main === undefined ? [] : [main, ...tags.filter((tag) => tag !== main)], folders };
}

/** Whose page the file at `path` (`content/…`) is. */
export function pageLanguage(path: string, languages: HugoLanguages): PageLanguage {
  const [, folder, below] = /^content\/([^/]+)\/(.*)$/s.exec(path) ?? [];
  const placed = folder === undefined ? undefined : languages.folders.get(folder);
  const inside = placed === undefined ? path.replace(/^content\//, '') : below!;
  const stem = inside.replace(/\.[^./]+$/, '');
  const ending = /\.([A-Za-z0-9-]+)$/.exec(stem)?.[1];
  const named = ending === undefined ? undefined : languages.folders.get(ending);
  const language = named ?? placed;
  return {
    language: language === undefined || language === languages.all[0] ? null : language,
    key: named === undefined ? stem : stem.slice(0, -(ending!.length + 1)),
  };
}

/** A language as BCP 47 spells it; null where it is none. */
export function languageTag(text: string): string | null {
  try {
    return Intl.getCanonicalLocales(text.replace(/_/g, '-'))[0] ?? null;
  } catch {
    return null;
  }
}
