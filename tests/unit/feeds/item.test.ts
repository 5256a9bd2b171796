import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Incident } from '../../../src/domain/incident.ts';
import { deriveStatus } from '../../../src/domain/status.ts';
import { type FeedContext, feedItems } from '../../../src/feeds/item.ts';
import { locale } from '../../../src/i18n/locale.ts';
import { at, incident, site, update } from '../domain/sample.ts';

const now = at('2026-11-21T18:00:00Z');
const english = locale('en', { timezone: 'Europe/Berlin', address: 'Sie' });
const context: FeedContext = {
  site,
  locale: english,
  language: 'en',
  base: 'https://status.nordhost.example/',
  html: (_, { text }) => `<p>${text}</p>`,
};

function items(incidents: Incident[], count = 50, when = now) {
  return feedItems(deriveStatus(site, incidents, when), count, context);
}

describe('a feed', () => {
  it('has an item for each update, newest first', () => {
    const one = incident(
      [
        update('2026-11-21T17:00:00Z', 'investigating', { id: 'a', text: 'We look.' }),
        update('2026-11-21T17:30:00Z', 'monitoring', { id: 'b', text: 'Better.' }),
      ],
      { components: [{ id: 'mail', state: null }] },
    );
    expect(items([one])).toEqual([
      {
        id: 'https://status.nordhost.example/incidents/power.html#b',
        url: 'https://status.nordhost.example/incidents/power.html#b',
        title: '[Monitoring] Power failure',
        html: '<p>Better.</p>',
        at: at('2026-11-21T17:30:00Z'),
        categories: ['Mail'],
        authors: [],
      },
      expect.objectContaining({ title: '[Investigating] Power failure', html: '<p>We look.</p>' }),
    ]);
  });

  it('keeps the id of an item when the title, the text and even the slug change', () => {
    const before = incident([update('2026-11-21T17:00:00Z', 'investigating', { id: 'a' })]);
    const after = incident([update('2026-11-21T17:00:00Z', 'identified', { id: 'a', text: 'New.' })], {
      title: 'Another title',
      slug: 'renamed',
      aliases: ['power'],
    });
    expect(items([after])[0]!.id).toBe(items([before])[0]!.id);
    expect(items([after])[0]!.url).not.toBe(items([before])[0]!.url);
  });

  it('dates an update that is ahead of the clock one second after the newest past one', () => {
    const one = incident([
      update('2026-11-21T17:00:00Z', 'investigating'),
      update('2026-11-22T17:00:00Z', 'identified'),
    ]);
    expect(items([one]).map((item) => item.at)).toEqual([
      at('2026-11-21T17:00:01Z'),
      at('2026-11-21T17:00:00Z'),
    ]);
  });

  it('dates a maintenance when it was announced, not when it takes place', () => {
    const work = incident([update('2026-11-20T09:00:00Z', 'scheduled')], {
      kind: 'maintenance',
      window: { from: now + 3_600_000, to: now + 7_200_000 },
    });
    expect(items([work]).map((item) => item.at)).toEqual([at('2026-11-20T09:00:00Z')]);
  });

  it('says who signed by name', () => {
    const signed = incident([update('2026-11-21T17:00:00Z', 'investigating', { authors: ['tb', 'xx'] })]);
    const [item] = feedItems(deriveStatus(site, [signed], now), 50, {
      ...context,
      site: { ...site, authors: { tb: 'Tanja B.' } },
    });
    expect(item!.authors).toEqual(['Tanja B.', 'xx']);
  });

  it('never has two items in one second, none in the future, and keeps the order of the updates', () => {
    const history = fc.array(
      fc
        .array(fc.integer({ min: -4, max: 2 }), { minLength: 1, maxLength: 6 })
        .map((seconds) => seconds.sort((a, b) => a - b)),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(history, (incidents) => {
        const feed = items(
          incidents.map((seconds, index) =>
            incident(
              seconds.map((second, place) => ({
                ...update('2026-11-21T18:00:00Z', 'investigating'),
                at: now + second * 1000,
                id: String(place),
              })),
              { slug: `s${index}` },
            ),
          ),
        );
        const dates = feed.map((item) => item.at).filter((date) => date !== null);
        expect(new Set(dates).size).toBe(dates.length);
        expect(Math.max(...dates, now)).toBe(now);
        expect(dates).toEqual(dates.toSorted((a, b) => b - a));
        for (const [index, seconds] of incidents.entries()) {
          const order = feed
            .filter((item) => item.id.includes(`/s${index}.html`))
            .map((item) => item.id.split('#')[1]);
          expect(order).toEqual(seconds.map((_, place) => String(place)).reverse());
        }
      }),
    );
  });
});
