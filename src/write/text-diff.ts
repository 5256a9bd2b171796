import { structuredPatch } from 'diff';

const CONTEXT = 3;

/**
 * A unified diff for people, line by line with a line break after each; empty where the texts are the same. What a
 * terminal would act on, or nobody sees, is spelled out (`\u00a0`): so the diff shows it, and is no patch.
 * With `color` it holds ANSI escapes.
 */
export function textDiff(file: string, before: string, after: string, { color }: { color: boolean }): string {
  if (before === after) return '';
  const paint = (code: number, text: string) => (color ? `\u001b[${code}m${text}\u001b[0m` : text);
  const { hunks } = structuredPatch(file, file, before, after, '', '', { context: CONTEXT });
  const lines = [paint(1, `--- ${spelledOut(file)}`), paint(1, `+++ ${spelledOut(file)}`)];
  for (const hunk of hunks) {
    lines.push(paint(36, `@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`));
    for (const line of hunk.lines) {
      const text = spelledOut(line.replace(/\r$/, ''));
      if (line.startsWith('-')) lines.push(paint(31, text));
      else lines.push(line.startsWith('+') ? paint(32, text) : text);
    }
  }
  return `${lines.join('\n')}\n`;
}

/** Joiners stay: emoji and some scripts need them. */
function spelledOut(text: string): string {
  return text.replace(/(?![ \u200c\u200d])[\p{Cc}\p{Cf}\p{Zs}\p{Zl}\p{Zp}\p{Cn}\p{Cs}]/gu, (character) => {
    if (character === '\t') return '\\t';
    const code = character.codePointAt(0)!;
    return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}
