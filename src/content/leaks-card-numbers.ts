import type { Leak } from './leaks-find.ts';

/** Lengths and first digits of the cards in use (ISO/IEC 7812 and the networks' own lists). */
const NETWORKS: { first: RegExp; lengths: number[] }[] = [
  { first: /^4/, lengths: [13, 16, 19] },
  { first: /^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, lengths: [16] },
  { first: /^3[47]/, lengths: [15] },
  { first: /^(?:30[0-5]|3[689])/, lengths: [14] },
  { first: /^(?:6011|64[4-9]|65)/, lengths: [16, 19] },
  { first: /^35(?:2[89]|[3-8])/, lengths: [16] },
  { first: /^(?:5018|5020|5038|5893|6304|6759|676[1-3])/, lengths: [13, 14, 15, 16, 18, 19] },
  { first: /^62/, lengths: [16, 17, 18, 19] },
];

// A digit after a number's point or a plus belongs to a measure or a telephone number.
const BEFORE = '(?<![\\p{L}\\p{N}_+/#]|\\d[.,])';
const AFTER = '(?![\\p{L}\\p{N}_]|[.,]\\d)';
const GAP = '([ \\u00a0\\u2009\\u202f.\\-\\u2010-\\u2013])';
const NUMBER = new RegExp(
  `${BEFORE}(?=((?:\\d{13,19}|\\d{4}${GAP}(?:\\d{4}\\2\\d{4}\\2\\d{4}(?:\\2\\d{3})?|\\d{6}\\2\\d{4,5}|\\d{3}\\2\\d{3}\\2\\d{3}))${AFTER}))`,
  'gu',
);

/** Numbers of payment cards: digits in one run or in the groups that cards show, of a known network, that pass Luhn. */
export function cardNumbers(text: string): Leak[] {
  const leaks: Leak[] = [];
  for (const match of text.matchAll(NUMBER)) {
    const written = match[1]!;
    const digits = written.replace(/\D/g, '');
    if (!isCardNumber(digits)) continue;
    leaks.push({
      start: match.index,
      end: match.index + written.length,
      kind: 'card-number',
      what: 'card number',
      harmless: 0,
    });
  }
  return leaks;
}

function isCardNumber(digits: string): boolean {
  return (
    NETWORKS.some(({ first, lengths }) => lengths.includes(digits.length) && first.test(digits)) &&
    new Set(digits).size > 1 &&
    passesLuhn(digits)
  );
}

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index]);
    const value = index % 2 === 0 ? digit : digit * 2;
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
}
