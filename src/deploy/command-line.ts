/** A command line in words, or why it can't be split. */
export type CommandLine = { ok: true; words: string[] } | { ok: false; message: string };

/**
 * Splits a command line as a shell would, with quotes ('…', "…") and backslashes, and nothing else: no variables, no
 * pipes, no `;`, so that nothing in it runs but the one tool it names. Where a word is one of those, the answer says
 * how to have a shell. `{dir}` in any word is replaced by `folder`, after splitting: a folder with blanks or quotes in
 * its name stays one word.
 */
export function splitCommand(line: string, folder: string): CommandLine {
  const words: string[] = [];
  let word: string | null = null;
  let quote: string | null = null;
  for (let at = 0; at < line.length; at++) {
    const one = line[at]!;
    if (quote === null && /\s/.test(one)) {
      if (word !== null) words.push(word);
      word = null;
    } else if (quote === null && (one === '"' || one === "'")) {
      quote = one;
      word ??= '';
    } else if (one === quote) {
      quote = null;
    } else if (one === '\\' && quote !== "'" && at + 1 < line.length) {
      word = (word ?? '') + line[++at]!;
    } else if (quote === null && /[|;&<>`]/.test(one)) {
      return {
        ok: false,
        message: `"${one}" needs a shell. Write the steps into a script, and name the script.`,
      };
    } else {
      word = (word ?? '') + one;
    }
  }
  if (quote !== null) return { ok: false, message: `A quote (${quote}) is not closed.` };
  if (word !== null) words.push(word);
  if (words.length === 0) return { ok: false, message: 'It names no command.' };
  return { ok: true, words: words.map((one) => one.replaceAll('{dir}', folder)) };
}
