import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { type FlagReading, readFlags } from '../flags.ts';

/** Words without a flag, and the flags as `readFlags` gives them. */
export function readArguments<const Options extends ParseArgsOptionsConfig>(
  args: string[],
  options: Options,
): { words: string[]; flags: FlagReading<Options> } {
  const { tokens } = parseArgs({ args, options, strict: false, tokens: true, allowPositionals: true });
  const words = tokens.filter((token) => token.kind === 'positional');
  const rest = args.filter((_, index) => !words.some((word) => word.index === index));
  // A lone hyphen is the value of --text, not the next flag.
  const read = rest.map((arg, index) => (arg === '-' && rest[index - 1]?.startsWith('--') ? '\u0000' : arg));
  const flags = readFlags(read, options);
  if (!flags.ok) return { words: words.map(({ value }) => value), flags };
  const values = Object.fromEntries(
    Object.entries(flags.values).map(([name, value]) => [name, value === '\u0000' ? '-' : value]),
  ) as typeof flags.values;
  return { words: words.map(({ value }) => value), flags: { ok: true, values } };
}
