import { readBody } from '../content/body.ts';
import { Frontmatter } from '../content/frontmatter-values.ts';
import type { ReadContext } from '../content/read-context.ts';
import { openSource } from '../content/source-file.ts';
import type { Impact, Status } from '../domain/words.ts';

/** What a template gives to a new report once its placeholders are filled in. */
export interface TemplateParts {
  /** Null where the template has none, as for the rest. */
  title: string | null;
  status: Status | null;
  impact: Impact | null;
  /** Markdown. */
  text: string;
}

const PLACEHOLDER = /\{\{\s{0,8}([\p{L}_][\p{L}\p{N}_ .:|-]{0,60}?)\s{0,8}\}\}/gu;

/** The names of the `{{placeholders}}` of a template, each once, in their order. */
export function placeholderNames(template: string): string[] {
  return [...new Set([...template.matchAll(PLACEHOLDER)].map((match) => match[1]!))];
}

/** The template with values in the place of its placeholders; one without a value stays. */
export function filled(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(PLACEHOLDER, (whole, name: string) =>
    Object.hasOwn(values, name) && values[name] !== '' ? values[name]! : whole,
  );
}

/** Reads a template, which is written as an incident file is. Of several updates the newest one's text counts. */
export function templateParts(template: string, context: ReadContext): TemplateParts {
  const source = openSource(new TextEncoder().encode(template), () => false);
  const frontmatter = new Frontmatter(source.yaml, context.site.timezone);
  const body = readBody(source.body, { timeZone: context.site.timezone, vocabulary: context.vocabulary });
  const newest = body.sections.reduce<(typeof body.sections)[number] | null>(
    (a, b) => (a === null || b.at > a.at ? b : a),
    null,
  );
  const title = frontmatter.word('title')?.text ?? '';
  return {
    title: title === '' ? null : title,
    status: context.vocabulary.readStatus(frontmatter.word('status')?.text ?? ''),
    impact: context.vocabulary.readImpact(frontmatter.word('impact')?.text ?? ''),
    text: (newest === null ? body.summary : newest.text).replace(/<!--[\s\S]*?-->\n*/g, '').trim(),
  };
}
