import { describe, expect, it } from 'vitest';
import { deriveIncident, type IncidentStatus } from '../../../src/domain/incident-status.ts';
import { inLanguage, partsHtml, updateParts } from '../../../src/feeds/update-html.ts';
import { locale } from '../../../src/i18n/locale.ts';
import { at, incident, update } from '../domain/sample.ts';

const english = locale('en', { timezone: 'Europe/Berlin', address: 'Sie' });
const render = (markdown: string) => `<p>${markdown}</p>`;
const htmlOf = (one: IncidentStatus) =>
  one.updates.map((each) => partsHtml(updateParts(one, each, 'en', english, render), 'en'));

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
    expect(htmlOf(one)).toEqual([
      '<p>What it is</p>\n<p>First</p>',
      '<div lang="de" dir="ltr"><p>Zweitens</p></div>',
    ]);
  });

  it('tells the window of a maintenance, and says in words what the clock did', () => {
    const window = { from: at('2026-11-21T21:00:00Z'), to: at('2026-11-21T23:00:00Z') };
    const work = incident([update('2026-11-14T09:00:00Z', 'scheduled', { text: 'We swap it.' })], {
      kind: 'maintenance',
      window,
    });
    const one = deriveIncident(work, window.to);
    const [announced, start, end] = htmlOf(one);
    expect(announced).toBe(
      '<p>We swap it.</p>\n<p>Planned: 21 Nov 2026, 22:00 CET to 22 Nov 2026, 00:00 CET.</p>',
    );
    expect(start).toContain(english.t('clock.start'));
    expect(end).toContain(english.t('clock.end'));
  });

  it('says its direction where that is not from left to right, even in a feed of its own language', () => {
    expect(inLanguage('div', 'x', 'ar', 'ar')).toBe('<div lang="ar" dir="rtl">x</div>');
    expect(inLanguage('span', 'x', 'en', 'ar')).toBe('<span lang="en" dir="ltr">x</span>');
    expect(inLanguage('span', 'x', 'en', 'en')).toBe('x');
  });
});
