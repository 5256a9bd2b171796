import type { Update } from '../domain/incident.ts';
import type { IncidentStatus } from '../domain/incident-status.ts';
import { directionOf } from '../i18n/direction.ts';
import type { Locale } from '../i18n/locale.ts';
import { escapeXml } from './xml.ts';

/** A stretch of an update's text. */
export interface TextPart {
  /** Blocks of safe HTML with absolute links. */
  html: string;
  /** BCP 47 tag of the text: the original's where there is no translation. */
  language: string;
}

/**
 * The full text of an update for a feed in the locale's language: for the first one after the incident's summary, for
 * the clock's the standard sentence, for a maintenance with its window.
 * `render` makes safe HTML with absolute links out of Markdown; `language`, as the site spells it, chooses among
 * translations.
 */
export function updateParts(
  one: IncidentStatus,
  update: Update,
  language: string,
  locale: Locale,
  render: (markdown: string) => string,
): TextPart[] {
  const { incident, window } = one;
  const translation = incident.translations[language];
  const parts: TextPart[] = [];
  const text = (original: string, translated: string | null | undefined) =>
    parts.push({
      html: render(translated ?? original),
      language: translated == null ? incident.language : language,
    });
  const sentence = (words: string) => parts.push({ html: `<p>${escapeXml(words)}</p>`, language });
  if (update === one.updates[0] && incident.summary !== '') text(incident.summary, translation?.summary);
  if (update.clock !== null) sentence(locale.t(`clock.${update.clock}`));
  else if (update.text !== '') text(update.text, translation?.updates[update.id]);
  if (window !== null) {
    sentence(locale.t('feed.window', { from: locale.full(window.from), to: locale.full(window.to) }));
  }
  return parts;
}

/** The parts as one piece of HTML for a feed in `language`; what is in another language is marked so. */
export function partsHtml(parts: TextPart[], language: string): string {
  return parts.map((part) => inLanguage('div', part.html, part.language, language)).join('\n');
}

/**
 * HTML inside an element that says its language and direction; without one where it is in the feed's language and
 * written from left to right, as readers take everything to be.
 */
export function inLanguage(
  element: 'div' | 'span',
  html: string,
  language: string,
  feedLanguage: string,
): string {
  const direction = directionOf(language);
  if (language === feedLanguage && direction === 'ltr') return html;
  return `<${element} lang="${escapeXml(language)}" dir="${direction}">${html}</${element}>`;
}
