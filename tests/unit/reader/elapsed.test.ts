import { describe, expect, it } from 'vitest';
import { ago, lasting } from '../../../src/reader/elapsed.ts';

const now = Date.parse('2026-11-21T17:42:00Z');
const MINUTE = 60_000;

describe('how long ago', () => {
  it.each([
    [0, '', ''],
    [59 / 60, '', ''],
    [1, '1 minute ago', 'vor 1 Minute'],
    [12.9, '12 minutes ago', 'vor 12 Minuten'],
    [59.9, '59 minutes ago', 'vor 59 Minuten'],
    [60, '1 hour ago', 'vor 1 Stunde'],
    [179, '2 hours ago', 'vor 2 Stunden'],
    [1439, '23 hours ago', 'vor 23 Stunden'],
    [1440, '1 day ago', 'vor 1 Tag'],
    [40 * 1440, '40 days ago', 'vor 40 Tagen'],
  ])('%d minutes', (minutes, english, german) => {
    expect(ago(now - minutes * MINUTE, now, 'en-GB')).toBe(english);
    expect(ago(now - minutes * MINUTE, now, 'de')).toBe(german);
  });

  it('is not said of what lies ahead', () => {
    expect(ago(now + 5 * MINUTE, now, 'en-GB')).toBe('');
  });
});

describe('how long it lasts', () => {
  it.each([
    [0.5, '', ''],
    [37, '37 minutes', '37 Minuten'],
    [60, '1 hour', '1 Stunde'],
    [175, '2 hours, 55 minutes', '2 Stunden, 55 Minuten'],
    [1440 + 61, '1 day, 1 hour', '1 Tag, 1 Stunde'],
    [3 * 1440, '3 days', '3 Tage'],
  ])('%d minutes', (minutes, english, german) => {
    expect(lasting(now - minutes * MINUTE, now, 'en-GB')).toBe(english);
    expect(lasting(now - minutes * MINUTE, now, 'de')).toBe(german);
  });

  it('is not said of what lies ahead', () => {
    expect(lasting(now + 5 * MINUTE, now, 'en-GB')).toBe('');
  });
});
