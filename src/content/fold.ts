/** A key or word without what does not tell it apart: case, spaces, hyphens, underscores. NFC. */
export function fold(word: string): string {
  return word
    .normalize('NFC')
    .toLowerCase()
    .normalize('NFC')
    .replace(/[\s_\u2010-\u2015\u2212-]+/g, '');
}
