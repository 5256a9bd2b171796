import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const tokens = readFileSync(new URL('../../../src/styles/tokens.css', import.meta.url), 'utf8');
const [light = '', dark = ''] = tokens.split('@media');
const papers = { light: colours(light), dark: { ...colours(light), ...colours(dark) } };

function colours(css: string): Record<string, string> {
  return Object.fromEntries(
    [...css.matchAll(/--(\w+): (#[0-9a-f]+);/g)].map(([, name, value]) => [name, value]),
  );
}

/** Relative luminance of WCAG 2.2. */
function luminance(hex: string): number {
  const digits =
    hex.length === 4 ? [...hex.slice(1)].map((digit) => digit + digit) : (hex.slice(1).match(/../g) ?? []);
  const [red = 0, green = 0, blue = 0] = digits.map((pair) => {
    const share = Number.parseInt(pair, 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [bright = 0, dim = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (bright + 0.05) / (dim + 0.05);
}

const inks = ['ink', 'soft', 'operational', 'maintenance', 'degraded', 'partial', 'major'];

describe.each(Object.entries(papers))('on %s paper', (_, set) => {
  it.each(inks)('%s can be read (WCAG AA)', (ink) => {
    expect(contrast(set[ink]!, set.paper!)).toBeGreaterThanOrEqual(4.5);
  });

  it('text is well above the least contrast', () => {
    expect(contrast(set.ink!, set.paper!)).toBeGreaterThanOrEqual(12);
  });
});

it('dark paper has its own colour for everything', () => {
  expect(Object.keys(colours(dark)).sort()).toEqual(Object.keys(colours(light)).sort());
});
