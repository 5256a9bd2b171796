import { describe, expect, it } from 'vitest';
import { CARD_COLOURS } from '../../../src/social/card-colours.ts';

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)) as [
    number,
    number,
    number,
  ];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

describe('the colours of the cards', () => {
  it.each(Object.entries(CARD_COLOURS))('are readable: %s', (_, { paper, state, ink, quiet }) => {
    for (const colour of [state, ink, quiet]) expect(contrast(paper, colour)).toBeGreaterThanOrEqual(4.5);
  });

  it('tint the paper so lightly that it still reads as paper', () => {
    for (const { paper } of Object.values(CARD_COLOURS)) expect(contrast(paper, '#ffffff')).toBeLessThan(1.2);
  });

  it('give every state a paper and an ink of its own', () => {
    const states = Object.values(CARD_COLOURS);
    expect(new Set(states.map(({ paper }) => paper)).size).toBe(states.length);
    expect(new Set(states.map(({ state }) => state)).size).toBe(states.length);
  });
});
