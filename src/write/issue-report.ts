import type { ReadContext } from '../content/read-context.ts';
import type { Instant } from '../domain/incident.ts';
import type { NewIncident } from './new-incident.ts';
import { type Meaning, meantAuthors, meantComponents, meantImpact, meantPromise } from './operator-words.ts';

/** An issue as its host hands it over; its texts are whatever somebody typed. */
export interface Issue {
  title: string;
  body: string;
  createdAt: Instant | null;
}

/** What an issue reports, with notes on what of it could not be taken over; null: it was not made with the form. */
export type IssueReport = { incident: NewIncident; notes: string[] } | null;

/** What stands in a field that was left empty. */
const EMPTY = '_No response_';

const FIELDS = 5;

/**
 * Reads an issue that was made with the form "Incident". The form gives its fields in this order, each below a heading
 * of the third level: impact, components, promise, signatures, text. Labels count for nothing, so they may be
 * translated; the text comes last because it may hold headings of its own. A promise or signature that means nothing
 * is left out and told; a component that the config does not know stays as it was typed, so that the page does not
 * stay green. Pure.
 */
export function readIssue({ title, body, createdAt }: Issue, context: ReadContext): IssueReport {
  const fields = fieldsOf(body);
  if (fields === null) return null;
  const [impactWord, componentWords, promiseWord, authorWords, text] = fields;
  const impact = meantImpact(impactWord, context);
  if (!impact.ok || [componentWords, promiseWord, authorWords].some((field) => field.includes('\n')))
    return null;
  const notes: string[] = [];
  const take = <Value>(field: string, read: (word: string, context: ReadContext) => Meaning<Value>) => {
    const meaning = field === '' ? null : read(field, context);
    if (meaning?.ok === false) notes.push(`${meaning.message} It was left out.`);
    return meaning?.ok ? meaning.value : null;
  };
  const names = componentWords.split(',').map((name) => name.trim());
  const components = names
    .filter((name) => name !== '')
    .flatMap((name) => {
      const meaning = meantComponents(name, context);
      return meaning.ok ? meaning.value : [name];
    });
  return {
    incident: {
      kind: 'incident',
      title: title.replace(/\s+/g, ' ').trim(),
      status: 'investigating',
      impact: impact.value,
      components: [...new Set(components)],
      text,
      authors: take(authorWords, meantAuthors) ?? [],
      next: take(promiseWord, meantPromise),
      window: null,
      until: null,
      slug: null,
      language: null,
      at: createdAt === null ? null : { at: Math.floor(createdAt / 60_000) * 60_000, precision: 'minute' },
    },
    notes,
  };
}

/** The texts below the first five headings, the last one with all that follows; null: it is no such form. */
function fieldsOf(body: string): [string, string, string, string, string] | null {
  const whole = body.replace(/\r\n?/g, '\n');
  const headings = [...whole.matchAll(/^### .*$/gm)].slice(0, FIELDS);
  if (headings.length < FIELDS || whole.slice(0, headings[0]!.index).trim() !== '') return null;
  const fields = headings.map((heading, index) => {
    const end = index === FIELDS - 1 ? whole.length : headings[index + 1]!.index;
    const field = whole.slice(heading.index + heading[0].length, end).trim();
    return field === EMPTY ? '' : field;
  });
  return fields as [string, string, string, string, string];
}
