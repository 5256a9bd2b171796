import type { IncidentStatus } from '../domain/incident-status.ts';
import type { Site } from '../domain/site.ts';
import type { Locale } from '../i18n/locale.ts';
import { stateLine } from './state-line.ts';
import { componentNames, excerpt, type IncidentTexts } from './texts.ts';

const MOST = 200;

/** What search engines and link previews say of an incident: its state, whom it concerns, the newest words. */
export function incidentDescription(
  entry: IncidentStatus,
  texts: IncidentTexts,
  site: Site,
  language: string,
  locale: Locale,
): string {
  const names = componentNames(site, language);
  const components = affectedNames(entry, names);
  const { word } = stateLine(entry, locale, null);
  const text = texts.updates[entry.newest.id]?.plain ?? texts.summary?.plain ?? '';
  const said =
    components.length > 0
      ? locale.t('description.incident', { state: word, components: locale.list(components), text })
      : locale.t('description.bare', { state: word, text });
  return excerpt(said.trim(), MOST);
}

/** Names of what an incident affects, those that the config does not know as written. */
export function affectedNames(entry: IncidentStatus, names: ReadonlyMap<string, string>): string[] {
  return [...entry.components.map(({ id }) => names.get(id) ?? id), ...entry.incident.unknownComponents];
}
