import { expect, test } from 'vitest';
import { editOf } from '../../../src/components/edited.ts';
import { entryOf, outage } from './given.ts';

const edits = {
  en: { updates: { first: 1000 }, url: 'https://example.com/en' },
  de: { updates: { first: 2000, second: 500 }, url: null },
};
const [first, second] = ['first', 'second'].map((id) => ({ ...outage().updates[0]!, id }));

test('an update is marked with its latest edit, of the original or of the translation that is shown', () => {
  const entry = entryOf(outage({ edits }));
  expect(editOf(entry, first!, 'en')).toEqual({ at: 1000, url: 'https://example.com/en' });
  expect(editOf(entry, first!, 'de')).toEqual({ at: 2000, url: null });
  expect(editOf(entry, second!, 'en')).toBeNull();
  expect(editOf(entry, second!, 'de')).toEqual({ at: 500, url: null });
});

test('an update without a history has no mark', () => {
  expect(editOf(entryOf(outage()), first!, 'en')).toBeNull();
});
