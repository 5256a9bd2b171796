import fc from 'fast-check';

/** What gets into a file by a slip, or is part of its syntax. */
export const PIECES = [
  '---',
  '\n',
  '\r\n',
  ': ',
  ':',
  ' ',
  '\t',
  '\u00a0',
  '- ',
  '–',
  '—',
  '"',
  "'",
  '„',
  '“',
  '#',
  '##',
  '*',
  '&a',
  '*a',
  '!x',
  '[',
  ']',
  '{',
  '}',
  ',',
  '|',
  '>',
  '<<<<<<< HEAD\n',
  '=======\n',
  '>>>>>>> x\n',
  'title',
  'status',
  'components',
  'scheduled',
  'draft',
  'true',
  'null',
  '__proto__',
  'constructor',
  '\u0000',
  '\u200b',
  '\ufeff',
  '\ud83d',
  '2027-05-10 21:00',
  '2027-13-10',
  '```',
  '^ab',
  '{#id}',
  '{{x}}',
  '---js',
  '?',
  '@',
  '`',
  '%',
  '\\',
];

/** One slip of a hand: a character or a line dropped, doubled, swapped or put in. */
export interface Slip {
  kind: 'drop' | 'double' | 'swap' | 'insert' | 'drop line' | 'double line' | 'swap lines';
  /** Where, modulo the length. */
  at: number;
  piece: string;
}

export const slip: fc.Arbitrary<Slip> = fc.record({
  kind: fc.constantFrom('drop', 'double', 'swap', 'insert', 'drop line', 'double line', 'swap lines'),
  at: fc.nat(100_000),
  piece: fc.constantFrom(...PIECES),
});

/** The text with the slip in it. */
export function slipped(text: string, { kind, at, piece }: Slip): string {
  if (text === '') return text;
  const i = at % text.length;
  const lines = text.split('\n');
  const j = at % lines.length;
  switch (kind) {
    case 'drop':
      return text.slice(0, i) + text.slice(i + 1);
    case 'double':
      return text.slice(0, i) + text[i] + text.slice(i);
    case 'swap':
      return text.slice(0, i) + (text[i + 1] ?? '') + text[i] + text.slice(i + 2);
    case 'insert':
      return text.slice(0, i) + piece + text.slice(i);
    case 'drop line':
      return lines.toSpliced(j, 1).join('\n');
    case 'double line':
      return lines.toSpliced(j, 0, lines[j]!).join('\n');
    case 'swap lines':
      return lines.toSpliced(j, 2, lines[j + 1] ?? '', lines[j]!).join('\n');
  }
}
