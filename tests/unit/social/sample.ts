import { CARD_PIXELS, type CardNode, type CardSize, cardTree } from '../../../src/social/card.ts';
import type { CardContent } from '../../../src/social/card-content.ts';
import { drawingFor, textsOf } from '../../../src/social/drawing.ts';
import { drawWithSatori } from '../../../src/social/render-card.ts';

/** A card with a typical outage. */
export function card(more: Partial<CardContent> = {}): CardContent {
  return {
    state: 'major outage',
    stateWord: 'Major outage',
    siteName: 'Nordhost',
    title: 'Data centre Dresden: power failure',
    text: 'The emergency generators did not start. An electrician is on site.',
    components: ['Web hosting', 'Mail'],
    asOf: 'As of 21 Nov 2026, 18:30 CET',
    signature: 'Tanja B.',
    host: 'status.nordhost.example',
    language: 'en',
    direction: 'ltr',
    ...more,
  };
}

/** One line of a card: its text, and how it is set. */
export interface SetLine {
  text: string;
  size: number;
}

/** The tree of a card and the lines in it, from top to bottom; pictures and shaped runs count as `□`. */
export async function lay(
  content: CardContent,
  size: CardSize = 'wide',
): Promise<{ tree: CardNode; lines: SetLine[] }> {
  const tree = cardTree(content, size, await drawingFor(content));
  const lines: SetLine[] = [];
  const visit = (node: CardNode) => {
    const style = (node.props.style ?? {}) as { fontSize?: number };
    const children = node.props.children;
    if (style.fontSize !== undefined && Array.isArray(children)) {
      const text = children.map((run) => (typeof run.props.children === 'string' ? run.props.children : '□'));
      lines.push({ text: text.join(''), size: style.fontSize });
    } else if (Array.isArray(children)) {
      children.forEach(visit);
    }
  };
  visit(tree);
  return { tree, lines };
}

/** The SVG of a card. */
export async function svgOf(content: CardContent, size: CardSize = 'wide'): Promise<string> {
  const drawing = await drawingFor(content);
  return drawWithSatori(cardTree(content, size, drawing), size, drawing, textsOf(content));
}

/** A rectangle in pixels. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Where everything but the paper is drawn, from the finished SVG: outlines of letters, rules, pictures. */
export function drawnBoxes(svg: string, size: CardSize): Box[] {
  const { width, height } = CARD_PIXELS[size];
  const visible = svg.replace(/<(defs|clipPath|mask)\b.*?<\/\1>/gs, '');
  const paths = [...visible.matchAll(/<path\b[^>]*?\bd="([^"]+)"/g)].map((match) => pathBox(match[1]!));
  const placed = [...visible.matchAll(/<(?:rect|image)\b[^>]*>/g)].map((match) => {
    const number = (name: string) =>
      Number(new RegExp(`\\b${name}="([-\\d.]+)"`).exec(match[0])?.[1] ?? Number.NaN);
    return {
      left: number('x'),
      top: number('y'),
      right: number('x') + number('width'),
      bottom: number('y') + number('height'),
    };
  });
  return [...paths, ...placed].filter(
    (box) => !(box.left <= 0 && box.top <= 0 && box.right >= width && box.bottom >= height),
  );
}

// Control points lie outside of curves or on them, so the box is never too small.
function pathBox(outline: string): Box {
  const numbers = [...outline.matchAll(/-?\d+(?:\.\d+)?(?:e-?\d+)?/g)].map(Number);
  const xs = numbers.filter((_, index) => index % 2 === 0);
  const ys = numbers.filter((_, index) => index % 2 === 1);
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
}
