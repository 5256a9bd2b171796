import { directionOf } from '../i18n/direction.ts';
import type { Badge, BadgeState } from './badge.ts';
import { BADGE_COLOURS } from './colours.ts';
import { markup } from './markup.ts';

/**
 * The width of a text in em, of a face that is about as wide as those that systems have for sans-serif. `bold`: the
 * weight of state words.
 */
export type TextWidth = (text: string, bold: boolean) => number;

/** Marks of the states in a box of 16, of one optical size, as the pages draw them. */
const MARKS: Record<BadgeState, string | null> = {
  operational: 'M8 1.6a6.4 6.4 0 0 1 0 12.8A6.4 6.4 0 0 1 8 1.6z',
  'under maintenance': 'M8 .4 15.6 8 8 15.6.4 8z',
  'degraded performance': 'M8 1 15.8 14.6H.2z',
  'partial outage': 'M8 1.4a6.6 6.6 0 0 1 0 13.2A6.6 6.6 0 0 1 8 1.4zm0 1.8a4.8 4.8 0 0 1 0 9.6z',
  'major outage': 'M2 2h12v12H2z',
  // No state, no mark: as on the pages.
  'no effect': null,
};

const HEIGHT = 20;
const TEXT = 12;
const BASELINE = 14;
const PAD = 8;
const MARK = 10;
const GAP = 4;
/** Badges stand in lines of text: a longer label is cut. */
const WIDEST_LABEL = 240;

/**
 * A badge as an SVG picture of 20 pixels' height: label, mark and word on paper, within a hairline. It follows the
 * reader's light or dark scheme, asks for no font and runs nothing. The letters are the reader's own; their widths are
 * set to what `widthOf` measures, so that they fit whatever the face.
 */
export function badgeSvg(badge: Badge, widthOf: TextWidth): string {
  const measure = (text: string, bold: boolean) => tenths(widthOf(text, bold) * TEXT);
  const label = cut(badge.label, (text) => measure(text, false) <= WIDEST_LABEL);
  const labelWidth = measure(label, false);
  const wordWidth = measure(badge.message, true);
  const mark = MARKS[badge.state];
  const markWidth = mark === null ? 0 : MARK + GAP;
  const left = PAD + labelWidth + PAD;
  const right = PAD + markWidth + wordWidth + PAD;
  const width = Math.ceil(left + right);
  const rtl = directionOf(badge.language) === 'rtl';
  // What comes first stands where reading begins.
  const place = (x: number, of: number) => tenths(rtl ? width - x - of : x);

  const rule = place(left, 0);
  const markAt = place(left + PAD, MARK);
  const drawn =
    mark === null
      ? ''
      : `<path class="s" fill-rule="evenodd" transform="translate(${markAt} ${(HEIGHT - MARK) / 2}) scale(${MARK / 16})" d="${mark}"/>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${HEIGHT}" viewBox="0 0 ${width} ${HEIGHT}" role="img" aria-labelledby="t"${badge.newest === null ? '' : ' aria-describedby="d"'} lang="${markup(badge.language)}">`,
    `<title id="t">${markup(badge.sentence)}</title>`,
    ...(badge.newest === null ? [] : [`<desc id="d">${markup(badge.newest)}</desc>`]),
    `<style>${style(badge.state)}</style>`,
    `<rect class="p" x=".5" y=".5" width="${width - 1}" height="${HEIGHT - 1}" rx="2"/>`,
    `<path class="l" d="M${rule} 1v${HEIGHT - 2}"/>`,
    text('i', label, place(PAD, labelWidth), labelWidth),
    drawn,
    text('s b', badge.message, place(left + PAD + markWidth, wordWidth), wordWidth),
    '</svg>',
    '',
  ].join('\n');
}

function style(state: BadgeState): string {
  const rules = (colours: (typeof BADGE_COLOURS)['light']) =>
    `.p{fill:${colours.paper};stroke:${colours.line}}.l{stroke:${colours.line}}.i{fill:${colours.ink}}.s{fill:${colours[state]}}`;
  return [
    `text{font:${TEXT}px system-ui,sans-serif;text-anchor:middle}.b{font-weight:600}`,
    rules(BADGE_COLOURS.light),
    `@media(prefers-color-scheme:dark){${rules(BADGE_COLOURS.dark)}}`,
  ].join('');
}

// From its middle, the same for both directions of writing.
function text(classes: string, words: string, x: number, width: number): string {
  return `<text class="${classes}" x="${tenths(x + width / 2)}" y="${BASELINE}" textLength="${width}" lengthAdjust="spacingAndGlyphs" aria-hidden="true">${markup(words)}</text>`;
}

/** A text that fits, cut between graphemes where it does not as it is. */
function cut(words: string, fits: (text: string) => boolean): string {
  if (fits(words)) return words;
  const graphemes = Array.from(new Intl.Segmenter().segment(words), ({ segment }) => segment);
  while (graphemes.length > 1 && !fits(`${graphemes.join('').trimEnd()}…`)) graphemes.pop();
  return `${graphemes.join('').trimEnd()}…`;
}

function tenths(number: number): number {
  return Math.round(number * 10) / 10;
}
