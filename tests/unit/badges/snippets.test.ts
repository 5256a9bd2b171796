import { parseFragment } from 'parse5';
import { expect, it } from 'vitest';
import { snippets } from '../../../src/badges/snippets.ts';
import { renderMarkdown } from '../../../src/content/markdown.ts';
import { de, en, site } from '../components/given.ts';

const only = (html: string) => {
  const nodes = parseFragment(html).childNodes;
  expect(nodes).toHaveLength(1);
  const [node] = nodes;
  if (node === undefined || !('attrs' in node)) throw new Error('No element');
  return { name: node.tagName, ...Object.fromEntries(node.attrs.map(({ name, value }) => [name, value])) };
};

it('the frame to copy shows the page of its language, named for those who hear it, and can open it beside', () => {
  expect(only(snippets(site, 'en', en).embed)).toMatchObject({
    name: 'iframe',
    src: 'https://status.nordhost.example/embed.html',
    title: 'Nordhost status',
    sandbox: 'allow-popups allow-popups-to-escape-sandbox',
    referrerpolicy: 'no-referrer',
  });
  expect(only(snippets(site, 'de', de).embed)).toMatchObject({
    src: 'https://status.nordhost.example/de/embed.html',
    title: 'Status Nordhost',
  });
});

it('the badge to copy leads to the page', () => {
  expect(snippets(site, 'en', en).badgeHtml).toBe(
    '<a href="https://status.nordhost.example/"><img src="https://status.nordhost.example/badge.svg" height="20" alt="Nordhost status"></a>',
  );
  expect(snippets(site, 'de', de).badgeMarkdown).toBe(
    '[![Status Nordhost](https://status.nordhost.example/de/badge.svg)](https://status.nordhost.example/de/index.html)',
  );
});

it('a name with quotes and brackets breaks none of them', () => {
  const odd = { ...site, name: 'A "<b>" [x](y) & co' };
  const made = snippets(odd, 'en', en);
  expect(only(made.embed)).toMatchObject({ title: 'A "<b>" [x](y) & co status' });
  expect(only(made.badgeHtml).name).toBe('a');
  expect(renderMarkdown(made.badgeMarkdown, { base: '' })).toMatch(
    /^<p><a href="https:[^"]+"[^>]*>[^<]*<\/a><\/p>$/,
  );
});
