import type { Problem } from './fault.ts';
import { linkTarget, publicFile } from './link-target.ts';
import {
  type Definitions,
  definitionsOf,
  type MarkdownNode,
  markdownTree,
  nodesOf,
  placeOf,
  withoutComments,
} from './markdown-tree.ts';
import { warning } from './problem.ts';

/** Quotes and lists nested deeper than this are shown as typed. */
const DEEPEST = 40;

type NodeOf<Type extends MarkdownNode['type']> = Extract<MarkdownNode, { type: Type }>;

/** How a text is put on a page. */
export interface RenderOptions {
  /** Way from the page to the site's root: `''`, `'../'`, or an absolute URL with a slash at the end (feeds). */
  base: string;
  /** Absolute URL of the page that the text belongs to, where it is read elsewhere (feeds): links to a place on the page need it. */
  page?: string;
  /** Level of the heading above the text: a heading in the text is at least one below it. */
  headingOffset?: number;
}

/** Text without the characters that no document may hold. */
function withoutControls(text: string): string {
  return text.replace(/[^\P{Cc}\t\n\r]|\p{Noncharacter_Code_Point}/gu, '');
}

/** Text as HTML content or attribute value. */
function escapeHtml(text: string): string {
  return withoutControls(text).replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Writes one text. Every tag and attribute comes from here; what the text brings passes through `escapeHtml`. */
class HtmlWriter {
  private readonly source: string;
  private readonly base: string;
  private readonly page: string;
  private readonly headingOffset: number;
  private readonly definitions: Definitions;
  private readonly openHeadings: number[] = [];
  /** Footnotes by first mention. */
  private readonly footnotes: string[] = [];
  private readonly footnoteNumbers = new Map<string, number>();
  private depth = 0;

  constructor(source: string, options: RenderOptions, definitions: Definitions) {
    this.source = source.toWellFormed();
    this.base = options.base;
    this.page = options.page ?? '';
    this.headingOffset = options.headingOffset ?? 2;
    this.definitions = definitions;
  }

  document(root: NodeOf<'root'>): string {
    const text = this.blocks(root.children);
    let notes = '';
    // Writing a note may mention further ones.
    for (let i = 0; i < this.footnotes.length; i++) {
      const note = this.definitions.footnotes.get(this.footnotes[i] ?? '');
      if (note) notes += `<li>${this.blocks(note.children)}</li>\n`;
    }
    return notes === '' ? text : `${text}\n<ol class="notes">\n${notes}</ol>`;
  }

  private asTyped(node: MarkdownNode): string {
    const { start, end } = placeOf(node);
    return escapeHtml(this.source.slice(start, end));
  }

  private blocks(nodes: readonly MarkdownNode[]): string {
    return nodes
      .map((node) => this.block(node))
      .filter((html) => html !== '')
      .join('\n');
  }

  private block(node: MarkdownNode): string {
    if (node.type !== 'html') return this.node(node);
    const text = withoutComments(node.value).trim();
    return text === '' ? '' : `<p>${escapeHtml(text)}</p>`;
  }

  private inline(nodes: readonly MarkdownNode[]): string {
    let html = '';
    for (const node of nodes) html += this.node(node);
    return html;
  }

  private node(node: MarkdownNode): string {
    if (this.depth >= DEEPEST) return this.asTyped(node);
    this.depth++;
    const html = this.written(node);
    this.depth--;
    return html;
  }

  private written(node: MarkdownNode): string {
    switch (node.type) {
      case 'root':
        return this.blocks(node.children);
      case 'paragraph':
        return `<p>${this.inline(node.children)}</p>`;
      case 'text':
        return escapeHtml(node.value);
      case 'emphasis':
        return `<em>${this.inline(node.children)}</em>`;
      case 'strong':
        return `<strong>${this.inline(node.children)}</strong>`;
      case 'delete':
        return `<del>${this.inline(node.children)}</del>`;
      case 'inlineCode':
        return `<code>${escapeHtml(node.value)}</code>`;
      case 'code':
        return `<pre tabindex="0"><code>${escapeHtml(node.value)}\n</code></pre>`;
      case 'break':
        return '<br>\n';
      case 'thematicBreak':
        return '<hr>';
      case 'blockquote':
        return `<blockquote>\n${this.blocks(node.children)}\n</blockquote>`;
      case 'heading':
        return this.heading(node);
      case 'list':
        return this.list(node);
      case 'table':
        return this.table(node);
      case 'html':
        return escapeHtml(withoutComments(node.value));
      case 'link':
        return this.link(node, node.url, node.title, this.asTyped(node));
      case 'linkReference':
        return this.linkReference(node);
      case 'image':
        return this.image(node.url, node.alt, node.title);
      case 'imageReference': {
        const definition = this.definitions.links.get(node.identifier);
        return definition ? this.image(definition.url, node.alt, definition.title) : this.asTyped(node);
      }
      case 'footnoteReference':
        return this.footnoteReference(node);
      case 'definition':
      case 'footnoteDefinition':
        return '';
      default:
        return this.asTyped(node);
    }
  }

  private heading(node: NodeOf<'heading'>): string {
    while ((this.openHeadings.at(-1) ?? 0) >= node.depth) this.openHeadings.pop();
    this.openHeadings.push(node.depth);
    const level = Math.min(6, this.headingOffset + this.openHeadings.length);
    return `<h${level}>${this.inline(node.children)}</h${level}>`;
  }

  private list(node: NodeOf<'list'>): string {
    const loose = node.spread === true || node.children.some((item) => item.spread === true);
    const items = node.children.map((item) => {
      const mark = item.checked === true ? '☑ ' : item.checked === false ? '☐ ' : '';
      const parts = item.children.map((child, i) => {
        if (child.type !== 'paragraph') return this.block(child);
        const text = (i === 0 ? mark : '') + this.inline(child.children);
        return loose ? `<p>${text}</p>` : text;
      });
      const alone = item.children[0]?.type === 'paragraph' ? '' : mark;
      return `<li>${alone}${parts.filter((part) => part !== '').join('\n')}</li>`;
    });
    const tag = node.ordered === true ? 'ol' : 'ul';
    const start =
      node.ordered === true && typeof node.start === 'number' && node.start !== 1
        ? ` start="${node.start}"`
        : '';
    return `<${tag}${start}>\n${items.join('\n')}\n</${tag}>`;
  }

  private table(node: NodeOf<'table'>): string {
    const [head, ...rows] = node.children;
    const row = (cells: NodeOf<'tableRow'>['children'], isHead: boolean): string => {
      const html = cells.map((cell, column) => {
        const text = this.inline(cell.children);
        const align = node.align?.[column];
        const side = align === 'right' || align === 'center' ? ` class="${align}"` : '';
        return isHead && text !== '' ? `<th scope="col"${side}>${text}</th>` : `<td${side}>${text}</td>`;
      });
      return `<tr>${html.join('')}</tr>\n`;
    };
    const body = rows.map((one) => row(one.children, false)).join('');
    return `<div class="scroll" tabindex="0"><table>\n<thead>\n${row(head?.children ?? [], true)}</thead>\n${
      body === '' ? '' : `<tbody>\n${body}</tbody>\n`
    }</table></div>`;
  }

  private link(
    node: NodeOf<'link'> | NodeOf<'linkReference'>,
    url: string,
    title: string | null | undefined,
    otherwise: string,
  ): string {
    const target = linkTarget(url);
    if (target.kind === 'refused') return otherwise;
    const before = target.kind === 'path' ? this.base : target.kind === 'fragment' ? this.page : '';
    const href = before + (target.kind === 'path' ? target.path : target.url);
    const away = target.kind === 'absolute' && /^http/i.test(href) ? ' rel="noopener noreferrer"' : '';
    const tip = title ? ` title="${escapeHtml(title)}"` : '';
    const text = this.inline(node.children);
    return `<a href="${escapeHtml(href)}"${tip}${away}>${text === '' ? escapeHtml(url) : text}</a>`;
  }

  private linkReference(node: NodeOf<'linkReference'>): string {
    const definition = this.definitions.links.get(node.identifier);
    if (!definition) return this.asTyped(node);
    const { url, title } = definition;
    if (linkTarget(url).kind === 'refused') {
      return `${this.inline(node.children)} (${escapeHtml(shortened(url))})`;
    }
    return this.link(node, url, title, '');
  }

  private image(url: string, alt: string | null | undefined, title: string | null | undefined): string {
    const target = linkTarget(url);
    if (target.kind !== 'path') return escapeHtml(imageAsText(url, alt));
    const tip = title ? ` title="${escapeHtml(title)}"` : '';
    return `<img src="${escapeHtml(this.base + target.path)}" alt="${escapeHtml(alt ?? '')}"${tip}>`;
  }

  private footnoteReference(node: NodeOf<'footnoteReference'>): string {
    if (!this.definitions.footnotes.has(node.identifier)) return this.asTyped(node);
    let number = this.footnoteNumbers.get(node.identifier);
    if (number === undefined) {
      number = this.footnotes.push(node.identifier);
      this.footnoteNumbers.set(node.identifier, number);
    }
    return `<sup>[${number}]</sup>`;
  }
}

/** An address that may be a whole picture, short enough to be read. */
function shortened(url: string): string {
  return url.length <= 200 ? url : `${[...url.slice(0, 200)].slice(0, 100).join('')}…`;
}

function imageAsText(url: string, alt: string | null | undefined): string {
  return alt ? `${alt} (${shortened(url)})` : shortened(url);
}

/**
 * Markdown as HTML that runs nothing and loads nothing from elsewhere: CommonMark with GFM; raw HTML is shown as
 * text, comments are dropped; links and pictures as `linkTarget` allows them, others as they were typed; no ids,
 * no styles; footnotes become a list at the end. Total.
 */
export function renderMarkdown(text: string, options: RenderOptions): string {
  const root = markdownTree(text);
  return new HtmlWriter(text, options, definitionsOf(root)).document(root);
}

/** Links and pictures of a text that can't be published as they were meant; offsets into `text`. */
export function markdownProblems(
  text: string,
  context: { hasPublicFile: (path: string) => boolean },
): Problem[] {
  const root = markdownTree(text);
  const definitions = definitionsOf(root);
  const problems: Problem[] = [];
  const usedAsImage = new Set<string>();
  const checkImage = (url: string, { start, end }: { start: number; end: number }): void => {
    const file = publicFile(url);
    if (file === null) {
      problems.push(
        warning(
          start,
          end,
          'remote-image',
          `The picture "${shortened(url)}" is not one of this site: a page loads nothing from elsewhere. Put the file into public/ and name it by its relative path.`,
          { publishedAs: 'its description and address as text' },
        ),
      );
    } else if (!context.hasPublicFile(file)) {
      problems.push(
        warning(
          start,
          end,
          'missing-image',
          `There is no file "${file}" in public/. Pictures are named by their path relative to public/.`,
        ),
      );
    }
  };
  const checkLink = (url: string, { start, end }: { start: number; end: number }): void => {
    if (linkTarget(url).kind !== 'refused') return;
    problems.push(
      warning(
        start,
        end,
        'unsafe-link',
        'A link may begin with http:, https:, mailto: or tel:, or be relative to the site.',
        { publishedAs: 'text, as it was typed' },
      ),
    );
  };
  for (const node of nodesOf(root)) {
    if (node.type === 'link') checkLink(node.url, placeOf(node));
    else if (node.type === 'image') checkImage(node.url, placeOf(node));
    else if (node.type === 'imageReference') {
      const definition = definitions.links.get(node.identifier);
      if (definition) checkImage(definition.url, placeOf(node));
      usedAsImage.add(node.identifier);
    }
  }
  for (const [identifier, definition] of definitions.links) {
    if (!usedAsImage.has(identifier)) checkLink(definition.url, placeOf(definition));
  }
  return problems.sort((a, b) => a.start - b.start);
}

/**
 * What a text says, without markup, in one line: for cards, previews and descriptions. Paragraphs follow each
 * other after a blank, items of a list after `; `. Raw HTML stays as typed, a link is its label, a picture its
 * description.
 */
export function plainText(text: string): string {
  const root = markdownTree(text);
  const definitions = definitionsOf(root);
  let depth = 0;
  const inline = (nodes: readonly MarkdownNode[]): string => nodes.map(plain).join('');
  const blocks = (nodes: readonly MarkdownNode[]): string =>
    nodes
      .map(plain)
      .filter((part) => part.trim() !== '')
      .join(' ');
  const typed = (node: MarkdownNode): string => {
    const { start, end } = placeOf(node);
    return text.slice(start, end).toWellFormed();
  };
  const written = (node: MarkdownNode): string => {
    switch (node.type) {
      case 'text':
      case 'inlineCode':
      case 'code':
        return node.value;
      case 'html':
        return withoutComments(node.value);
      case 'break':
        return ' ';
      case 'image':
        return publicFile(node.url) === null ? imageAsText(node.url, node.alt) : (node.alt ?? '');
      case 'imageReference':
        return node.alt ?? '';
      case 'link':
        return linkTarget(node.url).kind === 'refused' ? typed(node) : inline(node.children);
      case 'linkReference':
        return definitions.links.has(node.identifier) ? inline(node.children) : typed(node);
      case 'heading': {
        const heading = inline(node.children).trim();
        return /[\p{L}\p{N}]$/u.test(heading) ? `${heading}:` : heading;
      }
      case 'list':
        return node.children
          .map((item) => blocks(item.children).trim())
          .filter((item) => item !== '')
          .map((item, i, all) => (i < all.length - 1 ? item.replace(/[;,]$/, '') : item))
          .join('; ');
      case 'table':
        return node.children
          .map((row) => row.children.map((cell) => inline(cell.children).trim()).join(', '))
          .join('; ');
      case 'root':
      case 'blockquote':
      case 'listItem':
        return blocks(node.children);
      case 'paragraph':
      case 'emphasis':
      case 'strong':
      case 'delete':
        return inline(node.children);
      case 'thematicBreak':
      case 'definition':
      case 'footnoteDefinition':
      case 'footnoteReference':
        return '';
      default:
        return typed(node);
    }
  };
  const plain = (node: MarkdownNode): string => {
    if (depth >= DEEPEST) return typed(node);
    depth++;
    const out = written(node);
    depth--;
    return out;
  };
  return withoutControls(plain(root)).replace(/\s+/g, ' ').trim();
}

const segmenters = new Map<string, Intl.Segmenter>();

function segmenter(language: string, granularity: 'grapheme' | 'word' | 'sentence'): Intl.Segmenter {
  const key = `${granularity} ${language}`;
  let found = segmenters.get(key);
  if (!found) {
    try {
      found = new Intl.Segmenter(language, { granularity });
    } catch {
      found = new Intl.Segmenter('en', { granularity });
    }
    segmenters.set(key, found);
  }
  return found;
}

/**
 * The first sentences of a plain text (one line, see `plainText`) that fit into so many graphemes. Where not
 * even the first one fits it is cut between words, else between graphemes, and ends in `…`.
 */
export function firstSentences(text: string, maxGraphemes: number, language: string): string {
  if (maxGraphemes < 1) return '';
  const graphemes: string[] = [];
  for (const { segment } of segmenter(language, 'grapheme').segment(text.trim())) {
    graphemes.push(segment);
    if (graphemes.length > maxGraphemes) break;
  }
  const whole = text.trim();
  if (graphemes.length <= maxGraphemes) return whole;
  const room = graphemes.slice(0, maxGraphemes).join('').length;

  let end = 0;
  for (const { segment, index } of segmenter(language, 'sentence').segment(
    whole.slice(0, room + graphemes.at(-1)!.length + 1),
  )) {
    const close = index + segment.trimEnd().length;
    if (close > room) break;
    end = close;
  }
  if (end > 0) return whole.slice(0, end);

  const head = graphemes.slice(0, maxGraphemes - 1).join('');
  let cut = 0;
  for (const { segment, index, isWordLike } of segmenter(language, 'word').segment(
    whole.slice(0, head.length + 1),
  )) {
    if (index + segment.length > head.length) break;
    if (isWordLike === true) cut = index + segment.length;
  }
  return `${cut > 0 ? whole.slice(0, cut) : head}…`;
}
