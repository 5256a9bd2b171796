import { decode } from '../content/decode.ts';
import { lineEnd } from '../content/fences.ts';
import { readIncidentFile } from '../content/incident-file.ts';
import type { ReadContext } from '../content/read-context.ts';
import { splice } from './splice.ts';
import { yamlText } from './yaml-text.ts';

/** More errors than a file has that one would still mend by rule. */
const MOST_ROUNDS = 8;

/**
 * The file with the plain readings of its errors written in (a missing closing fence, a missing frontmatter), so that
 * it can be read. Null where it can be read already, or has no such reading. `notes` say what was mended. Pure.
 */
export function mend(
  path: string,
  bytes: Uint8Array,
  context: ReadContext,
): { bytes: Uint8Array; notes: string[] } | null {
  let current = bytes;
  const notes: string[] = [];
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const { incident, faults } = readIncidentFile(path, current, context);
    if (incident === null || incident.readable) break;
    const bare = faults.some(({ code }) => code === 'no-frontmatter' || code === 'empty-file');
    const fault = faults.find(({ level, fix }) => level === 'error' && fix !== null && fix.length > 0);
    if (bare) {
      const lines = [
        '---',
        `title: ${yamlText(incident.title)}`,
        `status: ${incident.status}`,
        '---',
        '',
        '',
      ];
      const text = lines.join(lineEnd(decode(current).text));
      current = splice(current, [{ start: 0, end: 0, text }]);
      notes.push('The file had no frontmatter: title and status were written above the text.');
    } else if (fault?.fix) {
      current = splice(current, fault.fix);
      notes.push(`Mended in line ${fault.line}: ${fault.message}`);
    } else break;
  }
  return notes.length === 0 ? null : { bytes: current, notes };
}
