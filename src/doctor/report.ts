import type { Finding } from './finding.ts';
import { counted, listed, shown } from './sentences.ts';
import type { Subjects } from './subject.ts';

const HEADINGS: Record<Finding['severity'], string> = {
  fatal: 'Takes the page down',
  risk: 'Risks',
  hint: 'Hints',
};

const COLORS: Record<Finding['severity'], number> = { fatal: 31, risk: 33, hint: 36 };

/** Columns that text is broken at. */
const WIDTH = 100;

/**
 * Findings for people, by severity, with what was looked at above and the sum below; ends in a line break. `how` says
 * who was asked, such as "asking 9.9.9.9". With `color` it holds ANSI escapes.
 */
export function formatReport(
  findings: Finding[],
  subjects: Subjects,
  { how, color }: { how: string; color: boolean },
): string {
  const paint = (code: number, text: string) => (color ? `\u001b[${code}m${text}\u001b[0m` : text);
  const lines = wrapped(`${what(subjects)}, ${how}.`, 0);
  for (const [severity, group] of Map.groupBy(findings, (finding) => finding.severity)) {
    lines.push('', paint(1, HEADINGS[severity]));
    for (const { code, hosts, why, change } of group) {
      lines.push(
        '',
        `  ${paint(COLORS[severity], code)}  ${[...new Set(hosts.map(shown))].join(', ')}`.trimEnd(),
      );
      lines.push(...wrapped(why, 4), ...wrapped(`Change: ${change}`, 4));
    }
  }
  return `${[...lines, '', ...wrapped(sum(findings), 0)].join('\n')}\n`;
}

function what({ copies, dependencies }: Subjects): string {
  const [page, ...others] = copies;
  const mirrors = others.filter((copy) => copy.listed).length;
  const unlisted = others.length - mirrors;
  const all = listed([
    page?.url ?? 'No page',
    mirrors === 0 ? 'no mirror' : counted(mirrors, 'mirror'),
    ...(unlisted === 0 ? [] : [`${counted(unlisted, 'target')} at an address that no page names`]),
  ]);
  const hosts = new Set(dependencies.map(({ host }) => host)).size;
  if (hosts === 0) return all;
  return `${all}, compared with ${counted(hosts, 'host')} that ${hosts === 1 ? 'is' : 'are'} down when you are`;
}

function sum(findings: Finding[]): string {
  const count = (severity: Finding['severity']) => findings.filter((one) => one.severity === severity).length;
  const parts = [
    count('fatal') === 0 ? '' : `${count('fatal')} that take${count('fatal') === 1 ? 's' : ''} the page down`,
    count('risk') === 0 ? '' : counted(count('risk'), 'risk'),
    count('hint') === 0 ? '' : counted(count('hint'), 'hint'),
  ].filter((part) => part !== '');
  if (parts.length === 0) return 'Nothing was found.';
  return `Found: ${listed(parts)}. What each means: docs/deploy/shared-fate.md.`;
}

function wrapped(text: string, indent: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line === undefined || line.length + 1 + word.length > WIDTH) lines.push(' '.repeat(indent) + word);
    else lines[lines.length - 1] = `${line} ${word}`;
  }
  return lines;
}
