const LOW_PRIME = 0x1b3;
const WORD = 0x1_0000_0000;

/**
 * FNV-1a over UTF-8, 64 bits: tells names apart, guards nothing. Published ids and addresses are made from it: it
 * must give the same for ever.
 */
export function fnv1a64(text: string): bigint {
  // In two halves: a product of bigints for each byte takes many times as long. The prime is 2^40 + 0x1b3.
  let high = 0xcbf29ce4;
  let low = 0x84222325;
  for (const byte of ENCODER.encode(text)) {
    low = (low ^ byte) >>> 0;
    const product = low * LOW_PRIME;
    high = (high * LOW_PRIME + Math.floor(product / WORD) + low * 0x100) % WORD;
    low = product % WORD;
  }
  return (BigInt(high) << 32n) | BigInt(low);
}

const ENCODER = new TextEncoder();
