import type { Locale } from '../i18n/locale.ts';

/** An incident, maintenance or notice in plain words. Empty texts are left out. */
export interface ToldEntry {
  title: string;
  /** State, status and times in a line. */
  line: string;
  /** Names of what is affected. */
  affected: string[];
  /** The newest words, when they were said, and who signed them. */
  said: { text: string; time: string; signature: string } | null;
  /** A sentence. */
  promise: string;
}

/** How things are, in plain words in one language. */
export interface StatusTextContent {
  siteName: string;
  /** The word of the state; null: a sentence says it. */
  state: string | null;
  /** The sentence of the page's headline. */
  headline: string;
  /** What the headline is about. */
  lead: ToldEntry | null;
  /** What else there is, under headings, with their titles and lines alone. */
  sections: { heading: string; entries: ToldEntry[] }[];
  /** Whom to ask, in a line. */
  contacts: string;
  url: string;
  /** How old what is said is, as a sentence. */
  newest: string | null;
}

/** The longest line, in characters: what a terminal, a mail and a fax show without breaking it. */
const WIDEST = 72;

/**
 * The state for `curl` and for machines that read aloud: plain text in lines of at most 72 characters, the answer in the
 * first one. Only an address or a word that is longer stands on a longer line of its own.
 */
export function statusText(content: StatusTextContent, locale: Locale): string {
  const { siteName: site, state, headline, lead, sections, contacts, url, newest } = content;
  const paragraphs = [
    [
      state === null
        ? locale.t('plain.headline', { site, headline })
        : locale.t('plain.answer', { site, state }),
      ...(state === null ? [] : [headline]),
      ...(lead === null ? [] : detailsOf(lead, locale)),
    ],
    ...(lead?.said ? [wordsOf(lead.said, locale)] : []),
    [lead?.promise ?? ''],
    ...sections.flatMap(({ heading, entries }) =>
      entries.map((entry, index) => [
        index === 0 ? locale.t('plain.section', { name: heading }) : '',
        entry.title,
        ...detailsOf(entry, locale),
      ]),
    ),
    [contacts, url, newest ?? ''],
  ];
  const text = paragraphs
    .map((lines) => lines.filter((line) => line !== '').flatMap((line) => wrapped(line, WIDEST)))
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
  return `${text}\n`;
}

function detailsOf(entry: ToldEntry, locale: Locale): string[] {
  const { line, affected } = entry;
  return [
    line === '' ? '' : locale.t('plain.sentence', { text: line }),
    affected.length === 0 ? '' : locale.t('plain.affected', { components: locale.list(affected) }),
  ];
}

function wordsOf({ text, time, signature }: NonNullable<ToldEntry['said']>, locale: Locale): string[] {
  return [locale.t('plain.said', { time, text }), signature === '' ? '' : `— ${signature}`];
}

/** A text in lines of at most so many graphemes, broken at blanks. */
function wrapped(text: string, most: number): string[] {
  const lines: string[] = [];
  let line = '';
  let length = 0;
  for (const word of text.split(/[\s\p{Cc}]+/u)) {
    const size = graphemes(word);
    if (length > 0 && length + 1 + size > most) {
      lines.push(line);
      [line, length] = ['', 0];
    }
    line = length === 0 ? word : `${line} ${word}`;
    length += size + (length === 0 ? 0 : 1);
  }
  if (line !== '') lines.push(line);
  return lines;
}

const segmenter = new Intl.Segmenter();

function graphemes(text: string): number {
  // Most texts have none that is more than a letter.
  if (/^[\u0020-\u02ff]*$/.test(text)) return text.length;
  let count = 0;
  for (const _ of segmenter.segment(text)) count += 1;
  return count;
}
