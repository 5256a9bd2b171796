import TurndownService from 'turndown';
import { withoutControlCharacters } from '../content/decode.ts';
import { renderMarkdown } from '../content/markdown.ts';
import { harmless } from '../write/harmless-text.ts';

/** What a text in HTML became. */
export interface HtmlReading {
  /** Without blank lines around it. */
  markdown: string;
  /** A page shows the same words. False: a person should look at it. */
  same: boolean;
  /** Pictures that became links. */
  pictures: number;
}

/**
 * Turns a text as people type it into status pages, words with or without HTML, into Markdown that shows the same.
 * Without block elements a line break is one and an empty line parts paragraphs, as `<br>` and two of them do.
 * What looks like a tag and is none that such pages know stays as it is written. Signs are escaped only where
 * Markdown would take them for its own. Addresses without a host lead to `base`. Never throws.
 */
export function htmlMarkdown(html: string, base: string): HtmlReading {
  const source = withKnownTags(withoutControlCharacters(html.toWellFormed()).text.replace(/\r\n?/g, '\n'));
  if (source.trim() === '') return { markdown: '', same: true, pictures: 0 };
  const pictures = source.match(/<img\b/gi)?.length ?? 0;
  const blocks = inBlocks(source);
  const shown = wordsOfHtml(blocks, base);
  let same: string | null = null;
  let first: string | null = null;
  for (const way of WAYS) {
    const markdown = written(blocks, base, way);
    first ??= markdown;
    if (wordsOfMarkdown(markdown) !== shown) continue;
    same ??= markdown;
    // What would swallow the text below it is escaped, rather than quoted later.
    if (harmless(markdown, 'UTC') === markdown) return { markdown, same: true, pictures };
  }
  return { markdown: same ?? first ?? '', same: same !== null, pictures };
}

/** How much is done so that a text shows as it was meant; the first that works is taken. */
interface Way {
  escaped: (text: string) => string;
  /** Bold and italic are kept. */
  emphasis: boolean;
}

const WAYS: Way[] = [
  { escaped: (text) => text, emphasis: true },
  { escaped: escapedSigns, emphasis: true },
  { escaped: escapedSigns, emphasis: false },
  { escaped: (text) => text.replace(/[!-/:-@[-`{-~]/g, '\\$&'), emphasis: false },
];

const ADDRESS = /\b(?:https?:\/\/|www\.)[^\s<>"']+/gi;

/** Signs that Markdown may take for its own; addresses are left as they are, so that they stay links. */
function escapedSigns(text: string): string {
  let out = '';
  let from = 0;
  for (const { 0: address, index } of text.matchAll(ADDRESS)) {
    out += signs(text.slice(from, index), from === 0) + address;
    from = index + address.length;
  }
  return out + signs(text.slice(from), from === 0);
}

function signs(text: string, isStart: boolean): string {
  const plain = text.replace(/[\\`*_[\]<>#|~&^]/g, '\\$&');
  if (!isStart) return plain;
  return plain.replace(/^(\s*)([-+=:])/, '$1\\$2').replace(/^(\s*\d{1,9})([.)])/, '$1\\$2');
}

const BLOCK_TAGS = [
  ...['p', 'div', 'ul', 'ol', 'li', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'pre', 'blockquote', 'hr'],
  ...['table', 'thead', 'tbody', 'tfoot', 'tr', 'td', 'th', 'dl', 'dt', 'dd'],
  ...['section', 'article', 'header', 'footer', 'figure', 'figcaption'],
];
const INLINE_TAGS = [
  ...[
    'a',
    'b',
    'strong',
    'i',
    'em',
    'u',
    's',
    'del',
    'ins',
    'strike',
    'code',
    'kbd',
    'samp',
    'tt',
    'br',
    'img',
  ],
  ...[
    'span',
    'small',
    'big',
    'sub',
    'sup',
    'mark',
    'font',
    'abbr',
    'cite',
    'q',
    'time',
    'wbr',
    'var',
    'center',
  ],
];
const TAG = new RegExp(
  `<(?:/?(?:${[...BLOCK_TAGS, ...INLINE_TAGS].join('|')})(?:\\s(?:[^<>"']|"[^"]*"|'[^']*')*)?/?>)?`,
  'gi',
);
const BLOCK_NAMES = new Set(BLOCK_TAGS);
const BLOCK = new RegExp(`<(?:${BLOCK_TAGS.join('|')})\\b`, 'i');
const REFERENCE = /&(?!(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});)/gi;

/** What is no whole tag of the known ones, and no whole character reference, becomes text. */
function withKnownTags(html: string): string {
  return html.replace(TAG, (tag) => (tag === '<' ? '&lt;' : tag)).replace(REFERENCE, '&amp;');
}

/** Without block elements of its own a text gets paragraphs and line breaks where it has them on the page. */
function inBlocks(html: string): string {
  if (BLOCK.test(html)) return html;
  const lines = html.replace(/<br(?:\s[^<>]*)?\/?>/gi, '\n').split('\n');
  const paragraphs: string[][] = [[]];
  for (const line of lines.map((one) => one.trim())) {
    if (line !== '') paragraphs.at(-1)!.push(line);
    else if (paragraphs.at(-1)!.length > 0) paragraphs.push([]);
  }
  return paragraphs
    .filter((paragraph) => paragraph.length > 0)
    .map((paragraph) => `<p>${paragraph.join('<br>')}</p>`)
    .join('\n');
}

function written(html: string, base: string, { escaped, emphasis }: Way): string {
  const service = new TurndownService({
    headingStyle: 'atx',
    bulletListMarker: '-',
    codeBlockStyle: 'fenced',
    emDelimiter: '*',
    hr: '---',
    br: '\\',
  });
  service.escape = escaped;
  service.addRule('struck', {
    filter: ['s', 'del', 'strike' as 'del'],
    replacement: (content) => (content.trim() === '' || !emphasis ? content : `~~${content}~~`),
  });
  if (!emphasis) {
    service.addRule('plain', { filter: ['b', 'strong', 'i', 'em'], replacement: (content) => content });
  }
  service.addRule('typed', {
    filter: 'pre',
    replacement: (_, node) => {
      const text = (node.textContent ?? '').replace(/^\n|\s+$/g, '');
      const fence = '`'.repeat(Math.max(3, ...(text.match(/`+/g) ?? []).map((run) => run.length + 1)));
      return `\n\n${fence}\n${text}\n${fence}\n\n`;
    },
  });
  service.addRule('cell', { filter: ['td', 'th'], replacement: cell });
  service.addRule('row', { filter: 'tr', replacement: (content) => `\n\n${content}\n\n` });
  service.addRule('link', {
    filter: (node) => node.nodeName === 'A' && node.getAttribute('href') !== null,
    replacement: (content, node) =>
      link(content, node.textContent ?? '', hrefOf(node, 'href', base), escaped),
  });
  service.addRule('picture', {
    filter: 'img',
    replacement: (_, node) => {
      const text = pictureText(node);
      return link(escaped(text), text, hrefOf(node, 'src', base), escaped);
    },
  });
  return service.turndown(html).trim();
}

/** The words of a page, for comparing. */
function wordsOfHtml(html: string, base: string): string {
  const service = new TurndownService();
  service.escape = (text) => text;
  service.addRule('all', {
    filter: () => true,
    replacement: (content, node) => {
      const name = node.nodeName.toLowerCase();
      if (name === 'br') return '\n';
      if (name === 'img') return ` ${linkText(pictureText(node), hrefOf(node, 'src', base))} `;
      if (name === 'a') return linkText(content, hrefOf(node, 'href', base));
      if (name === 'td' || name === 'th') return cell(content, node);
      return BLOCK_NAMES.has(name) ? `\n${content}\n` : content;
    },
  });
  return spaced(service.turndown(html));
}

/** The words that a page of this site would show. */
function wordsOfMarkdown(markdown: string): string {
  const html = renderMarkdown(markdown, { base: '' });
  const text = html.replace(/<\/?(\w+)[^>]*>/g, (_, name: string) =>
    BLOCK_NAMES.has(name) || name === 'br' ? '\n' : name === 'input' ? '[task]' : '',
  );
  return spaced(text.replace(/&(?:amp|lt|gt|quot|#39);/g, (reference) => REFERENCES[reference]!));
}

const REFERENCES: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

const spaced = (text: string): string => text.replace(/\s+/g, ' ').trim();

function cell(content: string, node: HTMLElement): string {
  return node.previousElementSibling === null ? content.trim() : ` · ${content.trim()}`;
}

function pictureText(node: HTMLElement): string {
  return spaced(node.getAttribute('alt') ?? '') || spaced(node.getAttribute('src') ?? '');
}

/** Where a link leads; `usable`: readers can follow it. */
interface Target {
  href: string;
  usable: boolean;
}

function hrefOf(node: HTMLElement, attribute: 'href' | 'src', base: string): Target {
  const raw = spaced(node.getAttribute(attribute) ?? '');
  const url = URL.parse(raw, base === '' ? undefined : base);
  if (url === null || !/^(?:https?|mailto|tel):$/.test(url.protocol)) return { href: raw, usable: false };
  return { href: url.href, usable: true };
}

/** The words of a link: with its address where that can't be followed. */
function linkText(text: string, { href, usable }: Target): string {
  return usable || href === '' || text.trim() === '' || text.trim() === href ? text : `${text} (${href})`;
}

function link(content: string, plain: string, target: Target, escaped: Way['escaped']): string {
  if (content.trim() === '') return '';
  if (!target.usable) return linkText(content, { ...target, href: escaped(target.href) });
  if (plain === target.href && /^https?:[^\s<>\\]+$/.test(plain)) return `<${plain}>`;
  const label = content.replace(/\s*\\?\n\s*/g, ' ').trim();
  const href = target.href.replace(/[\\<>\s]/g, encodeURIComponent).replace(/&(?=#?\w+;)/g, '&amp;');
  return `[${label}](${/[()]/.test(href) ? `<${href}>` : href})`;
}
