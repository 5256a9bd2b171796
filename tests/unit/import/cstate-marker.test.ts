import { describe, expect, it } from 'vitest';
import { readMarker } from '../../../src/import/cstate-marker.ts';

const mark = (line: string, startsParagraph = true) => readMarker(line, startsParagraph, 'UTC');

describe('a line begins an update', () => {
  it.each([
    ['*Resolved* - All is well.', 'closing', 'resolved', 'All is well.'],
    ['**Update** We are looking.', 'update', null, 'We are looking.'],
    ['*Update* 2 - Still looking.', 'update', null, 'Still looking.'],
    ['**Update**. Nothing new.', 'update', null, 'Nothing new.'],
    ['*Investigating* - We look.', 'opening', 'investigating', 'We look.'],
    ['*Identified*: a fuse.', 'other', 'identified', 'a fuse.'],
    ['**Post-mortem** – It was a fuse.', 'other', 'postmortem', 'It was a fuse.'],
    ['*Under Observation* - Quiet so far.', 'other', 'monitoring', 'Quiet so far.'],
    ['[Initial Message]', 'opening', null, ''],
    ['[FINAL message] Over.', 'closing', 'resolved', 'Over.'],
    ['[close]', 'closing', 'resolved', ''],
    ['[End of outage message]', 'closing', 'resolved', ''],
    ['[Edit - Monday 25th]', 'update', null, ''],
    ['Final message:', 'closing', 'resolved', ''],
    ['Update: it took two minutes', 'update', null, 'it took two minutes'],
    ['## Resolved', 'closing', 'resolved', ''],
    ['**[Resolved]** All is well.', 'closing', 'resolved', 'All is well.'],
    ['**Behoben** - Alles gut.', 'closing', 'resolved', 'Alles gut.'],
    ['*Untersuchung läuft*: Wir sehen nach.', 'opening', 'investigating', 'Wir sehen nach.'],
    ['*Actualización* - Seguimos.', 'update', null, 'Seguimos.'],
    ['**Résolu** - Tout va bien.', 'closing', 'resolved', 'Tout va bien.'],
    ['\\*\\*Update\\*\\* Back again.', 'update', null, 'Back again.'],
    ['**\u200bUp\ufeffdate** Back again.', 'update', null, 'Back again.'],
    ['*\ufeff*Update** Back again.', 'update', null, 'Back again.'],
    ['[Initial message] -->', 'opening', null, '-->'],
  ])('%s', (line, role, status, rest) => {
    expect(mark(line)).toMatchObject({ role, status, rest, known: true });
  });

  it.each([
    ['**2024-06-07 16:37:00**', '2024-06-07T16:37:00.000Z', ''],
    ['**2024-06-07T16:37:00-00:00** The disk is back.', '2024-06-07T16:37:00.000Z', 'The disk is back.'],
    ['[Update - 2024-06-07 15h50 UTC]', '2024-06-07T15:50:00.000Z', ''],
    ['**Update at 2024-06-07 11:20 UTC**', '2024-06-07T11:20:00.000Z', ''],
    ['**Update 2024-06-07 11:58 UTC', '2024-06-07T11:58:00.000Z', ''],
    ['[Update 11th of June 2024 - 19:00 UTC]', '2024-06-11T19:00:00.000Z', ''],
    ['[Update on 2024-06-10]', '2024-06-10T00:00:00.000Z', ''],
    ['2024-06-07 16:37 UTC - The disk is back.', '2024-06-07T16:37:00.000Z', 'The disk is back.'],
    [
      '**2024-06-07 16:37 UTC - Resolved** The disk is back.',
      '2024-06-07T16:37:00.000Z',
      'The disk is back.',
    ],
    ['### 2024-06-07 16:37 The disk is back.', '2024-06-07T16:37:00.000Z', 'The disk is back.'],
  ])('%s, with a time of its own', (line, at, rest) => {
    const marker = mark(line);
    expect(marker && new Date(marker.at!.at).toISOString()).toBe(at);
    expect(marker?.rest).toBe(rest);
  });

  it('with a free word only where others mark updates, too', () => {
    expect(mark('*Upstream response* - They know.')).toMatchObject({ known: false, status: null });
    expect(mark('*Upstream response* - They know.', false)).toBeNull();
  });
});

describe('a line is only text', () => {
  it.each([
    '[TICKET-2846](https://tracker.example/2846)',
    '[ci.example.org] No builds today.',
    '[1]: https://example.org',
    '**Maintenance Details**',
    '*We are sorry* for this.',
    '* *2024-06-07: the vendor is looking*',
    '- [Update] the disk',
    '**Update of the firewall went wrong and took the network with it**',
    '## Timeline',
    'Investigating this takes time.',
    'The update: nothing.',
  ])('%s', (line) => {
    expect(mark(line)).toBeNull();
  });
});

it('a word that a heading can say leaves the text; another one stays in it', () => {
  expect(mark('*Resolved* - All is well.')?.replaceable).toBe(true);
  expect(mark('*Fixed upstream* - All is well.')?.replaceable).toBe(false);
  expect(mark('*Complete* The work is done.')?.replaceable).toBe(false);
  expect(mark('*Update* power is back')?.replaceable).toBe(false);
  expect(mark('[Edit - Monday 25th]')?.replaceable).toBe(false);
});
