import { expect, it } from 'vitest';
import { splitCommand } from '../../../src/deploy/command-line.ts';

const words = (line: string, folder = '/srv/dist') => {
  const split = splitCommand(line, folder);
  return split.ok ? split.words : split.message;
};

it.each([
  ['npx wrangler pages deploy {dir}', ['npx', 'wrangler', 'pages', 'deploy', '/srv/dist']],
  ['  netlify   deploy --dir={dir} --prod ', ['netlify', 'deploy', '--dir=/srv/dist', '--prod']],
  [`tool 'two words' "and \\"quoted\\"" it\\'s`, ['tool', 'two words', 'and "quoted"', "it's"]],
  [`tool '' a"b c"d`, ['tool', '', 'ab cd']],
  ['tool $HOME $(id) *', ['tool', '$HOME', '$(id)', '*']],
  [`sh -c 'a | b > c'`, ['sh', '-c', 'a | b > c']],
])('splits %s', (line, expected) => {
  expect(words(line)).toEqual(expected);
});

it('keeps the folder one word, whatever its name is', () => {
  const odd = `/srv/my "site"; rm -rf {dir} $(id)`;
  expect(words('tool {dir}', odd)).toEqual(['tool', odd]);
});

it.each([
  ['a | b', '"|" needs a shell'],
  ['a && b', '"&" needs a shell'],
  ['a > b', '">" needs a shell'],
  ['a; b', '";" needs a shell'],
  [`a 'b`, "A quote (') is not closed."],
  ['   ', 'It names no command.'],
])('says why it can not split %s', (line, message) => {
  expect(words(line)).toContain(message);
});
