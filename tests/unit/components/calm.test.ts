import { describe, expect, it } from 'vitest';
import { CALM, calmly } from '../../../src/components/calm.ts';
import type { ComponentState } from '../../../src/domain/words.ts';

const rows = (count: number, ...states: ComponentState[]) =>
  Array.from({ length: count }, (_, index) => ({ index, state: states[index] ?? ('operational' as const) }));
const stateOf = (row: { state: ComponentState }) => row.state;

describe('a list of services', () => {
  it('is shown whole where one can survey it', () => {
    const few = rows(CALM, 'major outage');
    expect(calmly(few, stateOf)).toEqual({ shown: few, folded: [] });
  });

  it('that is long folds away what works, and nothing else', () => {
    const many = rows(CALM + 1, 'operational', 'major outage', 'under maintenance');
    const { shown, folded } = calmly(many, stateOf);
    expect(shown.map(({ index }) => index)).toEqual([1, 2]);
    expect([...shown, ...folded].sort((a, b) => a.index - b.index)).toEqual(many);
  });
});
