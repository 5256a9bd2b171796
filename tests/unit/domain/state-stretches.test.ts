import fc from 'fast-check';
import { expect, it } from 'vitest';
import { stateStretches } from '../../../src/domain/state-stretches.ts';
import { COMPONENT_STATES, type ComponentState, worseState } from '../../../src/domain/words.ts';

const span = fc.record({
  state: fc.constantFrom<ComponentState>(...COMPONENT_STATES),
  from: fc.integer({ min: -20, max: 120 }),
  length: fc.option(fc.integer({ min: 0, max: 60 }), { nil: null }),
});

it('at every instant the worst state of any incident counts, up to the end where one is still open', () => {
  fc.assert(
    fc.property(fc.array(span, { maxLength: 8 }), (given) => {
      const spans = given.map(({ state, from, length }) => ({
        state,
        from,
        to: length === null ? null : from + length,
      }));
      const stretches = stateStretches(spans, 0, 100);
      for (let at = 0; at < 100; at += 1) {
        const expected = spans
          .filter(({ from, to }) => from <= at && (to === null || at < to))
          .map(({ state }) => state)
          .reduce(worseState, 'operational' as const);
        const found = stretches.filter(({ from, to }) => from <= at && at < to);
        expect(found.map(({ state }) => state)).toEqual(expected === 'operational' ? [] : [expected]);
      }
      for (const [index, { state, from, to }] of stretches.entries()) {
        expect(from).toBeLessThan(to);
        expect(from).toBeGreaterThanOrEqual(0);
        expect(to).toBeLessThanOrEqual(100);
        const next = stretches[index + 1];
        if (next === undefined) continue;
        expect(next.from).toBeGreaterThanOrEqual(to);
        if (next.from === to) expect(next.state).not.toBe(state);
      }
    }),
  );
});

it('two incidents with a gap between them are two stretches, without one they are one', () => {
  const outage = (from: number, to: number) => ({ state: 'major outage' as const, from, to });
  expect(stateStretches([outage(10, 20), outage(20, 30), outage(40, 50)], 0, 100)).toEqual([
    outage(10, 30),
    outage(40, 50),
  ]);
});
