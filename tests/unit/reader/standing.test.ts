import { describe, expect, it } from 'vitest';
import { standing } from '../../../src/reader/standing.ts';

const HOUR = 3_600_000;

describe('what a page says of itself', () => {
  it('nothing while it is young', () => {
    expect(standing(false, 0, false, HOUR - 1, HOUR)).toBe('');
  });

  it('that it is an old copy from the limit on', () => {
    expect(standing(false, 0, false, HOUR, HOUR)).toBe('old');
  });

  it('nothing of its age where the site’s own host has just said that there is nothing newer', () => {
    expect(standing(false, 0, true, 1000 * HOUR, HOUR)).toBe('');
  });

  it('nothing of its age where that is not known', () => {
    expect(standing(false, 0, false, Number.NaN, HOUR)).toBe('');
  });

  it('nothing of a host that failed once: that may be chance', () => {
    expect(standing(false, 1, false, 0, HOUR)).toBe('');
  });

  it('that its host is not there after two failures, until it is old itself', () => {
    expect(standing(false, 2, false, 0, HOUR)).toBe('gone');
    expect(standing(false, 7, false, Number.NaN, HOUR)).toBe('gone');
    expect(standing(false, 7, false, 9 * HOUR, HOUR)).toBe('old');
  });

  it('that there is something newer, whatever came after', () => {
    expect(standing(true, 0, true, 0, HOUR)).toBe('newer');
    expect(standing(true, 3, false, 9 * HOUR, HOUR)).toBe('newer');
  });
});
