import type { BadgeState } from './badge.ts';

/** Colours as `#rrggbb`: what a badge stands on, and the word and mark of each state. */
export type BadgeColours = { paper: string; ink: string; line: string } & Record<BadgeState, string>;

/** The colours of the pages (src/styles/tokens.css), for a picture that has no style sheet but its own. */
export const BADGE_COLOURS: Record<'light' | 'dark', BadgeColours> = {
  light: {
    paper: '#ffffff',
    ink: '#14161a',
    line: '#d5d8de',
    operational: '#17783a',
    'under maintenance': '#2257c4',
    'degraded performance': '#8a5a00',
    'partial outage': '#b5420b',
    'major outage': '#c01525',
    'no effect': '#5a5f69',
  },
  dark: {
    paper: '#121417',
    ink: '#eceef1',
    line: '#34383f',
    operational: '#55c583',
    'under maintenance': '#86b1ff',
    'degraded performance': '#e5b84a',
    'partial outage': '#ff9a62',
    'major outage': '#ff7d7d',
    'no effect': '#a3a9b4',
  },
};
