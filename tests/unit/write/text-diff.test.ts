import { expect, test } from 'vitest';
import { textDiff } from '../../../src/write/text-diff.ts';

const plain = (before: string, after: string) => textDiff('a.md', before, after, { color: false });

test('texts that are the same have no diff', () => {
  expect(plain('a\n', 'a\n')).toBe('');
});

test('a changed line stands between three lines of what surrounds it', () => {
  const before = '1\n2\n3\n4\n5\n6\n7\n8\n9\n';
  expect(plain(before, before.replace('5', 'five'))).toBe(
    '--- a.md\n+++ a.md\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n',
  );
});

test('what nobody sees, or a terminal would act on, is spelled out', () => {
  const diff = plain('title:\u00a0Power\t\u001b[31m\u202e\n', 'title: Power\n');
  expect(diff).toContain('-title:\\u00a0Power\\t\\u001b[31m\\u202e\n+title: Power\n');
});

test('Windows line ends and joined emoji stay out of the way', () => {
  expect(plain('a 👩‍🔧\r\nb\r\n', 'a 👩‍🔧\r\nc\r\n')).toContain(' a 👩‍🔧\n-b\n+c\n');
});

test('a text that ends without a line break says so', () => {
  expect(plain('a\nb', 'a\nc')).toContain('\\ No newline at end of file\n');
});

test('colours frame whole lines', () => {
  const diff = textDiff('a.md', 'a\n', 'b\n', { color: true });
  expect(diff).toContain('\u001b[31m-a\u001b[0m\n\u001b[32m+b\u001b[0m\n');
});
