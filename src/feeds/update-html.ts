import type { Update } from '../domain/incident.ts';
import type { IncidentStatus } from '../domain/incident-status.ts';
import type { Locale } from '../i18n/locale.ts';
import { escapeXml } from './xml.ts';

/**
 * The full text of an update for a feed, as HTML: for the first one after the incident's summary, for the clock's the
 * standard sentence, for a maintenance with its window.
 * `render` makes safe HTML with absolute links out of Markdown; `language` chooses among translations.
 */
export function updateHtml(
  one: IncidentStatus,
  update: Update,
  language: string,
  locale: Locale,
  render: (markdown: string) => string,
): string {
  const { incident, window } = one;
  const translation = incident.translations[language];
  const parts: string[] = [];
  if (update === one.updates[0] && incident.summary !== '') {
    parts.push(render(translation?.summary ?? incident.summary));
  }
  if (update.clock !== null) parts.push(paragraph(locale.t(`clock.${update.clock}`)));
  else if (update.text !== '') parts.push(render(translation?.updates[update.id] ?? update.text));
  if (window !== null) {
    parts.push(
      paragraph(locale.t('feed.window', { from: locale.full(window.from), to: locale.full(window.to) })),
    );
  }
  return parts.join('\n');
}

function paragraph(text: string): string {
  return `<p>${escapeXml(text)}</p>`;
}
