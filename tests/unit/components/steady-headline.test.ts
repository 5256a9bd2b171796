import { expect, it } from 'vitest';
import { headline } from '../../../src/components/headline.ts';
import { steadyHeadline } from '../../../src/components/steady-headline.ts';
import type { Incident } from '../../../src/domain/incident.ts';
import { at } from '../domain/sample.ts';
import { en, outage, site, statusOf, work } from './given.ts';

const steady = (...incidents: Incident[]) =>
  steadyHeadline(headline(statusOf(...incidents), site, 'en', en), 'en', en).text;

it('work is told with the day of its end, even on that day', () => {
  expect(steady(work())).toBe('Core router swap, until 21 Nov 2026, 23:00 CET');
});

it('work that overruns is told without an end that has passed', () => {
  const window = { from: at('2026-11-21T10:00:00Z'), to: at('2026-11-21T12:00:00Z') };
  expect(steady(work({ autoComplete: false, window }))).toBe('Core router swap');
});

it('any other headline stays as it is', () => {
  expect(steady(outage())).toBe('Power failure');
  expect(steady()).toBe('Everything works.');
});
