import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BAR_HEIGHT, barLabel, barPaths, troubleRuns } from '../../../src/components/bar-path.ts';
import { COMPONENT_STATES } from '../../../src/domain/words.ts';
import { daysOf, de, en } from './given.ts';

const up = 'operational';
const down = 'major outage';

describe('the picture of the last days', () => {
  it('is one path when all is well', () => {
    expect(barPaths(daysOf(up, up, up))).toEqual([{ state: up, d: 'M0 8v-1h3v1z' }]);
  });

  it('draws neighbouring days of one state as one piece, all of a state as one path', () => {
    expect(barPaths(daysOf(up, down, down, up, down))).toEqual([
      { state: up, d: 'M0 8v-1h1v1zM3 8v-1h1v1z' },
      { state: down, d: 'M1 8v-8h2v8zM4 8v-8h1v8z' },
    ]);
  });

  it('is empty without days', () => {
    expect(barPaths([])).toEqual([]);
  });

  it('covers each day once, higher the worse it was', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...COMPONENT_STATES), { maxLength: 90 }), (states) => {
        const drawn: string[] = [];
        const heights = new Map<string, number>();
        for (const { state, d } of barPaths(daysOf(...states))) {
          for (const [, from, height, width] of d.matchAll(/M(\d+) 8v-(\d+)h(\d+)v\2z/g)) {
            for (let day = Number(from); day < Number(from) + Number(width); day += 1) {
              expect(drawn[day]).toBeUndefined();
              drawn[day] = state;
            }
            heights.set(state, Number(height));
          }
        }
        expect(drawn).toEqual(states);
        const inOrder = COMPONENT_STATES.flatMap((state) => heights.get(state) ?? []);
        expect(inOrder).toEqual([...inOrder].sort((a, b) => a - b));
        expect(Math.max(0, ...inOrder)).toBeLessThanOrEqual(BAR_HEIGHT);
      }),
    );
  });
});

describe('the picture in words', () => {
  it('says that there was no trouble', () => {
    expect(barLabel(daysOf(up, up), en)).toBe('2 days: no trouble.');
  });
  it('counts the days with trouble and names the worst', () => {
    expect(barLabel(daysOf(up, 'degraded performance', down), de)).toBe(
      '3 Tage: Störung an 2 Tagen, schlimmster Zustand: Ausfall.',
    );
  });
});

describe('planned work in the picture', () => {
  it('is no trouble', () => {
    expect(barLabel(daysOf(up, 'under maintenance'), en)).toBe(
      '2 days: no trouble. Planned maintenance on 1 day.',
    );
  });
  it('is told beside trouble', () => {
    expect(barLabel(daysOf(down, 'under maintenance', 'under maintenance'), en)).toBe(
      '3 days: trouble on 1 day, at worst major outage. Planned maintenance on 2 days.',
    );
  });
});

describe('the days with trouble', () => {
  it('are told newest first, days in a row as one', () => {
    expect(troubleRuns(daysOf(down, up, 'partial outage', 'partial outage'))).toEqual([
      { from: '2026-11-20', to: '2026-11-21', state: 'partial outage', causes: ['power'] },
      { from: '2026-11-18', to: '2026-11-18', state: down, causes: ['power'] },
    ]);
  });
  it('are told apart where their reasons differ', () => {
    const [first, second] = daysOf(down, down);
    expect(troubleRuns([first!, { ...second!, causes: ['mail'] }])).toHaveLength(2);
  });
  it('are none when all was well', () => {
    expect(troubleRuns(daysOf(up, up))).toEqual([]);
  });
});
