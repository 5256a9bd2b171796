import { describe, expect, it } from 'vitest';
import { headline } from '../../../src/components/headline.ts';
import { at, incident, update } from '../domain/sample.ts';
import { de, en, now, outage, past, site, statusOf, work } from './given.ts';

const english = (...incidents: Parameters<typeof statusOf>) =>
  headline(statusOf(...incidents), site, 'en', en);

describe('the headline', () => {
  it('says that everything works when everything does', () => {
    expect(english(past())).toMatchObject({ text: 'Everything works.', more: null, lead: null });
    expect(headline(statusOf(), site, 'de', de).text).toBe('Alles läuft.');
  });

  it('is the title of the one open incident', () => {
    expect(english(outage(), past())).toMatchObject({
      text: 'Power failure',
      more: null,
      state: 'major outage',
    });
  });

  it('is the worst one’s title when several are open, and counts the others', () => {
    const slow = outage({ slug: 'slow', title: 'Slow mail', impact: 'minor' });
    const down = outage({ slug: 'down', title: 'All down', impact: 'critical' });
    const odd = outage({ slug: 'odd', title: 'API errors', impact: 'major' });
    expect(english(slow, down, odd)).toMatchObject({ text: 'All down', more: 'and 2 more' });
  });

  it('says what is being done until when while only work is going on', () => {
    expect(english(work()).text).toBe('Core router swap, until 23:00');
    expect(headline(statusOf(work()), site, 'de', de).text).toBe('Core router swap, bis 23:00 Uhr');
  });

  it('promises no end that has passed', () => {
    const late = work({
      autoComplete: false,
      window: { from: at('2026-11-21T10:00:00Z'), to: at('2026-11-21T12:00:00Z') },
    });
    expect(english(late).text).toBe('Core router swap');
  });

  it('is the outage, not the work, when both are there', () => {
    expect(english(work(), outage())).toMatchObject({ text: 'Power failure', more: null });
  });

  it('speaks the page’s language where the title was translated, else says which one it is', () => {
    const translated = outage({
      translations: { de: { title: 'Stromausfall', summary: null, updates: {} } },
    });
    expect(headline(statusOf(translated), site, 'de', de)).toMatchObject({
      text: 'Stromausfall',
      language: 'de',
    });
    expect(headline(statusOf(outage()), site, 'de', de)).toMatchObject({
      text: 'Power failure',
      language: 'en',
    });
  });

  it('is not moved from "everything works" by a notice', () => {
    const notice = incident([update('2026-11-20T09:00:00Z', 'notice')], { kind: 'notice' });
    expect(english(notice).text).toBe('Everything works.');
  });

  it('never says that everything works while the indicator says otherwise', () => {
    const doubtful = { ...statusOf(), indicator: 'major' as const };
    expect(headline(doubtful, site, 'en', en)).toMatchObject({
      text: 'Partial outage',
      state: 'partial outage',
    });
  });

  it('never says that everything works while a component does not', () => {
    const status = statusOf();
    const doubtful = {
      ...status,
      components: { ...status.components, api: { id: 'api', state: 'major outage' as const, causes: [] } },
    };
    expect(headline(doubtful, site, 'en', en).text).toBe('Major outage');
    expect(doubtful.now).toBe(now);
  });
});
