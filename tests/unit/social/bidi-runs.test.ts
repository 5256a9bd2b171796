import { expect, it } from 'vitest';
import { runsOf } from '../../../src/social/bidi-runs.ts';
import { drawable } from '../../../src/social/drawable.ts';
import { drawingFor } from '../../../src/social/drawing.ts';
import { card } from './sample.ts';

async function seen(text: string, direction: 'ltr' | 'rtl') {
  const { letters } = drawable(text, await drawingFor(card({ title: text })));
  return runsOf(letters, direction).map((run) => run.letters.map((letter) => letter.text).join(''));
}

it('a line of one direction is one run', async () => {
  expect(await seen('Data centre (EU-1), 18:30', 'ltr')).toEqual(['Data centre (EU-1), 18:30']);
});

it('a time of day in an Arabic line stays as it is', async () => {
  expect(await seen('في 18:30 اليوم', 'rtl')).toEqual([' اليوم', '18:30', 'في ']);
});

it('a Latin name in a Hebrew line stands to the left of what comes before it', async () => {
  expect(await seen('תקלה (EU-1).', 'rtl')).toEqual([').', 'EU-1', 'תקלה (']);
});

it('a picture is a run of its own', async () => {
  expect(await seen('a🔥b', 'ltr')).toEqual(['a', '🔥', 'b']);
});
