import { describe, expect, test } from 'vitest';
import { isSpoiltHeading } from '../../../src/content/spoilt-heading.ts';
import { codes, file, read } from './sample.ts';

const HEADING = '## 2027-05-10 21:40';
const KEYS = [
  '2',
  '#',
  '-',
  ':',
  ' ',
  '>',
  '<',
  '.',
  ',',
  'x',
  '"',
  '*',
  '[',
  '(',
  '\t',
  '\u00a0',
  '^',
  '`',
  '_',
  '\n',
  '|',
  '+',
  '!',
];

/** Each way to drop, double, swap or put in one character of the heading's marker and time. */
const slips = new Set<string>();
for (let i = 0; i < HEADING.length; i += 1) {
  slips.add(HEADING.slice(0, i) + HEADING.slice(i + 1));
  slips.add(HEADING.slice(0, i + 1) + HEADING.slice(i));
  slips.add(HEADING.slice(0, i) + (HEADING[i + 1] ?? '') + HEADING[i] + HEADING.slice(i + 2));
  for (const key of KEYS) slips.add(HEADING.slice(0, i) + key + HEADING.slice(i));
}
slips.delete(HEADING);

test('no slip in the time of a heading makes an update vanish without a word', () => {
  const good = read(file()).incident!;
  const silent = [...slips].filter((slip) => {
    const { incident, faults } = read(file().replace(HEADING, slip));
    const kept = incident?.updates.length === good.updates.length;
    return !kept && !faults.some(({ line }) => line === 8 || line === 9);
  });
  // A quotation and indented code are ways to show a heading without opening an update.
  expect(silent.sort()).toEqual(['\t## 2027-05-10 21:40', '>## 2027-05-10 21:40']);
});

describe('a line', () => {
  const isSpoilt = (line: string) => isSpoiltHeading(line, 'Europe/Berlin');

  test.each([
    '##> 2027-05-10 21:40',
    '## 2: 027-05-10',
    'x## 2027-05-10 21:40',
    '## 227-05-10 21:40',
    '## 207-25-10',
  ])('that was a heading once: %s', (line) => expect(isSpoilt(line)).toBe(true));

  test.each([
    '## What we know',
    '## 192.168.100.200 and 10.20.30.40',
    '## 3 servers, 2 routers',
    '## Tel. 0351-400 12 34',
    '## 0351-400-1234',
    'Ticket #20451: the switch',
    '2027-05-10 21:40 the log says',
    '#1 of 2: db-2027-05',
    '## RFC 2026-1',
  ])('that never was one: %s', (line) => expect(isSpoilt(line)).toBe(false));
});

test('is warned about where it stands, and stays text of the update before', () => {
  const { incident, faults } = read(file().replace(HEADING, '##> 2027-05-10 21:40'));
  const [fault] = faults.filter(({ code }) => code === 'spoilt-heading');
  expect(fault).toMatchObject({ line: 8, column: 1, fix: null });
  expect(incident?.summary).toContain('##> 2027-05-10 21:40');
});

test.each(['##\n2027-05-10 21:40', '## 2027-\n05-10 21:40'])(
  'is warned about where it is broken: %j',
  (heading) => {
    expect(codes(read(file().replace(HEADING, heading)).faults)).toContain('spoilt-heading');
  },
);

test('is text without a warning in quotations, lists and code, and behind a backslash', () => {
  const body = `${file()}\n> ## 2027-05-10 08:00\n>\n> They say so.\n\n- ## 2027-05-10 08:00\n\n\\## 2027-05-10 08:00\n\n\`\`\`\n##> 2027-05-10 08:00\n\`\`\`\n`;
  expect(read(body).faults).toEqual([]);
});
