import type { Instant, Window } from '../domain/incident.ts';
import type { SiteStatus } from '../domain/status.ts';
import { type ComponentState, worseState } from '../domain/words.ts';
import type { Locale, TextKey } from '../i18n/locale.ts';
import type { Stage } from '../reader/stage.ts';
import { type Headline, workHeadline } from './headline.ts';
import { symbolOf } from './mark.ts';

/** What an element's `data-then` says; none where the clock changes nothing. */
export function stagesText(stages: Stage[]): string | undefined {
  return stages.length === 0 ? undefined : JSON.stringify(stages);
}

/** From `at` on a phrase around its time says something else: a promise becomes late. */
export function phraseStage(at: Instant, phrase: TextKey, locale: Locale): Stage {
  return [at, ...locale.around(phrase, 'time')];
}

/** What the clock makes of a window: by the plan it begins and ends, which nobody has reported yet. */
export function windowStages({ from, to }: Window, locale: Locale): Stage[] {
  return [
    [from, locale.t('line.running')],
    [to, locale.t('line.over')],
  ];
}

/** How the head of a page that says that nothing is wrong reads once announced work begins. */
export interface PlannedHead {
  mark: Stage[];
  word: Stage[];
  headline: Stage[];
}

/**
 * What the clock makes of a headline that is about nothing in particular: at the begin of the next announced work, that
 * work. Nothing turns green again by the reader's clock: a copy can't know that the work is done.
 */
export function plannedHead(
  head: Headline,
  status: SiteStatus,
  language: string,
  locale: Locale,
): PlannedHead {
  const next = status.upcoming[0];
  if (head.lead !== null || head.state !== 'operational' || !next?.window) {
    return { mark: [], word: [], headline: [] };
  }
  const { from } = next.window;
  const state = next.incident.components
    .map((one) => one.state ?? 'operational')
    .reduce<ComponentState>(worseState, 'under maintenance');
  return {
    mark: [[from, symbolOf(state)]],
    word: [[from, locale.state(state)]],
    headline: [[from, workHeadline(next, language, from, locale)]],
  };
}

/** The states that announced work puts these components into by the plan, where they are worse than the one now. */
export function plannedStates(
  ids: string[],
  now: ComponentState,
  { upcoming }: Pick<SiteStatus, 'upcoming'>,
): PlannedState[] {
  const planned: PlannedState[] = [];
  let worst = now;
  for (const work of upcoming) {
    if (work.window === null) continue;
    const touched = work.incident.components.filter(({ id }) => ids.includes(id));
    const state = touched.map((one) => one.state ?? 'under maintenance').reduce(worseState, worst);
    if (state !== worst) planned.push({ from: work.window.from, state });
    worst = state;
  }
  return planned;
}

/** A state that begins at an instant, by the plan. */
export interface PlannedState {
  from: Instant;
  state: ComponentState;
}
