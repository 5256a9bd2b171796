import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { nearest } from '../../content/suggest.ts';
import { filledTemplate, placeholderNames, readTemplate, type Template } from '../../write/template.ts';
import { askChoice, askLine, type Choice } from './ask.ts';
import { Misused } from './misused.ts';
import type { OperatedSite } from './reports.ts';

/** A canned text of the site. */
export interface NamedTemplate extends Template {
  /** Its file's name without language and ending: `power`. */
  name: string;
}

/**
 * The templates in `incidents/_templates/`, by name. Of one that is there in several languages the one for `language`,
 * else the English one, else the first.
 */
export async function templatesFor(
  { folder, context }: OperatedSite,
  language: string,
): Promise<NamedTemplate[]> {
  const place = join(folder, 'incidents', '_templates');
  const files = (await readdir(place).catch(() => [])).filter((name) => /^[^._].*\.md$/i.test(name)).sort();
  const best = new Map<string, { file: string; rank: number }>();
  const wanted = [language.toLowerCase(), language.split('-')[0]!.toLowerCase(), undefined, 'en'];
  for (const file of files) {
    const [, name = '', of] = /^(.*?)(?:\.([a-z]{2,3}(?:-[a-z0-9]+)*))?\.md$/i.exec(file) ?? [];
    const rank = (wanted.indexOf(of?.toLowerCase()) + wanted.length + 1) % (wanted.length + 1);
    const known = best.get(name);
    if (known === undefined || rank < known.rank) best.set(name, { file, rank });
  }
  return Promise.all(
    [...best].map(async ([name, { file }]) => ({
      name,
      ...readTemplate(await readFile(join(place, file)), context),
    })),
  );
}

/** The template of a name. Throws `Misused` where there is none. */
export function templateNamed(name: string, templates: NamedTemplate[]): NamedTemplate {
  const found = templates.find((one) => one.name.toLowerCase() === name.toLowerCase().replace(/\.md$/, ''));
  if (found !== undefined) return found;
  const names = templates.map((one) => one.name);
  const near = nearest(name, names);
  throw new Misused(
    `There is no template "${name}".${near === null ? ` There are: ${names.join(', ') || 'none'}.` : ` Did you mean "${near}"?`}`,
  );
}

/** Lets one of the templates be chosen; null: none of them. */
export async function askTemplate(templates: NamedTemplate[]): Promise<NamedTemplate | null> {
  if (templates.length === 0) return null;
  const choices = templates.map((one): Choice => {
    const choice = { value: one.name, label: one.name };
    return one.title === null ? choice : { ...choice, hint: one.title };
  });
  const name = await askChoice('Begin with a template?', [
    { value: '', label: 'no, with an empty page' },
    ...choices,
  ]);
  return templates.find((one) => one.name === name) ?? null;
}

/**
 * The template filled in: with `known` values, and with answers where somebody is there to give them. Throws `Misused`
 * where nobody is.
 */
export async function filledIn(
  template: Template,
  known: Readonly<Record<string, string>>,
  isTerminal: boolean,
): Promise<{ template: Template; values: Record<string, string> }> {
  const values = { ...known };
  const open = placeholderNames(template).filter((name) => !Object.hasOwn(values, name));
  if (open.length > 0 && !isTerminal) {
    throw new Misused(
      `The template has places to fill in: ${open.map((name) => `--set "${name}=…"`).join(' ')}`,
    );
  }
  for (const name of open) {
    values[name] = await askLine(`{{${name}}} stands for?`, {
      check: (text) => (text.trim() === '' ? 'Write at least a word.' : null),
    });
  }
  return { template: filledTemplate(template, values), values };
}

/** Values for placeholders from `place=Dresden`. Throws `Misused`. */
export function placeholderValues(pairs: readonly string[]): Record<string, string> {
  const values: Record<string, string> = Object.create(null);
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at < 1) throw new Misused(`"${pair}" gives no value: write --set "place=Dresden".`);
    values[pair.slice(0, at).trim()] = pair.slice(at + 1).trim();
  }
  return values;
}
