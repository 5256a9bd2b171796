import {
  COMPONENT_STATES,
  type ComponentState,
  IMPACTS,
  type Impact,
  type Kind,
  STATUSES,
  type Status,
} from '../domain/words.ts';
import de from '../i18n/de.json' with { type: 'json' };
import en from '../i18n/en.json' with { type: 'json' };
import { fold } from './fold.ts';
import { nearest } from './suggest.ts';

const KINDS: readonly Kind[] = ['incident', 'maintenance', 'notice'];

interface LanguageWords {
  status: Partial<Record<Status, string>>;
  state: Partial<Record<ComponentState, string>>;
  impact: Partial<Record<Impact, string>>;
  kind: Partial<Record<Kind, string>>;
}

/** The words of the languages that Dran speaks. */
const WORDS: Record<string, LanguageWords> = {
  en: { ...en.words, kind: en.kind },
  de: { ...de.words, kind: de.kind },
};

/** Other spellings in common use that can mean only one thing, by language. */
const SYNONYMS: Record<
  string,
  {
    status?: [string, Status][];
    state?: [string, ComponentState][];
    impact?: [string, Impact][];
    kind?: [string, Kind][];
  }
> = {
  en: {
    status: [['canceled', 'cancelled']],
    state: [
      ['maintenance', 'under maintenance'],
      ['degraded', 'degraded performance'],
    ],
  },
  de: {
    status: [
      ['in Arbeit', 'in progress'],
      ['Ursache bekannt', 'identified'],
      ['in Untersuchung', 'investigating'],
      ['in Beobachtung', 'monitoring'],
    ],
    state: [
      ['Wartung', 'under maintenance'],
      ['eingeschränkt', 'degraded performance'],
      ['Teilausfall', 'partial outage'],
      ['Totalausfall', 'major outage'],
    ],
  },
};

/** A word that something was likely meant to be: its value, and how a person would spell it. */
export interface Near<Value> {
  value: Value;
  word: string;
}

/** The words that a site's files may use (DESIGN §4). Case, spaces, hyphens and underscores do not matter. */
export interface Vocabulary {
  readStatus(word: string): Status | null;
  readImpact(word: string): Impact | null;
  readState(word: string): ComponentState | null;
  readKind(word: string): Kind | null;
  nearStatus(word: string): Near<Status> | null;
  nearImpact(word: string): Near<Impact> | null;
  nearState(word: string): Near<ComponentState> | null;
  nearKind(word: string): Near<Kind> | null;
}

interface WordList<Value> {
  read(word: string): Value | null;
  near(word: string): Near<Value> | null;
}

/** German typed on a keyboard without umlauts. */
function withoutUmlauts(word: string): string {
  const letters: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' };
  return word.replace(/[äöüß]/gi, (letter) => letters[letter.toLowerCase()] ?? letter);
}

/** The first entry wins where two are spelled alike. */
function wordList<Value>(entries: [string, Value][]): WordList<Value> {
  const values = new Map<string, Near<Value>>();
  for (const [word, value] of entries) {
    for (const spelling of [word, withoutUmlauts(word)]) {
      const key = fold(spelling);
      if (!values.has(key)) values.set(key, { value, word });
    }
  }
  const spellings = [...values.keys()];
  return {
    read: (word) => values.get(fold(word))?.value ?? null,
    near: (word) => {
      const spelling = nearest(word, spellings);
      return spelling === null ? null : (values.get(spelling) ?? null);
    },
  };
}

/**
 * The vocabulary of a site: the English words of code and API, and the words of its languages. A regional tag
 * (`de-AT`) has its language's words; a language that Dran does not speak adds none.
 */
export function vocabulary(languages: readonly string[]): Vocabulary {
  const tags = ['en', ...languages.map((tag) => tag.toLowerCase().split(/[-_]/)[0] ?? '')];
  const known = [...new Set(tags)].filter((tag) => Object.hasOwn(WORDS, tag));
  const entries = <Value extends string>(
    canonical: readonly Value[],
    kind: 'status' | 'state' | 'impact' | 'kind',
  ): [string, Value][] => [
    ...canonical.map((word): [string, Value] => [word, word]),
    ...known.flatMap((tag) => [
      ...Object.entries(WORDS[tag]?.[kind] ?? {}).map(([value, word]): [string, Value] => [
        word,
        value as Value,
      ]),
      ...((SYNONYMS[tag]?.[kind] ?? []) as [string, Value][]),
    ]),
  ];
  const statuses = wordList(entries(STATUSES, 'status'));
  const impacts = wordList(entries(IMPACTS, 'impact'));
  const states = wordList(entries(COMPONENT_STATES, 'state'));
  const kinds = wordList(entries(KINDS, 'kind'));
  return {
    readStatus: statuses.read,
    readImpact: impacts.read,
    readState: states.read,
    readKind: kinds.read,
    nearStatus: statuses.near,
    nearImpact: impacts.near,
    nearState: states.near,
    nearKind: kinds.near,
  };
}
