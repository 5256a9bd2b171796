import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainParagraphs } from '../../../src/content/plain-paragraphs.ts';
import { htmlMarkdown } from '../../../src/import/html-text.ts';

const BASE = 'https://status.nordhost.example/';
const markdown = (html: string) => htmlMarkdown(html, BASE).markdown;

describe('words without HTML', () => {
  it.each([
    ['Mail is slow.', 'Mail is slow.'],
    ['one\r\ntwo\r\n\r\nthree', 'one\\\ntwo\n\nthree'],
    ['one<br /><br />two<br>three', 'one\n\ntwo\\\nthree'],
    ['snake_case, 5 < 6, AT&T and a* are harmless', 'snake_case, 5 < 6, AT&T and a* are harmless'],
    ['see https://a.example/a_b_c?x=1&copy=2', 'see https://a.example/a_b_c?x=1&copy=2'],
    ['  ', ''],
  ])('%j becomes %j', (html, expected) => {
    expect(htmlMarkdown(html, BASE)).toEqual({ markdown: expected, same: true, pictures: 0 });
  });

  it.each([
    ['- a\n- b', '\\- a\\\n\\- b'],
    ['1. first', '1\\. first'],
    ['# not a heading', '\\# not a heading'],
    ['**not bold**', '\\*\\*not bold\\*\\*'],
    ['[no link](x)', '\\[no link\\](x)'],
    ['it says &amp;lt;', 'it says \\&lt;'],
    ['---', '\\---'],
    ['a <!-- no comment -->', 'a \\<!-- no comment --\\>'],
    ['<https://a.example>', '\\<https\\:\\/\\/a\\.example\\>'],
    ['one\n\n<!-- no end', 'one\n\n\\<!-- no end'],
    ['![no picture](a.png)', '!\\[no picture\\](a.png)'],
  ])('%j, which Markdown would take for its own, is escaped', (html, expected) => {
    expect(htmlMarkdown(html, BASE)).toEqual({ markdown: expected, same: true, pictures: 0 });
  });

  it('that only look like a tag stay as they are', () => {
    expect(plainParagraphs(markdown('the <service> of <b id="x'), { base: BASE })).toBe(
      'the <service> of <b id="x',
    );
    expect(markdown('<script>alert(1)</script>')).toContain('<script>alert(1)</script>');
  });
});

describe('HTML', () => {
  it('keeps what it means', () => {
    expect(
      markdown(
        '<h2>Summary</h2><p>It was <strong>slow</strong>, <em>very</em>, <code>a*b</code>.</p><ul><li>one</li><li>two</li></ul><blockquote>said</blockquote>',
      ),
    ).toBe('## Summary\n\nIt was **slow**, *very*, `a*b`.\n\n-   one\n-   two\n\n> said');
  });

  it('keeps lines and signs of typed text', () => {
    expect(markdown('<pre>a *b*\n  ```c</pre>')).toBe('````\na *b*\n  ```c\n````');
  });

  it('leads where it led', () => {
    expect(markdown('<a href="https://a.example/x?a=1&b=2">there</a>')).toBe(
      '[there](https://a.example/x?a=1&b=2)',
    );
    expect(markdown('<a href="/incidents/1">there</a>')).toBe(
      '[there](https://status.nordhost.example/incidents/1)',
    );
    expect(markdown('<a href="https://a.example/(x)">https://a.example/(x)</a>')).toBe(
      '<https://a.example/(x)>',
    );
  });

  it('runs nothing, and says where a link would have led', () => {
    expect(markdown('<a href="javascript:alert(1)">there</a>')).toBe('there (javascript:alert(1))');
  });

  it('has links for pictures, for nothing comes from elsewhere', () => {
    expect(htmlMarkdown('<p><img src="https://a.example/b.png" alt="Graph"></p>', BASE)).toEqual({
      markdown: '[Graph](https://a.example/b.png)',
      same: true,
      pictures: 1,
    });
  });

  it('has a line for each row of a table', () => {
    expect(markdown('<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>')).toBe(
      'a · b\n\n1 · 2',
    );
  });

  it('gives up emphasis that Markdown can not have, and no word', () => {
    expect(markdown('<b>"quoted"</b>s')).toBe('"quoted"s');
  });
});

const SIGNS = fc.constantFrom(
  ...[
    'a',
    'word',
    ' ',
    '\n',
    '\n\n',
    '*',
    '**',
    '_',
    '`',
    '```\n',
    '# ',
    '- ',
    '1. ',
    '> ',
    '~~',
    '|',
    '\\',
    '&',
    '&amp;',
  ],
  ...[
    '<',
    '>',
    '[',
    ']',
    '(x)',
    '[^1]',
    '!',
    '---',
    '===',
    '+ ',
    ':',
    '    ',
    '\t',
    'https://a.example/_b',
    'a@b.example',
  ],
  ...['<!--', '-->', '<x>', '&lt;', '@', '{', '}', '$', '^', '"', "'"],
);

it('whatever is typed is shown as it is typed', () => {
  fc.assert(
    fc.property(fc.array(SIGNS, { maxLength: 12 }), (signs) => {
      const typed = signs.join('');
      const reading = htmlMarkdown(typed, BASE);
      const shown = plainParagraphs(reading.markdown, { base: BASE });
      const decoded = typed.replace(/&(amp|lt);/g, (_, name: string) => (name === 'amp' ? '&' : '<'));
      const words = (text: string) => text.replace(/\s+/g, ' ').trim();
      expect(reading.same).toBe(true);
      expect(words(shown)).toBe(words(decoded));
    }),
    { numRuns: 300 },
  );
});

const TAGS = fc.constantFrom(
  ...[
    '<p>',
    '</p>',
    '<br>',
    '<b>',
    '</b>',
    '<i>',
    '</i>',
    '<ul>',
    '<li>',
    '</li>',
    '</ul>',
    '<a href="https://a.example">',
  ],
  ...[
    '</a>',
    '<code>',
    '</code>',
    '<pre>',
    '</pre>',
    '<h2>',
    '</h2>',
    '<table><tr><td>',
    '</td></tr></table>',
    '<div>',
  ],
);

it('no word of any HTML is lost', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(TAGS, SIGNS), { maxLength: 14 }), (parts) => {
      const html = parts.join('');
      const shown = markdown(html);
      for (const word of ['word', '===', '$', '{']) {
        const many = (text: string) => text.split(word).length;
        expect(many(shown.replaceAll('\\', '')), html).toBeGreaterThanOrEqual(many(html));
      }
    }),
    { numRuns: 300 },
  );
});
