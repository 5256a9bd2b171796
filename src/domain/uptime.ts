import type { ComponentState } from './words.ts';

/** What a component was like on one day of the site's calendar. */
export interface Day {
  /** `YYYY-MM-DD` in the site's zone. */
  date: string;
  /** The worst state of the day. */
  state: ComponentState;
  /** Slugs of the incidents that put it there, in the order they began. */
  causes: string[];
}
