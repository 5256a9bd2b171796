import { describe, expect, it } from 'vitest';
import { readFlags } from '../../../src/cli/flags.ts';

const options = {
  outDir: { type: 'string' },
  strict: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

describe('the arguments of a command', () => {
  it.each([
    ['none', [], {}],
    ['a flag', ['--strict'], { strict: true }],
    ['a value beside it', ['--outDir', 'x'], { outDir: 'x' }],
    ['a value in it', ['--outDir=x'], { outDir: 'x' }],
    ['a short flag', ['-h'], { help: true }],
  ])('are read: %s', (_, args, values) => {
    expect(readFlags(args, options)).toEqual({ ok: true, values });
  });

  it.each([
    ['a slip', ['--strikt'], 'There is no --strikt. Did you mean --strict?'],
    ['another case', ['--outdir', 'x'], 'There is no --outdir. Did you mean --outDir?'],
    ['something else', ['--xyzzy'], 'There is no --xyzzy.'],
    ['a name every object has', ['--constructor'], 'There is no --constructor.'],
    ['a missing value', ['--outDir'], '--outDir needs a value.'],
    ['a flag as a value', ['--outDir', '--strict'], '--outDir needs a value.'],
    ['a value too many', ['--strict=yes'], '--strict takes no value.'],
    ['a word', ['dist'], '"dist" is not expected here.'],
  ])('are refused: %s', (_, args, message) => {
    expect(readFlags(args, options)).toEqual({ ok: false, message });
  });
});
