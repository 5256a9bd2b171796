import { allComponents, type Site } from '../domain/site.ts';
import type { SiteStatus } from '../domain/status.ts';
import { hasCard } from '../social/lifetime.ts';
import { missingScripts } from '../social/missing-scripts.ts';

/** No card shows more of a text than this many characters. */
const SHOWN = 320;

/** A sentence for each script that cards would need a font for which is not installed, with what to do. */
export function undrawnTexts(site: Site, status: SiteStatus): string[] {
  const texts = [site.name, ...allComponents(site).flatMap(({ name }) => Object.values(name))];
  for (const { incident } of status.incidents.filter((one) => hasCard(one, status.now))) {
    const translations = Object.values(incident.translations);
    texts.push(incident.title, ...translations.map(({ title }) => title ?? ''));
    for (const { id, text } of incident.updates) {
      for (const shown of [text, ...translations.map(({ updates }) => updates[id] ?? '')]) {
        texts.push(shown.slice(0, SHOWN));
      }
    }
  }
  return missingScripts(texts, site.language).map(({ script, package: name }) => {
    const advice =
      name === null ? 'No font package is known for it.' : `To draw it, run: npm install ${name}`;
    return `warning  missing-font\n  There is no font for ${script}: cards leave texts in it out. ${advice}`;
  });
}
