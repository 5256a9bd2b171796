import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FINDING_CODES } from '../../../src/doctor/finding.ts';

test('every finding is explained in the guide, and no other', () => {
  const guide = readFileSync(join(import.meta.dirname, '../../../docs/deploy/shared-fate.md'), 'utf8');
  const headings = [...guide.matchAll(/^### (.*)$/gm)].flatMap(([, heading = '']) => heading.split(', '));
  expect(headings).toEqual([...FINDING_CODES]);
});
