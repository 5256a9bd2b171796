import type { IncidentStatus } from '../domain/incident-status.ts';
import { newestChange } from '../domain/newest-change.ts';
import { allComponents, isGroup, localText, type Site } from '../domain/site.ts';
import type { SiteStatus } from '../domain/status.ts';
import type { ComponentState } from '../domain/words.ts';
import type { Locale } from '../i18n/locale.ts';

/** What a badge tells: `no effect` for a page on which something is open that is not known to affect anybody. */
export type BadgeState = ComponentState | 'no effect';

/** A badge in one language, ready for any format. */
export interface Badge {
  /** What it is about, in a line. */
  label: string;
  /** The word of the state. */
  message: string;
  state: BadgeState;
  /** Both as a sentence, with the name of the site. */
  sentence: string;
  /** How old what it says is, as a sentence; null where nothing was ever reported. */
  newest: string | null;
  /** BCP 47 tag of its words. */
  language: string;
}

/** The badge of the whole page; `state` is that of its headline. */
export function pageBadge(site: Site, status: SiteStatus, state: ComponentState, locale: Locale): Badge {
  const label = locale.t('page.home', { site: site.name });
  // What is open without a known effect is no green (law 2).
  const harmless = state === 'operational' && status.open.length > 0;
  return {
    ...stated(harmless ? 'no effect' : state, label, label, locale),
    newest: newestOf(status.incidents, status, locale),
  };
}

/** The badges of every component and group of a site, by id. */
export function componentBadges(site: Site, status: SiteStatus, locale: Locale): Map<string, Badge> {
  const touching = new Map<string, IncidentStatus[]>();
  for (const one of status.incidents) {
    for (const { id } of one.components) {
      const list = touching.get(id);
      if (list === undefined) touching.set(id, [one]);
      else list.push(one);
    }
  }
  const badges = new Map<string, Badge>();
  const add = (id: string, name: string, state: ComponentState, parts: string[]) => {
    const subject = locale.t('badge.component', { site: site.name, component: name });
    const incidents = parts.flatMap((part) => touching.get(part) ?? []);
    badges.set(id, {
      ...stated(state, name, subject, locale),
      newest: newestOf(incidents, status, locale),
    });
  };
  const nameIn = (entry: Site['components'][number]) => localText(entry.name, locale.language, site);
  for (const group of site.components.filter(isGroup)) {
    const parts = group.components.map(({ id }) => id);
    add(group.id, nameIn(group), status.groups[group.id] ?? 'operational', parts);
  }
  for (const component of allComponents(site)) {
    const { id } = component;
    add(id, nameIn(component), status.components[id]?.state ?? 'operational', [id]);
  }
  return badges;
}

function stated(state: BadgeState, label: string, subject: string, locale: Locale): Omit<Badge, 'newest'> {
  const message = state === 'no effect' ? locale.t('line.noEffect') : locale.stateShort(state);
  const sentence = locale.t('badge.says', { label: subject, message });
  return { label, message, state, sentence, language: locale.language };
}

function newestOf(incidents: IncidentStatus[], { now }: SiteStatus, locale: Locale): string | null {
  const said = newestChange(incidents, now);
  return said === null ? null : locale.t('page.newest', { time: locale.full(said.at, said.precision) });
}
