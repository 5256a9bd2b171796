/** What a text repeats, by name: texts over which a Markdown parser may take a time that grows faster than their length. */
export const BOMBS = [
  ['quotes in quotes', '>'],
  ['lists in lists', '1. '],
  ['quotes and lists in turn', '> - '],
  ['underscores in words', 'a_'],
  ['underscores beside words', '__a'],
  ['addresses without a blank', '@www.*'],
  ['addresses that lead nowhere', 'http://{'],
  ['entities', '&amp;'],
  ['entities in words', 'kaltes &amp; '],
  ['emphasis in one line of umlauts', 'ä *b* '],
  ['footnotes', '[^a]: ö\n'],
  ['rows of a table', '|a|\n|-|\n'],
  ['open brackets', '![['],
  ['lists', '- a\n'],
  ['paragraphs', 'a\n\n'],
] as const;
