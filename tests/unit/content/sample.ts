import type { Edit, Fault } from '../../../src/content/fault.ts';
import { type IncidentReading, readIncidentFile } from '../../../src/content/incident-file.ts';
import { type ReadContext, readContext } from '../../../src/content/read-context.ts';
import { readSiteConfig } from '../../../src/content/site-config.ts';
import type { Incident } from '../../../src/domain/incident.ts';

const CONFIG = `name: Moorhost
url: https://status.moorhost.example
timezone: Europe/Berlin
language: de
languages: [de, en]
components:
  - id: halle
    name: { de: Halle Nord, en: North hall }
    components:
      - { id: web, name: { de: Webseiten, en: Web sites } }
      - { id: mail, name: { de: E-Mail, en: Mail } }
  - { id: db, name: Datenbanken }
authors: { ab: Anna B., cd: Carl D. }
`;

/** The instant at which the samples are read: 22:00 in the zone of the site. */
export const NOW = Date.parse('2027-05-10T20:00:00Z');

/** The site that the samples belong to. */
export const { site } = readSiteConfig(new TextEncoder().encode(CONFIG));

export const context: ReadContext = readContext(site, NOW);

const FRONTMATTER: Record<string, string> = {
  title: 'Halle Nord ohne Strom',
  status: 'identified',
  impact: 'major',
  components: '[web, mail]',
};

/** An incident file as it should be; `change` replaces lines of its frontmatter (null: left out), `body` its body. */
export function file(change: Record<string, string | null> = {}, body = BODY): string {
  const keys = {
    ...Object.fromEntries(Object.entries(FRONTMATTER).map(([key, value]) => [key, `${key}: ${value}`])),
    ...change,
  };
  const lines = Object.values(keys).filter((line) => line !== null);
  return `---\n${lines.join('\n')}\n---\n\n${body}`;
}

/** Two updates, newest first. */
export const BODY = `## 2027-05-10 21:40 identified ^ab

Ein Schalter hat ausgelöst.

## 2027-05-10 21:05 investigating ^cd

Wir suchen.
`;

export function read(
  text: string | Uint8Array,
  path = '2027-05-10-strom.md',
  where = context,
): IncidentReading {
  return readIncidentFile(path, typeof text === 'string' ? new TextEncoder().encode(text) : text, where);
}

/** The incident that a text gives; throws for a draft. */
export function incidentOf(text: string | Uint8Array, path?: string): Incident {
  const { incident } = read(text, path);
  if (incident === null) throw new Error('This is a draft.');
  return incident;
}

export function codes(faults: Fault[]): string[] {
  return faults.map(({ code }) => code);
}

/** Writes edits into a text. */
export function edited(text: string, edits: Edit[]): string {
  let result = text;
  for (const { start, end, text: put } of edits.toSorted((a, b) => b.start - a.start || b.end - a.end)) {
    result = result.slice(0, start) + put + result.slice(end);
  }
  return result;
}

/** Writes one plain reading after the other into a text, reading it anew after each, as `check --fix` may. */
export function mended(text: string): string {
  let result = text;
  for (let round = 0; round < 40; round += 1) {
    const fault = read(result).faults.find(({ fix }) => fix !== null && fix.length > 0);
    if (fault === undefined) return result;
    result = edited(result, fault.fix!);
  }
  throw new Error('The repairs do not come to an end.');
}
