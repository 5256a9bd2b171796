import type { IncidentTexts, RenderedText, TextsBySlug } from '../components/texts.ts';
import { plainText, renderMarkdown } from '../content/markdown.ts';
import type { IncidentStatus } from '../domain/incident-status.ts';

/** The texts of incidents as a page shows them; `base` leads from the page to the root of the site. */
export function textsOf(incidents: IncidentStatus[], language: string, base: string): TextsBySlug {
  return Object.fromEntries(incidents.map((one) => [one.incident.slug, incidentTexts(one, language, base)]));
}

function incidentTexts({ incident }: IncidentStatus, language: string, base: string): IncidentTexts {
  const translation = incident.translations[language];
  const rendered = (original: string, translated: string | null | undefined): RenderedText => {
    const text = translated ?? original;
    return {
      html: renderMarkdown(text, { base }),
      plain: plainText(text).replace(/\s+/g, ' '),
      language: translated == null ? incident.language : language,
    };
  };
  const updates = incident.updates
    .filter(({ text }) => text !== '')
    .map(({ id, text }) => [id, rendered(text, translation?.updates[id])] as const);
  return {
    summary: incident.summary === '' ? null : rendered(incident.summary, translation?.summary),
    updates: Object.fromEntries(updates),
  };
}
