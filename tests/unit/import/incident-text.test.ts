import fc from 'fast-check';
import { markdownToMdast } from 'satteri';
import { describe, expect, it } from 'vitest';
import { type IncidentDraft, incidentText } from '../../../src/import/incident-text.ts';

const stamp = (time: string) => ({ at: Date.parse(`2024-06-07T${time}Z`), precision: 'minute' as const });
const draft = (changes: Partial<IncidentDraft> = {}): IncidentDraft => ({
  title: 'Mail was slow',
  status: 'resolved',
  impact: 'major',
  components: ['mail'],
  initial: null,
  window: null,
  started: null,
  resolved: null,
  until: null,
  isNotice: false,
  pinned: false,
  draft: false,
  language: null,
  summary: '',
  updates: [
    { at: stamp('08:00'), status: null, states: {}, text: 'Mail is slow.' },
    { at: stamp('09:30'), status: 'resolved', states: {}, text: 'All is well.' },
  ],
  leftover: {},
  ...changes,
});
const write = (changes: Partial<IncidentDraft>) => incidentText(draft(changes), 'UTC');

/** The headings that a Markdown reader finds in a file's body. */
function headings(file: string): string[] {
  const body = file.slice(file.indexOf('\n---\n') + 5);
  const tree = markdownToMdast(body, { features: { frontmatter: false } });
  const blocks = 'children' in tree ? tree.children : [];
  return blocks.flatMap((block) =>
    block.type === 'heading' && block.depth === 2 && block.position
      ? [body.slice(block.position.start.offset, block.position.end.offset).trim()]
      : [],
  );
}

describe('an incident file', () => {
  it('reads like one that a person wrote', () => {
    expect(write({})).toBe(`---
title: Mail was slow
status: resolved
impact: major
components: [mail]
---

## 2024-06-07 09:30 resolved

All is well.

## 2024-06-07 08:00

Mail is slow.
`);
  });

  it('gives every other field where there is something to say', () => {
    const text = write({
      title: 'Mail: "slow"',
      impact: null,
      components: [],
      started: stamp('07:55'),
      resolved: stamp('09:20'),
      until: stamp('12:00'),
      isNotice: true,
      pinned: true,
      draft: true,
      summary: 'See ticket 7.',
      leftover: { author: 'x', note: 'two\nlines' },
    });
    expect(text.split('## ')[0]).toBe(`---
title: 'Mail: "slow"'
status: resolved
kind: notice
started: 2024-06-07 07:55
resolved: 2024-06-07 09:20
until: 2024-06-07 12:00
pinned: true
draft: true
# author: x
# note: |-
#   two
#   lines
---

See ticket 7.

`);
  });

  it('lists many components one below the other', () => {
    const components = Array.from({ length: 12 }, (_, index) => `component-${index}`);
    expect(write({ components })).toContain('components:\n  - component-0\n  - component-1\n');
  });

  it('stands oldest first where all updates are of one minute, so that their order is kept', () => {
    const updates = [
      { at: stamp('08:00'), status: 'investigating' as const, states: {}, text: 'One.' },
      { at: stamp('08:00'), status: 'resolved' as const, states: {}, text: 'Two.' },
    ];
    expect(headings(write({ updates }))).toEqual([
      '## 2024-06-07 08:00 investigating',
      '## 2024-06-07 08:00 resolved',
    ]);
  });
});

describe('the text of an update', () => {
  const withText = (text: string) =>
    write({
      updates: [
        { at: stamp('08:00'), status: null, states: {}, text: 'Old.' },
        { at: stamp('09:30'), status: 'resolved', states: {}, text },
      ],
    });

  it.each([
    '## 2024-06-07 08:30 something',
    '## **2024-06-07 08:30** something',
    '### 2024-06-07 08:30',
    'Text\n\n## 2024-06-07 08:30 ##\n\nmore',
  ])('can not open an update: %s', (text) => {
    const written = withText(text);
    expect(headings(written)).toHaveLength(2);
    expect(written).toContain('**2024-06-07 08:30');
  });

  it('may have headings of its own', () => {
    expect(withText('## What we learned\n\nMuch.')).toContain('\n## What we learned\n');
  });

  it.each([
    '```\ncode',
    '~~~~\ncode',
    '- a\n  ```\n  code',
    '<!-- never closed',
    '<pre>never closed',
    '<?php',
  ])('can not swallow the update below it: %s', (text) => {
    const written = withText(text);
    expect(written.trimEnd().endsWith('\n\n## 2024-06-07 08:00\n\nOld.')).toBe(true);
  });

  it('keeps its words, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('```', '<!--', '## 2024-01-01', '> ', 'a', '\n', '\n\n', '- ', 'word')),
        (parts) => {
          const written = withText(parts.join(''));
          for (const word of parts.join('').match(/[a-z]+/g) ?? []) expect(written).toContain(word);
          expect(headings(written).filter((line) => /^## 2024-06-07/.test(line))).toHaveLength(2);
        },
      ),
    );
  });
});
