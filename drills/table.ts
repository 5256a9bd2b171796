import type { Trial } from './drill.ts';

/** A row of the closing table. */
export type Row = Trial & { drill: string };

/**
 * The closing table: drill by drill what was tried, how often, and what was lost; below it each loss in full. Ends
 * with a line break.
 */
export function table(rows: Row[]): string {
  const lines = [
    ['drill', 'tried', 'times', 'lost'],
    ...rows.map((row, index) => [
      row.drill === rows[index - 1]?.drill ? '' : row.drill,
      row.tried,
      row.times === 0 ? '-' : String(row.times),
      lostOf(row),
    ]),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...lines.map((line) => line[column]!.length)));
  const text = lines.map((line) =>
    line
      .map((cell, column) => (column === 2 ? cell.padStart(widths[2]!) : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
  const losses = rows
    .filter(({ lost }) => lost.length > 0)
    .map(
      ({ drill, tried, lost }) => `${drill}, ${tried}:\n${lost.map((one) => `- ${one.trim()}`).join('\n')}`,
    );
  return `${text.join('\n')}\n${losses.map((loss) => `\n${loss}\n`).join('')}\n${verdict(rows)}\n`;
}

function lostOf({ times, lost, note }: Trial): string {
  const words = times === 0 ? 'not tried' : lost.length === 0 ? 'nothing' : `${lost.length}, see below`;
  return note === undefined ? words : `${words} (${note})`;
}

function verdict(rows: Row[]): string {
  const lost = rows.reduce((sum, row) => sum + row.lost.length, 0);
  const untried = rows.filter(({ times }) => times === 0).length;
  const words = lost === 0 ? 'Nothing was lost.' : lost === 1 ? 'One loss.' : `${lost} losses.`;
  return untried === 0 ? words : `${words} ${untried} of ${rows.length} could not be tried here.`;
}
