import { describe, expect, it } from 'vitest';
import {
  meantAuthors,
  meantComponents,
  meantImpact,
  meantMoment,
  meantPromise,
  meantStates,
  meantStatus,
} from '../../../src/write/operator-words.ts';
import { context, NOW } from '../content/sample.ts';

const MINUTE = 60_000;

describe('a word in a flag', () => {
  it.each([
    ['a status', () => meantStatus('behoben', 'incident', context), 'resolved'],
    ['an impact', () => meantImpact('Critical', context), 'critical'],
    ['components by id and name', () => meantComponents('web, E-Mail', context), ['web', 'mail']],
    ['a group', () => meantComponents('Halle Nord', context), ['web', 'mail']],
    [
      'states',
      () => meantStates(['mail=operational', 'web: Teilausfall'], context),
      { mail: 'operational', web: 'partial outage' },
    ],
    ['signatures', () => meantAuthors('^AB, cd', context), ['ab', 'cd']],
    ['somebody new', () => meantAuthors('zora', context), ['zora']],
    ['a span', () => meantPromise('30m', context), { span: 30 * MINUTE }],
    ['a time of day to come', () => meantPromise('22:30', context), { at: NOW + 30 * MINUTE }],
    ['a time of day tomorrow', () => meantPromise('21:00', context), { at: NOW + 23 * 60 * MINUTE }],
    ['no promise', () => meantPromise('none', context), null],
    [
      'a time of day that was',
      () => meantMoment('21:45', context),
      { at: NOW - 15 * MINUTE, precision: 'minute' },
    ],
    [
      'a time of day yesterday',
      () => meantMoment('23:00', context),
      { at: NOW - 23 * 60 * MINUTE, precision: 'minute' },
    ],
    [
      'a full time',
      () => meantMoment('2027-05-10 21:00Z', context),
      { at: NOW + 60 * MINUTE, precision: 'minute' },
    ],
  ])('%s is read', (_what, meaning, value) => {
    expect(meaning()).toEqual({ ok: true, value });
  });

  it.each([
    ['a status', () => meantStatus('monitorng', 'incident', context), 'Did you mean "monitoring"?'],
    [
      'a status of another kind',
      () => meantStatus('resolved', 'maintenance', context),
      'no status of a maintenance. Statuses of a maintenance are: scheduled, in progress',
    ],
    ['an impact', () => meantImpact('kritsch', context), 'Did you mean "kritisch"?'],
    ['a component', () => meantComponents('web, mial', context), 'Did you mean "mail"?'],
    ['a component far from all', () => meantComponents('zzz', context), 'Components are: web, mail, db.'],
    ['a state', () => meantStates(['mail=operatonal'], context), 'Did you mean "operational"?'],
    ['a state without its component', () => meantStates(['operational'], context), 'Write mail=operational.'],
    ['a signature', () => meantAuthors('a b!', context), "can't be a signature"],
    ['a promise', () => meantPromise('soon', context), 'Write a span such as 30m'],
    ['a promise for the past', () => meantPromise('2027-05-10 21:00', context), 'has passed'],
    ['a time', () => meantMoment('21.5', context), "can't be read as a time"],
  ])('%s that is wrong is answered with what to write', (_what, meaning, advice) => {
    const result = meaning();
    expect(result.ok).toBe(false);
    expect(result).toMatchObject({ message: expect.stringContaining(advice) });
  });
});
