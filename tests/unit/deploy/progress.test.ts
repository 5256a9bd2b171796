import { expect, it } from 'vitest';
import { progress } from '../../../src/deploy/progress.ts';

function shown(isTerminal: boolean, columns = 80) {
  let text = '';
  const lines = progress(['disk', 'mirror'], {
    isTerminal,
    columns,
    write: (part) => {
      text += part;
    },
  });
  return { lines, text: () => text };
}

it('is plain lines in CI, one for each new thing that is done', () => {
  const { lines, text } = shown(false);
  for (const doing of ['sending 1 of 3', 'sending 2 of 3', 'sending 3 of 3', 'done'])
    lines.tell('disk', doing);
  lines.end();
  expect(text()).toBe('disk: sending 1 of 3\ndisk: done\n');
});

it('is a line for each target on a terminal, redrawn and taken away in the end', () => {
  const { lines, text } = shown(true, 24);
  lines.tell('disk', 'sending 1 of 3');
  lines.tell('mirror', 'waiting until readers get it');
  lines.end();
  expect(text()).toBe(
    'disk    sending 1 of 3\nmirror  \n\u001b[2A\r\u001b[Jdisk    sending 1 of 3\nmirror  waiting until r\n\u001b[2A\r\u001b[J',
  );
});
