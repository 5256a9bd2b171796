import { type MdastNode, markdownToMdast } from 'satteri';
import { guardMarkdown } from './markdown-guard.ts';

/** A node of the tree that CommonMark with GFM gives a text. */
export type MarkdownNode = MdastNode;
/** The whole text. */
export type MarkdownRoot = Extract<MdastNode, { type: 'root' }>;

/**
 * The tree of a Markdown text. Every node has its place as UTF-16 offsets into `text`. Total, and in time that grows
 * with the text's length alone: what the parser can't take comes back as plain text.
 */
export function markdownTree(text: string): MarkdownRoot {
  // Lone surrogates can't cross into the parser, and it counts no byte order mark; what stands in for them is
  // as long as they are.
  const source = text.toWellFormed().replace(/^\uFEFF/, ' ');
  const guarded = guardMarkdown(source);
  try {
    if (guarded !== null) {
      const tree = markdownToMdast(guarded.text, { features: { frontmatter: false } });
      if (tree.type === 'root') return guarded.restore === null ? tree : restored(tree, guarded.restore);
    }
  } catch {
    // Falls through to plain text.
  }
  return { type: 'root', children: [{ type: 'paragraph', children: [{ type: 'text', value: source }] }] };
}

function restored(root: MarkdownRoot, restore: (text: string) => string): MarkdownRoot {
  for (const node of nodesOf(root)) {
    const fields = node as unknown as Record<string, unknown>;
    for (const [name, value] of Object.entries(fields)) {
      if (typeof value === 'string' && name !== 'type') fields[name] = restore(value);
    }
  }
  return root;
}

/** Where a node stands in the text it was read from: UTF-16 offsets. */
export function placeOf(node: MarkdownNode): { start: number; end: number } {
  return { start: node.position?.start.offset ?? 0, end: node.position?.end.offset ?? 0 };
}

/** What `[label]: url` and `[^label]: text` lines define, by identifier; of two the first counts. */
export interface Definitions {
  links: Map<string, Extract<MarkdownNode, { type: 'definition' }>>;
  footnotes: Map<string, Extract<MarkdownNode, { type: 'footnoteDefinition' }>>;
}

/** Collects the definitions of a tree. */
export function definitionsOf(root: MarkdownRoot): Definitions {
  const found: Definitions = { links: new Map(), footnotes: new Map() };
  for (const node of nodesOf(root)) {
    if (node.type === 'definition' && !found.links.has(node.identifier)) {
      found.links.set(node.identifier, node);
    } else if (node.type === 'footnoteDefinition' && !found.footnotes.has(node.identifier)) {
      found.footnotes.set(node.identifier, node);
    }
  }
  return found;
}

/** The node itself and everything in it, in the order of the text; without recursion, as quotes nest at will. */
export function* nodesOf(top: MarkdownNode): Generator<MarkdownNode> {
  const waiting: MarkdownNode[] = [top];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    yield node;
    if (!('children' in node)) continue;
    for (let i = node.children.length - 1; i >= 0; i--) waiting.push(node.children[i] as MarkdownNode);
  }
}

/** Raw HTML without its comments. A comment that is never closed is text: it must not hide what follows. */
export function withoutComments(html: string): string {
  let out = '';
  let from = 0;
  for (;;) {
    const open = html.indexOf('<!--', from);
    if (open < 0) break;
    // `<!-->` and `<!--->` are whole comments.
    const short = /^<!--(?:>|->)/.exec(html.slice(open, open + 6))?.[0].length;
    const close = html.indexOf('-->', open + 4);
    const end = short === undefined ? (close < 0 ? -1 : close + 3) : open + short;
    if (end < 0) break;
    out += html.slice(from, open);
    from = end;
  }
  return out + html.slice(from);
}
