import { describe, expect, test } from 'vitest';
import type { Fault } from '../../../src/content/fault.ts';
import { formatFault, grouped, sortFaults, summarise } from '../../../src/content/fault-report.ts';
import { file, read } from './sample.ts';

const plain = { color: false };
const FAULT: Fault = {
  file: 'incidents/a.md',
  line: 3,
  column: 9,
  length: 10,
  level: 'warning',
  code: 'unknown-status',
  message: '"identifyed" is not a status. Did you mean "identified"?',
  publishedAs: 'investigating (open)',
  source: 'status: identifyed',
  transient: false,
  fix: null,
};

describe('a fault for people', () => {
  test('names the place, shows it and says what to write instead', () => {
    expect(formatFault(FAULT, plain)).toBe(
      [
        'incidents/a.md:3:9  warning  unknown-status',
        '  status: identifyed',
        '          ^^^^^^^^^^',
        '  "identifyed" is not a status. Did you mean "identified"? Published as: investigating (open).',
      ].join('\n'),
    );
  });

  test('of a whole file shows no line', () => {
    expect(formatFault({ ...FAULT, source: '', publishedAs: null }, plain).split('\n')).toHaveLength(2);
  });

  test('has colours only where they are wanted', () => {
    expect(formatFault(FAULT, { color: true })).toContain('\u001b[33m');
    expect(formatFault(FAULT, plain)).not.toContain('\u001b');
  });

  test('never lets a file speak to the terminal', () => {
    const evil = {
      ...FAULT,
      file: 'incidents/\u001b[2J.md',
      source: 'status: \u001b]0;x\u0007',
      message: 'x \u001b[31m',
      publishedAs: '\u0000',
    };
    expect(formatFault(evil, plain).replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });

  test('marks the place below wide characters and in long lines', () => {
    const wide = formatFault({ ...FAULT, source: '🔥障害: x', column: 7, length: 1 }, plain).split('\n');
    expect(wide[2]).toBe(`  ${' '.repeat(8)}^`);
    const long = formatFault(
      { ...FAULT, source: `${'a '.repeat(200)}HERE${' b'.repeat(200)}`, column: 401, length: 4 },
      plain,
    ).split('\n');
    expect(long[1]!.length).toBeLessThan(110);
    expect(long[1]!.slice(long[2]!.indexOf('^'), long[2]!.indexOf('^') + 4)).toBe('HERE');
  });
});

test('faults come by file, line and column, whatever the language of the machine', () => {
  const faults = [
    { ...FAULT, file: 'incidents/ä.md' },
    { ...FAULT, file: 'incidents/b.md', line: 10 },
    { ...FAULT, file: 'incidents/b.md', line: 2, column: 5 },
    { ...FAULT, file: 'incidents/b.md', line: 2, column: 1 },
    { ...FAULT, file: 'incidents/B.md' },
  ];
  expect(sortFaults(faults).map(({ file: path, line, column }) => `${path}:${line}:${column}`)).toEqual([
    'incidents/B.md:3:9',
    'incidents/b.md:2:1',
    'incidents/b.md:2:5',
    'incidents/b.md:10:9',
    'incidents/ä.md:3:9',
  ]);
});

test('the last line counts', () => {
  expect(summarise([], 3)).toBe('3 files read, nothing to report.');
  expect(summarise([FAULT, { ...FAULT, level: 'error' }], 1)).toBe('1 error, 1 warning in 1 file.');
});

test('every message is made of whole sentences', () => {
  const text = file({
    title: 'title: a: b',
    status: 'status:resolvd',
    impact: 'impact: x',
    components: 'components: web, mial',
    next: 'next-update: bald',
    extra: 'foo: 1',
  });
  const { faults } = read(text);
  expect(faults.length).toBeGreaterThan(6);
  for (const { message } of faults) expect(message).toMatch(/^["A-Z].*[.?]$/s);
});

describe('faults that say the same', () => {
  const b = { ...FAULT, file: 'incidents/b.md' };

  test('stand behind the first of them, with their number and that of their files', () => {
    const other = { ...b, message: 'Something else.' };
    expect(grouped([FAULT, { ...FAULT, line: 7 }, other, b])).toEqual([
      { fault: FAULT, more: { times: 2, files: 2 } },
      { fault: other, more: { times: 0, files: 0 } },
    ]);
  });

  test.each([{ level: 'error' as const }, { file: 'public/index.html' }, { code: 'secret' }])(
    'are each named: %j',
    (change) => {
      const faults = [FAULT, b].map((fault) => ({ ...fault, ...change }));
      expect(grouped(faults).map(({ fault }) => fault)).toEqual(faults);
    },
  );

  test('are not the same if something else is published', () => {
    expect(grouped([FAULT, { ...b, publishedAs: 'scheduled' }])).toHaveLength(2);
  });
});
