import type { Incident, Translation } from '../domain/incident.ts';
import { readBody } from './body.ts';
import type { Fault, Problem } from './fault.ts';
import { Frontmatter } from './frontmatter-values.ts';
import { incidentKey } from './incident-keys.ts';
import { byTime } from './incident-updates.ts';
import { faultsOf } from './locate.ts';
import { moved, warning } from './problem.ts';
import type { ReadContext } from './read-context.ts';
import { openSource, placeholders } from './source-file.ts';
import { textProblems } from './text-problems.ts';

/**
 * Reads `slug.en.md` beside `slug.md`: title, summary and the texts of updates, matched by their time (within one
 * minute, in their order). `headless`: the original has no update headings. Null: nothing of it is published.
 */
export function readTranslation(
  path: string,
  bytes: Uint8Array,
  original: Incident,
  headless: boolean,
  context: ReadContext,
): { translation: Translation | null; faults: Fault[] } {
  const source = openSource(bytes, () => false);
  const body = readBody(source.body, { timeZone: context.site.timezone, vocabulary: context.vocabulary });
  const frontmatter = new Frontmatter(source.yaml, context.site.timezone);
  const draft = frontmatter.boolean('draft', false) ?? false;
  const problems: Problem[] = [...source.problems, ...source.yaml.problems];
  const inBody = (found: Problem[]) => {
    for (const problem of found) problems.push(moved(problem, source.bodyToFile));
  };
  inBody(body.problems);
  inBody(textProblems(source.body, { hasPublicFile: context.hasPublicFile }));
  for (const problem of placeholders(source.decoded)) problems.push(problem);

  for (const entry of source.yaml.entries) {
    const key = incidentKey(entry.key);
    if (key === 'title' || key === 'draft' || key === 'language' || key === null) continue;
    problems.push(
      warning(
        entry.keyStart,
        Math.max(entry.keyEnd, entry.keyStart + 1),
        'translation-key',
        `"${key}" is not used in a translation: it is taken from the original, ${original.path}. Delete it here.`,
      ),
    );
  }
  const title =
    frontmatter.reader
      .text(frontmatter.all('title').at(-1)?.value ?? NOTHING)
      ?.text.replace(/\s+/g, ' ')
      .trim() ?? '';
  problems.push(...frontmatter.problems, ...frontmatter.reader.problems);

  const texts = new Map<string, string>();
  const free = original.updates.filter(({ clock }) => clock === null);
  const minute = (at: number) => Math.floor(at / 60_000);
  for (const section of byTime(body.sections)) {
    const index = free.findIndex((update) => minute(update.at) === minute(section.at));
    const update = free[index];
    if (update === undefined || headless) {
      inBody([
        warning(
          section.headingStart,
          section.headingEnd,
          'translation-update',
          `The original, ${original.path}, has no update of this time that is still without a translation; this one is not published. Write it there first, or correct the time.`,
        ),
      ]);
      continue;
    }
    free.splice(index, 1);
    if (section.text !== '') texts.set(update.id, section.text);
  }
  const summary = [source.preface, body.summary].filter((text) => text !== '').join('\n\n');
  if (headless && body.sections.length === 0 && summary !== '') texts.set(original.updates[0]!.id, summary);

  const usable = source.readable && !draft;
  return {
    translation: usable
      ? {
          title: title === '' ? null : title,
          summary: headless || summary === '' ? null : summary,
          updates: Object.fromEntries(texts),
        }
      : null,
    faults: faultsOf(
      problems.map((problem) =>
        problem.level === 'error'
          ? { ...problem, publishedAs: `the original text, without this translation` }
          : problem,
      ),
      `incidents/${path}`,
      source.decoded,
    ),
  };
}

const NOTHING = { node: null, start: 0, end: 0 };
