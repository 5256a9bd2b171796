import type { Problem } from './fault.ts';
import { markdownProblems } from './markdown.ts';

/** What every link and picture of Markdown has at least one of. */
const MAYBE_LINK = /\]\(|\]\[|\]:|!\[|<[a-z]/i;

/** `markdownProblems`, without parsing a text that can have no link and no picture. */
export function textProblems(text: string, context: { hasPublicFile: (path: string) => boolean }): Problem[] {
  return MAYBE_LINK.test(text) ? markdownProblems(text, context) : [];
}
