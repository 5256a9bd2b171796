import type { Instant } from '../domain/incident.ts';
import type { IncidentStatus } from '../domain/incident-status.ts';
import type { Site } from '../domain/site.ts';
import type { SiteStatus } from '../domain/status.ts';
import { type ComponentState, type Indicator, stateOfImpact, worseState } from '../domain/words.ts';
import type { Locale } from '../i18n/locale.ts';
import { titleOf } from './texts.ts';

/** The one sentence that says how things are. */
export interface Headline {
  text: string;
  /** BCP 47 tag of the sentence: an incident's title may be in another language than the page. */
  language: string;
  /** "and 2 more"; null where nothing else is open. */
  more: string | null;
  /** What the sentence is about; null: nothing is wrong, or nothing that has a title. */
  lead: IncidentStatus | null;
  /** Mark of the page as a whole. */
  state: ComponentState;
}

/**
 * The headline of the page: the worst open incident's title; where only work is going on, what is being done until
 * when; else that everything works. It never says so while the indicator or a component says otherwise.
 */
export function headline(status: SiteStatus, site: Site, language: string, locale: Locale): Headline {
  const state = pageState(status);
  const [worst] = status.open;
  if (worst !== undefined) {
    const title = titleOf(worst.incident, language);
    return { ...title, more: andMore(status.open.length - 1, locale), lead: worst, state };
  }
  const [work] = status.maintenance;
  if (work !== undefined) {
    return {
      text: workHeadline(work, language, status.now, locale),
      language: titleOf(work.incident, language).language,
      more: andMore(status.maintenance.length - 1, locale),
      lead: work,
      state,
    };
  }
  const text = state === 'operational' ? locale.t('headline.well') : locale.state(state);
  return {
    text,
    language: site.languages.includes(language) ? language : site.language,
    more: null,
    lead: null,
    state,
  };
}

/** What is being done until when; `near` is the instant that times are as short as on the day of. */
export function workHeadline(work: IncidentStatus, language: string, near: Instant, locale: Locale): string {
  const { text: title } = titleOf(work.incident, language);
  return work.window === null || work.overrun
    ? title
    : locale.t('headline.until', { title, time: locale.moment(work.window.to, near) });
}

/** The worst of what the indicator and the components say. */
function pageState(status: SiteStatus): ComponentState {
  return Object.values(status.components)
    .map((component) => component.state)
    .reduce(worseState, stateOfIndicator(status.indicator));
}

function stateOfIndicator(indicator: Indicator): ComponentState {
  return indicator === 'maintenance' ? 'under maintenance' : stateOfImpact(indicator);
}

function andMore(count: number, locale: Locale): string | null {
  return count > 0 ? locale.t('headline.more', { count }) : null;
}
