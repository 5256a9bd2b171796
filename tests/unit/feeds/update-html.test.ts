import { describe, expect, it } from 'vitest';
import { deriveIncident } from '../../../src/domain/incident-status.ts';
import { updateHtml } from '../../../src/feeds/update-html.ts';
import { locale } from '../../../src/i18n/locale.ts';
import { at, incident, update } from '../domain/sample.ts';

const english = locale('en', { timezone: 'Europe/Berlin', address: 'Sie' });
const render = (markdown: string) => `<p>${markdown}</p>`;

describe('the text of a feed item', () => {
  it('has the summary before the first update, and the translation where there is one', () => {
    const one = deriveIncident(
      incident(
        [
          update('2026-11-21T17:00:00Z', 'investigating', { id: 'a', text: 'Erstens' }),
          update('2026-11-21T17:30:00Z', 'identified', { id: 'b', text: 'Zweitens' }),
        ],
        {
          summary: 'Worum es geht',
          language: 'de',
          translations: { en: { title: null, summary: 'What it is', updates: { a: 'First' } } },
        },
      ),
      at('2026-11-21T18:00:00Z'),
    );
    const html = one.updates.map((each) => updateHtml(one, each, 'en', english, render));
    expect(html).toEqual(['<p>What it is</p>\n<p>First</p>', '<p>Zweitens</p>']);
  });

  it('tells the window of a maintenance, and says in words what the clock did', () => {
    const window = { from: at('2026-11-21T21:00:00Z'), to: at('2026-11-21T23:00:00Z') };
    const work = incident([update('2026-11-14T09:00:00Z', 'scheduled', { text: 'We swap it.' })], {
      kind: 'maintenance',
      window,
    });
    const one = deriveIncident(work, window.to);
    const [announced, start, end] = one.updates.map((each) => updateHtml(one, each, 'en', english, render));
    expect(announced).toBe(
      '<p>We swap it.</p>\n<p>Planned: 21 Nov 2026, 22:00 CET to 22 Nov 2026, 00:00 CET.</p>',
    );
    expect(start).toContain(english.t('clock.start'));
    expect(end).toContain(english.t('clock.end'));
  });
});
