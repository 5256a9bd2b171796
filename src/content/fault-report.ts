import type { Fault } from './fault.ts';

/** Sorts faults by file, line and column (code-unit order, whatever the locale); equal places keep their order. */
export function sortFaults(faults: Fault[]): Fault[] {
  return faults.toSorted((a, b) => order(a.file, b.file) || a.line - b.line || a.column - b.column);
}

function order(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Faults that say the same, the first of them standing for all. */
export interface FaultGroup {
  fault: Fault;
  /** How often the same is wrong elsewhere, and in how many files. */
  more: { times: number; files: number };
}

/** Told place by place, however many there are: each has to go, and one that is passed over does harm. */
const LEAKS: ReadonlySet<string> = new Set(['secret', 'card-number', 'iban', 'email-address']);

/**
 * Puts warnings of incidents of one code and message together, where the first stands. Errors, leaks and what is said
 * of other files stay apart.
 */
export function grouped(faults: Fault[]): FaultGroup[] {
  const groups = Map.groupBy(faults, (fault) =>
    fault.level === 'error' || LEAKS.has(fault.code) || !fault.file.startsWith('incidents/')
      ? fault
      : `${fault.code} ${fault.message} ${fault.publishedAs}`,
  );
  return [...groups.values()].map(([fault, ...others]) => ({
    fault: fault!,
    more: { times: others.length, files: new Set(others.map(({ file }) => file)).size },
  }));
}

/** How much of a long line is shown; the marker stays in sight. */
const WIDTH = 96;

/**
 * One fault for people, as DESIGN §5 shows it: place, level and code, the source line with a marker, the message.
 * Ends without a line break. With `color` it holds ANSI escapes; the file's own text never does.
 */
export function formatFault(fault: Fault, { color }: { color: boolean }): string {
  const paint = (code: number, text: string) => (color ? `\u001b[${code}m${text}\u001b[0m` : text);
  const level = paint(fault.level === 'error' ? 31 : 33, fault.level);
  const lines = [
    `${paint(1, printable(`${fault.file}:${fault.line}:${fault.column}`))}  ${level}  ${fault.code}`,
  ];
  if (fault.source.trim() !== '') {
    const { text, column, length } = excerpt(fault);
    lines.push(
      `  ${text}`,
      `  ${' '.repeat(displayWidth(text.slice(0, column)))}${paint(fault.level === 'error' ? 31 : 33, '^'.repeat(length))}`,
    );
  }
  const published = fault.publishedAs === null ? '' : ` Published as: ${fault.publishedAs}.`;
  lines.push(`  ${printable(fault.message)}${printable(published)}`);
  return lines.join('\n');
}

function excerpt(fault: Fault): { text: string; column: number; length: number } {
  const column = fault.column - 1;
  if (fault.source.length <= WIDTH) {
    const source = printable(fault.source);
    const marked = source.slice(column, column + fault.length);
    return { text: source.trimEnd(), column, length: Math.max(1, displayWidth(marked)) };
  }
  const from = Math.max(0, Math.min(column - 24, fault.source.length - WIDTH));
  const head = from > 0 ? '…' : '';
  const tail = from + WIDTH < fault.source.length ? '…' : '';
  const part = printable(fault.source.slice(from, from + WIDTH));
  const marked = part.slice(column - from, column - from + fault.length);
  return {
    text: head + part + tail,
    column: column - from + head.length,
    length: Math.max(1, displayWidth(marked)),
  };
}

/** One character for each that a terminal would act on, so that columns stay. */
function printable(text: string): string {
  return text
    .replace(/\p{Cc}/gu, ' ')
    .replace(/[\u202a-\u202e\u2066-\u2069\u200b\u2028\u2029\ufeff]/g, '\ufffd');
}

const SEGMENTS = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Columns of a terminal that a text takes: wide East Asian characters and emoji take two. */
function displayWidth(text: string): number {
  let width = 0;
  for (const { segment } of SEGMENTS.segment(text)) {
    width +=
      /\p{Emoji_Presentation}|\ufe0f|[\u1100-\u115f\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff01-\uff60]/u.test(
        segment,
      )
        ? 2
        : 1;
  }
  return width;
}

/** The closing line of a report: `2 errors, 1 warning in 3 files.` */
export function summarise(faults: Fault[], files: number): string {
  const errors = faults.filter((fault) => fault.level === 'error').length;
  const warnings = faults.length - errors;
  const count = (number: number, word: string) => `${number} ${word}${number === 1 ? '' : 's'}`;
  if (faults.length === 0) return `${count(files, 'file')} read, nothing to report.`;
  return `${count(errors, 'error')}, ${count(warnings, 'warning')} in ${count(files, 'file')}.`;
}
