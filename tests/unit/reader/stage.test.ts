import { expect, it } from 'vitest';
import { reached, type Stage } from '../../../src/reader/stage.ts';

const stages: Stage[] = [
  [100, 'begun'],
  [200, 'over'],
];

it.each([
  [99, undefined],
  [100, 'begun'],
  [199, 'begun'],
  [200, 'over'],
  [10_000, 'over'],
])('at %d the clock has come to %s', (now, text) => {
  expect(reached(stages, now)?.[1]).toBe(text);
});
