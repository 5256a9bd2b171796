/** What a text should not tell everybody. Offsets are UTF-16, into the text that was looked through. */
export interface Leak {
  start: number;
  end: number;
  /** Also the code of its fault. Secrets and card numbers are blacked out in everything that is published. */
  kind: 'secret' | 'card-number' | 'iban' | 'email-address';
  /** For a person: `private key`, `aws`. */
  what: string;
  /** How many characters from its beginning tell what it is and give nothing away. */
  harmless: number;
}

/** Whether what was found is blacked out; the rest is only warned about. */
export function isBlackedOut({ kind }: Leak): boolean {
  return kind === 'secret' || kind === 'card-number';
}

/**
 * One leak a place, in the order of the text: secrets that overlap are one, and what overlaps a stronger kind is
 * left out.
 */
export function settled(leaks: Leak[]): Leak[] {
  const kinds: Leak['kind'][] = ['secret', 'iban', 'card-number', 'email-address'];
  const byPlace = leaks.toSorted((a, b) => a.start - b.start || b.end - a.end);
  const kept: Leak[] = [];
  for (const kind of kinds) {
    const stronger = kept.toSorted((a, b) => a.start - b.start);
    let next = 0;
    let last: Leak | null = null;
    for (const leak of byPlace) {
      if (leak.kind !== kind) continue;
      if (last !== null && leak.start < last.end) {
        last.end = Math.max(last.end, leak.end);
        continue;
      }
      while (next < stronger.length && stronger[next]!.end <= leak.start) next += 1;
      if (next < stronger.length && stronger[next]!.start < leak.end) continue;
      last = { ...leak };
      kept.push(last);
    }
  }
  return kept.sort((a, b) => a.start - b.start);
}
