import type { CardState } from './card-content.ts';

/** A mark, as SVG path data filled by `evenodd`, 24 units high. */
export interface Mark {
  outline: string;
  /** Where it begins and how wide it is: all marks are of the same optical size, not of the same width. */
  left: number;
  width: number;
}

const MARKS: Record<CardState, Mark | null> = {
  operational: { outline: 'M12 2.2a9.8 9.8 0 1 1 0 19.6a9.8 9.8 0 1 1 0-19.6z', left: 2.2, width: 19.6 },
  'under maintenance': { outline: 'M12 .6L23.4 12L12 23.4L.6 12z', left: 0.6, width: 22.8 },
  'degraded performance': { outline: 'M12 1.8L23.6 21.9H.4z', left: 0.4, width: 23.2 },
  'partial outage': {
    outline: 'M12 2.2a9.8 9.8 0 1 1 0 19.6a9.8 9.8 0 1 1 0-19.6zM12 4.9v14.2a7.1 7.1 0 1 0 0-14.2z',
    left: 2.2,
    width: 19.6,
  },
  'major outage': { outline: 'M3.3 3.3h17.4v17.4H3.3z', left: 3.3, width: 17.4 },
  notice: null,
};

/** The mark of a state; null for what is no state. */
export function markOf(state: CardState): Mark | null {
  return MARKS[state];
}
