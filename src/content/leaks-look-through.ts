import { cardNumbers } from './leaks-card-numbers.ts';
import { emailAddresses, type OwnAddresses } from './leaks-email-addresses.ts';
import { type Leak, settled } from './leaks-find.ts';
import { ibans } from './leaks-ibans.ts';
import { privateKeys } from './leaks-private-keys.ts';
import { tokens } from './leaks-tokens.ts';

/** Finds secrets in each of many texts, all at once. */
export type FindSecrets = (texts: string[]) => Promise<Leak[][]>;

/** What no reader sees and what only Markdown sees: it may stand in the middle of a key. */
const UNSEEN = /[\u00ad\u200b-\u200d\u2060\ufeff]|(?!\t|\n|\r)\p{Cc}|\\(?=[!-/:-@[-`{-~])/gu;

/** A text as readers will see it, and the way back. */
interface View {
  text: string;
  toSource: (offset: number) => number;
}

/**
 * Everything in each of `texts` that should not be told, in the order of the text. A text is looked through as it
 * stands and as readers will see it. Rejects only where `findSecrets` does.
 */
export async function lookThrough(
  texts: string[],
  own: OwnAddresses,
  findSecrets: FindSecrets,
): Promise<Leak[][]> {
  const views = texts.map(viewsOf);
  const all = views.flat();
  const secrets = await findSecrets(all.map(({ text }) => text));
  const leaks = all.map(({ text, toSource }, index) =>
    [
      ...secrets[index]!,
      ...privateKeys(text),
      ...tokens(text),
      ...cardNumbers(text),
      ...ibans(text),
      ...emailAddresses(text, own),
    ].map((leak) => ({ ...leak, start: toSource(leak.start), end: toSource(leak.end - 1) + 1 })),
  );
  let next = 0;
  return views.map((of) => {
    const found = leaks.slice(next, next + of.length).flat();
    next += of.length;
    return settled(found);
  });
}

function viewsOf(text: string): View[] {
  const asWritten = { text, toSource: (offset: number) => offset };
  // Each of what is removed is one UTF-16 unit long.
  const starts: number[] = [];
  for (const { index } of text.matchAll(UNSEEN)) starts.push(index - starts.length);
  if (starts.length === 0) return [asWritten];
  const before = (offset: number) => {
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle]! <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return [asWritten, { text: text.replace(UNSEEN, ''), toSource: (offset) => offset + before(offset) }];
}
