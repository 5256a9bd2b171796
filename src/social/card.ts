import { type Run, runsOf } from './bidi-runs.ts';
import { CARD_COLOURS } from './card-colours.ts';
import type { CardContent } from './card-content.ts';
import { markOf } from './card-mark.ts';
import { type Drawing, directionOf, drawable, type Letter } from './drawable.ts';
import type { Weight } from './fonts.ts';
import { hyphenate } from './hyphenate.ts';
import {
  balanceLines,
  breakLines,
  clampLines,
  type Line,
  type Measure,
  oneLine,
  piecesOf,
  textOf,
  widthOf,
} from './lines.ts';
import { needsShaper, type ShapedRun } from './shaper.ts';

/** The two pictures: `wide` for link previews, `square` to attach to a post. */
export type CardSize = 'wide' | 'square';

/** Pixels of each picture. */
export const CARD_PIXELS: Record<CardSize, { width: number; height: number }> = {
  wide: { width: 1200, height: 630 },
  square: { width: 1080, height: 1080 },
};

/** Nothing but the paper stands outside this margin. */
export const CARD_MARGIN = 64;

/** An element as satori takes it. */
export interface CardNode {
  type: string;
  props: Record<string, unknown> & { children?: CardNode[] | CardNode | string };
}

/** Sizes of one layout, in pixels. */
interface Layout {
  title: { largest: number; smallest: number; leading: number };
  /** Below this size a headline rather breaks inside words. */
  comfortable: number;
  text: Type;
  state: Type;
  name: Type;
  components: Type;
  small: Type;
  /** Space below the header, between title and text, above and below the hairline. */
  below: number;
  between: number;
  above: number;
  inside: number;
}

interface Type {
  size: number;
  leading: number;
  weight: Weight;
}

const LAYOUTS: Record<CardSize, Layout> = {
  wide: {
    title: { largest: 72, smallest: 44, leading: 1.12 },
    comfortable: 60,
    text: { size: 30, leading: 42, weight: 400 },
    state: { size: 40, leading: 48, weight: 600 },
    name: { size: 30, leading: 48, weight: 400 },
    components: { size: 28, leading: 38, weight: 600 },
    small: { size: 25, leading: 36, weight: 400 },
    below: 36,
    between: 18,
    above: 26,
    inside: 20,
  },
  square: {
    title: { largest: 84, smallest: 44, leading: 1.12 },
    comfortable: 64,
    text: { size: 38, leading: 54, weight: 400 },
    state: { size: 50, leading: 60, weight: 600 },
    name: { size: 36, leading: 48, weight: 400 },
    components: { size: 34, leading: 46, weight: 600 },
    small: { size: 31, leading: 44, weight: 400 },
    below: 40,
    between: 28,
    above: 40,
    inside: 26,
  },
};

const TITLE_STEP = 4;

/** Side of a mark's square to the size of the letters beside it. */
const MARK_SCALE = 0.86;

/**
 * The card as a tree for satori. Lines are broken here, from the widths of the letters, so that nothing can overflow:
 * the title shrinks until it fits and is then cut with an ellipsis; the text takes the lines that are left.
 */
export function cardTree(content: CardContent, size: CardSize, drawing: Drawing): CardNode {
  const layout = LAYOUTS[size];
  const { width, height } = CARD_PIXELS[size];
  const colours = CARD_COLOURS[content.state];
  const inner = width - 2 * CARD_MARGIN;
  const sign = (character: string) => drawable(character, drawing).letters[0]!;
  const [space] = drawable('a b', drawing).letters.slice(1);
  const setting: Setting = {
    content,
    layout,
    drawing,
    inner,
    signs: { hyphen: sign('-'), ellipsis: sign('…'), dot: sign('·'), space: space! },
  };

  const header = size === 'wide' ? wideHeader(setting) : squareHeader(setting);
  const footer = size === 'wide' ? wideFooter(setting) : squareFooter(setting);
  const room = height - 2 * CARD_MARGIN - header.height - layout.below - footer.height - layout.above;
  const main = mainPart(setting, room, header.saysState);

  return box(
    {
      flexDirection: 'column',
      width,
      height,
      boxSizing: 'border-box',
      padding: CARD_MARGIN,
      backgroundColor: colours.paper,
      color: colours.ink,
      direction: content.direction,
    },
    [
      box({ flexDirection: 'column', height: header.height, marginBottom: layout.below }, header.nodes),
      box({ flexDirection: 'column', height: room }, main),
      box({ flexDirection: 'column', height: footer.height, marginTop: layout.above }, footer.nodes),
    ],
  );
}

/** What every part of one card is made with. */
interface Setting {
  content: CardContent;
  layout: Layout;
  drawing: Drawing;
  /** Width between the margins. */
  inner: number;
  signs: Record<'hyphen' | 'ellipsis' | 'dot' | 'space', Letter>;
}

interface Part {
  height: number;
  nodes: CardNode[];
}

// --- Header

function wideHeader(setting: Setting): Part & { saysState: boolean } {
  const { content, layout, inner } = setting;
  const saysState = letters(setting, content.title).length > 0;
  const state = saysState ? stateLine(setting, inner * 0.62) : { width: 0, node: null };
  const room = inner - state.width - (state.width > 0 ? 48 : 0);
  const name = oneLine(letters(setting, content.siteName), measure(setting, layout.name, room));
  const row = box({ justifyContent: 'space-between', height: layout.state.leading, width: inner }, [
    state.node ?? box({}, []),
    lineBox(setting, name, layout.name, CARD_COLOURS[content.state].quiet),
  ]);
  return { height: layout.state.leading, nodes: [row], saysState };
}

function squareHeader(setting: Setting): Part & { saysState: boolean } {
  const { content, layout, inner } = setting;
  const saysState = letters(setting, content.title).length > 0;
  const name = oneLine(letters(setting, content.siteName), measure(setting, layout.name, inner));
  const nodes = [lineBox(setting, name, layout.name, CARD_COLOURS[content.state].quiet)];
  if (!saysState) return { height: layout.name.leading, nodes, saysState };
  const gap = layout.below;
  nodes.push(box({ marginTop: gap }, [stateLine(setting, inner).node]));
  return { height: layout.name.leading + gap + layout.state.leading, nodes, saysState };
}

/** Mark and state word in one line. */
function stateLine(setting: Setting, room: number): { width: number; node: CardNode } {
  const { content, layout } = setting;
  const { size, leading } = layout.state;
  const gap = size * 0.4;
  const sign = mark(setting, size * MARK_SCALE);
  const indent = sign === null ? 0 : sign.width + gap;
  const word = oneLine(letters(setting, content.stateWord), measure(setting, layout.state, room - indent));
  const nodes = [lineBox(setting, word, layout.state, CARD_COLOURS[content.state].state)];
  if (sign !== null) nodes.unshift(box({ alignItems: 'center', height: leading }, [sign.node]));
  return { width: indent + widthOf(word, layout.state.weight) * size, node: box({ columnGap: gap }, nodes) };
}

function mark({ content }: Setting, pixels: number): { width: number; node: CardNode } | null {
  const sign = markOf(content.state);
  if (sign === null) return null;
  const width = (sign.width / 24) * pixels;
  const path = {
    type: 'path',
    props: { d: sign.outline, fill: CARD_COLOURS[content.state].state, 'fill-rule': 'evenodd' },
  };
  return {
    width,
    node: {
      type: 'svg',
      props: { width, height: pixels, viewBox: `${sign.left} 0 ${sign.width} 24`, children: [path] },
    },
  };
}

// --- Title and text

function mainPart(setting: Setting, room: number, stateIsSaid: boolean): CardNode[] {
  const { content, layout } = setting;
  // Without a title that can be drawn the state word takes its place.
  const headline = stateIsSaid ? content.title : content.stateWord;
  const ink = stateIsSaid ? CARD_COLOURS[content.state].ink : CARD_COLOURS[content.state].state;
  const text = bodyLines(setting, content.text);
  const sign = stateIsSaid ? null : mark(setting, layout.title.largest * MARK_SCALE);
  const free = sign === null ? room : room - layout.title.largest * MARK_SCALE - layout.between;
  const title = fitTitle(setting, headline, free, text.length);
  const left = free - title.lines.length * title.type.leading - layout.between;
  const shown = fitText(setting, text, Math.max(0, Math.floor(left / layout.text.leading)));
  const nodes = title.lines.map((line) => lineBox(setting, line, title.type, ink, headline));
  if (sign !== null) nodes.unshift(box({ marginBottom: layout.between }, [sign.node]));
  if (shown.length === 0) return nodes;
  const body = shown.map((line) =>
    lineBox(setting, line, layout.text, CARD_COLOURS[content.state].ink, content.text),
  );
  return [...nodes, box({ flexDirection: 'column', marginTop: layout.between }, body)];
}

/** At most `most` lines: as many whole sentences as they hold; where not even the first one fits, its beginning. */
function fitText(setting: Setting, lines: Line[], most: number): Line[] {
  if (lines.length <= most) return lines;
  const { text, language } = setting.content;
  const ends = [...new Intl.Segmenter(language, { granularity: 'sentence' }).segment(text)].map(
    ({ index }) => index,
  );
  for (const end of ends.slice(1).reverse()) {
    const fewer = bodyLines(setting, text.slice(0, end).trimEnd());
    if (fewer.length <= most) return fewer;
  }
  return clampLines(lines, most, measure(setting, setting.layout.text, setting.inner));
}

function bodyLines(setting: Setting, text: string): Line[] {
  const asMeasured = measure(setting, setting.layout.text, setting.inner);
  const whole = piecesOf(letters(setting, text), 400);
  const lines = breakLines(whole, asMeasured);
  if (lines.split) {
    return breakLines(piecesOf(letters(setting, hyphenate(text, setting.content.language)), 400), asMeasured)
      .lines;
  }
  // A word alone on the last line looks lost.
  const last = widthOf(lines.lines.at(-1) ?? [], 400);
  if (lines.lines.length < 2 || last > asMeasured.width / 4) return lines.lines;
  const narrower = breakLines(whole, { ...asMeasured, width: asMeasured.width * 0.8 });
  return narrower.lines.length === lines.lines.length ? narrower.lines : lines.lines;
}

interface SetTitle {
  lines: Line[];
  type: Type;
}

/**
 * The largest size at which the title fits whole, with room for two lines of text, else for one, else for none. Words
 * stay whole while the size is comfortable; below it a hyphen is better than small letters.
 */
function fitTitle(setting: Setting, title: string, room: number, textLines: number): SetTitle {
  const { layout, inner, content } = setting;
  const { largest, smallest, leading } = layout.title;
  // Dots and vowel points above and below the letters need room.
  const ratio = needsShaper(title) ? leading + 0.16 : leading;
  const typeOf = (size: number): Type => ({ size, leading: Math.round(size * ratio), weight: 600 });
  const whole = piecesOf(letters(setting, title), 600);
  const hyphenated = piecesOf(letters(setting, hyphenate(title, content.language)), 600);
  const em = whole.reduce((sum, piece) => sum + piece.em, 0);
  // From the best to the least: large with whole words, large with hyphens, then ever smaller.
  const settings = (least: number) => {
    const sizes: number[] = [];
    for (let size = largest; size >= least; size -= TITLE_STEP) sizes.push(size);
    const large = sizes.filter((size) => size >= layout.comfortable);
    const small = sizes.filter((size) => size < layout.comfortable);
    return [
      ...large.map((size) => ({ source: whole, size })),
      ...large.map((size) => ({ source: hyphenated, size })),
      ...small.flatMap((size) => [whole, hyphenated].map((source) => ({ source, size }))),
    ];
  };
  const demands = [
    { text: Math.min(2, textLines), least: layout.comfortable },
    { text: Math.min(1, textLines), least: (layout.comfortable + smallest) / 2 },
    { text: 0, least: smallest },
  ];
  for (const { text, least } of demands) {
    const beneath = text === 0 ? 0 : layout.between + text * layout.text.leading;
    for (const { source, size } of settings(least)) {
      const type = typeOf(size);
      if (em * size > inner * Math.floor((room - beneath) / type.leading)) continue;
      const { lines, split } = balanceLines(source, measure(setting, type, inner));
      if (!split && lines.length * type.leading + beneath <= room) return { lines, type };
    }
  }
  const type = typeOf(smallest);
  const asMeasured = measure(setting, type, inner);
  const { lines } = breakLines(hyphenated, asMeasured);
  return { lines: clampLines(lines, Math.max(1, Math.floor(room / type.leading)), asMeasured), type };
}

// --- Footer

function wideFooter(setting: Setting): Part {
  const { content, layout } = setting;
  const nodes = [hairline(setting)];
  let height = 2 + layout.inside;
  const affected = componentsLine(setting);
  if (affected !== null) {
    nodes.push(affected);
    height += layout.components.leading;
  }
  const said = [content.demonstration ?? '', content.asOf, content.signature];
  const whole = joined(setting, [...said, content.host]);
  const lines =
    widthOf(whole, 400) * layout.small.size <= setting.inner
      ? [whole]
      : [joined(setting, said), joined(setting, [content.host])];
  for (const line of lines.filter((one) => one.length > 0)) {
    nodes.push(smallLine(setting, line));
    height += layout.small.leading;
  }
  return { height, nodes };
}

function squareFooter(setting: Setting): Part {
  const { content, layout } = setting;
  const nodes = [hairline(setting)];
  let height = 2 + layout.inside;
  const affected = componentsLine(setting);
  if (affected !== null) {
    nodes.push(affected);
    height += layout.components.leading;
  }
  const lines = [
    joined(setting, [content.demonstration ?? '', content.asOf]),
    joined(setting, [content.signature, content.host]),
  ];
  for (const line of lines.filter((one) => one.length > 0)) {
    nodes.push(smallLine(setting, line));
    height += layout.small.leading;
  }
  return { height, nodes };
}

function hairline({ content, layout, inner }: Setting): CardNode {
  return box(
    {
      width: inner,
      height: 2,
      marginBottom: layout.inside,
      backgroundColor: CARD_COLOURS[content.state].hairline,
    },
    [],
  );
}

/** As many components as fit in one line, then how many more there are. */
function componentsLine(setting: Setting): CardNode | null {
  const { content, layout, inner } = setting;
  const names = content.components.map((name) => letters(setting, name)).filter((name) => name.length > 0);
  if (names.length === 0) return null;
  const asMeasured = measure(setting, layout.components, inner);
  const leftOut = content.components.length - names.length;
  const lineOf = (shown: number) => {
    const rest = leftOut + names.length - shown;
    return withDots(setting, [...names.slice(0, shown), ...(rest > 0 ? [letters(setting, `+${rest}`)] : [])]);
  };
  let shown = 1;
  while (shown < names.length && widthOf(lineOf(shown + 1), layout.components.weight) <= asMeasured.width)
    shown++;
  const line = oneLine(lineOf(shown), asMeasured);
  return lineBox(setting, line, layout.components, CARD_COLOURS[content.state].ink);
}

function smallLine(setting: Setting, line: Letter[]): CardNode {
  const { content, layout, inner } = setting;
  const fitted = oneLine(line, measure(setting, layout.small, inner));
  return lineBox(setting, fitted, layout.small, CARD_COLOURS[content.state].quiet);
}

function joined(setting: Setting, parts: string[]): Letter[] {
  return withDots(
    setting,
    parts.map((part) => letters(setting, part)).filter((part) => part.length > 0),
  );
}

function withDots({ signs: { space, dot } }: Setting, parts: Letter[][]): Letter[] {
  return parts.flatMap((part, index) => (index === 0 ? part : [space, dot, space, ...part]));
}

// --- Letters and boxes

function letters({ drawing }: Setting, text: string): Letter[] {
  return drawable(text, drawing).letters;
}

function measure({ signs }: Setting, { size, weight }: Type, pixels: number): Measure {
  return { width: pixels / size, weight, hyphen: signs.hyphen, ellipsis: signs.ellipsis };
}

/** One line, in the direction of the text that it is part of. */
function lineBox(setting: Setting, line: Line, type: Type, color: string, whole = textOf(line)): CardNode {
  const direction = directionOf(whole, setting.content.direction);
  const runs = runsOf(line, direction);
  return box(
    {
      fontSize: type.size,
      fontWeight: type.weight,
      lineHeight: `${type.leading}px`,
      height: type.leading,
      color,
      whiteSpace: 'pre',
      // Runs stand in the order in which they are seen.
      direction: 'ltr',
      justifyContent: direction === 'rtl' ? 'flex-end' : 'flex-start',
    },
    runs.map((run) => runNode(setting, run, type, color)),
  );
}

function runNode(setting: Setting, run: Run, type: Type, color: string): CardNode {
  const { drawing } = setting;
  const text = textOf(run.letters);
  // satori leaves out a text that is nothing but space.
  if (text.trim() === '') return box({ width: widthOf(run.letters, type.weight) * type.size }, []);
  const pictures = run.letters.some((letter) => letter.picture !== null);
  if (!pictures && drawing.shaper !== null && needsShaper(text)) {
    return shapedRun(setting, drawing.shaper(run.letters, type.weight, run.direction), type, color);
  }
  return {
    type: 'div',
    props: { style: { display: 'flex', direction: run.direction }, children: text },
  };
}

function shapedRun(
  { drawing }: Setting,
  { width, glyphs }: ShapedRun,
  { size, leading }: Type,
  fill: string,
): CardNode {
  // As satori places it, so that runs drawn by either stand on one line.
  const { ascent, descent } = drawing.families[0]!;
  const [above, beneath] = [Math.round(ascent * size), Math.round(descent * size)];
  const baseline = above + Math.floor((leading - above - beneath) / 2);
  const rounded = (value: number) => Math.round(value * 1000) / 1000;
  return {
    type: 'svg',
    props: {
      // Dots and vowel points may reach into the space between the lines.
      width: width * size,
      height: leading * 2,
      viewBox: `0 ${-leading / 2} ${width * size} ${leading * 2}`,
      style: { marginTop: -leading / 2 },
      children: glyphs.map(({ outline, scale, x, y }) => ({
        type: 'path',
        props: {
          d: outline,
          fill,
          transform: `translate(${rounded(x * size)} ${rounded(baseline - y * size)}) scale(${scale * size} ${-scale * size})`,
        },
      })),
    },
  };
}

function box(style: Record<string, unknown>, children: CardNode[]): CardNode {
  return { type: 'div', props: { style: { display: 'flex', ...style }, children } };
}
