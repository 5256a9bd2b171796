import type { Instant } from './incident.ts';
import type { ComponentState } from './words.ts';

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

/** How uptime is computed, and whether it is shown. */
export interface UptimeRule {
  show: boolean;
  /** What part of the time in a state counts as up, from 0 to 1; `operational` is always 1. */
  weights: Record<ComponentState, number>;
  /** From when on everything that happened was published, where that is before the first incident of the site. */
  since: Instant | null;
}

/** The rule of a site whose config says nothing of it: planned work and slowness are no downtime. */
export const UPTIME_RULE: UptimeRule = {
  show: true,
  weights: {
    operational: 1,
    'under maintenance': 1,
    'degraded performance': 1,
    'partial outage': 0.5,
    'major outage': 0,
  },
  since: null,
};

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
  uptime: UptimeRule;
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
