import { describe, expect, it } from 'vitest';
import type { Incident } from '../../../src/domain/incident.ts';
import { deriveStatus } from '../../../src/domain/status.ts';
import { datedUpdates } from '../../../src/feeds/dated-update.ts';
import { historyItems } from '../../../src/feeds/history-item.ts';
import type { FeedContext } from '../../../src/feeds/item.ts';
import { at, incident, site, update } from '../domain/sample.ts';
import { contextOf } from './sample.ts';

const now = at('2026-11-21T18:00:00Z');

const history = (incidents: Incident[], context: FeedContext = contextOf(), count = 50) =>
  historyItems(
    datedUpdates(deriveStatus(site, incidents, now)),
    count,
    context,
    ({ incident }) => `id-${incident.slug}`,
  );

const outage = incident(
  [
    update('2026-11-21T16:00:00Z', 'investigating', { text: 'We look.', authors: ['tb'] }),
    update('2026-11-21T17:30:00Z', 'resolved', { text: 'It is over.' }),
  ],
  { components: [{ id: 'mail', state: null }] },
);

describe('a history feed', () => {
  it('has an item per incident with all updates in it, newest first', () => {
    expect(history([outage])).toEqual([
      {
        id: 'tag:status.nordhost.example,2026:incidents/id-power',
        url: 'https://status.nordhost.example/incidents/power.html',
        title: 'Power failure',
        titleLanguage: 'en',
        html: [
          '<p><small>21 Nov 2026, 18:30 CET</small><br><strong>Resolved</strong> - It is over.</p>',
          '<p><small>21 Nov 2026, 17:00 CET</small><br><strong>Investigating</strong> - We look.</p>',
        ].join('\n'),
        published: at('2026-11-21T16:00:00Z'),
        updated: at('2026-11-21T17:30:00Z'),
        categories: ['Mail'],
        authors: ['tb'],
      },
    ]);
  });

  it('puts the incident that was spoken of last first, however old it is', () => {
    const newer = incident([update('2026-11-21T17:45:00Z', 'investigating')], { slug: 'newer' });
    const report = {
      ...outage,
      updates: [...outage.updates, update('2026-11-21T17:50:00Z', 'postmortem', { text: 'Why.' })],
    };
    expect(history([outage, newer]).map(({ title, id }) => `${id} ${title}`)[0]).toContain('id-newer');
    expect(history([report, newer])[0]!.id).toContain('id-power');
    expect(history([report, newer], contextOf(), 1)).toHaveLength(1);
  });

  it('keeps paragraphs of a text in one, and lets what can’t stand in a paragraph follow it', () => {
    const context = contextOf();
    const written = (html: string) =>
      history([incident([update('2026-11-21T17:00:00Z', 'monitoring', { text: 'x' })])], {
        ...context,
        parts: () => [{ html, language: 'en' }],
      })[0]!.html;
    const head = '<p><small>21 Nov 2026, 18:00 CET</small><br><strong>Monitoring</strong>';
    expect(written('<p>a</p>\n<p>b</p>')).toBe(`${head} - a<br><br>b</p>`);
    expect(written('<p>a</p>\n<ul>\n<li>b</li>\n</ul>\n<p>c</p>')).toBe(
      `${head} - a</p>\n<ul>\n<li>b</li>\n</ul>\n<p>c</p>`,
    );
    expect(written('<ul>\n<li>b</li>\n</ul>')).toBe(`${head}</p>\n<ul>\n<li>b</li>\n</ul>`);
  });

  it('marks what is in another language', () => {
    const german = incident([update('2026-11-21T17:00:00Z', 'monitoring', { text: 'Besser.' })], {
      language: 'de',
    });
    expect(history([german])[0]).toMatchObject({
      titleLanguage: 'de',
      html: expect.stringContaining(' - <span lang="de" dir="ltr">Besser.</span></p>'),
    });
  });

  it('has maintenance with its window, and no notices, as Statuspage has none', () => {
    const window = { from: at('2026-11-22T21:00:00Z'), to: at('2026-11-22T23:00:00Z') };
    const work = incident([update('2026-11-20T09:00:00Z', 'scheduled')], { kind: 'maintenance', window });
    const notice = incident([update('2026-11-20T09:00:00Z', 'notice')], { kind: 'notice', slug: 'notice' });
    const items = history([work, notice]);
    expect(items).toHaveLength(1);
    expect(items[0]!.html).toContain('<strong>Scheduled</strong> - Planned: 22 Nov 2026, 22:00 CET');
  });

  it('has an id of the site’s place and the language that nothing written changes', () => {
    const below = {
      ...site,
      url: 'https://www.example.org:8443/status',
      language: 'de',
      languages: ['de', 'en'],
    };
    const [one] = history([outage], contextOf(below));
    expect(one!.id).toBe('tag:www.example.org,2026:status/en/incidents/id-power');
  });
});
