import type { Instant, Window } from '../domain/incident.ts';
import {
  readLeadingTimestamp,
  readTimestamp,
  spellingAdvice,
  type TimestampReading,
} from '../domain/time.ts';
import type { Problem } from './fault.ts';
import { fold } from './fold.ts';
import { type IncidentKey, incidentKey, nearIncidentKey } from './incident-keys.ts';
import { warning } from './problem.ts';
import { type Entry, replacement, short, type Value, type Word } from './yaml-map.ts';
import type { YamlSource } from './yaml-source.ts';

/** A moment that a file gives, and where. */
export interface Moment {
  at: Instant;
  precision: 'day' | 'minute' | 'second';
  start: number;
  end: number;
}

/** Keys that are read from a misspelt spelling, too: what they say can't make the page look better than it is. */
const SAFE_WHEN_MISSPELT: ReadonlySet<IncidentKey> = new Set([
  'title',
  'impact',
  'components',
  'started',
  'next-update',
  'hosts',
  'language',
]);

/** The frontmatter of one file, key by key. Offsets are those of the decoded file. */
export class Frontmatter {
  readonly problems: Problem[] = [];
  readonly reader: YamlSource['reader'];
  /** Moments that were given and could not be read, in the order in which they were asked for. */
  readonly unreadableTimes: Problem[] = [];
  readonly #entries = new Map<IncidentKey, Entry[]>();
  /** Keys whose spelling was guessed. */
  readonly guessed = new Set<IncidentKey>();
  readonly #timeZone: string;

  constructor(yaml: YamlSource, timeZone: string) {
    this.reader = yaml.reader;
    this.#timeZone = timeZone;
    const unknown: Entry[] = [];
    for (const entry of yaml.entries) {
      const key = incidentKey(entry.key);
      if (key === null) unknown.push(entry);
      else this.#add(key, entry);
    }
    for (const entry of unknown) this.#unknown(entry);
    for (const [key, entries] of this.#entries) this.#twice(key, entries);
  }

  #add(key: IncidentKey, entry: Entry): void {
    const known = this.#entries.get(key);
    if (known === undefined) this.#entries.set(key, [entry]);
    else known.push(entry);
  }

  #unknown(entry: Entry): void {
    const near = entry.key.length > 80 ? null : nearIncidentKey(entry.key);
    const guess = near !== null && SAFE_WHEN_MISSPELT.has(near) && !this.#entries.has(near);
    if (guess) {
      this.#add(near, entry);
      this.guessed.add(near);
    }
    const advice = near === null ? ' It is passed over.' : ` Did you mean "${near}"?`;
    this.problems.push(
      warning(
        entry.keyStart,
        Math.max(entry.keyEnd, entry.keyStart + 1),
        'unknown-key',
        `"${short(entry.key)}" is not a known key.${advice}`,
        {
          publishedAs: guess ? near : null,
          fix: guess ? replacement({ start: entry.keyStart, end: entry.keyEnd }, near) : null,
        },
      ),
    );
  }

  #twice(key: IncidentKey, entries: Entry[]): void {
    const first = entries[0]!;
    for (const entry of entries.slice(1)) {
      const counts = WORSE_COUNTS[key] ?? 'Of the two, the later one counts.';
      this.problems.push(
        warning(
          entry.keyStart,
          Math.max(entry.keyEnd, entry.keyStart + 1),
          'key-twice',
          `"${key}" is given twice: it already stands above as "${short(first.key)}". ${counts} Delete one of the two.`,
        ),
      );
    }
  }

  /** Every entry of a key: more than one where it is given twice. */
  all(key: IncidentKey): Entry[] {
    return this.#entries.get(key) ?? [];
  }

  has(key: IncidentKey): boolean {
    return this.#entries.has(key);
  }

  /** The single values given for a key, in the order of the file. */
  words(key: IncidentKey): Word[] {
    return this.all(key).flatMap((entry) => this.reader.word(key, entry.value) ?? []);
  }

  /** The last single value given for a key. */
  word(key: IncidentKey): Word | null {
    return this.words(key).at(-1) ?? null;
  }

  list(key: IncidentKey): Word[] {
    return this.all(key).flatMap((entry) => this.reader.words(key, entry.value));
  }

  /** `worse`: what counts where a key is given twice. Null: not given. */
  boolean(key: IncidentKey, worse: boolean): boolean | null {
    const given = this.all(key).flatMap((entry) => this.reader.boolean(key, entry.value) ?? []);
    if (given.length === 0) return null;
    return given.includes(worse) ? worse : !worse;
  }

  /** The moments given for a key; what can't be read is reported and left out. */
  moments(key: IncidentKey): Moment[] {
    return this.words(key).flatMap((word) => this.moment(key, word) ?? []);
  }

  /** Reads a word as a moment. */
  moment(key: string, word: Word, hint = ''): Moment | null {
    const reading = readTimestamp(word.text, this.#timeZone);
    if (!reading.ok) {
      const problem = warning(
        word.start,
        Math.max(word.end, word.start + 1),
        'unreadable-time',
        `"${short(word.text)}" can't be read as the time of "${key}": ${reading.message}${spellingAdvice(reading)}${hint}`,
      );
      this.problems.push(problem);
      this.unreadableTimes.push(problem);
      return null;
    }
    this.#notes(word, reading);
    return { at: reading.at, precision: reading.precision, start: word.start, end: word.end };
  }

  #notes(word: Word, reading: Extract<TimestampReading, { ok: true }>): void {
    const respell = reading.notes.find(
      (note) => note.code !== 'skipped-hour' && note.code !== 'repeated-hour',
    );
    for (const note of reading.notes) {
      const clock = note.code === 'skipped-hour' || note.code === 'repeated-hour';
      this.problems.push(
        warning(
          word.start,
          word.end,
          note.code,
          clock ? note.message : `${note.message} Write "${reading.canonical}".`,
          {
            publishedAs: reading.canonical,
            fix: note === respell ? replacement(word, reading.canonical) : null,
          },
        ),
      );
    }
  }

  /** The window of a maintenance; null, with a warning where something is given that is none. */
  window(): { window: Window; from: Moment; to: Moment } | null {
    const entry = this.all('scheduled').at(-1);
    if (entry === undefined || this.reader.isEmpty(entry.value)) return null;
    const found = this.#windowWords(entry);
    if (found === null) return null;
    const from = this.moment('from', found.from);
    const to = this.moment('to', found.to);
    if (from === null || to === null) return null;
    if (to.at <= from.at) {
      this.problems.push(
        warning(
          to.start,
          to.end,
          'end-before-start',
          'The window ends before it begins, or as it begins. Check date and time of "from" and "to".',
          {
            publishedAs: 'a maintenance without a window',
          },
        ),
      );
      return null;
    }
    return { window: { from: from.at, to: to.at }, from, to };
  }

  #windowWords(entry: Entry): { from: Word; to: Word } | null {
    const { value } = entry;
    const missing = (what: string) => {
      this.problems.push(
        warning(
          value.start,
          Math.max(value.end, value.start + 1),
          'no-window',
          `"scheduled" needs both ends of the window: ${what}. Write { from: 2026-12-02 01:00, to: 2026-12-02 03:00 }.`,
        ),
      );
      return null;
    };
    if (this.reader.isMap(value)) return this.#windowMap(this.reader.entries(value) ?? [], missing);
    const text = this.reader.text(value);
    if (text !== null) return this.#windowText(text) ?? missing('"from" and "to"');
    const items = this.reader.items(value) ?? [];
    const entries = items.length > 0 ? this.reader.entries(value) : null;
    if (entries !== null) return this.#windowMap(entries, missing);
    const words = items.flatMap((item: Value) => this.reader.text(item) ?? []);
    const [from, to] = words;
    if (words.length !== 2 || from === undefined || to === undefined) return missing('"from" and "to"');
    const end = this.reader.isBlock(value) ? to.end : value.end;
    this.problems.push(this.#windowSpelling({ start: value.start, end }, from.text, to.text));
    return { from, to };
  }

  #windowMap(entries: Entry[], missing: (what: string) => null): { from: Word; to: Word } | null {
    const ends = new Map<'from' | 'to', Word>();
    for (const entry of entries) {
      const known = WINDOW_KEYS.get(fold(entry.key));
      const key = known ?? null;
      if (key === null || !['from', 'to'].includes(fold(entry.key))) {
        this.problems.push(
          warning(
            entry.keyStart,
            Math.max(entry.keyEnd, entry.keyStart + 1),
            'unknown-key',
            `"${short(entry.key)}" is not a known key of "scheduled". ${key === null ? 'Known ones are "from" and "to".' : `Did you mean "${key}"?`}`,
            {
              publishedAs: key,
              fix: key === null ? null : replacement({ start: entry.keyStart, end: entry.keyEnd }, key),
            },
          ),
        );
      }
      const word = key === null ? null : this.reader.word(key, entry.value);
      if (key !== null && word !== null && ends.has(key)) {
        this.problems.push(
          warning(
            entry.keyStart,
            Math.max(entry.keyEnd, entry.keyStart + 1),
            'key-twice',
            `"${key}" is given twice. Of the two, the later one in the file counts. Delete one of the two.`,
          ),
        );
      }
      if (key !== null && word !== null) ends.set(key, word);
    }
    const from = ends.get('from');
    const to = ends.get('to');
    if (from === undefined) return missing('"from" is missing');
    if (to === undefined) return missing('"to" is missing');
    return { from, to };
  }

  /** `2026-12-02 01:00 - 2026-12-02 03:00` */
  #windowText(word: Word): { from: Word; to: Word } | null {
    const first = readLeadingTimestamp(word.text, this.#timeZone);
    if (first === null || !first.ok) return null;
    const link = /^\s*(?:[-\u2010-\u2015\u2212/,]|to|till|until|bis)\s*/iu.exec(
      word.text.slice(first.length),
    );
    if (link === null) return null;
    const at = first.length + link[0].length;
    const rest = word.text.slice(at);
    if (!readTimestamp(rest, this.#timeZone).ok) return null;
    const base = word.start + Math.max(0, word.end - word.start - word.text.length > 0 ? 1 : 0);
    const from = { text: word.text.slice(0, first.length), start: base, end: base + first.length };
    const to = { text: rest, start: base + at, end: base + word.text.length };
    this.problems.push(this.#windowSpelling(word, from.text, to.text));
    return { from, to };
  }

  #windowSpelling(place: { start: number; end: number }, from: string, to: string): Problem {
    const right = `{ from: ${from.trim()}, to: ${to.trim()} }`;
    return warning(
      place.start,
      place.end,
      'window-spelling',
      `A window is written with "from" and "to". Write ${right}.`,
      { fix: replacement(place, right) },
    );
  }
}

const WINDOW_KEYS = new Map<string, 'from' | 'to'>([
  ...['from', 'form', 'fromm', 'frm', 'start', 'starts', 'begin', 'von', 'ab'].map(
    (word): [string, 'from'] => [word, 'from'],
  ),
  ...['to', 'too', 'ot', 'end', 'ends', 'until', 'till', 'bis'].map((word): [string, 'to'] => [word, 'to']),
]);

const WORSE_COUNTS: Partial<Record<IncidentKey, string>> = {
  status: 'Of the two, the less finished one counts.',
  impact: 'Of the two, the worse one counts.',
  components: 'All that are named count, each in its worst state.',
  hosts: 'Both count.',
  aliases: 'Both count.',
  draft: 'It is published unless both say true.',
  'auto-complete': 'It ends by itself only if both say true.',
};
