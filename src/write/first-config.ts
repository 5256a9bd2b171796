import { readSiteConfig } from '../content/site-config.ts';
import { slugKey, slugOf } from '../domain/slug.ts';
import { yamlText, yamlWord } from './yaml-text.ts';

/** What a new site must know of itself. */
export interface FirstSite {
  name: string;
  url: string;
  /** IANA name. */
  timezone: string;
  /** BCP 47 tags, the site's own first; not empty. */
  languages: string[];
  /** As typed: `Mail, API`, or with headings `Dresden: Web hosting, Mail; API`. */
  components: string;
  /** Where its repository is found; null: not known. */
  source: string | null;
}

interface Group {
  /** Null: no heading. */
  name: string | null;
  components: string[];
}

/**
 * A `status.config.yml` (DESIGN §3) with this content and a word on what else it may say. The same input gives the
 * same bytes. What is typed is not judged here: see `firstConfigFaults`.
 */
export function firstConfig(site: FirstSite): string {
  const [language = 'en', ...others] = site.languages;
  return `# What the status page is called, where it is found and what customers use. \`npm run check\` reads this file, too.
name: ${yamlText(site.name)}
url: ${yamlText(withScheme(site.url))} # where readers find the page
timezone: ${/^[A-Za-z][\w+/-]*$/.test(site.timezone) ? site.timezone : yamlText(site.timezone)} # of times without a zone, here and in incidents
language: ${yamlWord(language)}
${others.length === 0 ? '# languages: [de, en] # the first at the root, the others below /en/ and so on' : `languages: [${[language, ...others].map(yamlWord).join(', ')}] # the first at the root, the others below /${others[0]}/ and so on`}

# An id is part of addresses: change the name as you like, the id never. A name in several languages is written
# { de: E-Mail, en: Mail }; hosts: ["web-*"] tells customers which servers belong to it.
${componentLines(groupsOf(site.components))}

# People answer, not companies: ^tb in an update's heading signs it.
# authors: { tb: Tanja B., mk: Marko K. }

# Ways to reach you that work while your own systems are down.
# contacts:
#   - { label: Hotline, url: "tel:+49351100000" }
#   - { label: Mastodon, url: "https://social.example/@us" }

${site.source === null ? '# source: https://codeberg.org/you/status # the repository: readers see what was edited, `npm run new -- --link` opens its editor' : `source: ${yamlText(site.source)} # the repository`}

# On every page's foot.
# links:
#   - { label: Imprint, url: "https://www.example.com/imprint" }
`;
}

/** What is wrong with such a config, as sentences; empty: nothing. */
export function firstConfigFaults(site: FirstSite): string[] {
  const { faults } = readSiteConfig(new TextEncoder().encode(firstConfig(site)));
  return [...new Set(faults.map(({ message }) => message))];
}

function withScheme(url: string): string {
  const trimmed = url.trim().replace(/\/+$/, '');
  return trimmed === '' || /^[a-z][a-z0-9+.-]*:/i.test(trimmed) ? trimmed : `https://${trimmed}`;
}

function groupsOf(typed: string): Group[] {
  const groups: Group[] = [];
  for (const part of typed.split(';')) {
    const heading = /^([^:,]*):(.*)$/s.exec(part);
    const components = (heading?.[2] ?? part)
      .split(',')
      .map((name) => name.replace(/\s+/g, ' ').trim())
      .filter((name) => name !== '');
    const name = (heading?.[1] ?? '').replace(/\s+/g, ' ').trim();
    if (components.length > 0) groups.push({ name: name === '' ? null : name, components });
  }
  return groups;
}

function componentLines(groups: Group[]): string {
  if (groups.length === 0) return '# components:\n#   - { id: mail, name: Mail }';
  const taken = new Set<string>();
  const idOf = (name: string) => {
    const base = slugOf(name.toLowerCase());
    let id = base;
    for (let count = 2; taken.has(slugKey(id)); count += 1) id = `${base}-${count}`;
    taken.add(slugKey(id));
    return id;
  };
  const line = (name: string) => `- { id: ${yamlWord(idOf(name))}, name: ${yamlText(name)} }`;
  const lines = groups.flatMap(({ name, components }) =>
    name === null
      ? components.map((component) => `  ${line(component)}`)
      : [
          `  - id: ${yamlWord(idOf(name))}`,
          `    name: ${yamlText(name)}`,
          '    components:',
          ...components.map((component) => `      ${line(component)}`),
        ],
  );
  return ['components:', ...lines].join('\n');
}
