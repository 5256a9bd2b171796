import { lintSource } from '@secretlint/core';
import { rules } from '@secretlint/secretlint-rule-preset-recommend';
import type { Leak } from './leaks-find.ts';

/**
 * Rules of the library that are not used: ours take a key that is not whole, too, and of an address the password
 * alone; and nothing in a text switches the search off.
 */
const OWN = ['privatekey', 'basicauth', 'database-connection-string', 'filter-comments'];

const CONFIG = {
  rules: rules
    .map((rule) => ({ id: rule.meta.id, rule, options: { enableIDScanRule: true } }))
    .filter(({ id }) => !OWN.includes(nameOf(id))),
};

/** No rule reads on across it. */
const BETWEEN = '\n\u0000\n';

/** The library compares everything that it finds at once with everything else, so it gets no more than that. */
const AT_ONCE = 32_768;
/** Cuts through a longer text overlap by more than any token is long. */
const OVERLAP = 4096;

/** A stretch of one of the texts. */
interface Piece {
  index: number;
  from: number;
  to: number;
}

/**
 * Keys and tokens of known services, as secretlint knows them, in each of `texts`. It looks through many at a time,
 * for its start costs more than its work; no text changes what is found in another.
 */
export async function librarySecrets(texts: string[]): Promise<Leak[][]> {
  const found: Leak[][] = texts.map(() => []);
  for (const pieces of batches(texts)) await search(texts, pieces, found);
  return found;
}

function* batches(texts: string[]): Generator<Piece[]> {
  let batch: Piece[] = [];
  let length = 0;
  for (const [index, text] of texts.entries()) {
    for (let from = 0; from < text.length; from += AT_ONCE - OVERLAP) {
      const to = Math.min(text.length, from + AT_ONCE);
      if (length + to - from > AT_ONCE && batch.length > 0) {
        yield batch;
        batch = [];
        length = 0;
      }
      batch.push({ index, from, to });
      length += to - from;
      if (to === text.length) break;
    }
  }
  if (batch.length > 0) yield batch;
}

async function search(texts: string[], pieces: Piece[], found: Leak[][]): Promise<void> {
  const starts: number[] = [];
  // Something stands before the first: the library takes off a byte order mark, and with it the count.
  let content = BETWEEN;
  for (const { index, from, to } of pieces) {
    starts.push(content.length);
    content += texts[index]!.slice(from, to) + BETWEEN;
  }
  const { messages } = await lintSource({
    source: { content, filePath: 'incidents.md', ext: '.md', contentType: 'text' },
    options: { config: CONFIG, noPhysicFilePath: true },
  });
  let next = 0;
  for (const { range, ruleId, messageId } of messages.toSorted((a, b) => a.range[0] - b.range[0])) {
    if (messageId === 'AWSAccountID') continue;
    while (next + 1 < starts.length && starts[next + 1]! <= range[0]) next += 1;
    const { index, from, to } = pieces[next]!;
    const shift = from - starts[next]!;
    const start = Math.max(from, range[0] + shift);
    const end = Math.min(to, range[1] + shift);
    if (end > start) found[index]!.push({ start, end, kind: 'secret', what: nameOf(ruleId), harmless: 4 });
  }
}

function nameOf(ruleId: string): string {
  return ruleId.replace(/^.*secretlint-rule-/, '');
}
