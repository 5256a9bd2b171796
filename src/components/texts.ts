import type { Incident } from '../domain/incident.ts';
import { allComponents, localText, type Site } from '../domain/site.ts';
import { directionOf } from '../i18n/direction.ts';

/** A Markdown text after rendering. */
export interface RenderedText {
  /** Safe HTML; its relative addresses fit the page it is given to. */
  html: string;
  /** The same without markup, in one paragraph. */
  plain: string;
  /** BCP 47 tag of the text: the original's where there is no translation. */
  language: string;
}

/** The texts of one incident, in the language of the page where there is a translation. */
export interface IncidentTexts {
  /** Null where the file has none. */
  summary: RenderedText | null;
  /** By update id. Updates without a text, and those the clock made, have no entry. */
  updates: Record<string, RenderedText>;
}

/** The texts of every incident that a page shows, by slug. */
export type TextsBySlug = Record<string, IncidentTexts>;

/** A one-line text and the language it is in. */
export interface NamedText {
  text: string;
  language: string;
}

const NO_TEXTS: IncidentTexts = { summary: null, updates: {} };

/** The texts of an incident; one that has none is without texts, not an error. */
export function textsOf(texts: TextsBySlug, slug: string): IncidentTexts {
  return Object.hasOwn(texts, slug) ? (texts[slug] ?? NO_TEXTS) : NO_TEXTS;
}

/** The incident's title in the language asked for, else the original. */
export function titleOf(incident: Incident, language: string): NamedText {
  const translated = Object.hasOwn(incident.translations, language)
    ? incident.translations[language]?.title
    : null;
  return translated ? { text: translated, language } : { text: incident.title, language: incident.language };
}

/** What an element says of its text's language. */
export interface LanguageAttributes {
  lang?: string;
  dir?: 'ltr' | 'rtl';
}

/** The `lang` and `dir` attributes of a text: none where it is in the page's language. */
export function languageOf(text: { language: string }, page: string): LanguageAttributes {
  if (text.language === page) return {};
  const dir = directionOf(text.language);
  return dir === directionOf(page) ? { lang: text.language } : { lang: text.language, dir };
}

/** Names of components by id. */
export type ComponentNames = ReadonlyMap<string, string>;

/** The names of all components of the site in a language. */
export function componentNames(site: Site, language: string): ComponentNames {
  return new Map(
    allComponents(site).map((component) => [component.id, localText(component.name, language, site)]),
  );
}

/** The people who signed an update, by name; an unknown signature stays as written. */
export function signers(authors: string[], site: Site): string[] {
  return authors.map((key) => (Object.hasOwn(site.authors, key) ? (site.authors[key] ?? key) : key));
}

/** At most `most` whole words of a text, by characters; an ellipsis tells that it was cut. */
export function excerpt(text: string, most: number): string {
  const characters = [...text];
  if (characters.length <= most) return text;
  const cut = characters.slice(0, most - 1).join('');
  const space = cut.lastIndexOf(' ');
  const insideWord = /[\p{L}\p{N}]/u.test(characters[most - 1] ?? '');
  return `${(insideWord && space > most / 2 ? cut.slice(0, space) : cut).replace(/[\s.,;:–-]+$/u, '')}…`;
}
