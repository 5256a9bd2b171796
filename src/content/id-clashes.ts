import type { IdClash } from '../domain/public-ids.ts';
import type { Fault } from './fault.ts';
import { faultOfFile } from './locate.ts';
import { CONFIG_FILE } from './site-config.ts';

/** Tells of things that would have one id in the API: whoever reads it would take the two for one. */
export function idClashFaults(clashes: IdClash[]): Fault[] {
  return clashes.map(({ what, path, wanted, given }) => {
    const [subject, advice] =
      'component' in what
        ? [`The component "${what.component}"`, 'Give it another id.']
        : what.update === null
          ? ['This file', 'Rename it.']
          : [`The update "${what.update}"`, 'Give it another id: write {#…} at the end of its heading.'];
    return faultOfFile(
      path === null ? CONFIG_FILE : `incidents/${path}`,
      'error',
      'public-id-taken',
      `${subject} and something else on this site have by chance the same id for machines, "${wanted}". It is published under another, which would change if the other one went away. ${advice}`,
      `"${given}" in api/v2`,
    );
  });
}
