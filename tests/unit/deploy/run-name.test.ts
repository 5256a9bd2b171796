import { expect, it } from 'vitest';
import { ownName } from '../../../src/build/own-folder.ts';
import { isOver, runName } from '../../../src/deploy/run-name.ts';

const NOW = Date.UTC(2026, 10, 21, 18, 40);
const HOURS = 60 * 60 * 1000;

it('a try of a process that runs is not over', () => {
  expect(isOver(runName(NOW - HOURS), runName(NOW))).toBe(false);
  expect(isOver(`abc-${ownName('', process.ppid)}`, 'abc-x')).toBe(false);
});

it('a try of a process that is gone is over', () => {
  expect(isOver(`abc-${ownName('', 4194304)}`, runName(NOW))).toBe(true);
});

it('a try of another machine is over after a day', () => {
  const elsewhere = (began: number) => runName(began).replace(/-[0-9a-f]{8}-/, '-00000000-');
  expect(isOver(elsewhere(NOW - 23 * HOURS), runName(NOW))).toBe(false);
  expect(isOver(elsewhere(NOW - 25 * HOURS), runName(NOW))).toBe(true);
});

it('what is no name of a try is left behind', () => {
  expect(isOver('dead', runName(NOW))).toBe(true);
});
