import { linkTarget } from './link-target.ts';
import {
  type Definitions,
  definitionsOf,
  type MarkdownNode,
  markdownTree,
  placeOf,
  withoutComments,
} from './markdown-tree.ts';

/** Quotes and lists nested deeper than this are written as typed. */
const DEEPEST = 40;

type NodeOf<Type extends MarkdownNode['type']> = Extract<MarkdownNode, { type: Type }>;

/**
 * One line that begins with a letter and holds nothing that Markdown gives a meaning: most texts are such, and a
 * history has thousands. An address in it is its own label.
 */
const PLAIN_SENTENCES = /^\p{L}(?:[\p{L}\p{N},.;:?%'"“”„‚‘’…()/–—-]| (?! |$))*$/u;

/**
 * What a text says, without markup, with its paragraphs and lines: for machines that hand it on to people, such as
 * chat bots and calendars. A blank line stands between paragraphs, `- ` or a number before an entry of a list, ` | `
 * between the cells of a table; a link is its label and its address, a picture its description and its address,
 * those of the site below `base` (an absolute URL with a slash at the end). Raw HTML stays as typed, comments are
 * dropped. A text that uses no Markdown comes back as it is but for blanks at the ends of its lines. Total.
 */
export function plainParagraphs(text: string, { base }: { base: string }): string {
  if (PLAIN_SENTENCES.test(text)) return text;
  const root = markdownTree(text);
  const writer = new PlainWriter(text.toWellFormed(), base, definitionsOf(root));
  return withoutControls(writer.document(root));
}

function withoutControls(text: string): string {
  return text.replace(/[^\P{Cc}\t\n]|\p{Noncharacter_Code_Point}/gu, '');
}

class PlainWriter {
  readonly #source: string;
  readonly #base: string;
  readonly #definitions: Definitions;
  /** Footnotes by first mention. */
  readonly #footnotes: string[] = [];
  #depth = 0;

  constructor(source: string, base: string, definitions: Definitions) {
    this.#source = source;
    this.#base = base;
    this.#definitions = definitions;
  }

  document(root: NodeOf<'root'>): string {
    const parts = [this.#blocks(root.children, '\n\n')];
    // Writing a note may mention further ones.
    for (let i = 0; i < this.#footnotes.length; i++) {
      const note = this.#definitions.footnotes.get(this.#footnotes[i] ?? '');
      if (note) parts.push(`[${i + 1}] ${this.#blocks(note.children, '\n')}`);
    }
    return parts.filter((part) => part !== '').join('\n\n');
  }

  #blocks(nodes: readonly MarkdownNode[], between: string): string {
    return nodes
      .map((node) => trimmed(this.#node(node)))
      .filter((part) => part !== '')
      .join(between);
  }

  #inline(nodes: readonly MarkdownNode[]): string {
    return nodes.map((node) => this.#node(node)).join('');
  }

  #typed(node: MarkdownNode): string {
    const { start, end } = placeOf(node);
    return this.#source.slice(start, end);
  }

  #node(node: MarkdownNode): string {
    if (this.#depth >= DEEPEST) return this.#typed(node);
    this.#depth++;
    const text = this.#written(node);
    this.#depth--;
    return text;
  }

  #written(node: MarkdownNode): string {
    switch (node.type) {
      case 'root':
        return this.#blocks(node.children, '\n\n');
      case 'text':
        // A line that ends in the source goes on in the text.
        return node.value.replace(/[ \t]*\r?\n[ \t]*/g, ' ');
      case 'inlineCode':
      case 'code':
        return node.value;
      case 'break':
        return '\n';
      case 'html':
        return withoutComments(node.value);
      case 'paragraph':
      case 'heading':
      case 'emphasis':
      case 'strong':
      case 'delete':
        return this.#inline(node.children);
      case 'blockquote':
        return this.#blocks(node.children, '\n\n').replace(/^/gm, '> ');
      case 'list':
        return this.#list(node);
      case 'table':
        return node.children
          .map((row) => row.children.map((cell) => this.#inline(cell.children).trim()).join(' | '))
          .join('\n');
      case 'link':
        return this.#link(node, node.url);
      case 'linkReference': {
        const definition = this.#definitions.links.get(node.identifier);
        return definition ? this.#link(node, definition.url) : this.#typed(node);
      }
      case 'image':
        return this.#image(node.alt, node.url);
      case 'imageReference': {
        const definition = this.#definitions.links.get(node.identifier);
        return definition ? this.#image(node.alt, definition.url) : this.#typed(node);
      }
      case 'footnoteReference':
        return this.#footnote(node);
      case 'thematicBreak':
      case 'definition':
      case 'footnoteDefinition':
        return '';
      default:
        return this.#typed(node);
    }
  }

  #list(node: NodeOf<'list'>): string {
    const first = typeof node.start === 'number' ? node.start : 1;
    return node.children
      .map((item, index) => {
        const mark = node.ordered === true ? `${first + index}. ` : '- ';
        const box = item.checked === true ? '☑ ' : item.checked === false ? '☐ ' : '';
        const text = this.#blocks(item.children, '\n').replaceAll('\n', `\n${' '.repeat(mark.length)}`);
        return `${mark}${box}${text}`.trimEnd();
      })
      .join('\n');
  }

  #link(node: NodeOf<'link'> | NodeOf<'linkReference'>, url: string): string {
    const target = linkTarget(url);
    if (target.kind === 'refused') return this.#typed(node);
    const label = this.#inline(node.children);
    // A place on the incident's page has no address of its own here.
    if (target.kind === 'fragment') return label;
    const address = target.kind === 'path' ? `${this.#base}${target.path}` : target.url;
    const same = [address, address.replace(/^(?:mailto|tel):/i, ''), address.replace(/^http:\/\//i, '')];
    return label === '' ? address : same.includes(label) ? label : `${label} (${address})`;
  }

  #image(alt: string | null | undefined, url: string): string {
    const target = linkTarget(url);
    const address = target.kind === 'path' ? `${this.#base}${target.path}` : url;
    return alt ? `${alt} (${address})` : address;
  }

  #footnote(node: NodeOf<'footnoteReference'>): string {
    if (!this.#definitions.footnotes.has(node.identifier)) return this.#typed(node);
    const known = this.#footnotes.indexOf(node.identifier);
    return `[${known < 0 ? this.#footnotes.push(node.identifier) : known + 1}]`;
  }
}

function trimmed(text: string): string {
  return text.replace(/[ \t]+$/gm, '').replace(/^\n+|\n+$/g, '');
}
