import { markdownToMdast } from 'satteri';
import { readLeadingTimestamp } from '../domain/time.ts';

const PROBE = '## probe';

/**
 * The same Markdown, such that an incident file may hold it below an update's heading: no line of it opens an update, and
 * neither code nor a comment that is left open swallows the headings that follow. No word is lost; without blank lines
 * around it. `timeZone` only serves to tell times from other text.
 */
export function harmless(text: string, timeZone: string): string {
  const trimmed = text.replace(/^(?:[ \t]*\n)+/, '').trimEnd();
  if (trimmed === '') return '';
  const plain = withoutUpdateHeadings(trimmed, timeZone);
  for (const candidate of [plain, `${plain}\n\`\`\``, `${plain}\n~~~`]) {
    if (leavesNextHeading(candidate)) return candidate;
  }
  return quoted(plain);
}

/** A text as a quotation: it ends where its lines do, whatever stands in it. */
export function quoted(text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');
}

function leavesNextHeading(text: string): boolean {
  const last = blocksOf(`${text}\n\n${PROBE}`).at(-1);
  return last?.type === 'heading' && last.depth === 2 && last.position?.start.column === 1;
}

function blocksOf(text: string) {
  const tree = markdownToMdast(text, { features: { frontmatter: false } });
  return 'children' in tree ? tree.children : [];
}

/** Headings that begin with a time would open an update, or be warned about: they become a line in bold. */
function withoutUpdateHeadings(text: string, timeZone: string): string {
  const lines = text.split('\n');
  for (const block of blocksOf(text)) {
    if (block.type !== 'heading' || block.position === undefined) continue;
    const { start, end } = block.position;
    const written = lines.slice(start.line - 1, end.line);
    const content = (written[0] ?? '').replace(/^ {0,3}#{1,6}[ \t]*/, '').replace(/[ \t]+#+[ \t]*$/, '');
    const bare = content.replace(/^[\s*_~`[(:\-–—]+/, '');
    if (readLeadingTimestamp(bare, timeZone) === null) continue;
    if (written.length === 1) lines[start.line - 1] = `**${content.replace(/\*/g, '').trim()}**`;
    else lines[end.line - 1] = '';
  }
  return lines.join('\n');
}
