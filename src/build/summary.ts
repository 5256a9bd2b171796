import type { PathCount } from './count-paths.ts';

/** What a finished build says of itself. */
export interface Summary {
  /** As the user named it. */
  outDir: string;
  incidents: number;
  open: number;
  count: PathCount;
  errors: number;
  warnings: number;
  milliseconds: number;
}

/** The closing lines of a build, plain English, without a line break at the end. */
export function formatSummary({
  outDir,
  incidents,
  open,
  count,
  errors,
  warnings,
  milliseconds,
}: Summary): string {
  const reused = count.cards - count.drawn;
  const rows = [
    ['incidents', `${incidents} (${open} open)`],
    ['pages', `${count.pages}`],
    ['cards', `${count.cards} (${count.drawn} drawn, ${reused} reused)`],
    ['faults', `${plural(errors, 'error')}, ${plural(warnings, 'warning')}`],
    ['seconds', (milliseconds / 1000).toFixed(1)],
  ];
  return [`Built ${outDir}`, ...rows.map(([name, value]) => `  ${name?.padEnd(10)} ${value}`)].join('\n');
}

function plural(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}
