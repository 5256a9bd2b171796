import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainParagraphs } from '../../../src/content/plain-paragraphs.ts';

const plain = (text: string) => plainParagraphs(text, { base: 'https://status.example/' });

describe('a text for machines that hand it on', () => {
  it.each([
    ['Plain words.', 'Plain words.'],
    ['One line\ngoes on.', 'One line goes on.'],
    ['One line\\\nand another.', 'One line\nand another.'],
    ['First.\n\n\nSecond.', 'First.\n\nSecond.'],
    ['**Not** _one_ ~~mark~~ of `it`.', 'Not one mark of it.'],
    ['## Heading\n\nText.', 'Heading\n\nText.'],
    ['- one\n- two\n  - deeper\n', '- one\n- two\n  - deeper'],
    ['3. three\n4. four', '3. three\n4. four'],
    ['- [x] done\n- [ ] not yet', '- ☑ done\n- ☐ not yet'],
    ['> said\n> so', '> said so'],
    ['```\na  b\n\nc\n```', 'a  b\n\nc'],
    ['| Time | What |\n| --- | --- |\n| 10:00 | Full |', 'Time | What\n10:00 | Full'],
    ['See [the page](https://x.example/a).', 'See the page (https://x.example/a).'],
    ['See <https://x.example/a>, https://x.example/b.', 'See https://x.example/a, https://x.example/b.'],
    ['Ask <help@x.example>.', 'Ask help@x.example.'],
    ['Call [us](tel:+49351).', 'Call us (tel:+49351).'],
    ['See [the plan](plan.png).', 'See the plan (https://status.example/plan.png).'],
    ['![The plan](plan.png)', 'The plan (https://status.example/plan.png)'],
    ['[no](javascript:alert(1))', '[no](javascript:alert(1))'],
    ['See [below](#later).', 'See below.'],
    ['A note[^1].\n\n[^1]: It says so.', 'A note[1].\n\n[1] It says so.'],
    ['<b>Raw</b> & <!-- gone -->left', '<b>Raw</b> & left'],
    ['5 \\* 3 &lt; 16', '5 * 3 < 16'],
    ['One\n\n---\n\nTwo', 'One\n\nTwo'],
    ['', ''],
  ])('%j reads %j', (markdown, text) => {
    expect(plain(markdown)).toBe(text);
  });

  it('keeps what is blacked out black', () => {
    expect(plain('The key is ████████.')).toBe('The key is ████████.');
  });

  it('never fails, and holds nothing that no document may hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const out = plain(text);
        expect(out.isWellFormed()).toBe(true);
        expect(out).not.toMatch(/[^\P{Cc}\t\n]/u);
      }),
    );
  });

  it('says the same of plain sentences whether they stand alone or beside marked ones', () => {
    const word = fc.constantFrom(
      'Power',
      'is',
      'back.',
      '18:30',
      '-',
      '–',
      '"so"',
      '(12 %)',
      '3.',
      'und/oder',
      'www.x.example',
      'https://x.example/a?b',
      "We're",
      '...',
      'Ärger,',
      'A:',
    );
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), (words) => {
        const text = `Since ${words.join(' ')}`;
        expect(plain(text)).toBe(text);
        expect(plain(`${text}\n\n*Marked*`)).toBe(`${text}\n\nMarked`);
      }),
    );
  });

  it('is in one piece however deep its quotes are', () => {
    expect(plain(`${'> '.repeat(500)}deep`)).toContain('deep');
  });
});
