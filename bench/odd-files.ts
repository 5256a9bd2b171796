import { readIncidentFile } from '../src/content/incident-file.ts';
import { renderMarkdown } from '../src/content/markdown.ts';
import { readContext } from '../src/content/read-context.ts';
import { siteWithoutConfig } from '../src/content/site-config.ts';
import { BOMBS } from '../tests/unit/content/bombs.ts';

const MEGABYTE = 1_000_000;
const HEAD = '---\ntitle: Power\nstatus: identified\n---\n\n';

/** Reads and renders files that nobody should write; gives the CPU seconds that each took, the longest first. */
export function oddFiles(): { name: string; cpuSeconds: number }[] {
  const context = readContext(siteWithoutConfig('Bench'), Date.parse('2026-11-21T18:00:00Z'));
  const files = new Map<string, string>(
    BOMBS.map(([name, piece]) => [
      `1 MB of ${name}`,
      `${HEAD}## 2026-11-21 18:00\n\n${piece.repeat(Math.ceil(MEGABYTE / piece.length))}`,
    ]),
  );
  const update = (i: number) => `## ${new Date(1_700_000_000_000 + i * 60_000).toISOString()}\n\nText.\n\n`;
  files.set('500 updates', HEAD + Array.from({ length: 500 }, (_, i) => update(i)).join(''));
  files.set('a heading of 1 MB', `${HEAD}## 2026-11-21 18:00 ${'[^a]'.repeat(MEGABYTE / 4)}`);
  files.set('an alias bomb', aliasBomb());
  return [...files]
    .map(([name, text]) => {
      const bytes = new TextEncoder().encode(text);
      const began = process.cpuUsage();
      const { incident } = readIncidentFile('2026-11-21-power.md', bytes, context);
      for (const one of incident?.updates ?? []) renderMarkdown(one.text, { base: '' });
      const { user, system } = process.cpuUsage(began);
      return { name, cpuSeconds: (user + system) / 1_000_000 };
    })
    .toSorted((a, b) => b.cpuSeconds - a.cpuSeconds);
}

/** A list of ten lists of ten lists …, in a few lines. */
function aliasBomb(): string {
  const levels = Array.from(
    { length: 12 },
    (_, i) =>
      `k${i}: &k${i} [${
        i === 0
          ? 'x'
          : Array(10)
              .fill(`*k${i - 1}`)
              .join(', ')
      }]`,
  );
  return `---\ntitle: Power\nstatus: identified\n${levels.join('\n')}\ncomponents: *k11\n---\n\nText.\n`;
}
