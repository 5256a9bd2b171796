import type { CardState } from './card-content.ts';

/** Colours of a card as `#rrggbb`. */
export interface CardColours {
  /** The very light tint that all stands on. */
  paper: string;
  /** State word and mark: at least 4.5 : 1 on the paper. */
  state: string;
  /** Title and text. */
  ink: string;
  /** Site name, time and address: at least 4.5 : 1 on the paper. */
  quiet: string;
  hairline: string;
}

const INK = { ink: '#16181d', quiet: '#50545d' };

/** The colours of each state. Text and marks are readable on the paper by WCAG AA. */
export const CARD_COLOURS: Record<CardState, CardColours> = {
  operational: { ...INK, paper: '#f2f7f2', state: '#1a6b37', hairline: '#c3d2c6' },
  'under maintenance': { ...INK, paper: '#f1f5fb', state: '#2253a0', hairline: '#c3cddd' },
  'degraded performance': { ...INK, paper: '#fbf7e8', state: '#755200', hairline: '#d9d0b3' },
  'partial outage': { ...INK, paper: '#fdf3ea', state: '#964100', hairline: '#e0cdbc' },
  'major outage': { ...INK, paper: '#fcf0ee', state: '#a51b16', hairline: '#e2c8c4' },
  notice: { ...INK, paper: '#f6f5f2', state: '#3d434e', hairline: '#d0cec8' },
};
