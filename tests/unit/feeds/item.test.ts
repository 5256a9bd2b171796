import { describe, expect, it } from 'vitest';
import type { Incident } from '../../../src/domain/incident.ts';
import { deriveStatus } from '../../../src/domain/status.ts';
import { datedUpdates } from '../../../src/feeds/dated-update.ts';
import { feedItem } from '../../../src/feeds/item.ts';
import { at, incident, site, update } from '../domain/sample.ts';
import { contextOf } from './sample.ts';

const now = at('2026-11-21T18:00:00Z');

function items(incidents: Incident[], context = contextOf()) {
  return datedUpdates(deriveStatus(site, incidents, now)).map((dated) => feedItem(dated, context));
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
        titleLanguage: 'en',
        html: '<p>Better.</p>',
        published: at('2026-11-21T17:30:00Z'),
        updated: at('2026-11-21T17:30:00Z'),
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

  it('shows a corrected text without a new item or another date', () => {
    const written = (text: string) =>
      items([
        incident([update('2026-11-21T17:00:00Z', 'investigating', { id: 'a', text })], {
          edits: { en: { updates: { a: now }, url: null } },
        }),
      ]);
    const [before] = written('The gnerators.');
    const [after, ...others] = written('The generators.');
    expect(others).toEqual([]);
    expect(after).toEqual({ ...before, html: '<p>The generators.</p>' });
  });

  it('has a new item for a report that comes after the end', () => {
    const ended = [
      update('2026-11-20T17:00:00Z', 'investigating', { id: 'a' }),
      update('2026-11-20T18:00:00Z', 'resolved', { id: 'b' }),
    ];
    const before = items([incident(ended)]);
    const after = items([
      incident([...ended, update('2026-11-21T09:00:00Z', 'postmortem', { id: 'c', text: 'Why.' })]),
    ]);
    expect(after.slice(1)).toEqual(before);
    expect(after[0]).toMatchObject({ title: '[Final report] Power failure', html: '<p>Why.</p>' });
  });

  it('says who signed by name, each once', () => {
    const signed = incident([
      update('2026-11-21T17:00:00Z', 'investigating', { authors: ['tb', 'xx', 'tb', 'toString'] }),
    ]);
    const [item] = items([signed], contextOf({ ...site, authors: { tb: 'Tanja B.' } }));
    expect(item!.authors).toEqual(['Tanja B.', 'xx', 'toString']);
  });

  it('says in which language a title is', () => {
    const translated = incident([update('2026-11-21T17:00:00Z', 'investigating')], {
      title: 'Stromausfall',
      language: 'de',
      translations: { en: { title: 'Power failure', summary: null, updates: {} } },
    });
    const english = items([translated])[0]!;
    expect(english).toMatchObject({ title: '[Investigating] Power failure', titleLanguage: 'en' });
    const german = items([{ ...translated, translations: {} }])[0]!;
    expect(german).toMatchObject({ title: '[Investigating] Stromausfall', titleLanguage: 'de' });
  });

  it('has a text even where nothing was written', () => {
    expect(items([incident([update('2026-11-21T17:00:00Z', 'monitoring')])])[0]!.html).toBe(
      '<p>Monitoring</p>',
    );
  });

  it('lies below the folder of its language', () => {
    const german = { ...site, language: 'de', languages: ['de', 'en'] };
    const one = incident([update('2026-11-21T17:00:00Z', 'monitoring', { id: 'a' })], { slug: 'größer' });
    expect(items([one], contextOf(german))[0]!.url).toBe(
      'https://status.nordhost.example/en/incidents/gr%C3%B6%C3%9Fer.html#a',
    );
  });
});
