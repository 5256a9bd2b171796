import fc from 'fast-check';
import { expect, it } from 'vitest';
import { renderMarkdown } from '../../../src/content/markdown.ts';
import { atomFeed } from '../../../src/feeds/atom.ts';
import { rssFeed } from '../../../src/feeds/rss.ts';
import { withoutForbidden } from '../../../src/feeds/xml.ts';
import { atomProblems, rssProblems } from './feed-rules.ts';
import { channel, item, NASTY_TEXTS } from './sample.ts';

const PIECES = [
  ...NASTY_TEXTS.slice(0, 8),
  '[a](#place)',
  '[a](../up.html?x=1&y=2)',
  '[a](javascript:alert(1))',
  '[a](//elsewhere.example/x)',
  '[a](mailto:x@y.example)',
  '![p](plan.png "a title")',
  '![p](https://elsewhere.example/x.png)',
  '<https://a.example/?a=1&b=2>',
  'www.example.org',
  '[^1]',
  '[^1]: A note.',
  '- one',
  '1. two',
  '> three',
  '# Head',
  '```\ncode\n```',
  '| a | b |\n| :-: | --: |\n| 1 | 2 |',
  '**bold** _em_ `code` ~~del~~',
  '<div onclick="x()" style="color:red">raw</div>',
  '[a [b](c) d](e)',
  '---',
  '\n\n',
  ' ',
];

it('whatever Markdown is written, a feed holds HTML that runs nothing and leads everywhere by absolute addresses', async () => {
  const text = fc.array(fc.constantFrom(...PIECES, '\n'), { maxLength: 12 }).map((parts) => parts.join(''));
  await fc.assert(
    fc.asyncProperty(text, async (markdown) => {
      const rendered = renderMarkdown(markdown, {
        base: 'https://status.example/',
        page: 'https://status.example/incidents/x.html',
      });
      const one = item({ html: withoutForbidden(rendered) || '<p>Monitoring</p>' });
      expect(rssProblems(await rssFeed(channel(), [one]))).toEqual([]);
      expect(atomProblems(atomFeed(channel(), [one]))).toEqual([]);
    }),
    { numRuns: 300 },
  );
});
