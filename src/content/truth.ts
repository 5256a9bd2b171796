import { fold } from './fold.ts';

const TRUTHS = new Map([
  ...['true', 'yes', 'y', 'on', 'ja', 'j', 'an', 'wahr', '1'].map((word): [string, boolean] => [word, true]),
  ...['false', 'no', 'n', 'off', 'nein', 'aus', 'falsch', '0'].map((word): [string, boolean] => [
    word,
    false,
  ]),
]);

/** What a word says to a question of yes or no, in English or German; null: nothing. */
export function truthOf(word: string): boolean | null {
  return TRUTHS.get(fold(word)) ?? null;
}
