import type { Instant } from './incident.ts';

/** A text in the languages of the site, by BCP 47 tag. The site's own language is always there. */
export type LocalText = Record<string, string>;

/** Something that customers use and that can fail. */
export interface Component {
  /** Unique without regard to case; part of URLs. */
  id: string;
  name: LocalText;
  description: LocalText | null;
  /** Host name patterns, `*` allowed; published as written. */
  hosts: string[];
}

/** A heading over components. It is never in a state of its own. */
export interface ComponentGroup {
  id: string;
  name: LocalText;
  description: LocalText | null;
  components: Component[];
}

/** A way to reach a human. */
export interface Contact {
  label: LocalText;
  /** https:, http:, mailto: or tel:. */
  url: string;
}

/** A link on every page's foot. */
export interface FootLink {
  label: LocalText;
  url: string;
}

/** The site as configured: plain JSON, every default filled in. */
export interface Site {
  name: string;
  /** Absolute, without a slash at the end: where readers find the page. */
  url: string;
  /** IANA name. */
  timezone: string;
  /** BCP 47 tag of the pages at the root. */
  language: string;
  /** All languages, `language` first. */
  languages: string[];
  /** Groups and loose components in the order of the page. */
  components: (ComponentGroup | Component)[];
  /** Name by signature. */
  authors: Record<string, string>;
  contacts: Contact[];
  links: FootLink[];
  /** Absolute URLs of copies of this page. */
  mirrors: string[];
  /** Path of a picture in `public/`. */
  logo: string | null;
  /** The repository's URL. */
  source: string | null;
  address: 'du' | 'Sie';
  /** A demonstration stands still at this instant. */
  clock: Instant | null;
}

/** Whether an entry of `site.components` is a group. */
export function isGroup(entry: ComponentGroup | Component): entry is ComponentGroup {
  return 'components' in entry;
}

/** Every component of the site, groups opened, in the order of the page. */
export function allComponents(site: Site): Component[] {
  return site.components.flatMap((entry) => (isGroup(entry) ? entry.components : [entry]));
}

/** A text in the language asked for, else in the site's own. */
export function localText(text: LocalText, language: string, site: Site): string {
  return text[language] ?? text[site.language] ?? Object.values(text)[0] ?? '';
}
