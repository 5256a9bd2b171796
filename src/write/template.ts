import { readBody } from '../content/body.ts';
import { Frontmatter } from '../content/frontmatter-values.ts';
import type { ReadContext } from '../content/read-context.ts';
import { openSource } from '../content/source-file.ts';
import { type Impact, type Kind, MAINTENANCE_STATUSES, type Status } from '../domain/words.ts';

/** What a template gives to a report; its texts may hold `{{placeholders}}`. */
export interface Template {
  /** Null where the template has none, as for the rest. */
  title: string | null;
  status: Status | null;
  impact: Impact | null;
  /** Both ends of a maintenance's window, as written. */
  window: { from: string; to: string } | null;
  /** Markdown, without comments. */
  text: string;
}

const PLACEHOLDER = /\{\{\s{0,8}([\p{L}_][\p{L}\p{N}_ .:|-]{0,60}?)\s{0,8}\}\}/gu;

/** Reads a template, which is written as an incident file is. Of several updates the newest one's text counts. */
export function readTemplate(bytes: Uint8Array, context: ReadContext): Template {
  const source = openSource(bytes, () => false);
  const frontmatter = new Frontmatter(source.yaml, context.site.timezone);
  const body = readBody(source.body, { timeZone: context.site.timezone, vocabulary: context.vocabulary });
  const newest = body.sections.toSorted((a, b) => b.at - a.at)[0];
  const scheduled = frontmatter.all('scheduled').at(-1);
  const ends = scheduled === undefined ? [] : (frontmatter.reader.entries(scheduled.value) ?? []);
  const [from, to] = ['from', 'to'].map((key) => {
    const entry = ends.find((end) => end.key === key);
    return entry === undefined ? null : (frontmatter.reader.text(entry.value)?.text ?? null);
  });
  return {
    title: frontmatter.word('title')?.text || null,
    status: context.vocabulary.readStatus(frontmatter.word('status')?.text ?? ''),
    impact: context.vocabulary.readImpact(frontmatter.word('impact')?.text ?? ''),
    window: from == null || to == null ? null : { from, to },
    text: (newest?.text ?? body.summary).replace(/<!--[\s\S]*?-->\n*/g, '').trim(),
  };
}

/** What a report made from the template is. */
export function kindOfTemplate({ status, window }: Template): Kind {
  if (status === 'notice') return 'notice';
  const maintenance = status !== null && (MAINTENANCE_STATUSES as readonly Status[]).includes(status);
  return maintenance || (status === null && window !== null) ? 'maintenance' : 'incident';
}

/** The names of the placeholders of a template, each once, in the order in which one would ask for them. */
export function placeholderNames({ title, window, text }: Template): string[] {
  const texts = [title ?? '', window?.from ?? '', window?.to ?? '', text];
  return [...new Set(texts.flatMap((one) => [...one.matchAll(PLACEHOLDER)].map((match) => match[1]!)))];
}

/** The template with values in the place of its placeholders; one without a value stays. */
export function filledTemplate(template: Template, values: Readonly<Record<string, string>>): Template {
  const fill = (text: string) =>
    text.replace(PLACEHOLDER, (whole, name: string) =>
      Object.hasOwn(values, name) && values[name] !== '' ? values[name]! : whole,
    );
  const { title, window, text } = template;
  return {
    ...template,
    title: title === null ? null : fill(title),
    window: window === null ? null : { from: fill(window.from), to: fill(window.to) },
    text: fill(text),
  };
}
