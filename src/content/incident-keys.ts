import { fold } from './fold.ts';
import { type Shape, TEXT, WORD } from './shape.ts';
import { nearest } from './suggest.ts';

const LIST: Shape = { item: WORD };

/** The frontmatter of an incident file (DESIGN §2), in the order and spelling of its documentation. */
export const INCIDENT_KEYS = {
  title: TEXT,
  status: WORD,
  impact: WORD,
  components: { item: { names: WORD }, names: WORD },
  started: WORD,
  resolved: WORD,
  'next-update': WORD,
  scheduled: { keys: { from: WORD, to: WORD } },
  'auto-complete': WORD,
  kind: WORD,
  until: WORD,
  pinned: WORD,
  hosts: LIST,
  'report-by': WORD,
  aliases: LIST,
  language: WORD,
  draft: WORD,
} satisfies Record<string, Shape>;

export type IncidentKey = keyof typeof INCIDENT_KEYS;

/** The same, for the repair rules. */
export const INCIDENT_SHAPE: Shape = { keys: INCIDENT_KEYS };

const BY_FOLDED = new Map(Object.keys(INCIDENT_KEYS).map((key) => [fold(key), key as IncidentKey]));

/** The key that a word is, without regard to case, spaces, hyphens and underscores. */
export function incidentKey(word: string): IncidentKey | null {
  return BY_FOLDED.get(fold(word)) ?? null;
}

/** What other products and other languages call what a key here gives. */
const OTHER_WORDS: Partial<Record<IncidentKey, string[]>> = {
  title: ['name', 'subject', 'headline', 'überschrift', 'betreff'],
  status: ['state', 'zustand', 'stand'],
  impact: ['severity', 'priority', 'auswirkung', 'auswirkungen', 'schweregrad', 'schwere'],
  components: ['affected', 'services', 'systems', 'betroffen', 'dienste'],
  started: ['date', 'begin', 'began', 'created', 'datum', 'beginn', 'von'],
  resolved: ['end', 'ended', 'ende', 'behoben', 'gelöst'],
  'next-update': ['next', 'eta', 'nächste meldung', 'nächstes update'],
  scheduled: ['window', 'from', 'to', 'fenster', 'geplant', 'wartungsfenster'],
  until: ['expires', 'bis'],
  hosts: ['servers', 'server', 'rechner'],
  'report-by': ['report', 'bericht', 'bericht bis'],
  language: ['lang', 'sprache'],
  draft: ['entwurf'],
};

const BY_OTHER_WORD = new Map(
  Object.entries(OTHER_WORDS).flatMap(([key, words]) =>
    words.map((word): [string, IncidentKey] => [fold(word), key as IncidentKey]),
  ),
);

/** The key that a word was likely meant to be. */
export function nearIncidentKey(word: string): IncidentKey | null {
  const other = BY_OTHER_WORD.get(fold(word));
  if (other !== undefined) return other;
  return nearest(word, BY_FOLDED.values()) as IncidentKey | null;
}
