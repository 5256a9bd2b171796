import type { Locale } from '../i18n/locale.ts';
import type { Headline } from './headline.ts';
import { type NamedText, titleOf } from './texts.ts';

/** The sentence of a headline with its times in full: for what does not change with the day on which it is built. */
export function steadyHeadline({ lead, text, language }: Headline, page: string, locale: Locale): NamedText {
  if (lead?.kind !== 'maintenance') return { text, language };
  const title = titleOf(lead.incident, page);
  if (lead.window === null || lead.overrun) return title;
  const sentence = locale.t('headline.until', { title: title.text, time: locale.full(lead.window.to) });
  return { text: sentence, language: title.language };
}
