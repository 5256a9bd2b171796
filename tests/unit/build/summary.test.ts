import { expect, it } from 'vitest';
import { formatSummary } from '../../../src/build/summary.ts';

it('a build ends with what it made', () => {
  const text = formatSummary({
    outDir: 'dist',
    incidents: 12,
    open: 2,
    count: { pages: 30, cards: 14, drawn: 3, total: 50, made: 9 },
    errors: 1,
    warnings: 2,
    milliseconds: 4449,
  });
  expect(text.split('\n')).toEqual([
    'Built dist',
    '  incidents  12 (2 open)',
    '  pages      30',
    '  cards      14 (3 drawn, 11 reused)',
    '  faults     1 error, 2 warnings',
    '  seconds    4.4',
  ]);
});
