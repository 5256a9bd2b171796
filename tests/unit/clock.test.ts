import { expect, test } from 'vitest';
import { readClock } from '../../src/clock.ts';

const DEMO = Date.parse('2027-05-10T20:00:00Z');

test('STATUS_NOW stands for every other clock', () => {
  expect(readClock({ STATUS_NOW: '2027-05-11T01:00:00Z' }, DEMO)).toBe(Date.parse('2027-05-11T01:00:00Z'));
  expect(readClock({ STATUS_NOW: '2027-05-11T01:00:00+02:00' }, null)).toBe(
    Date.parse('2027-05-10T23:00:00Z'),
  );
  expect(readClock({ STATUS_NOW: '2027-05-11 01:00' }, null)).toBe(Date.parse('2027-05-11T01:00:00Z'));
});

test('a demonstration stands still at its own instant', () => {
  expect(readClock({}, DEMO)).toBe(DEMO);
  expect(readClock({ STATUS_NOW: ' ' }, DEMO)).toBe(DEMO);
});

test('else the clock of the machine counts', () => {
  const before = Date.now();
  expect(readClock({}, null)).toBeGreaterThanOrEqual(before);
});

test('what is no instant is refused with an example', () => {
  expect(() => readClock({ STATUS_NOW: 'gestern' }, null)).toThrow(
    /STATUS_NOW can't be read.*2026-11-21T17:30:00Z/s,
  );
});
