import { Document } from 'yaml';

/** A component that an importer found. */
export interface ComponentDraft {
  id: string;
  name: string;
  description: string | null;
}

/** A heading over components. */
export interface GroupDraft extends ComponentDraft {
  components: ComponentDraft[];
}

/** What an importer found out about a site, before it is a file. */
export interface SiteDraft {
  name: string;
  url: string;
  timezone: string;
  language: string;
  /** All languages, the site's own first; fewer than two: left out. */
  languages: string[];
  /** In the order of the page. */
  components: (GroupDraft | ComponentDraft)[];
  links: { label: string; url: string }[];
}

/** A `status.config.yml` (DESIGN §3) with this content. The same draft gives the same bytes. */
export function siteText(site: SiteDraft): string {
  const fields: Record<string, unknown> = {
    name: site.name,
    url: site.url,
    timezone: site.timezone,
    language: site.language,
    ...(site.languages.length > 1 ? { languages: site.languages } : {}),
    components: site.components.map((entry) =>
      'components' in entry
        ? { ...componentFields(entry), components: entry.components.map(componentFields) }
        : componentFields(entry),
    ),
  };
  if (site.links.length > 0) fields.links = site.links;
  return new Document(fields).toString({ lineWidth: 0 });
}

function componentFields({ id, name, description }: ComponentDraft): Record<string, string> {
  return description === null ? { id, name } : { id, name, description };
}
