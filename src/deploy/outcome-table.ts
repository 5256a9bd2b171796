import type { Outcome } from './deploy.ts';

const REPLACING = {
  whole: 'file by file, whole',
  gap: "can't rename over a file: each is gone for an instant",
  'in-place': "can't rename: files are cut off while they are sent",
  'at-once': 'all at once',
  tool: 'as its tool does',
};

/** The closing table: a line for each target, and below it what went wrong and what to do. Ends in a line break. */
export function outcomeTable(outcomes: readonly Outcome[]): string {
  const head = ['target', 'uploaded', 'verified', 'seconds', 'replaced'];
  const rows = outcomes.map((outcome) => [
    outcome.target.name,
    uploaded(outcome),
    outcome.verified === null ? '-' : outcome.verified ? 'yes' : 'no',
    outcome.seconds.toFixed(1),
    replaced(outcome),
  ]);
  const widths = head.map((_, at) => Math.max(...[head, ...rows].map((row) => row[at]!.length)));
  const line = (row: string[]) =>
    row
      .map((cell, at) => cell.padEnd(widths[at]!))
      .join('  ')
      .trimEnd();
  const table = [head, ...rows].map(line);
  const faults = outcomes.flatMap(({ target, fault }) => {
    if (fault === null) return [];
    const [first, ...more] = fault.message.split('\n');
    return ['', `${target.name}: ${first}`, ...more, ...(fault.advice === null ? [] : [`  ${fault.advice}`])];
  });
  return `${[...table, ...faults].join('\n')}\n`;
}

function uploaded({ published }: Outcome): string {
  if (published === null) return 'no';
  if (published.sent === null) return 'yes';
  const { files, bytes } = published.sent;
  const removed = published.removed === 0 ? '' : `, ${published.removed} removed`;
  if (files === 0) return `nothing new${removed}`;
  return `${files} ${files === 1 ? 'file' : 'files'}, ${bytesInWords(bytes)}${removed}`;
}

function replaced({ published }: Outcome): string {
  if (published === null || published.sent?.files === 0) return '-';
  return REPLACING[published.replacing];
}

/** `3.4 MB`, in powers of ten. */
export function bytesInWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 999_500) return `${(bytes / 1000).toFixed(0)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
