import { freeId } from './free-id.ts';
import { type HugoLanguages, languageTag, readLanguages } from './hugo-languages.ts';
import type { ComponentDraft, GroupDraft, SiteDraft } from './site-text.ts';
import { booleanOf, mapOf, oneLine, type Words, type WordsReading } from './yaml-words.ts';

/** What a cState config says, for this site's config and for reading its incidents. */
export interface CstateSite {
  site: SiteDraft;
  /** Component ids by the exact name that incidents use (`systems[].name`). */
  ids: Map<string, string>;
  languages: HugoLanguages;
  /** What was assumed or left behind, as sentences. */
  notes: string[];
}

const PLACEHOLDER = 'https://status.example.com';

/**
 * Reads the config of a cState site. Null: the site has none. `timeZone` is the zone of the new site;
 * `descriptions` are texts of component pages by exact system name, used where the config has none.
 */
export function readCstateSite(
  config: WordsReading | null,
  timeZone: string,
  descriptions: ReadonlyMap<string, string>,
): CstateSite {
  const notes: string[] = [];
  if (config?.damaged) notes.push('It has faults: only what stands in plain lines was read.');
  const fields = mapOf(config?.fields);
  const languages = readLanguages(fields);
  const [main] = languages.all;
  const own = main === undefined ? {} : languageFields(fields, main);
  const params = { ...mapOf(fields.params), ...mapOf(own.params) };
  for (const other of languages.all.slice(1)) {
    const left = Object.keys(languageFields(fields, other)).filter((key) => !OF_HUGO.has(key));
    if (left.length > 0) notes.push(`Of the language "${other}" was left behind: ${left.join(', ')}.`);
  }

  const name = oneLine(own.title) ?? oneLine(fields.title);
  if (name === null) notes.push('There is no title: the site is called "Status". Change `name`.');
  const language =
    main ??
    languageTag(oneLine(fields.languagecode) ?? oneLine(fields.defaultcontentlanguage) ?? 'en') ??
    'en';
  const { components, ids } = readComponents(params, descriptions, notes);
  const links = readTabs(params.customtabs, notes);
  for (const [key, why] of Object.entries(UNPLACED)) {
    if (oneLine(params[key]) !== null) notes.push(`\`${key}\` was left behind: ${why}`);
  }
  return {
    site: {
      name: name ?? 'Status',
      url: urlOf(oneLine(fields.baseurl), notes),
      timezone: timeZone,
      language,
      languages: languages.all,
      components,
      links,
    },
    ids,
    languages,
    notes,
  };
}

/** What the config says about a language for Hugo's own use. */
const OF_HUGO = new Set([
  'weight',
  'languagename',
  'languagecode',
  'languagedirection',
  'contentdir',
  'disabled',
]);

function languageFields(fields: Record<string, Words>, tag: string): Record<string, Words> {
  const entries = Object.entries(mapOf(fields.languages));
  return mapOf(entries.find(([key]) => languageTag(key) === tag)?.[1]);
}

const UNPLACED = {
  description: 'the page has no place for a description of the whole site.',
  logo: 'copy the picture to public/ and name it as `logo`.',
};

function mapsOf(value: Words | undefined): Record<string, Words>[] {
  return Array.isArray(value) ? value.map(mapOf) : [];
}

function urlOf(base: string | null, notes: string[]): string {
  const absolute = base !== null && URL.canParse(base) && /^https?:/i.test(base);
  if (!absolute || /^https?:\/\/localhost\b/i.test(base)) {
    notes.push(`\`baseURL\` names no address that readers could use: \`url\` is ${PLACEHOLDER}. Change it.`);
    return PLACEHOLDER;
  }
  return base.replace(/\/+$/, '');
}

function readTabs(tabs: Words | undefined, notes: string[]): SiteDraft['links'] {
  return mapsOf(tabs).flatMap(({ name, link }) => {
    const label = oneLine(name);
    const url = oneLine(link);
    if (label === null || url === null) return [];
    if (/^(?:https?:\/\/|mailto:|tel:)/i.test(url)) return [{ label, url }];
    notes.push(`The tab "${label}" leads to ${url}, a page of the old site: left behind.`);
    return [];
  });
}

function readComponents(
  params: Record<string, Words>,
  descriptions: ReadonlyMap<string, string>,
  notes: string[],
): { components: SiteDraft['components']; ids: Map<string, string> } {
  const taken = new Set<string>();
  const ids = new Map<string, string>();
  const listed = Array.isArray(params.systems) ? params.systems : [];
  const systems = listed.flatMap((entry) => {
    const system: Record<string, Words> = typeof entry === 'string' ? { name: entry } : mapOf(entry);
    const name = oneLine(system.name);
    if (name === null) return [];
    if (ids.has(name)) {
      notes.push(`The system "${name}" is listed twice: only the first counts.`);
      return [];
    }
    const id = freeId(name, taken);
    ids.set(name, id);
    const shown = oneLine(system.displayname) ?? name;
    if (shown !== name) notes.push(`The system "${name}" is shown as "${shown}".`);
    if (oneLine(system.link) !== null)
      notes.push(`The link of "${name}" was left behind: ${oneLine(system.link)}`);
    const component: ComponentDraft = {
      id,
      name: shown,
      description: oneLine(system.description) ?? descriptions.get(name) ?? null,
    };
    return [{ category: oneLine(system.category), component }];
  });

  const components: SiteDraft['components'] = [];
  const placed = new Set<ComponentDraft>();
  for (const category of mapsOf(params.categories)) {
    const name = oneLine(category.name);
    const members = systems
      .filter((system) => system.category === name && !placed.has(system.component))
      .map(({ component }) => component);
    if (name === null || members.length === 0) continue;
    for (const member of members) placed.add(member);
    if (booleanOf(category.untitled) === true) {
      notes.push(`The category "${name}" has no title on the page: its systems stand without a heading.`);
      components.push(...members);
      continue;
    }
    const group: GroupDraft = {
      id: freeId(name, taken),
      name,
      description: oneLine(category.description),
      components: members,
    };
    components.push(group);
  }
  const loose = systems.filter(({ component }) => !placed.has(component));
  for (const { component, category } of loose) {
    const why =
      category === null ? 'names no category' : `names the category "${category}", which there is not`;
    notes.push(`The system "${component.name}" ${why}: it stands without a heading, last.`);
    components.push(component);
  }
  return { components, ids };
}
