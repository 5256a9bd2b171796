import { describe, expect, it } from 'vitest';
import { readBody } from '../../../src/import/cstate-body.ts';

const START = Date.UTC(2024, 5, 7, 8, 0);
const body = (...paragraphs: string[]) => readBody(paragraphs.join('\n\n'), START, 'UTC');
const texts = (...paragraphs: string[]) => body(...paragraphs).sections.map(({ text }) => text);

describe('the posts of a page come oldest first', () => {
  it('when it is written newest first, as the marks say', () => {
    expect(texts('[Final message]\nOver.', '[Update]\nBetter.', '[Initial message]\nWe look.')).toEqual([
      'We look.',
      'Better.',
      'Over.',
    ]);
  });

  it('when it is written oldest first, as the marks say', () => {
    expect(texts('*Investigating* - We look.', '*Update* - Better.', '*Fixed* - Over.')).toEqual([
      'We look.',
      'Better.',
      'Over.',
    ]);
  });

  it('when only their numbers say so', () => {
    expect(texts('*Update 1* - One.', '*Update 2* - Two.')).toEqual(['One.', 'Two.']);
    expect(texts('*Update 2* - Two.', '*Update 1* - One.', 'Zero.')).toEqual(['Zero.', 'One.', 'Two.']);
  });

  it('when their times say so', () => {
    const reading = body(
      '**2024-06-07 12:00**\n\nSecond.',
      '**2024-06-07 08:00**\n\nFirst.\n\nStill the first.',
    );
    expect(reading).toMatchObject({ order: 'said', newestFirst: true });
    expect(reading.sections.map(({ text }) => text)).toEqual(['First.\n\nStill the first.', 'Second.']);
  });

  it('when the first post has no mark and stands below', () => {
    expect(texts('*Update* Servers are back.', '*Update* We are on it.', 'Servers are down.')).toEqual([
      'Servers are down.',
      'We are on it.',
      'Servers are back.',
    ]);
  });

  it('when the first post has no mark and stands above', () => {
    expect(texts('We will swap a switch.', '*Update* Begun.', '*Update* The work is done.')).toEqual([
      'We will swap a switch.',
      'Begun.',
      'The work is done.',
    ]);
  });

  it('when the last post has no mark and stands above', () => {
    expect(texts('The work is complete.', '*Update* Begun.', 'We will swap a switch.')).toEqual([
      'We will swap a switch.',
      'Begun.',
      'The work is complete.',
    ]);
  });

  it('when nothing but lines of dashes parts them: newest first by custom', () => {
    const reading = body('It runs again.', '---', 'We look.', '\\-\ufeff--', 'It stands still.');
    expect(reading.sections.map(({ text }) => text)).toEqual([
      'It stands still.',
      'We look.',
      'It runs again.',
    ]);
    expect(reading).toMatchObject({ order: 'assumed', newestFirst: true, invisible: 1 });
  });

  it('also where the dashes follow a post without an empty line', () => {
    expect(texts('**Update** Better.\n--\n**Update** We look.\n--\nDown.')).toEqual([
      'Down.',
      'We look.',
      'Better.',
    ]);
  });
});

describe('a time', () => {
  it('of a track shortcode is that of its post and leaves the text', () => {
    const { sections } = body(
      '*Resolved* - Over. {{< track "2024-06-07 10:30:00" >}}',
      '*Investigating* - We look.\n\nIt is dark. {{< track "2024-06-07 08:00:00" >}}',
    );
    expect(sections.map(({ at, text }) => [at && new Date(at.at).toISOString(), text])).toEqual([
      ['2024-06-07T08:00:00.000Z', 'We look.\n\nIt is dark.'],
      ['2024-06-07T10:30:00.000Z', 'Over.'],
    ]);
  });

  it('parts posts that nothing else parts', () => {
    expect(texts('Over. {{< track "2024-06-07 10:30" >}}', 'Down. {{< track "2024-06-07 08:00" >}}')).toEqual(
      ['Down.', 'Over.'],
    );
  });

  it('that can not be read stays in the text', () => {
    const reading = body('*Resolved* - Over. {{< track "later" >}}');
    expect(reading.sections[0]).toMatchObject({ at: null, text: 'Over. {{< track "later" >}}' });
    expect(reading.shortcodes).toBe(1);
  });
});

describe('what is no post', () => {
  it('a page without marks is one', () => {
    const text =
      'A switch broke.\n\n## Timeline\n\n* 2024-06-07T08:00 - it broke\n* 2024-06-07T09:00 - it was swapped';
    expect(body(text)).toMatchObject({ order: 'single', summary: '', sections: [{ text }] });
  });

  it('marks in code and in comments are none', () => {
    expect(texts('We look.\n\n```\n[Final message]\n```\n\n<!--\n[Final message]\nOver.\n-->')).toHaveLength(
      1,
    );
  });

  it('links above the marked posts are the summary', () => {
    const reading = body('[TICKET-1](https://t.example/1)', '[Final]\nOver.', '[Initial]\nDown.');
    expect(reading.summary).toBe('[TICKET-1](https://t.example/1)');
    expect(reading.sections.map(({ text }) => text)).toEqual(['Down.', 'Over.']);
  });

  it('an empty page has one empty post', () => {
    expect(body('')).toMatchObject({ sections: [{ text: '', role: 'unmarked' }] });
  });

  it('a line that dashes underline is a heading', () => {
    expect(texts('What happened\n-------------\n\nA switch broke.')).toHaveLength(1);
  });
});

it('pictures from elsewhere become links, not in code', () => {
  const reading = body(
    '![A map](https://maps.example/1.png) ![](https://maps.example/2.png)',
    '    ![x](https://y.example)',
  );
  expect(reading.sections[0]!.text).toBe(
    '[A map](https://maps.example/1.png) <https://maps.example/2.png>\n\n    ![x](https://y.example)',
  );
  expect(reading.pictures).toBe(2);
});

it('HTML and shortcodes stay and are counted', () => {
  expect(body('<strike>Old</strike> news <https://example.org> {{< figure src="a.png" >}}')).toMatchObject({
    htmlTags: 2,
    shortcodes: 1,
  });
});
