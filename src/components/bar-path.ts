import type { Day } from '../domain/daily-states.ts';
import { COMPONENT_STATES, type ComponentState, worseState } from '../domain/words.ts';
import type { Locale } from '../i18n/locale.ts';

/** Height of the drawing's box; a day is one unit wide. */
export const BAR_HEIGHT = 8;

// The worse the day, the higher it stands: the picture speaks without its colours.
const HEIGHT: Record<ComponentState, number> = {
  operational: 1,
  'under maintenance': 3,
  'degraded performance': 4,
  'partial outage': 6,
  'major outage': 8,
};

/** The days of one state as one path. */
export interface BarPath {
  state: ComponentState;
  d: string;
}

/** One SVG path per state that occurs, best first; neighbouring days of one state are one rectangle. */
export function barPaths(days: Day[]): BarPath[] {
  const drawn = new Map<ComponentState, string>();
  let first = 0;
  for (const run of runs(days, (a, b) => a.state === b.state)) {
    const { state } = run[0];
    const height = HEIGHT[state];
    drawn.set(state, `${drawn.get(state) ?? ''}M${first} ${BAR_HEIGHT}v-${height}h${run.length}v${height}z`);
    first += run.length;
  }
  return COMPONENT_STATES.flatMap((state) => {
    const d = drawn.get(state);
    return d === undefined ? [] : [{ state, d }];
  });
}

/** What the bar shows, in words; planned work is no trouble and is told apart. */
export function barLabel(days: Day[], locale: Locale): string {
  const worked = days.filter((day) => day.state === 'under maintenance').length;
  const troubled = days.filter((day) => day.state !== 'operational' && day.state !== 'under maintenance');
  const said =
    troubled.length === 0
      ? locale.t('bars.well', { count: days.length })
      : locale.t('bars.trouble', {
          count: troubled.length,
          days: days.length,
          state: locale.stateInside(troubled.map((day) => day.state).reduce(worseState)),
        });
  return worked === 0 ? said : `${said} ${locale.t('bars.work', { count: worked })}`;
}

/** Neighbouring days with the same state for the same reasons. */
export interface TroubleRun {
  /** `YYYY-MM-DD`, both included. */
  from: string;
  to: string;
  state: ComponentState;
  causes: string[];
}

/** The days that were not all well, newest first. */
export function troubleRuns(days: Day[]): TroubleRun[] {
  return runs(days, (a, b) => a.state === b.state && a.causes.join('/') === b.causes.join('/'))
    .filter(([first]) => first.state !== 'operational')
    .map((run) => ({
      from: run[0].date,
      to: (run.at(-1) ?? run[0]).date,
      state: run[0].state,
      causes: run[0].causes,
    }))
    .reverse();
}

function runs(days: Day[], alike: (a: Day, b: Day) => boolean): [Day, ...Day[]][] {
  const found: [Day, ...Day[]][] = [];
  for (const day of days) {
    const last = found.at(-1);
    if (last !== undefined && alike(last[0], day)) last.push(day);
    else found.push([day]);
  }
  return found;
}
