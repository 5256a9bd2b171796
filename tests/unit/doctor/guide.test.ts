import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../../..');

test('every finding is explained in the guide, and no other', () => {
  const sources = readdirSync(join(ROOT, 'src/doctor')).map((name) =>
    readFileSync(join(ROOT, 'src/doctor', name), 'utf8'),
  );
  const codes = sources.flatMap((text) =>
    [...text.matchAll(/\bcode: (?:\w+ \? )?'([a-z0-9-]+)'(?: : '([a-z0-9-]+)')?/g)].flatMap(
      ([, one, other]) => [one, other].filter((code) => code !== undefined),
    ),
  );
  const guide = readFileSync(join(ROOT, 'docs/deploy/shared-fate.md'), 'utf8');
  const headings = [...guide.matchAll(/^### (.*)$/gm)].flatMap(([, heading = '']) => heading.split(', '));
  expect([...new Set(codes)].sort()).toEqual(headings.sort());
  expect(codes.length).toBeGreaterThan(25);
});
