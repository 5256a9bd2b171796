import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { nearest } from '../content/suggest.ts';

/** What a command was given, or why it can't be used so. */
export type FlagReading<Options extends ParseArgsOptionsConfig> =
  | { ok: true; values: ReturnType<typeof parseArgs<{ options: Options; args: string[] }>>['values'] }
  | { ok: false; message: string };

/**
 * Reads a command's arguments: only the flags in `options` (as for node:util's `parseArgs`), no others and no
 * words without a flag. An unknown flag is answered with the nearest known one.
 */
export function readFlags<const Options extends ParseArgsOptionsConfig>(
  args: string[],
  options: Options,
): FlagReading<Options> {
  const { tokens } = parseArgs({ args, options, strict: false, tokens: true, allowPositionals: true });
  for (const token of tokens) {
    if (token.kind === 'positional') return { ok: false, message: `"${token.value}" is not expected here.` };
    if (token.kind !== 'option') continue;
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    if (option === undefined) {
      const known = nearest(token.name, Object.keys(options));
      const hint = known === null ? '' : ` Did you mean --${known}?`;
      return { ok: false, message: `There is no ${token.rawName}.${hint}` };
    }
    // A flag right after it is the next flag, not its value.
    const swallowed = token.inlineValue === false && token.value.startsWith('-');
    if (option.type === 'string' && (!token.value || swallowed)) {
      return { ok: false, message: `${token.rawName} needs a value.` };
    }
    if (option.type === 'boolean' && token.value !== undefined) {
      return { ok: false, message: `${token.rawName} takes no value.` };
    }
  }
  return { ok: true, values: parseArgs({ args, options }).values };
}
