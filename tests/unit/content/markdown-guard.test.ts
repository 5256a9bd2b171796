import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readBody } from '../../../src/content/body.ts';
import { renderMarkdown } from '../../../src/content/markdown.ts';
import { guardMarkdown } from '../../../src/content/markdown-guard.ts';
import { markdownTree, nodesOf } from '../../../src/content/markdown-tree.ts';
import { BOMBS } from './bombs.ts';
import { context, file, read } from './sample.ts';
import { PIECES } from './slips.ts';

const LENGTH = 1_000_000;
const filled = (piece: string) => piece.repeat(Math.ceil(LENGTH / piece.length)).slice(0, LENGTH);

describe('a text with more signs than anybody writes', () => {
  test.each(BOMBS)('loses no character: %s', (_, piece) => {
    const text = filled(piece);
    const guarded = guardMarkdown(text);
    expect(guarded?.restore).not.toBeNull();
    expect(guarded?.text).toHaveLength(text.length);
    expect(guarded?.restore?.(guarded.text)).toBe(text);
  });

  test.each(BOMBS)('gives the parser a measured number of things to find: %s', (_, piece) => {
    expect([...nodesOf(markdownTree(filled(piece)))].length).toBeLessThan(150_000);
  });

  test('reads the updates that follow it', () => {
    for (const [, piece] of BOMBS) {
      const body = `## 2027-05-10 21:40 identified ^ab\n\n${filled(piece)}\n\n## 2027-05-10 21:05\n\nWir suchen.\n`;
      const { sections } = readBody(body, { timeZone: 'Europe/Berlin', vocabulary: context.vocabulary });
      expect(sections.map(({ authors, text }) => [authors, text.length > LENGTH / 2])).toEqual([
        [['ab'], true],
        [[], false],
      ]);
      expect(sections[1]?.text).toBe('Wir suchen.');
    }
  });

  test('does not let code that is closed run on', () => {
    const body = `\`\`\`\n${filled('[a](b) ')}\n\`\`\`\n\n## 2027-05-10 21:05\n\nWir suchen.\n`;
    const { sections } = readBody(body, { timeZone: 'Europe/Berlin', vocabulary: context.vocabulary });
    expect(sections).toHaveLength(1);
  });

  test('is shown as typed', () => {
    const html = renderMarkdown(filled('a_b <i>&lt; '), { base: '' });
    expect(html).toContain('a_b &lt;i&gt;');
    expect(html).not.toMatch(/[\ue000-\uf8ff]/);
    expect(html.match(/a_b/g)).toHaveLength(Math.ceil(LENGTH / 12));
  });

  test('keeps characters for private use that it holds itself', () => {
    const text = `\ue02a \ue12a ${'*a '.repeat(40_000)}`;
    const guarded = guardMarkdown(text);
    expect(guarded?.restore?.(guarded.text)).toBe(text);
    const all = Array.from({ length: 6400 }, (_, i) => String.fromCharCode(0xe000 + i)).join('');
    expect(guardMarkdown(all + text)).toBeNull();
    expect(renderMarkdown(all + text, { base: '' })).toContain('*a *a');
  });
});

test('what people write stays as it is', () => {
  const text = `${'> '.repeat(20)}quoted\n\n${'A *word*, a_name_like_this & <b>, https://a.example\n'.repeat(100)}\n`;
  for (const body of [text, text.repeat(5), file()]) {
    expect(guardMarkdown(body)).toEqual({ text: body, restore: null });
  }
});

test('whatever is repeated a hundred thousand times: it is read, and offsets stay', () => {
  const pieces = fc.array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 3 })), {
    minLength: 1,
    maxLength: 4,
  });
  fc.assert(
    fc.property(pieces, (parts) => {
      const piece = parts.join('').toWellFormed();
      const text = piece.repeat(Math.ceil(100_000 / Math.max(piece.length, 1)));
      const guarded = guardMarkdown(text);
      expect(guarded?.text.length).toBe(text.length);
      expect(guarded?.restore?.(guarded.text) ?? text).toBe(text);
      expect(read(file({}, text)).incident?.title).toBe('Halle Nord ohne Strom');
    }),
    { numRuns: 30 },
  );
});
