import type { Stamp } from '../domain/stamp.ts';
import type { Status } from '../domain/words.ts';
import { readStamp } from './stamp.ts';

/** What a line says that begins an update on a cState page: `*Resolved* -`, `[Update 2]`, `**2021-06-07 16:37**`. */
export interface Marker {
  /** `opening`: the first word on an incident, `closing`: the last, `update`: one between, `other`: could be any. */
  role: 'opening' | 'closing' | 'update' | 'other';
  /** Null: the marker names no status. */
  status: Status | null;
  /** The marker's own time. */
  at: Stamp | null;
  /** The 2 of `Update 2`. */
  number: number | null;
  /** A heading with status and time says all that the marker says; else it stays in the text. */
  replaceable: boolean;
  /** The line as text, escapes of an editor taken back. */
  line: string;
  /** What follows the marker in its line. */
  rest: string;
  /** The word is one of the convention; a free word (`*Upstream response* -`) is a marker only beside others. */
  known: boolean;
}

type Meaning = Pick<Marker, 'role' | 'status'> & { exact: boolean };

const NOUN = '(?:\\s+(?:message|messages|report|issue|incident|maintenance|outage|post|notice))?';
const MEANINGS: [RegExp, Meaning][] = [
  [/^(?:investigating|investigation)\b/, { role: 'opening', status: 'investigating', exact: true }],
  [
    new RegExp(`^(?:initial|opening|opened|open)${NOUN}(?![\\w-])`),
    { role: 'opening', status: null, exact: true },
  ],
  [/^(?:automated system alert|just began|started)\b/, { role: 'opening', status: null, exact: false }],
  [/^identified\b/, { role: 'other', status: 'identified', exact: true }],
  [/^(?:root )?cause(?: found| identified)?\b/, { role: 'other', status: 'identified', exact: false }],
  [/^monitoring\b/, { role: 'other', status: 'monitoring', exact: true }],
  [/^(?:under observation|observing)\b/, { role: 'other', status: 'monitoring', exact: false }],
  [/^(?:resolved|fixed|solved)\b/, { role: 'closing', status: 'resolved', exact: true }],
  [
    new RegExp(`^(?:final|closing|closed|close|end of(?: the)?)${NOUN}(?:\\s+message)?(?![\\w-])`),
    { role: 'closing', status: 'resolved', exact: true },
  ],
  [
    /^(?:observed resolved|resolution|complete|completed|done|finished|restored)\b/,
    { role: 'closing', status: 'resolved', exact: false },
  ],
  [/^(?:post-? ?mortem|rca)\b/, { role: 'other', status: 'postmortem', exact: true }],
  [/^(?:updates?|updated|edit|edited)\b/, { role: 'update', status: null, exact: true }],
  // German, Spanish, Portuguese, French, Italian, Dutch.
  [
    words(
      "untersuchung(?: läuft)?|(?:wird|in) untersuch(?:t|ung)|wir untersuchen|investigando|(?:en|em) investiga(?:ción|ção)|investigation en cours|en cours d[’']investigation|indagine(?: in corso)?|in indagine|in onderzoek",
    ),
    { role: 'opening', status: 'investigating', exact: true },
  ],
  [
    words(
      'identifiziert|ursache (?:gefunden|identifiziert)|identificad[oa]|identifiée?|identificat[oa]|geïdentificeerd',
    ),
    { role: 'other', status: 'identified', exact: true },
  ],
  [
    words(
      '(?:wird |unter )?beobacht(?:et|ung)|überwachung|(?:en|em) observa(?:ción|ção)|monit(?:ore|or)ando|(?:sous |en )?surveillance|(?:in )?monitoraggio',
    ),
    { role: 'other', status: 'monitoring', exact: true },
  ],
  [
    words('behoben|gelöst|erledigt|resuelt[oa]|solucionad[oa]|resolvid[oa]|résolue?|risolt[oa]|opgelost'),
    { role: 'closing', status: 'resolved', exact: true },
  ],
  [words('abschlussbericht'), { role: 'other', status: 'postmortem', exact: true }],
  [
    words('aktualisierung|actualización|atualização|mise à jour|aggiornamento|bijgewerkt'),
    { role: 'update', status: null, exact: true },
  ],
];

function words(alternatives: string): RegExp {
  return new RegExp(`^(?:${alternatives})(?![\\p{L}\\p{N}-])`, 'u');
}

const INVISIBLE = /[\u200b-\u200d\u2060\ufeff]/g;
const DASH = /^\s*(?:[-–—:.,]+(?=\s|$)\s*)?/;
const EMPHASIS = /^(\*{1,3}|_{1,2})\s*([^*_\s](?:[^*]{0,78}?[^*\s])?)\s*\1(?![*\w])(.*)$/;
const BRACKETS = /^\[([^[\]]{1,80})\](?![([:])(.*)$/;
const UNCLOSED = /^\*{1,2}((?:update|edit)[^*]{1,60})$/i;
const PLAIN =
  /^(initial message|final message|closing message|update(?: #?\d{1,2})?|resolved|investigating|identified|monitoring)\s*:(?:\s+(.*)|)$/i;
const HEADING = /^#{1,6}\s+(.*?)(?:\s+#+)?$/;
const DATED =
  /^(\d{4}-\d{2}-\d{2}[T ]\d{1,2}:\d{2}(?::\d{2})?(?:\s*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2}))?)(?![\w:])(.*)$/;

/**
 * Reads the marker that a line begins with; null where it begins with none. `startsParagraph`: the line before it
 * is empty, or there is none; plain words and free labels count only there. `timeZone` serves for times without one.
 */
export function readMarker(line: string, startsParagraph: boolean, timeZone: string): Marker | null {
  const bare = line.replace(INVISIBLE, '').trimEnd();
  const text = /^\\?[*_[]/.test(bare) ? bare.replace(/\\([*_[\]-])/g, '$1') : bare;

  const emphasis = EMPHASIS.exec(text);
  if (emphasis) return readEmphasised(text, emphasis[2]!, emphasis[3]!, startsParagraph, timeZone);
  const brackets = BRACKETS.exec(text);
  if (brackets) return labelled(text, brackets[1]!, brackets[2]!, timeZone);
  const unclosed = UNCLOSED.exec(text);
  if (unclosed) {
    const marker = labelled(text, unclosed[1]!, '', timeZone);
    return marker?.at ? marker : null;
  }
  if (!startsParagraph) return null;
  const plain = PLAIN.exec(text);
  if (plain) return labelled(text, plain[1]!, `: ${plain[2] ?? ''}`, timeZone);
  const heading = HEADING.exec(text);
  if (heading) {
    const open = text.replace(/[ \t]+#+$/, '');
    const marker = dated(open, heading[1]!, timeZone) ?? labelled(open, heading[1]!, '', timeZone);
    return marker && (marker.replaceable || marker.at) ? marker : null;
  }
  return dated(text, text, timeZone);
}

function readEmphasised(
  line: string,
  label: string,
  tail: string,
  startsParagraph: boolean,
  timeZone: string,
): Marker | null {
  const numbered = /^\s*(#?\d{1,2})(?=\s*[-–—:])/.exec(tail);
  const bare = label.replace(/^\[([^[\]]+)\]$/, '$1');
  const whole = numbered ? `${bare} ${numbered[1]}` : bare;
  const rest = numbered ? tail.slice(numbered[0].length) : tail;
  const known = dated(line, bare, timeZone, rest) ?? labelled(line, whole, rest, timeZone);
  if (known) return known;
  const words = label.split(/\s+/).length;
  const free = startsParagraph && words <= 5 && label.length <= 40 && /^\s*[-–—]\s/.test(rest);
  if (!free) return null;
  return {
    role: 'other',
    status: null,
    at: null,
    number: null,
    replaceable: false,
    line,
    rest: rest.replace(DASH, ''),
    known: false,
  };
}

/** A marker that is a time: alone, with text after it, or (emphasised, with `rest` behind) with a status after it. */
function dated(line: string, label: string, timeZone: string, rest?: string): Marker | null {
  const match = DATED.exec(label);
  const at = readStamp(match ? match[1]! : label.replace(/[:\s]+$/, ''), timeZone);
  if (at === null) return null;
  if (match && rest !== undefined && /[^\s:]/.test(match[2]!)) {
    const following = labelled(line, match[2]!.replace(DASH, ''), rest, timeZone);
    return following && { ...following, at };
  }
  const following = labelled(line, (match?.[2] ?? '').replace(DASH, ''), '', timeZone);
  if (following?.replaceable) return { ...following, line, at };
  const text = (rest ?? match?.[2] ?? '').replace(DASH, '');
  return { role: 'update', status: null, at, number: null, replaceable: true, line, rest: text, known: true };
}

function labelled(line: string, label: string, tail: string, timeZone: string): Marker | null {
  const word = label.trim().replace(/\s+/g, ' ').replace(/\s*:$/, '');
  for (const [pattern, meaning] of MEANINGS) {
    const match = pattern.exec(word.toLowerCase());
    if (!match) continue;
    const numbered = /^\s*\(?#?(\d{1,2})\)?(?=$|[\s,:–—-])/.exec(word.slice(match[0].length));
    const after = word
      .slice(match[0].length + (numbered?.[0].length ?? 0))
      .replace(/^[\s,:–—-]*(?:(?:on|at|as of)\s+)?/i, '');
    const at = after === '' ? null : readStamp(after, timeZone);
    // "Update to the routers" is a sentence, "Update - Monday" a label.
    if (
      after !== '' &&
      at === null &&
      (after.split(' ').length > 3 || /^\s+\p{Ll}/u.test(word.slice(match[0].length)))
    ) {
      return null;
    }
    const rest = tail.replace(DASH, '');
    const sentenceGoesOn = rest !== '' && !/^\s*[-–—:.,]/.test(tail) && /^\p{Ll}/u.test(rest);
    return {
      role: meaning.role,
      status: meaning.status,
      at,
      number: numbered ? Number(numbered[1]) : null,
      replaceable: meaning.exact && !sentenceGoesOn && (after === '' || at !== null),
      line,
      rest,
      known: true,
    };
  }
  return null;
}
