import fc from 'fast-check';
import { expect, it } from 'vitest';
import { deriveIncident } from '../../../src/domain/incident-status.ts';
import { isSurelyClosed } from '../../../src/write/surely-closed.ts';
import { BODY, context, file, NOW, read } from '../content/sample.ts';

const CLOSED = file({ status: 'status: resolved' }, BODY.replace('identified', 'resolved'));
const MAINTENANCE = file(
  {
    status: 'status: scheduled',
    impact: null,
    scheduled: 'scheduled: { from: 2027-04-10 21:00, to: 2027-04-10 23:00 }',
  },
  '## 2027-04-01 10:00 scheduled ^ab\n\nKurze Unterbrechungen.\n',
);
const PIECES = [
  'resolved',
  'identified',
  'status: monitoring',
  'status:',
  '## 2027-05-10 22:10 investigating',
  '## ',
  '```',
  '<!--',
  '---',
  '\n',
  ' ',
  '"',
  "'",
  ':',
  '#',
  '{',
  '\r',
  '\t',
  'draft: true',
  'title',
  'auto-complete: false',
  'started: 2027-04-10 22:00',
  '2028',
  '05-11',
  '<<<<<<< a',
  '- ',
];

it('a file that is plainly over is known at a glance', () => {
  expect(isSurelyClosed(CLOSED, NOW)).toBe(true);
  expect(isSurelyClosed(MAINTENANCE, NOW)).toBe(true);
});

it('a file that is open, or in doubt, is not', () => {
  expect(isSurelyClosed(file(), NOW)).toBe(false);
  expect(isSurelyClosed(file({ status: 'status: resolved' }), NOW)).toBe(false);
  expect(isSurelyClosed(CLOSED.replace('---\n', ''), NOW)).toBe(false);
});

it('whatever is mistyped: what is known to be over at a glance is over for readers', () => {
  const change = fc.record({ at: fc.nat(400), drop: fc.nat(12), put: fc.constantFrom('', ...PIECES) });
  fc.assert(
    fc.property(fc.constantFrom(CLOSED, MAINTENANCE), fc.array(change, { maxLength: 3 }), (text, changes) => {
      let spoilt = text;
      for (const { at, drop, put } of changes) spoilt = spoilt.slice(0, at) + put + spoilt.slice(at + drop);
      if (!isSurelyClosed(spoilt, NOW)) return;
      const { incident } = read(spoilt);
      expect(incident === null ? 'closed' : deriveIncident(incident, context.now).phase).toBe('closed');
    }),
    { numRuns: 3000 },
  );
});
