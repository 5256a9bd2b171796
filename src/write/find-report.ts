import { fold } from '../content/fold.ts';
import { nearest } from '../content/suggest.ts';

/** What a report can be called by. */
export interface Named {
  slug: string;
  /** In every language it has one in. */
  titles: string[];
}

/**
 * The reports that a name stands for: the one whose slug or title it is, else those whose slug and titles hold every
 * word of it. Case, accents and what stands between words do not matter; `ü` is also found as `ue`.
 */
export function reportsCalled<Report extends Named>(name: string, reports: readonly Report[]): Report[] {
  const whole = spellings(name.replace(/^incidents\//, '').replace(/\.(?:md|html)$/i, ''));
  const exact = reports.filter((report) =>
    [report.slug, ...report.titles].some((known) => spellings(known).some((one) => whole.includes(one))),
  );
  if (exact.length > 0) return exact;
  const words = name.split(/[^\p{L}\p{M}\p{N}]+/u).filter((word) => word !== '');
  if (words.length === 0) return [];
  return reports.filter((report) => {
    const texts = [report.slug, ...report.titles].flatMap(spellings);
    return words.every((word) => spellings(word).some((part) => texts.some((text) => text.includes(part))));
  });
}

/** The slug of the report that a name was likely meant to call, by a word of its slug or titles; null: nothing is near. */
export function nearReport(name: string, reports: readonly Named[]): Named | null {
  for (const word of [name, ...name.split(/\s+/)]) {
    const owner = new Map<string, Named>();
    for (const report of reports) {
      for (const text of [report.slug, ...report.titles]) {
        for (const part of [text, ...text.split(/[^\p{L}\p{M}\p{N}]+/u)]) {
          if (part.length > 2 && !/^\d+$/.test(part) && !owner.has(part)) owner.set(part, report);
        }
      }
    }
    const near = nearest(word, owner.keys());
    if (near !== null) return owner.get(near) ?? null;
  }
  return null;
}

const UMLAUTS: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' };

function spellings(text: string): string[] {
  const plain = fold(text.replace(/[^\p{L}\p{M}\p{N}]+/gu, ''));
  const bare = plain.replaceAll('ß', 'ss').normalize('NFD').replace(/\p{M}/gu, '');
  const spelled = plain.replace(/[äöüß]/g, (letter) => UMLAUTS[letter]!);
  return [...new Set([plain, bare, spelled])];
}
