import fc from 'fast-check';
import { type DefaultTreeAdapterMap, parseFragment } from 'parse5';
import { describe, expect, it } from 'vitest';
import {
  firstSentences,
  markdownProblems,
  plainText,
  renderMarkdown,
} from '../../../src/content/markdown.ts';

type Node = DefaultTreeAdapterMap['node'];

const html = (text: string, base = '../'): string => renderMarkdown(text, { base });

interface Seen {
  tags: string[];
  attributes: { tag: string; name: string; value: string }[];
  text: string;
}

/** What a browser makes of it, by a parser that is not ours. */
function seen(markup: string): Seen {
  const found: Seen = { tags: [], attributes: [], text: '' };
  const waiting: Node[] = [parseFragment(markup)];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if ('value' in node) found.text += node.value;
    if (node.nodeName === '#comment') found.tags.push('#comment');
    if ('tagName' in node) {
      found.tags.push(node.tagName);
      for (const { name, value } of node.attrs) found.attributes.push({ tag: node.tagName, name, value });
    }
    if ('childNodes' in node) waiting.push(...node.childNodes.toReversed());
  }
  return found;
}

const TAGS = new Set(
  'p em strong del code pre br hr blockquote h3 h4 h5 h6 ul ol li div table thead tbody tr th td a img sup'.split(
    ' ',
  ),
);
const ATTRIBUTES: Record<string, RegExp> = {
  'a href': /^(?:https?:|mailto:|tel:|\.\.\/(?!\/)|#)/i,
  'a title': /^/,
  'a rel': /^noopener noreferrer$/,
  'img src': /^\.\.\/(?![/\\])/,
  'img alt': /^/,
  'img title': /^/,
  'ol start': /^\d+$/,
  'ol class': /^notes$/,
  'pre tabindex': /^0$/,
  'div tabindex': /^0$/,
  'div class': /^scroll$/,
  'th scope': /^col$/,
  'th class': /^(?:right|center)$/,
  'td class': /^(?:right|center)$/,
};

function expectInert(markup: string): void {
  const { tags, attributes } = seen(markup);
  expect(tags.filter((tag) => !TAGS.has(tag))).toEqual([]);
  expect(attributes.filter(({ tag, name, value }) => !ATTRIBUTES[`${tag} ${name}`]?.test(value))).toEqual([]);
}

describe('the text of an update', () => {
  const written: [string, string][] = [
    ['We’re *on* **it**.', '<p>We’re <em>on</em> <strong>it</strong>.</p>'],
    ['~~no~~ `a < b`', '<p><del>no</del> <code>a &lt; b</code></p>'],
    ['one  \ntwo', '<p>one<br>\ntwo</p>'],
    ['- a\n- b', '<ul>\n<li>a</li>\n<li>b</li>\n</ul>'],
    ['- a\n\n- b', '<ul>\n<li><p>a</p></li>\n<li><p>b</p></li>\n</ul>'],
    ['3. a', '<ol start="3">\n<li>a</li>\n</ol>'],
    ['- [ ] open\n- [x] done', '<ul>\n<li>☐ open</li>\n<li>☑ done</li>\n</ul>'],
    ['    code <b>', '<pre tabindex="0"><code>code &lt;b&gt;\n</code></pre>'],
    ['> said', '<blockquote>\n<p>said</p>\n</blockquote>'],
    ['***', '<hr>'],
    ['AT&amp;T &copy;', '<p>AT&amp;T ©</p>'],
  ];
  it.each(written)('%j becomes %s', (text, expected) => {
    expect(html(text)).toBe(expected);
  });

  it('shows raw HTML as text and drops comments', () => {
    expect(html('a <b onclick="x()">b</b><!-- secret --> c')).toBe(
      '<p>a &lt;b onclick=&quot;x()&quot;&gt;b&lt;/b&gt; c</p>',
    );
    expect(html('<script>\nalert(1)\n</script>')).toBe('<p>&lt;script&gt;\nalert(1)\n&lt;/script&gt;</p>');
    expect(html('<!-- secret -->')).toBe('');
    expect(html('<!-->a')).toBe('<p>a</p>');
  });

  it('keeps what follows a comment that is never closed', () => {
    expect(html('before\n\n<!-- oops\n\nThe outage goes on.')).toContain('The outage goes on.');
  });

  it('links to http, https, mailto, tel and the site itself', () => {
    expect(html('[a](https://a.example/?x=1&y=2 "A")')).toBe(
      '<p><a href="https://a.example/?x=1&amp;y=2" title="A" rel="noopener noreferrer">a</a></p>',
    );
    expect(html('[a](tel:+49351)')).toBe('<p><a href="tel:+49351">a</a></p>');
    expect(html('<noc@a.example>')).toBe('<p><a href="mailto:noc@a.example">noc@a.example</a></p>');
    expect(html('See https://a.example.')).toContain(
      '<a href="https://a.example" rel="noopener noreferrer">',
    );
    expect(html('[a](history/index.html)')).toBe('<p><a href="../history/index.html">a</a></p>');
    expect(html('[a](/history/)')).toBe('<p><a href="../history/index.html">a</a></p>');
    expect(html('[a](../../x.html#b)')).toBe('<p><a href="../x.html#b">a</a></p>');
    expect(html('[a](#20261121T1730Z)')).toBe('<p><a href="#20261121T1730Z">a</a></p>');
    expect(renderMarkdown('[a](x.html)', { base: 'https://status.example/' })).toContain(
      'href="https://status.example/x.html"',
    );
    expect(renderMarkdown('[a](/)', { base: '' })).toContain('href="index.html"');
  });

  it.each([
    '[a](javascript:alert(1))',
    '[a](JaVa&#10;Script:alert(1))',
    '[a](data:text/html,x)',
    '[a](vbscript:x)',
    '[a](//elsewhere.example)',
    '[a](/\\elsewhere.example)',
    '[a](ftp://a.example)',
    '[a]()',
  ])('leaves %s as it was typed', (text) => {
    expect(seen(html(text))).toMatchObject({ tags: ['p'], text });
  });

  it('never lets a relative link become a scheme', () => {
    expect(renderMarkdown('[a](./javascript:alert(1))', { base: '' })).toContain('href="./javascript:');
  });

  it('shows a refused reference with its address', () => {
    expect(html('[a][x]\n\n[x]: javascript:alert(1)')).toBe('<p>a (javascript:alert(1))</p>');
  });

  it('shows pictures of the site only', () => {
    expect(html('![rack](img/rack.png "Rack 3")')).toBe(
      '<p><img src="../img/rack.png" alt="rack" title="Rack 3"></p>',
    );
    expect(html('![rack](/img/rack.png)')).toContain('src="../img/rack.png"');
    expect(html('![rack](../../etc/rack.png)')).toContain('src="../etc/rack.png"');
    expect(html('![rack](https://a.example/r.png)')).toBe('<p>rack (https://a.example/r.png)</p>');
    expect(html('![](https://a.example/r.png)')).toBe('<p>https://a.example/r.png</p>');
    expect(html(`![x](data:image/png;base64,${'A'.repeat(5000)})`).length).toBeLessThan(300);
  });

  it('has its headings below those of the page, without a gap', () => {
    const levels = (text: string, headingOffset?: number) =>
      seen(renderMarkdown(text, { base: '', headingOffset })).tags;
    expect(levels('# a\n\n#### b\n\n## c')).toEqual(['h3', 'h4', 'h4']);
    expect(levels('#### a\n\n## b')).toEqual(['h3', 'h3']);
    expect(levels('## a\n\n### b', 3)).toEqual(['h4', 'h5']);
    expect(levels('# a\n\n## b\n\n### c\n\n#### d\n\n##### e')).toEqual(['h3', 'h4', 'h5', 'h6', 'h6']);
  });

  it('has tables that scroll and whose columns are told apart', () => {
    expect(html('| a | |\n|---|--:|\n| 1 | 2 |')).toBe(
      '<div class="scroll" tabindex="0"><table>\n<thead>\n<tr><th scope="col">a</th><td class="right"></td></tr>\n</thead>\n<tbody>\n<tr><td>1</td><td class="right">2</td></tr>\n</tbody>\n</table></div>',
    );
  });

  it('has its footnotes at the end, without ids that could clash', () => {
    expect(html('a[^x] b[^y] a[^x]\n\n[^y]: Y[^x]\n[^x]: X')).toBe(
      '<p>a<sup>[1]</sup> b<sup>[2]</sup> a<sup>[1]</sup></p>\n<ol class="notes">\n<li><p>X</p></li>\n<li><p>Y<sup>[1]</sup></p></li>\n</ol>',
    );
    expect(html('a[^x]\n\n[^x]: X[^x]')).toContain('<li><p>X<sup>[1]</sup></p></li>');
  });

  it('may nest deeper than anybody reads', () => {
    const deep = `${'> '.repeat(3000)}end`;
    expect(html(deep)).toContain('end');
    expect(plainText(deep)).toContain('end');
  });
});

const slip = fc.constantFrom(
  '<script>',
  '</script>',
  '<img src=x onerror=alert(1)>',
  '<iframe src="//x">',
  '<svg/onload=x>',
  '<style>',
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  '<?php',
  '"><b>',
  "' onx='",
  'javascript:alert(1)',
  'data:text/html,x',
  '[a](',
  '![a](',
  ')',
  '[a][x]',
  '\n[x]: ',
  '<https://x"onx=1>',
  '&lt;script&gt;',
  '&#x3c;b&#x3e;',
  '&#0;',
  '\u0000',
  '\ud800',
  '\u2028',
  '```',
  '~~~',
  '`',
  '*',
  '**',
  '_',
  '> ',
  '- ',
  '1. ',
  '- [ ] ',
  '# ',
  '#### ',
  '|a|b|\n|-|:-:|\n|c|d|',
  '\n',
  '\n\n',
  '    ',
  '\t',
  '[^x]',
  '\n[^x]: ',
  '\\',
  '\r\n',
  'www.a.example',
  'https://a.example/?a="b"',
  'a@b.example',
  'tel:1',
  '/\\x',
  '//x',
  './javascript:x',
  '$x$',
  ':::x',
  '<a href="x">',
  'wörd',
);

describe('whatever an update says', () => {
  const anything = fc.oneof(
    fc.array(fc.oneof(slip, slip, fc.string({ maxLength: 6 })), { maxLength: 25 }).map((all) => all.join('')),
    fc.string({ unit: 'binary', maxLength: 120 }),
  );

  it('is inert: no tag, attribute or address but those of the house', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const markup = html(text);
        expectInert(markup);
        expect(renderMarkdown(text, { base: '' })).not.toMatch(/(?:href|src)="(?:\/|\\|javascript|data)/i);
      }),
      { numRuns: 1500 },
    );
  });

  it('leaves no character in the page that a feed could not hold', () => {
    fc.assert(
      fc.property(anything, (text) => {
        expect(html(text) + plainText(text)).not.toMatch(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]/u);
        expect(html(text).isWellFormed()).toBe(true);
        expect(plainText(text).isWellFormed()).toBe(true);
      }),
    );
  });

  it('is not lost: every word of prose is on the page and in the plain text', () => {
    const word = fc.stringMatching(/^[a-z]{3,8}$/);
    const wrapped = fc
      .tuple(word, fc.constantFrom('*', '**', '`', '~~', ''))
      .map(([text, mark]) => ({ text, markdown: `${mark}${text}${mark}` }));
    const paragraph = fc.array(wrapped, { minLength: 1, maxLength: 6 });
    const block = fc.constantFrom('', '> ', '- ', '1. ', '# ', '<div>', '| ');
    fc.assert(
      fc.property(fc.array(fc.tuple(block, paragraph), { minLength: 1, maxLength: 5 }), (blocks) => {
        const text = blocks
          .map(([open, words]) => open + words.map((one) => one.markdown).join(' '))
          .join('\n\n');
        const page = seen(html(text)).text;
        const plain = plainText(text);
        for (const { text: expected } of blocks.flatMap(([, words]) => words)) {
          expect(page).toContain(expected);
          expect(plain).toContain(expected);
        }
      }),
    );
  });

  it('has problems only within the text', () => {
    fc.assert(
      fc.property(anything, (text) => {
        for (const { start, end } of markdownProblems(text, { hasPublicFile: () => false })) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
        }
      }),
    );
  });
});

describe('the links and pictures of a text', () => {
  const problems = (text: string): string[] =>
    markdownProblems(text, { hasPublicFile: (path) => path === 'img/rack 3.png' }).map(
      ({ code, start, end }) => `${code}: ${text.slice(start, end)}`,
    );

  it('are reported where they can’t be published as meant', () => {
    expect(problems('😀 [a](javascript:x) and [b](ftp://x)')).toEqual([
      'unsafe-link: [a](javascript:x)',
      'unsafe-link: [b](ftp://x)',
    ]);
    expect(problems('![a](https://x.example/a.png)')).toEqual([
      'remote-image: ![a](https://x.example/a.png)',
    ]);
    expect(problems('![a](img/rack.png)')).toEqual(['missing-image: ![a](img/rack.png)']);
    expect(problems('[a][x]\n\n[x]: data:x')).toEqual(['unsafe-link: [x]: data:x']);
    expect(problems('![a][x]\n\n[x]: //x/y.png')).toEqual(['remote-image: ![a][x]']);
  });

  it('are fine otherwise', () => {
    expect(problems('![a](<img/rack 3.png>) ![b](/img/rack%203.png) [c](x.html) https://a.example')).toEqual(
      [],
    );
  });

  it('say what to write instead', () => {
    const message = (text: string) => markdownProblems(text, { hasPublicFile: () => false })[0]?.message;
    expect(message('![a](https://x.example/a.png)')).toContain('relative');
    expect(message('[a](ftp://x)')).toContain('link');
  });
});

describe('the plain text of an update', () => {
  const plain: [string, string][] = [
    ['We’re *on* it.\n\nMore [here](https://a.example).', 'We’re on it. More here.'],
    ['Affected:\n\n- web\n- mail;\n- DNS', 'Affected: web; mail; DNS'],
    ['## Cause\n\nPower.', 'Cause: Power.'],
    ['a <b>b</b> <!-- c -->', 'a <b>b</b>'],
    ['![rack](rack.png) `df -h`', 'rack df -h'],
    ['| a | b |\n|---|---|\n| 1 | 2 |', 'a, b; 1, 2'],
    ['one  \ntwo\nthree', 'one two three'],
    ['a[^1]\n\n[^1]: note', 'a'],
    ['', ''],
  ];
  it.each(plain)('of %j is %j', (text, expected) => {
    expect(plainText(text)).toBe(expected);
  });
});

describe('the first sentences', () => {
  const cut: [string, number, string][] = [
    ['It is down. We are on it. More soon.', 30, 'It is down. We are on it.'],
    ['It is down.', 11, 'It is down.'],
    ['Emergency power did not start again', 20, 'Emergency power did…'],
    ['Donaudampfschifffahrt', 10, 'Donaudamp…'],
    ['👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 2, '👨‍👩‍👧‍👦…'],
    ['障害が発生しました。復旧中です。', 12, '障害が発生しました。'],
    ['', 10, ''],
    ['abc', 0, ''],
  ];
  it.each(cut)('of %s in %d graphemes: %s', (text, most, expected) => {
    expect(firstSentences(text, most, 'en')).toBe(expected);
  });

  it('never are longer than asked for, in any language', () => {
    const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 80 }),
        fc.nat(40),
        fc.constantFrom('de', 'ja', 'x-?'),
        (text, most, language) => {
          expect([...graphemes.segment(firstSentences(text, most, language))].length).toBeLessThanOrEqual(
            most,
          );
        },
      ),
    );
  });
});
