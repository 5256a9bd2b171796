import type { Leak } from './leaks-find.ts';

/** Characters of an account number by country (SWIFT's IBAN registry, those in use in and near Europe). */
const LENGTHS: Record<string, number> = {
  AD: 24,
  AE: 23,
  AL: 28,
  AT: 20,
  AZ: 28,
  BA: 20,
  BE: 16,
  BG: 22,
  BH: 22,
  BR: 29,
  BY: 28,
  CH: 21,
  CR: 22,
  CY: 28,
  CZ: 24,
  DE: 22,
  DK: 18,
  DO: 28,
  EE: 20,
  EG: 29,
  ES: 24,
  FI: 18,
  FO: 18,
  FR: 27,
  GB: 22,
  GE: 22,
  GI: 23,
  GL: 18,
  GR: 27,
  GT: 28,
  HR: 21,
  HU: 28,
  IE: 22,
  IL: 23,
  IQ: 23,
  IS: 26,
  IT: 27,
  JO: 30,
  KW: 30,
  KZ: 20,
  LB: 28,
  LI: 21,
  LT: 20,
  LU: 20,
  LV: 21,
  MC: 27,
  MD: 24,
  ME: 22,
  MK: 19,
  MR: 27,
  MT: 31,
  MU: 30,
  NL: 18,
  NO: 15,
  PK: 24,
  PL: 28,
  PS: 29,
  PT: 25,
  QA: 29,
  RO: 24,
  RS: 22,
  SA: 24,
  SE: 24,
  SI: 19,
  SK: 24,
  SM: 27,
  TN: 24,
  TR: 26,
  UA: 29,
  VA: 22,
  XK: 20,
};

const CANDIDATE = /(?<![\p{L}\p{N}])(?=([A-Z]{2})\d{2})(?:[A-Z0-9][ \u00a0\u202f-]?){14,33}[A-Z0-9]?/giu;

/** Bank account numbers: as long as their country has them, with the right check digits (ISO 13616), grouped or not. */
export function ibans(text: string): Leak[] {
  const leaks: Leak[] = [];
  for (const match of text.matchAll(CANDIDATE)) {
    const length = LENGTHS[match[1]!.toUpperCase()];
    if (length === undefined) continue;
    let end = match.index;
    let compact = '';
    while (compact.length < length && end < match.index + match[0].length) {
      if (/[A-Z0-9]/i.test(text[end]!)) compact += text[end];
      end += 1;
    }
    if (compact.length < length || /^[\p{L}\p{N}]/u.test(text.slice(end, end + 2))) continue;
    if (remainder(compact.toUpperCase()) !== 1) continue;
    leaks.push({ start: match.index, end, kind: 'iban', what: 'account number', harmless: 0 });
  }
  return leaks;
}

/** The number that an IBAN stands for, modulo 97. */
function remainder(iban: string): number {
  let rest = 0;
  for (const character of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest;
}
