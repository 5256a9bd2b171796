import { expect, test } from 'vitest';
import { githubAnnotation } from '../../../src/cli/github-annotation.ts';
import type { Fault } from '../../../src/content/fault.ts';

const fault: Fault = {
  file: 'incidents/2027-05-10-strom.md',
  line: 3,
  column: 9,
  length: 10,
  level: 'warning',
  code: 'unknown-status',
  message: '"identifyed" is not a status.',
  publishedAs: 'investigating (open)',
  source: 'status: identifyed',
  transient: false,
  fix: null,
};

test('a fault lands on its characters', () => {
  expect(githubAnnotation(fault, 'our/site/')).toBe(
    '::warning file=our/site/incidents/2027-05-10-strom.md,line=3,endLine=3,col=9,endColumn=19,title=unknown-status' +
      '::"identifyed" is not a status. Published as: investigating (open).',
  );
});

test('nothing that a file holds ends the command or begins another', () => {
  const odd = { ...fault, file: 'incidents/a,b:c%.md', message: '50%\r\n::error::x', publishedAs: null };
  const line = githubAnnotation(odd, '');
  expect(line).not.toMatch(/[\r\n]/);
  expect(line).toContain('file=incidents/a%2Cb%3Ac%25.md,');
  expect(line).toMatch(/::50%25%0D%0A::error::x$/);
});
